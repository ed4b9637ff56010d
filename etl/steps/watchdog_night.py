"""Did the night happen, does it hang, is it published, did it bring anything? At most one of these is alarmed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from etl import queries, settings, store
from etl.alerts import Cause
from etl.collect import sources
from etl.steps import causes, progress
from etl.steps.watchdog_base import Found
from etl.steps.watchdog_machine import imports

STARTS = timedelta(hours=2)  # after midnight UTC, when nightly runs
FRESH = timedelta(hours=12)
LATE = timedelta(hours=1)  # a watch that is kept so long after its time was missed: the night is being made up for
USUAL, SEEN, EMPTY = 0.8, 5, 0.5  # share of its nights on which a source gives; nights to know that; share that is many
RUNS = "/dags/nightly/runs"
NIGHTLY = "nightly.py"


def due(now: datetime) -> date:
    """Return the newest night that should have begun."""
    return (now - STARTS).date()


def trouble(now: datetime, night: date) -> Cause | None:
    """Return what is wrong with a night as a whole; one cause at most, the first of its kind to be true."""
    held, config = progress.of(night), settings.load()
    if held.begun is None:
        todo = "is the DAG nightly paused, is the scheduler up (`streamledger doctor`)? Then trigger nightly"
        return Cause("no_run", str(night), "no run of nightly began", todo, RUNS)
    if held.under_way:
        return _under_way(held, now)
    if held.failed:
        return causes.failed(held)
    store.pull(config.snapshot)
    if not config.snapshot.exists():
        todo = "was it moved? `streamledger publish` writes it again"
        return Cause("stale", str(night), f"there is no snapshot at {config.snapshot}", todo, RUNS)
    written = datetime.fromtimestamp(config.snapshot.stat().st_mtime, UTC)
    if now - written > FRESH:
        why = f"the snapshot was written at {written:%Y-%m-%d %H:%M} UTC, more than {_hours(FRESH)} before the watch"
        return Cause("stale", str(night), why, "trigger nightly, then look at its first red task", RUNS)
    return None


def _under_way(held: progress.Progress, now: datetime) -> Cause:
    since, usual = now - (held.begun or now), progress.rhythm(held.night)
    why = f"it runs for {_hours(since)}, since {held.begun:%H:%M} UTC; the step that began last is {held.at}"
    if since > usual:
        todo = "open the run: is a task running or queued for long? Mark it failed, and the rest goes on"
        return Cause("stuck", str(held.night), f"{why}; {_hours(usual)} would be usual at most", todo, RUNS)
    return Cause("late", str(held.night), why, "nothing yet: look again when it should have ended", RUNS)


def the_night_ran(now: datetime) -> Found:
    """Alarm when no run of the newest night began; where its DAG cannot be imported, that is the alarm."""
    found = _told(now, ("no_run",), "a run began")
    if found.causes and any(Path(file).name == NIGHTLY for file in imports(os.environ)[1]):
        return Found(f"{NIGHTLY} cannot be imported, as another watch tells")
    return found


def no_run_is_stuck(now: datetime) -> Found:
    """Alarm when the newest night runs for longer than its rhythm."""
    return _told(now, ("stuck",), "none is")


def the_night_is_published(now: datetime) -> Found:
    """Alarm when nothing was published, or the snapshot is older than 12 hours, and the night did run."""
    return _told(now, ("late", "stale", "night_failed"), "it is")


def _told(now: datetime, kinds: tuple[str, ...], well: str) -> Found:
    if missed(now):
        return Found("the watch was missed, nothing to say of a night that is being made up for")
    found = trouble(now, due(now))
    return Found(well, (found,) if found and found.kind in kinds else ())


def missed(now: datetime) -> bool:
    return datetime.now(UTC) - now > LATE


def the_night_is_not_empty(now: datetime) -> Found:
    """Alarm when a published night brought nothing from most of the sources that usually give, or no figure at all."""
    night = due(now)
    if missed(now) or trouble(now, night):
        return Found("no night to look at")
    health = [row for row in queries.records("health_of_sources") if not row["sample"]]
    tonight = {row["source"]: row for row in queries.records("sources_last_night", {"night": str(night)})}
    usual = [row["source"] for row in _watched(health) if row["source"] in tonight and _gives(row["items"][:-1])]
    gone = [name for name in usual if tonight[name]["arrived"] and not tonight[name]["collected"]]
    pages = sum(row["collected"] for row in tonight.values())
    if usual and len(gone) >= EMPTY * len(usual):
        why = f"{len(gone)} of {len(usual)} sources that usually give pages gave none: {', '.join(gone[:10])}"
        todo = "open two of them in a browser: if they have news, the reader of feeds or a filter drops it"
        return Found("", (Cause("empty", str(night), why, todo, f"/streamledger/?night={night}"),))
    claimed = {row["source"] for row in health if row["claims"]}
    came = [name for name in claimed & tonight.keys() if tonight[name]["collected"]]
    if len(came) >= SEEN and not any(tonight[name]["claims"] for name in came):
        why = f"{pages} pages came and no figure was read in any of them"
        todo = "read one with `streamledger page URL`; is the extractor whole (`streamledger explain 'a sentence'`)?"
        return Found("", (Cause("empty", str(night), why, todo, f"/streamledger/?night={night}"),))
    return Found(f"{pages} pages; {len(usual) - len(gone)} of {len(usual)} regular sources gave some")


def _watched(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found, _ = sources.load_all(settings.load().sources)
    enabled = {source.name for source in found if source.enabled and source.schedule == "daily"}
    return [row for row in rows if row["source"] in enabled]


def _gives(items: list[int]) -> bool:
    return len(items) >= SEEN and sum(1 for count in items if count) >= USUAL * len(items)


def _hours(span: timedelta) -> str:
    minutes = round(span / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes < 90 else f"{minutes / 60:.1f} hours"
