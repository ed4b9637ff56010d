"""A page of an archive that names no platform is set aside before it is read, and leaves a row that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from etl import read
from etl.model import Outcome, Page, Source
from etl.steps import reading

NIGHT = date(2026, 11, 20)
ARCHIVE = Source("backfill_old", "Old pages", "archive", "old.warc.gz", "", "", "press", "as archived")
PAGE = Page("https://a.example/1", ARCHIVE.name, NIGHT, datetime(2019, 1, 18, tzinfo=UTC), 200, "text/html", "", "", 0)
COUNCIL = b"<html lang='en'><h1>The council met</h1><p>The council met on Tuesday and spoke of roads and schools.</p>"


def outcomes(source: Source, body: bytes) -> list[Outcome]:
    harvest = reading._Harvest([], [], [], [], [])
    reading._read_page(source, PAGE, body, harvest)
    return harvest.outcomes


def test_it_leaves_a_row_and_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "read", lambda *_, **__: pytest.fail("it was read"))
    (row,) = outcomes(ARCHIVE, COUNCIL)
    assert (row.ok, row.outcome, row.item) == (True, "names_no_platform", PAGE.url)
    assert f"{len(COUNCIL)} bytes" in row.reason


@pytest.mark.parametrize(
    "source",
    [replace(ARCHIVE, kind="page"), replace(ARCHIVE, relevant_only=False), replace(ARCHIVE, sample=True)],
    ids=["a page of its own", "a source that wants all", "samples"],
)
def test_other_sources_are_read_whole(source: Source) -> None:
    (row,) = outcomes(source, COUNCIL)
    assert row.outcome == "article"


def test_a_page_that_names_one_is_read() -> None:
    (row,) = outcomes(ARCHIVE, COUNCIL.replace(b"roads", b"N&#101;tflix"))
    assert row.outcome == "article"
