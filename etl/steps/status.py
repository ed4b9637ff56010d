"""Last night in one answer: did it happen, what is new, what broke and whose fault, what goes quiet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from etl import settings, stage
from etl.alerts import Cause
from etl.alerts.message import TITLES
from etl.steps import causes, progress, watchdog_machine, watchdog_night, watchdog_sources
from etl.steps.blame import FAULTS, blame
from etl.steps.watchdog_sources import Silence

# what heals by itself, or waits for a look and not for a hand
PASSING = ("site", "network")
TO_SEE = ("late", "drift")
NEW = ("documents", "claims", "added", "changed", "closed", "figures")


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that went wrong, and whose it is to mend."""

    what: str
    subject: str
    why: str
    whose: str
    todo: str
    needs_you: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How the newest night went."""

    night: date
    state: str  # published | under way | stuck | failed | not run | published long ago
    begun: datetime | None
    published: datetime | None
    sources: int  # asked
    arrived: int
    new: dict[str, int] = field(default_factory=dict)
    broken: tuple[Broken, ...] = ()
    quiet: tuple[Silence, ...] = ()  # longer than half of what a source may
    needs_you: bool = False


def status(now: datetime | None = None) -> Status:
    """Return how the newest night went, by what its steps left on disk."""
    now = now or datetime.now(UTC)
    night = _newest(now)
    whole = watchdog_night.trouble(now, night)
    found = [*_of_night(night, whole), *watchdog_sources.no_source_is_silent(now).causes]
    found += watchdog_machine.the_disk_has_room(now).causes
    quiet = tuple(one for one in watchdog_sources.silences(now.date()) if one.days > one.allowed / 2)
    return _status(night, _state(whole), found, quiet)


def of(night: date) -> Status:
    """Return what one night that was published gave and lacks, whatever is to be said of today."""
    return _status(night, "published", causes.of_night(night), ())


def _status(night: date, state: str, found: list[Cause], quiet: tuple[Silence, ...]) -> Status:
    held, asked = progress.of(night), _collected(night)
    broken = [_broken(cause) for cause in found]
    return Status(
        *(night, state, held.begun, held.published),
        sources=len(asked),
        arrived=sum(asked.values()),
        new={name: int(held.counts[name]) for name in NEW if name in held.counts},
        broken=tuple(sorted(broken, key=lambda one: (not one.needs_you, one.what, one.subject))),
        quiet=quiet,
        needs_you=any(one.needs_you for one in broken),
    )


def _newest(now: datetime) -> date:
    """Return the night that is due, or a newer one that was begun by hand."""
    begun = [date.fromisoformat(path.stem) for path in settings.load().progress.glob("????-??-??.jsonl")]
    return max([watchdog_night.due(now), *(night for night in begun if night <= now.date())])


def _of_night(night: date, whole: Cause | None) -> list[Cause]:
    known = causes.of_night(night)
    return [whole, *(cause for cause in known if cause != whole)] if whole else known


def _state(whole: Cause | None) -> str:
    states = {"no_run": "not run", "late": "under way", "stuck": "stuck", "stale": "published long ago"}
    return states.get(whole.kind, "failed") if whole else "published"


def _broken(cause: Cause) -> Broken:
    fault = blame(cause.why).fault if cause.kind == "source_failed" else ""
    return Broken(
        *(TITLES.get(cause.kind, cause.kind), cause.subject, cause.why),
        whose=FAULTS[fault] if fault else "a look" if cause.kind in TO_SEE else "yours",
        todo=cause.todo,
        needs_you=fault not in PASSING and cause.kind not in TO_SEE,
    )


def _collected(night: date) -> dict[str, bool]:
    root = settings.load().staging
    names = [name for name in stage.names(root, "outcomes", night) if name.endswith(".collect")]
    return {name: all(row["ok"] for row in stage.read(root, "outcomes", night, name)) for name in names}
