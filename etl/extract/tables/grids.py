"""Tables that a page's text holds as lines: cells joined by bars or tabs, one cell a line, or labels and a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.model import Cell, Document, Table

BAR = re.compile(r"\s*\|\s*|\t+")
NUMBER = re.compile(r"[-+\u2212\u2013(]?\s?[$€£]?\s?\(?\d[\d.,\u00a0\u202f ]*\)?\s?(?:%|[$€£]|[A-Z]{3})?")
LABELLED = re.compile(r"^(?P<label>.*\D.*?)\s*[:\u2013\u2014]\s*(?P<number>[-+]?\d[\d.,\u00a0\u202f]*)$")
SPACED_NUMBER = re.compile(r"[-+(]?\d[\d.,]*\)?%?(?!\S)")
SPACED = re.compile(
    r"^(?P<label>[^\d(]*[^\W\d][^\d(]*?(?:\([^)\d]*\))?)\s+(?P<numbers>[-+(]?\d[\d.,]*\)?%?(?:\s+[-+(]?\d[\d.,]*\)?%?)*)$"
)
DATED = re.compile(  # "Q3 2024", "3T 2024", "Dez. 2022"
    r"(?:[^\W\d]{1,4}\.? ?\d?|\d\.? ?[^\W\d]{1,7}\.?|[^\W\d]{3,10}\.?) (?:19|20)\d\d(?!\d)"
)
SHORT_LINE = 60  # characters of a cell that stands on a line of its own
MOST_COLUMNS = 7
FEWEST_SINGLE = 3  # rows of one number each that make a table


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: `text[start:end]`."""

    text: str
    start: int
    end: int


def tables(document: Document) -> list[Table]:
    """Return the tables of a document: those that the reader found, else those that its lines show."""
    if document.tables:
        return list(document.tables)
    found = []
    for block in _blocks(document.text):
        for read in (_barred, _stacked, _labelled, _spaced):
            table = read(block)
            if table is not None:
                found.append(table)
                break
    return found


def _blocks(text: str) -> list[list[Line]]:
    """Return the runs of lines without an empty line between them."""
    blocks: list[list[Line]] = [[]]
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped[0])
            blocks[-1].append(Line(stripped, begin, begin + len(stripped)))
        elif blocks[-1]:
            blocks.append([])
        start += len(raw) + 1
    return [block for block in blocks if len(block) >= 2]


def _barred(block: list[Line]) -> Table | None:
    lines = [line for line in block if BAR.search(line.text)]
    if len(lines) < 2:
        return None
    return _table([_split(line) for line in lines], block)


def _split(line: Line) -> list[Line]:
    cells, start = [], 0
    for match in [*BAR.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        piece = line.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        cells.append(Line(piece.strip(), line.start + start + lead, line.start + start + lead + len(piece.strip())))
        start = match.end() if match else end
    return cells


def _stacked(block: list[Line]) -> Table | None:
    """Read one cell a line: the heads first, then rows of as many lines, each column of one kind."""
    if len(block) < 6 or any(len(line.text) > SHORT_LINE for line in block):
        return None
    for width in range(2, MOST_COLUMNS):
        rows = [block[at : at + width] for at in range(0, len(block), width)]
        if len(block) % width or len(rows) < 3 or any(_numeric(cell) for cell in rows[0]):
            continue
        columns = list(zip(*rows[1:], strict=True))
        kinds = [[_numeric(cell) for cell in column] for column in columns]
        if (
            all(len(set(kind)) == 1 for kind in kinds)
            and any(kind[0] for kind in kinds)
            and not all(k[0] for k in kinds)
        ):
            return _table(rows, block)
    return None


def _labelled(block: list[Line]) -> Table | None:
    """Read lines that end in a colon and a bare number."""
    cells, row = [], 0
    for line in block:
        match = LABELLED.match(line.text)
        if match is None:
            continue
        start = line.start + match.start("number")
        label = re.sub(r"^(?:\d{1,2}[.)]|[-*•–])\s*", "", match["label"])
        cells.append(Cell(match["number"], start, line.start + match.end("number"), row, 1, (label,), ()))
        row += 1
    if row < 2 or row < len(block) - 1:
        return None
    caption = block[0].text if not LABELLED.match(block[0].text) else ""
    return Table(caption, block[0].start, block[-1].end, tuple(cells))


def _spaced(block: list[Line]) -> Table | None:
    """Read lines of a label and numbers, joined by blanks, under a line of heads."""
    matched = [(at, SPACED.match(line.text)) for at, line in enumerate(block)]
    rows = [(at, match) for at, match in matched if match]
    if len(rows) < 2 or rows[0][0] == 0:
        return None
    if len(rows) < FEWEST_SINGLE and all(" " not in match["numbers"] for _, match in rows):
        return None
    widths = {len(SPACED_NUMBER.findall(match["numbers"])) for _, match in rows}
    heads = _heads(block[rows[0][0] - 1].text, widths.pop()) if len(widths) == 1 else None
    if heads is None:
        return None
    cells = []
    for number, (at, match) in enumerate(rows):
        offset = block[at].start + match.start("numbers")
        for column, piece in enumerate(SPACED_NUMBER.finditer(match["numbers"])):
            start = offset + piece.start()
            cells.append(
                Cell(piece[0], start, start + len(piece[0]), number, column, (match["label"],), (heads[column],))
            )
    return Table(block[0].text, block[0].start, block[-1].end, tuple(cells))


def _heads(line: str, width: int) -> list[str] | None:
    """Return the heads of the number columns, the first column left off; None when they cannot be told apart."""
    bracketed = re.split(r"(?<=\))\s+", line)
    if len(bracketed) == width:
        return bracketed
    for parts in (line.split(), re.split(r"\s+(?=[A-ZÀ-Ý])", line), DATED.sub(_glued, line).split()):
        if len(parts) == width + 1:
            return [part.replace("\u00a0", " ") for part in parts[1:]]
    return None


def _glued(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0")


def _table(rows: list[list[Line]], block: list[Line]) -> Table:
    """Return a table of rows of cells: the first row is the head unless it holds numbers that are no years."""
    headed = not any(_numeric(cell) and not re.fullmatch(r"(?:19|20)\d\d", cell.text) for cell in rows[0])
    heads = [cell.text for cell in rows[0]] if headed else []
    cells = []
    for number, row in enumerate(rows[1:] if headed else rows):
        labels = tuple(cell.text for cell in row if cell.text and not _numeric(cell))
        for column, cell in enumerate(row):
            if _numeric(cell):
                head = (heads[column],) if column < len(heads) else ()
                cells.append(Cell(cell.text, cell.start, cell.end, number, column, labels, head))
    return Table("", block[0].start, block[-1].end, tuple(cells))


def _numeric(cell: Line) -> bool:
    return bool(NUMBER.fullmatch(cell.text.strip()))
