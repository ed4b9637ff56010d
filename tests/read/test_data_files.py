"""Data files of every format become rows of cells set apart by tabs; what is none says what came."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl import read
from etl.model import Document, Kind
from etl.read import workbook

URL = "https://data.example/file"


def one(body: bytes | str) -> Document:
    """Return the only document of a body, after seeing that each marked table stands where it says."""
    (document,) = read.dataset(body.encode() if isinstance(body, str) else body, url=URL)
    return document


def tables(document: Document) -> list[list[str]]:
    return [document.text[b.start : b.end].split("\n") for b in document.blocks if b.kind == "table"]


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return packed.getvalue()


# --- text -----------------------------------------------------------------------------------------------------------

TEXTS = {
    "TSV stays as it came": ('week\ttitle\n1\tA "B", C\n', 'week\ttitle\n1\tA "B", C\n'),
    "line ends, BOM": ("\ufeffweek\ttitle\r\n1\tCafé\r\n", "week\ttitle\n1\tCafé\n"),
    "CSV": ("a,b\n1,2\n", "a\tb\n1\t2\n"),
    "CSV in quotes": ('a,b\n"1,5","x ""y"" z"\n', 'a\tb\n1,5\tx "y" z\n'),
    "a line break in quotes": ('a,b\n"x\ny",2\n', "a\tb\nx y\t2\n"),
    "semicolons and decimal commas": ("a;b\n1,5;2,25\n3,5;4\n", "a\tb\n1,5\t2,25\n3,5\t4\n"),
    "blanks after commas": (
        "Date, USD, JPY, \n30 October 2026, 1.1172, 175.68, \n",
        "Date\tUSD\tJPY\n30 October 2026\t1.1172\t175.68\n",
    ),
    "words above the head": ("Sales\n\na,b,c\n1,2,3\n4,5,6\n", "Sales\na\tb\tc\n1\t2\t3\n4\t5\t6\n"),
    "a quote that is never closed": ('a,b\n"1,2\n3,4\n', 'a\tb\n"1\t2\n3\t4\n'),
    "one column": ("a\n1\n2\n", "a\n1\n2\n"),
    "XML": ("<Cube><Cube time='x'/></Cube>", "<Cube><Cube time='x'/></Cube>"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    body, text = TEXTS[name]
    document = one(body)
    assert (document.kind, document.text) == (Kind.DATASET, text)
    assert one(gzip.compress(body.encode())).text == text
    assert one(zipped(data=body)).text == text


# --- workbooks ------------------------------------------------------------------------------------------------------


def packed_book(sheets: dict[str, list[list[Any]]], forms: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell, form in (forms or {}).items():
            sheet[cell].number_format = form
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_is_its_sheets_one_after_another() -> None:
    document = one(
        packed_book({"Shows": [["About"], [], [None, "Title", "Hours"], [None, "A", 10.0]], "Films": [["x"]]})
    )
    assert document.kind is Kind.DATASET
    assert document.text == "Shows\nAbout\n\tTitle\tHours\n\tA\t10\nFilms\nx\n"
    assert tables(document) == [["About", "\tTitle\tHours", "\tA\t10"], ["x"]]
    heads = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert heads == ["Shows", "Films"]
    assert "a workbook of 2 sheets (Shows, Films)" in document.evidence


CELLS: list[tuple[Any, str]] = [
    (555100000.0, "555100000"),
    (0.1, "0.1"),
    (1e21, "1000000000000000000000"),
    (-3.5, "-3.5"),
    (True, "true"),
    (date(2025, 3, 13), "2025-03-13"),
    (datetime(2025, 3, 13, 12, 30), "2025-03-13 12:30:00"),  # noqa: DTZ001 - workbooks know no zones
    (time(3, 50), "03:50:00"),
    (timedelta(hours=27, minutes=5), "27:05:00"),
    ("two\nlines\tand tab", "two lines and tab"),
    ("#N/A", "#N/A"),
]


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[text for _, text in CELLS])
def test_cells(value: Any, text: str) -> None:
    assert one(packed_book({"S": [[value]]})).text == f"S\n{text}\n"


def test_a_share_is_given_as_it_shows() -> None:
    """What shows as 12.5 % is stored as 0.125."""
    assert one(packed_book({"S": [[0.125]]}, {"A1": "0.0%"})).text == "S\n12.5 %\n"


def test_formulas_give_what_was_last_calculated() -> None:
    """A formula that was never calculated has no value, and the formula itself is none."""
    assert one(packed_book({"S": [["sum", "=1+1"]]})).text == "S\nsum\n"


def rewritten(body: bytes, part: str, change: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


SMALL = packed_book({"S": [["a", 1]]})
PART = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BROKEN = {
    "cut off": (SMALL[:-200], "not a zip file"),
    "a sheet that is no XML": (rewritten(SMALL, PART, lambda _: b"<sheet"), "cannot be read"),
    "a sheet that is missing": (rewritten(SMALL, "xl/_rels/workbook.xml.rels", lambda _: b"<x/>"), "cannot be read"),
    "entities": (rewritten(SMALL, PART, lambda data: BOMB + data), "declares a document type"),
    "nothing in it": (packed_book({"S": []}), "nothing in it"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_workbook_that_cannot_be_read_says_why(name: str) -> None:
    body, evidence = BROKEN[name]
    document = one(body)
    assert document.kind is Kind.UNREADABLE
    assert evidence in document.evidence


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """300 MB of zeros in 300 KB: refused by what the index of the ZIP says of its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b"0" * 1_000_000)
    assert len(out.getvalue()) < 400_000
    assert "unpacks to 300," in one(out.getvalue()).evidence
    monkeypatch.setattr(workbook, "PARTS", 1)
    assert "parts; the limit is 1" in one(SMALL).evidence


