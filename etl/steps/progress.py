"""How far each night went: a line for each step that began and ended, kept beside the night's other state.

Tasks and commands leave these lines alike, on one machine and on several; whoever looks in the morning needs nothing
else to tell a night that never began from one that hangs, one that failed and one that is under way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from etl import settings
from etl.steps.base import night_of

P = ParamSpec("P")
R = TypeVar("R")
BEGUN, DONE, FAILED = "begun", "done", "failed"
FIRST, LAST = "tonight", "publish"
NIGHTS, FEW = 14, 3  # nights that make a rhythm, at most and at least
SHORT, LONG, UNKNOWN = timedelta(hours=1), timedelta(hours=4, minutes=30), timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of one night."""

    night: date
    begun: datetime | None = None
    published: datetime | None = None
    failed: str = ""  # "check: nothing was published ...", when a step ended so and none mended it
    at: str = ""  # the step that began last
    counts: dict[str, Any] = field(default_factory=dict)  # what load, check and publish gave
    warnings: tuple[dict[str, Any], ...] = ()  # of the checks: name, why, rows, first

    @property
    def under_way(self) -> bool:
        return self.begun is not None and self.published is None and not self.failed


@contextmanager
def step(night: date, name: str, **told: Any) -> Iterator[dict[str, Any]]:
    """Note that a step begins, and how it ends; what is put into the dictionary is kept with its end."""
    _note(night, name, BEGUN, told)
    counts: dict[str, Any] = {}
    try:
        yield counts
    except BaseException as failure:
        _note(night, name, FAILED, {"why": f"{failure}" or type(failure).__name__})
        raise
    _note(night, name, DONE, counts)


def kept(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the progress of a step that is given the night alone; given more, it is a trial and none of the night's."""

    def around(work: Callable[P, R]) -> Callable[P, R]:
        @wraps(work)
        def wrapped(*given: P.args, **named: P.kwargs) -> R:
            if len(given) != 1 or named:
                return work(*given, **named)
            with step(night_of(str(given[0])), name) as counts:
                result = work(*given, **named)
                counts |= result if isinstance(result, dict) else {}
                return result

        return wrapped

    return around


def warn(night: date, rows: list[dict[str, Any]]) -> None:
    """Note what the checks of a night warn of."""
    _note(night, "check", "warned", {"rows": rows})


def of(night: date) -> Progress:
    """Return how far a night went in its newest run."""
    lines = _lines(_path(night))
    begins = [number for number, line in enumerate(lines) if (line["step"], line["state"]) == (FIRST, BEGUN)]
    if not begins:
        return Progress(night)
    lines = lines[begins[-1] :]
    ended = {line["step"]: line for line in lines if line["state"] in (BEGUN, DONE, FAILED)}
    published = ended.get(LAST, {}).get("state") == DONE
    # the last step that stands as failed: one that was tried again and is done is mended
    failed = [f"{name}: {line['why']}" for name, line in ended.items() if line["state"] == FAILED]
    warned = [line for line in lines if line["state"] == "warned"]
    return Progress(
        night,
        begun=_moment(lines[0]),
        published=_moment(ended[LAST]) if published else None,
        failed="" if published else "; ".join(failed),
        at=[line for line in lines if line["state"] == BEGUN][-1]["step"],
        counts={key: value for line in lines if line["state"] == DONE for key, value in line.get("told", {}).items()},
        warnings=tuple(warned[-1]["told"]["rows"]) if warned else (),
    )


def rhythm(night: date) -> timedelta:
    """Return how long a run may take before somebody should look: three times the usual, from one hour to 4.5.

    The usual is the middle of the last nights before; a home too young to have one is given four hours.
    """
    paths = sorted(_path(night).parent.glob("????-??-??.jsonl"))[-3 * NIGHTS :]
    known = [of(date.fromisoformat(path.stem)) for path in paths]
    took = [one.published - one.begun for one in known if one.night < night and one.published and one.begun]
    if len(took) < FEW:
        return UNKNOWN
    last = sorted(took[-NIGHTS:])
    return min(LONG, max(SHORT, 3 * last[len(last) // 2]))


def _path(night: date) -> Path:
    return settings.load().progress / f"{night}.jsonl"


def _note(night: date, name: str, state: str, told: dict[str, Any]) -> None:
    """Add one line, by one write, so that processes side by side never mix theirs."""
    line: dict[str, Any] = {"step": name, "state": state, "at": datetime.now(UTC).isoformat()}
    if why := told.pop("why", None):
        line["why"] = why[:2000]
    if told:
        line["told"] = told
    path = _path(night)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, (json.dumps(line, default=str, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(handle)


def _lines(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a night; a last one that a crash cut in half is none."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and {"step", "state", "at"} <= row.keys():
            found.append(row)
    return found


def _moment(line: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(line["at"])
