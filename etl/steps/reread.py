"""The archive read again with today's extractor: first into a trial, then, when it was looked at, for the analysts.

The trial lies in `trial/` under the program's home: its own staging area and its own copy of the working warehouse.
"""

from __future__ import annotations

import logging
import shutil
from datetime import date
from pathlib import Path

from etl import archive, extract, load, settings, stage, store
from etl.load.compare import compare as differences
from etl.logs import details, log
from etl.steps.base import Counts, night_of
from etl.steps.nightly import check_night, publish_night
from etl.steps.reading import extract_source

SHOWN = 40  # differences in the log; all of them are in the CSV


def extractor(day: str | date) -> Counts:
    """Say which version of the extractor read a night, and which the last one before it; "" when there was none."""
    night, staging = night_of(day), settings.load().staging
    before = next(filter(None, (_extractor_of(staging, other) for other in _before(staging, night))), "")
    said = {"extractor": extract.version(), "before": before}
    other = f", the night before by {before}" if before not in ("", said["extractor"]) else ""
    log.info("reread: %s was read by the extractor %s%s", night, said["extractor"], other)
    return {**said}


def archived_nights() -> list[str]:
    """Return every archived night, oldest first, and clear away an earlier trial."""
    store.clear(_trial())
    shutil.rmtree(_trial(), ignore_errors=True)
    nights = sorted({str(night) for night, _ in archive.nights(settings.load().archive)})
    log.info("reread: %d nights are archived", len(nights))
    return nights


def extract_night(day: str | date) -> Counts:
    """Extract every source of one archived night anew, into the trial."""
    night, config = night_of(day), settings.load()
    names = sorted({name for archived, name in archive.nights(config.archive) if archived == night})
    claims = sum(int(extract_source(name, night, _staging())["claims"]) for name in names)
    log.info("reread: the night %s, %d sources, %d claims", night, len(names), claims)
    return {"night": str(night), "sources": len(names), "claims": claims}


def load_trial(today: str | date) -> Counts:
    """Load every night of the trial into a copy of the working warehouse; what is new counts as known from today."""
    day, config = night_of(today), settings.load()
    _working().parent.mkdir(parents=True, exist_ok=True)
    store.pull(config.working)
    shutil.copyfile(config.working, _working())
    counts = {"added": 0, "changed": 0, "closed": 0}
    for night in stage.nights(_staging()):
        stage.bring(_staging(), night)
        report = load.load(_working(), _staging(), night, known_on=day)
        counts = {name: counts[name] + getattr(report, name) for name in counts}
    store.push(_working())
    log.info("reread: figures as of %s: %d added, %d changed, %d closed", day, *counts.values())
    return {**counts}


def compare(today: str | date) -> Counts:
    """List each figure that would be added, closed or changed: the first in the log, all in a CSV under the trial."""
    day = night_of(today)
    path = _trial() / f"differences-{day}.csv"
    for working in (settings.load().working, _working()):
        store.pull(working)
    rows = differences(settings.load().working, _working(), path)
    store.push(path)
    details("differences", [str(row) for row in rows[:SHOWN]], logging.INFO)
    log.info("reread: %d differences, all in %s", len(rows), path)
    return {"differences": len(rows), "file": str(path)}


def accept(today: str | date, wanted: bool) -> Counts:
    """Put the trial in the place of the working warehouse, check and publish it; or leave all as it was.

    Raises:
        CheckFailed: A check found rows; nothing was published, and the working warehouse is the old one.
    """
    day, config = night_of(today), settings.load()
    if not wanted:
        log.info("reread --publish, or a run triggered with `publish`, lets what was read count: nothing was published")
        return {"published": 0}
    check_night(day, _working())
    store.bring(_staging())
    for path in sorted(_staging().rglob("*.parquet")):
        target = config.staging / path.relative_to(_staging())
        target.parent.mkdir(parents=True, exist_ok=True)
        store.place(path, target)
    config.working.parent.mkdir(parents=True, exist_ok=True)
    store.place(_working(), config.working)
    store.clear(_trial())
    return {**publish_night(day), "published": 1}


def _before(staging: Path, night: date) -> list[date]:
    return sorted((other for other in stage.nights(staging) if other < night), reverse=True)


def _extractor_of(staging: Path, night: date) -> str:
    names = stage.names(staging, "claims", night)
    return next(filter(None, (stage.extractor_of(staging, night, name) for name in names)), "")


def _trial() -> Path:
    return settings.load().home / "trial"


def _staging() -> Path:
    return _trial() / "staging"


def _working() -> Path:
    return _trial() / "working.duckdb"