@pytest.mark.parametrize(("limit", "least"), [("ROWS", 2), ("CELLS", 3), ("COLUMNS", 1)])
def test_a_workbook_has_limits(monkeypatch: pytest.MonkeyPatch, limit: str, least: int) -> None:
    body = packed_book({"S": [["a", 1], ["b", 2]], "T": [["c", 3]]})
    assert one(body).kind is Kind.DATASET
    monkeypatch.setattr(workbook, limit, least)
    assert "a workbook of more than" in one(body).evidence


# --- JSON -----------------------------------------------------------------------------------------------------------

RECORDS = {
    "a list of records": ([{"a": 1, "b": "x"}, {"a": 2.50, "c": None}], ["a\tb\tc", "1\tx", "2.5"]),
    "below a key": ({"meta": {"n": 1}, "data": [{"a": 1}]}, ["a", "1"]),
    "records in records": ([{"a": {"b": 1, "c": {"d": 2}}}], ["a.b\ta.c.d", "1\t2"]),
    "rows": ([["a", "b"], [1, True]], ["a\tb", "1\ttrue"]),
    "lists of words": ([{"a": ["x", "y"]}], ["a", "x, y"]),
}


@pytest.mark.parametrize("name", RECORDS)
def test_json(name: str) -> None:
    found, lines = RECORDS[name]
    assert tables(one(json.dumps(found))) == [lines]


def test_numbers_of_json_stay_as_they_are_written() -> None:
    assert tables(one('[{"a": 16600000, "b": 1.10, "c": 12345678901234567890}]')) == [
        ["a\tb\tc", "16600000\t1.10\t12345678901234567890"]
    ]


# --- facts of companies ---------------------------------------------------------------------------------------------


def fact(value: int, filing: str, filed: str, form: str = "10-Q", **more: str) -> dict[str, Any]:
    return {
        "end": "2024-03-31",
        "val": value,
        "accn": filing,
        "fy": 2024,
        "fp": "Q1",
        "form": form,
        "filed": filed,
        **more,
    }


def facts(*rows: dict[str, Any]) -> str:
    tags = {"Revenues": {"label": "Revenues", "units": {"USD": list(rows)}}}
    return json.dumps({"cik": 1234, "entityName": "EXAMPLE STREAMING INC", "facts": {"us-gaap": tags}})


