"""What is staged comes back exactly, or not at all."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl import stage
from etl.model import (
    Block,
    Cell,
    Claim,
    Document,
    Metric,
    Outcome,
    Page,
    Qualifier,
    Rate,
    Request,
    Source,
    Status,
    Table,
    Transformation,
)

NIGHT = date(2026, 11, 24)
CLAIM = Claim(
    document_id="d1",
    platform="netflix",
    metric=Metric.SUBSCRIBERS,
    transformation=Transformation.LEVEL,
    value=Decimal("139260000"),
    value_max=None,
    low=Decimal("139255000"),
    high=None,
    unit="count",
    per=None,
    period="2018-Q4",
    area="WW",
    status=Status.ACTUAL,
    qualifier=Qualifier.MIN,
    attributed_to=None,
    segment=None,
    quote="plus de 139,26 millions",
    quote_start=4,
    quote_end=27,
    confidence=0.9,
)
CELL = Cell("7,99 €", 3, 9, 1, 2, ("Standard",), ("Prix", "2019"))
ROWS = {
    "sources": Source("loupe", "La Loupe", "feed", "https://loupe.test/f", "fr", "FR", "press", "by"),
    "requests": Request(
        NIGHT, "loupe", "https://loupe.test/f", "feed", datetime(2026, 11, 24, 2, 0, 1, 5, tzinfo=UTC), "fetched"
    ),
    "outcomes": Outcome(NIGHT, "loupe", "read", "https://loupe.test/1", True, "article", "an <article>"),
    "pages": Page(
        "https://loupe.test/1",
        "loupe",
        NIGHT,
        datetime(2026, 11, 24, 2, tzinfo=UTC),
        200,
        "text/html",
        "ab" * 32,
        "f.warc.gz",
        7,
    ),
    "documents": Document(
        "d1",
        "fr",
        "Ü a 7,99 €",
        published=NIGHT,
        authors=("A", "B"),
        blocks=(Block("paragraph", 0, 9),),
        tables=(Table("Prix", 0, 9, (CELL,)),),
    ),
    "claims": CLAIM,
    "rates": Rate(NIGHT, "USD", Decimal("1.1523")),
}


def plain(value: object) -> object:
    """Tuples as lists and enums as text, as Parquet gives them back."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("table", stage.TABLES)
def test_rows_come_back_exactly(table: str, tmp_path: Path) -> None:
    stage.write(tmp_path, table, NIGHT, "loupe", [ROWS[table]])
    assert stage.read(tmp_path, table, NIGHT, "loupe") == [plain(asdict(ROWS[table]))]


@pytest.mark.parametrize("table", stage.TABLES)
def test_no_rows_still_say_what_a_row_would_be(table: str, tmp_path: Path) -> None:
    path = stage.write(tmp_path, table, NIGHT, "loupe", [])
    assert stage.read(tmp_path, table, NIGHT, "loupe") == []
    assert pq.read_schema(path).names == list(asdict(ROWS[table]))


def test_the_same_rows_are_the_same_bytes_and_replace_the_old_ones(tmp_path: Path) -> None:
    path = stage.write(tmp_path, "claims", NIGHT, "loupe", [CLAIM], extractor="x1")
    first = path.read_bytes()
    stage.write(tmp_path, "claims", NIGHT, "loupe", [CLAIM, CLAIM], extractor="x1")
    assert len(stage.read(tmp_path, "claims", NIGHT, "loupe")) == 2
    stage.write(tmp_path, "claims", NIGHT, "loupe", [CLAIM], extractor="x1")
    assert path.read_bytes() == first
    assert pq.read_schema(path).metadata[b"extractor"] == b"x1"


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stage.write(tmp_path, "rates", NIGHT, "ecb", [ROWS["rates"]])

    def broken(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        stage.write(tmp_path, "rates", NIGHT, "ecb", [])
    monkeypatch.undo()
    assert len(stage.read(tmp_path, "rates", NIGHT, "ecb")) == 1
    assert [entry.name for entry in path.parent.iterdir()] == ["ecb.parquet"]


def test_nights_are_those_with_files(tmp_path: Path) -> None:
    assert stage.nights(tmp_path) == []
    for day in (date(2026, 11, 24), date(2026, 11, 2)):
        stage.write(tmp_path, "rates", day, "ecb", [])
    (tmp_path / "claims" / "night=2026-11-20").mkdir(parents=True)
    assert stage.nights(tmp_path) == [date(2026, 11, 2), date(2026, 11, 24)]


@pytest.mark.parametrize(
    ("table", "source", "row", "words"),
    [
        ("claim", "loupe", CLAIM, "table 'claim' is unknown; there are sources"),
        ("claims", "../x", CLAIM, "cannot name a file"),
        ("claims", "", CLAIM, "cannot name a file"),
        ("claims", "loupe", ROWS["rates"], "claims holds rows of Claim, not Rate"),
        ("claims", "loupe", replace(CLAIM, value=Decimal("NaN")), "NaN is no number"),
        ("claims", "loupe", replace(CLAIM, high=Decimal("1e31")), "is no number below 1e"),
        ("pages", "loupe", replace(ROWS["pages"], fetched_at=datetime(2026, 1, 1)), "has no time zone"),  # noqa: DTZ001
    ],
)
def test_what_does_not_fit_is_named(table: str, source: str, row: object, words: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=words):
        stage.write(tmp_path, table, NIGHT, source, [row])
    assert not list(tmp_path.rglob("*.parquet"))


def test_what_was_never_staged_has_no_rows(tmp_path: Path) -> None:
    assert stage.read(tmp_path, "claims", NIGHT, "loupe") == []
