"""One message for causes that are best told together: what, who, why, what to do, where to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from etl.alerts.cause import Cause

SHOWN = 20  # causes in one message; the page has them all
TITLES = {
    "no_run": "The night did not run",
    "stuck": "The night is stuck",
    "late": "Nothing is published yet",
    "stale": "The snapshot is old",
    "night_failed": "The night failed",
    "run_failed": "A run failed",
    "empty": "The night is green, and empty",
    "no_network": "No source could be reached",
    "source_failed": "Failed",
    "unread": "Pages are not understood",
    "silent": "Silent for too long",
    "broken_source": "A source file is broken",
    "drift": "A check warns",
    "dag_import": "A DAG cannot be imported",
    "disk": "The disk is nearly full",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent."""

    kind: str
    title: str
    lines: tuple[str, ...]
    todo: str
    link: str
    causes: tuple[Cause, ...]

    @property
    def text(self) -> str:
        return "\n".join([self.title, *self.lines, f"What to do: {self.todo}", self.link])


def messages(causes: Iterable[Cause], base: str) -> list[Message]:
    """Return a message for each kind of cause with the same reason; `base` is the address of the UI."""

    def sort(cause: Cause) -> tuple[str, str]:
        return cause.kind, cause.sort

    ordered = sorted(causes, key=lambda cause: (*sort(cause), cause.subject))
    return [_message(kind, tuple(group), base) for (kind, _), group in groupby(ordered, key=sort)]


def _message(kind: str, causes: tuple[Cause, ...], base: str) -> Message:
    names = [cause.subject for cause in causes]
    about = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    lines = [str(cause) for cause in causes[:SHOWN]]
    if len(causes) > SHOWN:
        lines.append(f"and {len(causes) - SHOWN} more")
    title = f"Streamledger: {TITLES.get(kind, kind.replace('_', ' '))}: {about}"
    return Message(kind, title, tuple(lines), causes[0].todo, base.rstrip("/") + causes[0].page, causes)
