"""Rows and columns as text: one line a row, cells set apart by tabs, one sheet after another under its name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from etl.model import Block

SEPARATORS = ";,|"
SAMPLE = 20  # lines that show what sets cells apart
GAPS = re.compile(r"[\t\n\r\v\f\u2028\u2029]+")  # what would break a line or a cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells under a name; "" when the file gives none."""

    name: str
    rows: Iterable[list[str]]


def write(sheets: Iterable[Sheet]) -> tuple[str, tuple[Block, ...]]:
    """Return sheets as one text and where each stands in it: a `heading` with its name, a `table` with its rows.

    Empty rows and empty cells at the end of a row are left out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0

    def put(kind: str, text: str) -> None:
        nonlocal at
        blocks.append(Block(kind, at, at + len(text)))
        parts.append(text)
        at += len(text) + 1

    for sheet in sheets:
        lines = [line for row in sheet.rows if (line := "\t".join(map(_cell, row)).rstrip("\t"))]
        if lines and sheet.name:
            put("heading", _cell(sheet.name))
        if lines:
            put("table", "\n".join(lines))
    return "".join(f"{part}\n" for part in parts), tuple(blocks)


def delimited(text: str) -> str:
    """Return CSV as lines of cells set apart by tabs, quotes resolved; other text as it is."""
    lines = [line for line in text.split("\n", SAMPLE + 5)[:SAMPLE] if line.strip()]
    if not lines or any("\t" in line for line in lines):
        return text
    separator = _separator(lines, csv.QUOTE_MINIMAL) or _separator(lines, csv.QUOTE_NONE)
    if not separator:
        return text
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:  # quotes that are never closed: they are signs like others
        rows = list(csv.reader(StringIO(text), delimiter=separator, skipinitialspace=True, quoting=csv.QUOTE_NONE))
    return write([Sheet("", rows)])[0]


def _separator(lines: list[str], quoting: Literal[0, 3]) -> str:
    """Return the sign that parts most lines into the same number of cells, two or more; "" when none does."""
    best, most = "", 1
    for sign in SEPARATORS:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign, quoting=quoting) if row)
        cells, times = max(counts.items(), key=lambda found: (found[1], found[0]), default=(1, 0))
        if cells > 1 and 2 * times >= len(lines) and cells > most:
            best, most = sign, cells
    return best


def _cell(value: str) -> str:
    return GAPS.sub(" ", value).strip()
