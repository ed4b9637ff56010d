"""Old news: WARC files enter the archive with the dates of their records and go down the same path as a night.

A page that names no platform is set aside by its bytes, before it is copied or parsed. What remains of a file is kept
in parts, each a source of its own, so that a worker never holds more than one part, parts are read side by side, and
of a run that was killed only the parts at work are read again.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from etl import archive, extract, read, settings, stage, store
from etl.collect import refused, reservations
from etl.extract import platforms
from etl.logs import counted, log
from etl.model import Outcome, Request, Source
from etl.steps.base import night_of
from etl.steps.exporting import export
from etl.steps.nightly import check_night, load_night, publish_night
from etl.steps.reading import extract_source

PART = 500  # pages
SECONDS = 0.25  # of one core for a page that is read (docs/growth.md)


@dataclass(slots=True)
class _SetAside:
    """What of a file, or of a part, is not taken."""

    nameless: int = 0  # pages that name no platform
    refused: list[Request] = field(default_factory=list)


def warc_files(paths: list[str]) -> list[str]:
    """Return the WARC files to adopt, each an absolute path.

    Raises:
        ValueError: None was named, one is missing, or two have one name; the message lists those.
    """
    found = [Path(path).expanduser().resolve() for path in paths]
    for path in found:
        store.pull(path)
    missing = [str(path) for path in found if not path.is_file()]
    if missing or not found:
        raise ValueError(f"no WARC file {', '.join(missing) or 'was named'}; want `files`: paths on this machine")
    named = Counter(map(_source_of, found))
    if twice := [str(path) for path in found if named[_source_of(path)] > 1]:
        raise ValueError(
            f"{', '.join(twice)}: one name for several files; want names that differ: sources are named so"
        )
    return [str(path) for path in found]


def by_hand(paths: list[str], day: str | date) -> list[str]:
    """Bring WARC files in without Airflow, the same steps as the DAG; return the names of the sources made for them.

    Run again after a kill, it goes on: a part that was read is not read again by the same extractor.
    """
    names = parts([adopt(file, day) for file in warc_files(paths)])
    for name in counted(names, "parts read", len(names)):
        if _is_read(name, night_of(day)):
            log.info("extract %s %s: read already", name, day)
        else:
            extract_source(name, day)
    load_night(day)
    check_night(day)
    publish_night(day)
    export()
    return names


def adopt(file: str, day: str | date) -> list[str]:
    """Copy what a WARC file says of platforms into the archive of one night; return the sources made for it.

    Its pages count as press: what they say is known from this night on, for the days they speak of. Pages of refused
    hosts, and those that reserve themselves, are left out, each with a row of the ledger; of pages that name no
    platform a row of the outcomes says how many they were. The same file again adds nothing.

    Raises:
        DamagedArchive: It is no WARC file, or breaks off; what stands before, but for the last part, is in the archive.
    """
    night, path, aside, taken = night_of(day), Path(file), _SetAside(), 0
    store.pull(path)
    names: list[str] = []
    source = _source_of(path)
    wanted = _wanted(archive.answers(path), night, source, aside)
    first = next(wanted, None)
    while first or not names:
        name = f"{source}-{len(names) + 1}" if names else source
        part = itertools.chain([first] if first else [], itertools.islice(wanted, PART - 1))
        taken += _keep(night, name, path, part)
        names.append(name)
        first = next(wanted, None)
    _tell(night, names[0], path, aside)
    log.info(
        "backfill %s --date %s: %d pages as %s in %d parts, %d left out, %d name no platform",
        *(path, night, taken, names[0], len(names), len(aside.refused), aside.nameless),
    )
    return names


def parts(adopted: Iterable[list[str]]) -> list[str]:
    """Return the parts of all files, to be read side by side; the log says what that will cost."""
    names = [name for names in adopted for name in names]
    log.info(
        "backfill: %d parts of at most %d pages; about %.1f hours of one core at most",
        *(len(names), PART, len(names) * PART * SECONDS / 3600),
    )
    return names


def _source_of(path: Path) -> str:
    stem = path.name.removesuffix(".gz").removesuffix(".warc").lower()
    return "backfill_" + re.sub(r"[^a-z0-9]+", "_", stem).strip("_")


def _keep(night: date, name: str, path: Path, part: Iterable[archive.Answer]) -> int:
    config, taken = settings.load(), 0
    with archive.Writer(config.archive, night, name, limit=config.warc_bytes) as writer:
        for answer in part:
            writer.add(*answer)
            taken += 1
    source = Source(
        *(name, f"Backfill of {path.name}", "archive", str(path)),
        language="",
        country="",
        authority="press",
        licence="as archived",
    )
    stage.write(config.staging, "sources", night, name, [source])
    stage.write(config.staging, "requests", night, name, [])
    return taken


def _tell(night: date, name: str, path: Path, aside: _SetAside) -> None:
    """Leave a row for each page that nobody may read, and one for all that name no platform."""
    staging = settings.load().staging
    stage.write(staging, "requests", night, name, aside.refused)
    row = Outcome(
        *(night, name, "adopt", str(path)),
        ok=True,
        outcome="names_no_platform",
        reason="pages in whose bytes no name of a platform stands: neither copied nor read",
        count=aside.nameless,
    )
    stage.write(staging, "outcomes", night, f"{name}.adopt", [row])


def _wanted(answers: Iterable[archive.Answer], night: date, name: str, aside: _SetAside) -> Iterator[archive.Answer]:
    for answer in answers:
        if not _sieve().lets_through(answer.body, answer.content_type):
            aside.nameless += 1
        elif row := _refusal(night, name, answer):
            aside.refused.append(row)
        else:
            yield answer


@cache
def _sieve() -> read.Sieve:
    return read.Sieve(*platforms.spellings())


def _refusal(night: date, name: str, answer: archive.Answer) -> Request | None:
    """Return the row of a page that nobody may read, because of its host or of what it says itself."""
    if why := refused.why(answer.url):
        outcome, rule, detail = "refused_by_list", "refused.yaml", why
    elif reserved := reservations.by_answer({**answer.headers}, answer.body, is_page=True):
        outcome, rule, detail = "reserved", reserved, ""
    else:
        return None
    tdm = rule if outcome == "reserved" else ""
    return Request(night, name, answer.url, "copy", datetime.now(UTC), outcome, rule, detail=detail, tdm=tdm)


def _is_read(name: str, night: date) -> bool:
    """Whether a part was read to its end by today's extractor; its outcomes are written last."""
    staging = settings.load().staging
    done = f"{name}.extract" in stage.names(staging, "outcomes", night)
    return done and stage.extractor_of(staging, night, name) == extract.version()
