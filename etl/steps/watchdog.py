"""Did the night happen? Each alarm raises with what is wrong, by how much, and what to do."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

from etl import settings, stage
from etl.collect import sources
from etl.steps.base import Counts, log

FRESH_HOURS = 12
FREE_SHARE = 0.05
LOOK_BACK = 400  # days; whoever was silent for longer is silent since then


class Alarm(Exception):
    """Something needs the operator."""


def snapshot_is_fresh(now: str) -> Counts:
    """Return the snapshot's age in hours.

    Raises:
        Alarm: There is none, or it is older than 12 hours.
    """
    snapshot = settings.load().snapshot
    if not snapshot.exists():
        raise Alarm(f"no snapshot at {snapshot}: trigger the DAG nightly, then look at its first red task")
    written = datetime.fromtimestamp(snapshot.stat().st_mtime, UTC)
    hours = round((datetime.fromisoformat(now) - written) / timedelta(hours=1), 1)
    if hours > FRESH_HOURS:
        raise Alarm(f"the snapshot is {hours} hours old, more than {FRESH_HOURS}: look at last night's run of nightly")
    log.info("watchdog snapshot_is_fresh: published %s, %s hours ago", f"{written:%Y-%m-%d %H:%M}", hours)
    return {"hours": str(hours)}


def no_source_is_silent(now: str) -> Counts:
    """Return how many enabled live sources were looked at.

    Raises:
        Alarm: A source gave no page for longer than its file's `expect.max_silent_days`.
    """
    today, config = datetime.fromisoformat(now).date(), settings.load()
    found, problems = sources.load_all(config.sources)
    watched = [source for source in found if source.enabled and not source.sample]
    last = _last_nights({source.name for source in watched}, today)
    silent = [
        f"{source.name} since {last[source.name]}"
        for source in watched
        if source.name in last and (today - last[source.name]).days > source.expect.max_silent_days
    ]
    broken = [str(problem) for problem in problems]
    if silent or broken:
        raise Alarm("; ".join([*(f"silent for too long: {name}" for name in silent), *broken]))
    log.info("watchdog no_source_is_silent: %d sources looked at", len(watched))
    return {"sources": len(watched)}


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


def disk_has_room() -> Counts:
    """Return the percent of the disk that is free.

    Raises:
        Alarm: Less than 5 percent is.
    """
    home = settings.load().home
    home.mkdir(parents=True, exist_ok=True)
    usage = shutil.disk_usage(home)
    percent = round(100 * usage.free / usage.total, 1)
    if usage.free < FREE_SHARE * usage.total:
        raise Alarm(f"{percent} % of the disk under {home} is free, want 5: move old nights of {home / 'archive'} away")
    log.info("watchdog disk_has_room: %s %% free", percent)
    return {"percent_free": str(percent)}
