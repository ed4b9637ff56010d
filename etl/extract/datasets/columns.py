"""The tables of a data file: rows as column -> cell, each cell with its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.model import Document

HEAD = 50  # rows in which the names of the columns stand


class LayoutChanged(ValueError):
    """A data file is not laid out as its mapping says; the message names what was wanted and what came."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text[start:start + len(cell.text)] == cell.text`."""

    text: str
    start: int


Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Columns:
    """A table of which the names of the columns are known, and the words that stand above it."""

    name: str
    above: str
    rows: Iterable[Row]


def tables(document: Document, wanted: set[str], one_of: set[str]) -> Iterator[Columns]:
    """Yield each table with all `wanted` columns and, unless there are none to choose from, one of `one_of`.

    The names may stand below some rows of words. They are compared without regard to case and blanks.
    """
    for name, start, end in _places(document):
        above: list[str] = []
        for at, line in _lines(document.text, start, end):
            names = [plain(cell) for cell in line.split("\t")]
            if wanted <= set(names) and (not one_of or one_of & set(names)):
                yield Columns(name, "\n".join(above), _rows(document.text, names, at + len(line) + 1, end))
                break
            above.append(line.replace("\t", " "))
            if len(above) >= HEAD:
                break


def head(document: Document) -> str:
    """Return the first row of the document's first table, for messages."""
    _, start, end = next(iter(_places(document)))
    return next((line for _, line in _lines(document.text, start, end)), "").replace("\t", ", ")


def plain(name: str) -> str:
    """Return the name of a column as it is compared."""
    return " ".join(name.split()).casefold()


def _places(document: Document) -> list[tuple[str, int, int]]:
    """Return name and place of each table; a text without any marked is one table."""
    found: list[tuple[str, int, int]] = []
    name = ""
    for block in document.blocks:
        if block.kind == "heading":
            name = document.text[block.start : block.end]
        elif block.kind == "table":
            found.append((name, block.start, block.end))
    return found or [("", 0, len(document.text))]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, text[start:stop]
        start = stop + 1


def _rows(text: str, names: list[str], start: int, end: int) -> Iterator[Row]:
    for at, line in _lines(text, start, end):
        row: Row = {}
        for name, cell in zip(names, line.split("\t"), strict=False):
            row.setdefault(name, Cell(cell, at))  # of two columns of one name the first
            at += len(cell) + 1
        yield row
