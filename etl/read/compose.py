"""Blocks and tables to one text with offsets: headline, then blocks, then tables written row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.model import Block, Cell, Table

CELL_GAP = " | "


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text before it has a place: its kind as in `Block`, and its words on one or more lines."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it has a place: every row has as many cells as the widest; the first `head_rows` are heads.

    The cells of `head_columns` name the row in which they stand.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    head_rows: int
    head_columns: tuple[int, ...]
    banners: frozenset[int] = frozenset()  # rows of one cell, that head the rows below them
    notes: tuple[str, ...] = ()  # what stands below the rows, across all columns
    footnotes: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)  # by row and column


def compose(headline: str | None, pieces: list[Piece], grids: list[Grid]) -> tuple[str, list[Block], list[Table]]:
    """Return the text, its blocks in order, and its tables; one line between any two of them."""
    text = _Text()
    if headline:
        text.block("headline", headline)
    for piece in pieces:
        text.block(piece.kind, piece.text)
    tables = [text.table(grid) for grid in grids]
    return text.value, text.blocks, tables


class _Text:
    """A text that grows at its end and remembers where things stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.blocks: list[Block] = []

    @property
    def value(self) -> str:
        return "".join(self.parts)

    def add(self, words: str) -> None:
        self.parts.append(words)
        self.size += len(words)

    def block(self, kind: str, words: str) -> None:
        start = self._open()
        self.add(words)
        self.blocks.append(Block(kind, start, self.size))

    def table(self, grid: Grid) -> Table:
        start = self._open()
        cells: list[Cell] = []
        if grid.caption:
            self.add(grid.caption + "\n")
        banner = ""
        for number, row in enumerate(grid.rows):
            self.add("\n" if number else "")
            if number in grid.banners:
                banner = row[0]
                self.add(banner)
                continue
            for column, words in enumerate(row):
                self.add(CELL_GAP if column else "")
                begin = self.size
                self.add(words)
                if number >= grid.head_rows and column not in grid.head_columns and words:
                    cells.append(_cell(grid, number, column, begin, banner))
        self.add("".join("\n" + note for note in grid.notes))
        self.blocks.append(Block("table", start, self.size))
        return Table(caption=grid.caption, start=start, end=self.size, cells=tuple(cells))

    def _open(self) -> int:
        if self.size:
            self.add("\n")
        return self.size


def _cell(grid: Grid, row: int, column: int, start: int, banner: str) -> Cell:
    words = grid.rows[row][column]
    return Cell(
        text=words,
        start=start,
        end=start + len(words),
        row=row,
        column=column,
        row_heads=_distinct((banner, *(grid.rows[row][place] for place in grid.head_columns))),
        column_heads=_distinct([grid.rows[above][column] for above in range(grid.head_rows)]),
        notes=_notes(grid, row, column) if grid.footnotes else (),
    )


def _notes(grid: Grid, row: int, column: int) -> tuple[str, ...]:
    """Return the notes at a cell and at the heads that give it meaning."""
    places = [(row, column), *((row, place) for place in grid.head_columns)]
    places += [(above, column) for above in range(grid.head_rows)]
    return _distinct([note for place in places for note in grid.footnotes.get(place, ())])


def _distinct(heads: Sequence[str]) -> tuple[str, ...]:
    """Return the heads that say something, each once: a spanned head stands in several cells."""
    return tuple(dict.fromkeys(head for head in heads if head))
