"""Which sources are silent beyond their own rhythm, and which are going quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etl import settings, stage
from etl.alerts import Cause
from etl.collect import sources
from etl.steps.watchdog_base import Found

LOOK_BACK = 400  # days; whoever was silent for longer is silent since then


@dataclass(frozen=True, slots=True)
class Silence:
    """For how long a source gave no page, and how long it may."""

    source: str
    since: date
    days: int
    allowed: int


def no_source_is_silent(now: datetime) -> Found:
    """Alarm for each enabled live source without a page for longer than its file's `expect.max_silent_days`."""
    _, problems = sources.load_all(settings.load().sources)
    mend = "mend it as the reason says; `streamledger sources check` looks at all of them"
    broken = [Cause("broken_source", problem.name, str(problem), mend) for problem in problems]
    heard = silences(now.date())
    silent = [
        Cause(
            *("silent", one.source),
            why=f"silent since {one.since}, more than {one.allowed} days",
            todo="open its address: has it moved or ended? Write the new one into its file, or turn it off",
            page="/streamledger/sources",
        )
        for one in heard
        if one.days > one.allowed
    ]
    return Found(f"{len(heard)} sources, none silent for too long", (*silent, *broken))


def silences(today: date) -> list[Silence]:
    """Return, for each enabled live source that was ever asked, for how long it gave no page."""
    found, _ = sources.load_all(settings.load().sources)
    watched = {source.name: source.expect.max_silent_days for source in found if source.enabled and not source.sample}
    last = _last_nights(set(watched), today)
    return [Silence(name, last[name], (today - last[name]).days, watched[name]) for name in sorted(last)]


def _last_nights(names: set[str], today: date) -> dict[str, date]:
    """Return, for each source ever asked, the last night it gave a page, or, when none did, the first one known.

    Looks from tonight back, at most `LOOK_BACK` days, and at a source only until it is found.
    """
    last: dict[str, date] = {}
    root, wanted = settings.load().staging, set(names)
    for days in range(LOOK_BACK):
        night = today - timedelta(days=days)
        there = set(stage.names(root, "outcomes", night)) if wanted else set()
        for name in sorted(name for name in wanted if f"{name}.collect" in there):
            last[name] = night
            if any(row["ok"] for row in stage.read(root, "outcomes", night, f"{name}.collect")):
                wanted.remove(name)
    return last
