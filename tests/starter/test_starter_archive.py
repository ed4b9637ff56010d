"""The starter archives: rebuilt to the same bytes, listed whole, named by a source file each."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from etl.collect import sources
from etl.model import Metric, Qualifier, Source, Status, Transformation
from etl.settings import CODE, ROOT
from etl.starter import build, listing

NAMES = listing.names()
ALLOWED = {"metric": set(Metric), "transformation": set(Transformation), "status": set(Status)}
ALLOWED["qualifier"] = set(Qualifier)
FIELDS = {
    "platform",
    "value",
    "value_max",
    "unit",
    "period",
    "area",
    "per",
    "segment",
    "attributed_to",
    "repeat",
    "optional",
}


def test_there_is_something_to_read() -> None:
    assert len(NAMES) >= 4
    assert sum(len(listing.pages(name)) for name in NAMES) >= 44


@pytest.mark.parametrize("name", NAMES)
def test_rebuilding_gives_the_committed_bytes(name: str) -> None:
    assert build.warc(name) == (listing.FOLDER / f"{name}.warc.gz").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_the_archive_holds_each_page_as_it_lies_in_the_folder(name: str) -> None:
    records = [
        (
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"),
            record.content_stream().read(),
        )
        for record in ArchiveIterator(BytesIO((listing.FOLDER / f"{name}.warc.gz").read_bytes()))
        if record.rec_type == "response"
    ]
    assert records == [(page.url, f"{page.fetched_at:%Y-%m-%dT%H:%M:%SZ}", page.body) for page in listing.pages(name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_source_file_names_the_archive(name: str) -> None:
    source: Source = sources.load(CODE / "sources", name)
    assert source.sample
    assert source.kind == "archive"
    assert (CODE / source.url).resolve() == (listing.FOLDER / f"{name}.warc.gz").resolve()
    assert "(sample)" in source.title


@pytest.mark.parametrize("name", NAMES)
def test_expectations_speak_the_vocabulary(name: str) -> None:
    for page in listing.pages(name):
        assert re.match(r"https?://[a-z.-]+\.example/", page.url)
        assert page.published is None or page.published <= page.fetched_at.date()
        assert page.claims or page.why, f"{page.file}: no claim is expected; say why"
        assert page.kind.readable or not page.claims
        for claim in page.claims:
            assert claim.keys() <= FIELDS | ALLOWED.keys() | {"repeat", "optional", "wrong"}, page.file
            for field, allowed in ALLOWED.items():
                readings = claim.get(field, next(iter(allowed)))
                assert set(readings if isinstance(readings, list) else [readings]) <= allowed, (page.file, claim)


def _official() -> dict[tuple[str, ...], list[Decimal]]:
    """Return the official values by platform, metric, unit, area and period, whatever their segment."""
    values: dict[tuple[str, ...], list[Decimal]] = {}
    with (ROOT / "warehouse" / "reference" / "official_history.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(row[field] for field in ("platform", "metric", "unit", "area", "period"))
            values.setdefault(key, []).append(Decimal(row["value"]))
    return values


def _readings(claim: dict[str, Any]) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [()]
    for field in ("platform", "metric", "unit", "area", "period"):
        readings = claim[field] if isinstance(claim[field], list) else [claim[field]]
        keys = [(*key, str(reading)) for key in keys for reading in readings]
    return keys


def test_what_the_pages_print_is_true_or_marked_as_wrong() -> None:
    """Rounding may move a printed value by one percent."""
    official, compared = _official(), 0
    for page in (page for name in NAMES for page in listing.pages(name)):
        for claim in page.claims:
            if claim.get("transformation", "level") != "level" or claim.get("qualifier", "exact") in ("min", "max"):
                continue
            known = [value for key in _readings(claim) for value in official.get(key, [])]
            near = [value for value in known if abs(value - Decimal(str(claim["value"]))) <= value / 100]
            compared += bool(known)
            assert bool(near) != claim.get("wrong", False) or not known, f"{page.file}: {claim}; officially {known}"
    assert compared >= 100
