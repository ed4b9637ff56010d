"""Excel workbooks (XLSX): each sheet's values as they were last calculated, within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from etl.read.decode import MAX_TEXT, NotText
from etl.read.sheets import Sheet

PARTS = 2_000  # files in a workbook
UNPACKED = (
    4 * MAX_TEXT
)  # bytes of all of them, as the index of the ZIP declares; no part can give more than it declares
ROWS = 1_000_000  # of all sheets
CELLS = 5_000_000
COLUMNS = 500
HEAD = 2_000  # bytes of a part in which a document type would stand


def is_workbook(packed: zipfile.ZipFile) -> bool:
    """Whether a ZIP is an Excel workbook."""
    return "xl/workbook.xml" in packed.namelist()


def sheets(body: bytes) -> list[Sheet]:
    """Return the sheets of a workbook that hold anything, hidden ones too; of formulas the value last calculated.

    Raises:
        NotText: It is broken, is protected by a password, unpacks to more than 256 MB, declares entities, or holds more
            than a million rows, five million cells or 500 columns.
    """
    import openpyxl  # takes longer to load than all else that reads, and few nights bring a workbook

    _check(body)
    try:
        with closing(
            openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
        ) as book:
            budget = _Budget()
            return [Sheet(sheet.title, list(_rows(sheet, budget))) for sheet in book.worksheets]
    except NotText:
        raise
    except Exception as wrong:  # openpyxl lets whatever it trips over through
        raise NotText(f"a workbook that cannot be read ({type(wrong).__name__}: {wrong})") from wrong


def _check(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        parts = packed.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > PARTS:
            raise NotText(f"a workbook of {len(parts):,} parts; the limit is {PARTS:,}")
        if size > UNPACKED:
            raise NotText(f"a workbook that unpacks to {size:,} bytes; the limit is {UNPACKED:,}")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as file:
                    if b"<!DOCTYPE" in file.read(HEAD):
                        raise NotText(f"a workbook whose {part.filename} declares a document type, which none needs")


class _Budget:
    """Counts rows and cells over all sheets."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def spend(self, cells: int) -> None:
        self.rows += 1
        self.cells += cells
        if self.rows > ROWS or self.cells > CELLS or cells > COLUMNS:
            raise NotText(
                f"a workbook of more than {ROWS:,} rows, {CELLS:,} cells or {COLUMNS} columns (row {self.rows:,} has "
                f"{cells:,} cells)"
            )


def _rows(sheet: Any, budget: _Budget) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for row in sheet.iter_rows():
        cells = [_text(cell.value, str(cell.number_format or "") if cell.value is not None else "") for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        budget.spend(len(cells))
        if cells:
            yield cells


def _text(value: Any, form: str) -> str:
    """Return what a cell says: whole numbers without a point, days as ISO, shares in percent where so shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return _number(value, is_share="%" in form)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _number(value: float | Decimal, is_share: bool) -> str:
    """Return a number as it is written by hand: to the fifteen digits that a workbook keeps."""
    exact = value if isinstance(value, Decimal) else Decimal(value if isinstance(value, int) else f"{value:.15g}")
    text = f"{exact * 100 if is_share else exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text} %" if is_share else text
