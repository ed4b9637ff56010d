"""Old news: WARC files enter the archive with the dates of their records and go down the same path as a night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from etl import archive, settings, stage
from etl.collect import refused, reservations
from etl.model import Request, Source
from etl.steps.base import log, night_of
from etl.steps.nightly import check_night, load_night, publish_night
from etl.steps.reading import extract_source


def warc_files(paths: list[str]) -> list[str]:
    """Return the WARC files to adopt, each an absolute path.

    Raises:
        ValueError: None was named, or one is missing; the message lists those.
    """
    found = [Path(path).expanduser().resolve() for path in paths]
    missing = [str(path) for path in found if not path.is_file()]
    if missing or not found:
        raise ValueError(f"no WARC file {', '.join(missing) or 'was named'}; want `files`: paths on this machine")
    return [str(path) for path in found]


def by_hand(paths: list[str], day: str | date) -> list[str]:
    """Bring WARC files in without Airflow, the same steps as the DAG; return the names of the sources made for them."""
    names = [adopt(file, day) for file in warc_files(paths)]
    for name in names:
        extract_source(name, day)
    load_night(day)
    check_night(day)
    publish_night(day)
    return names


def adopt(file: str, day: str | date) -> str:
    """Copy a WARC file into the archive of one night and return the name of the source made for it.

    Its pages count as press: what they say is known from this night on, for the days they speak of. Pages of refused
    hosts, and those that reserve themselves, are left out, each with a row of the ledger.
    """
    night, config = night_of(day), settings.load()
    path = Path(file)
    name = "backfill_" + re.sub(r"[^a-z0-9]+", "_", path.name.removesuffix(".gz").removesuffix(".warc").lower()).strip(
        "_"
    )
    left_out: list[Request] = []

    def refuses(url: str, headers: Mapping[str, str], body: bytes) -> bool:
        if row := _refusal(night, name, url, headers, body):
            left_out.append(row)
        return row is not None

    pages = archive.adopt(config.archive, night, name, path, config.warc_bytes, refuses)
    source = Source(
        *(name, f"Backfill of {path.name}", "archive", str(path)),
        language="",
        country="",
        authority="press",
        licence="as archived",
    )
    stage.write(config.staging, "sources", night, name, [source])
    stage.write(config.staging, "requests", night, name, left_out)
    log.info("adopt %s %s: %d pages as %s, %d left out", path.name, night, pages, name, len(left_out))
    return name


def _refusal(night: date, name: str, url: str, headers: Mapping[str, str], body: bytes) -> Request | None:
    """Return the row of a page that nobody may read, because of its host or of what it says itself."""
    if why := refused.why(url):
        outcome, rule, detail = "refused_by_list", "refused.yaml", why
    elif reserved := reservations.by_answer({**headers}, body, is_page=True):
        outcome, rule, detail = "reserved", reserved, ""
    else:
        return None
    tdm = rule if outcome == "reserved" else ""
    return Request(night, name, url, "copy", datetime.now(UTC), outcome, rule, detail=detail, tdm=tdm)