def test_each_filing_is_a_document_of_its_own_day() -> None:
    first = fact(100, "0000001234-24-000001", "2024-04-20", start="2024-01-01", frame="CY2024Q1")
    restated = fact(110, "0000001234-25-000002", "2025-04-19", start="2024-01-01", frame="CY2024Q1")
    documents = read.dataset(facts(restated, first, first).encode(), url="https://data.sec.example/CIK0000001234.json")
    assert [(d.published, d.published_from, d.title) for d in documents] == [
        (date(2024, 4, 20), "data", "EXAMPLE STREAMING INC: 10-Q filed 2024-04-20"),
        (date(2025, 4, 19), "data", "EXAMPLE STREAMING INC: 10-Q filed 2025-04-19"),
    ]
    assert documents[0].url == "https://www.sec.gov/Archives/edgar/data/1234/000000123424000001/"
    assert tables(documents[0])[0][1:] == ["1234\tus-gaap\tRevenues\tUSD\t2024-01-01\t2024-03-31\t100\t10-Q\t2024\tQ1"]
    assert len({d.document_id for d in documents}) == 2
    assert len({d.digest for d in documents}) == 1, "each leads back to the one file in the archive"


def test_what_a_filing_said_stays_the_same_document() -> None:
    """Its frame moves to the filing that restates it, and the file grows: what the old filing said is not touched."""
    old = fact(100, "0000001234-24-000001", "2024-04-20", start="2024-01-01")
    new = fact(110, "0000001234-25-000002", "2025-04-19", start="2024-01-01", frame="CY2024Q1")
    (alone,) = read.dataset(facts({**old, "frame": "CY2024Q1"}).encode(), url=URL)
    first, _ = read.dataset(facts(old, new).encode(), url=URL)
    assert (alone.document_id, alone.text) == (first.document_id, first.text)


NONE: list[tuple[bytes, str]] = [
    (b"<!DOCTYPE html><html></html>", "a web page came instead of data"),
    (b'<a href="https://a.example/">Moved</a>', "a web page came instead of data"),
    (zipped(a="x", b="y"), "a ZIP of 2 files"),
    (b"PK\x03\x04broken", "no data file"),
    (b"", "empty body"),
    (b"%PDF-1.7", "a PDF file"),
    (b'{"error": "not found"}', "JSON without a list of records (error)"),
    (b"[]", "JSON without a list of records"),
    (b"{broken", "JSON that cannot be read"),
    (b"[" * 100_000, "JSON that cannot be read"),
    (facts({"val": 1}).encode(), "facts of EXAMPLE STREAMING INC without any"),
    (b'{"cik": 1, "facts": {"us-gaap": [], "x": {"T": {"units": {"USD": 3}}}}}', "facts of CIK 1 without any"),
    (gzip.compress(b"0" * 65_000_000), "gzip data of more than"),
]


@pytest.mark.parametrize(("body", "evidence"), NONE, ids=[evidence for _, evidence in NONE])
def test_what_is_no_data_says_what_came(body: bytes, evidence: str) -> None:
    document = one(body)
    assert document.kind is Kind.UNREADABLE
    assert evidence in document.evidence


# --- real files, where they are at hand -----------------------------------------------------------------------------

SAMPLES = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "samples"
at_hand = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of real samples is not at hand")


@at_hand
@pytest.mark.parametrize("pattern", ["series/*.csv", "fx/*", "netflix_top10/all-weeks*.tsv", "sec/*.json"])
def test_real_files(pattern: str) -> None:
    """Every row of every file has the columns of its head, or fewer where the last cells are empty."""
    files = sorted(SAMPLES.glob(pattern))
    assert files
    for path in files:
        for document in read.dataset(path.read_bytes(), url=URL):
            assert document.kind is Kind.DATASET, (path, document.evidence)
            lines = tables(document)[0] if document.blocks else document.text.rstrip("\n").split("\n")
            columns = lines[0].count("\t")
            assert columns > 3
            assert all(line.count("\t") <= columns for line in lines), path


@at_hand
def test_real_facts_of_a_company() -> None:
    """The shape in which the authority gives them: ten filings stated two facts, each on its own day."""
    (path,) = SAMPLES.glob("sec/companyfacts*.json")
    documents = read.dataset(path.read_bytes(), url=URL)
    assert len(documents) == 10
    assert all(d.published and d.url.startswith("https://www.sec.gov/Archives/edgar/data/70858/") for d in documents)
