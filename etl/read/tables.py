"""Tables of a page as grids: spans expanded, hidden cells and footnote marks dropped, banners told from rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.read.compose import Grid
from etl.read.footnotes import Footnotes
from etl.read.heads import head_columns, head_rows
from etl.read.tree import BLOCK_TAGS, HIDDEN, Node, hidden, squeeze

MAX_ROWS = 5000
MAX_SPAN = 200
MAX_COLUMNS = 400  # places of a row; spans beyond them are a mistake of the page
MAX_PLACES = 100_000  # of a table; rows beyond them are left out
UNSEEN = re.compile(r"(?:^|[\s_-])(?:sortkey|sr-only|visually-?hidden|screen-?reader(?:-text)?|print-only)(?:$|\s)")
SILENT = frozenset(("script", "style", "noscript", "template"))
SPAN = re.compile(r"\s*(\d+)")
FILE_NAME = re.compile(r"\.\w{3,4}$")
OUTSIDE = frozenset(("nav", "footer", "aside", "form", "header"))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell in one of the places that it covers; equal by identity of the cell that covers it."""

    text: str
    head: bool
    cell: int
    notes: tuple[str, ...] = ()


EMPTY = _Spot("", False, -1)


def laid(root: Node) -> list[tuple[Node, Grid]]:
    """Return the tables that hold data as grids, each with its element, in the order of the page."""
    return [(node, made) for node in data_tables(root) if (made := grid(node))]


def data_tables(root: Node) -> list[Node]:
    """Return the tables that hold data, in order: not for layout, not hidden, not beside the content."""
    found: list[Node] = []
    for node in root.iter("table"):
        layout = node.get("role") == "presentation" or _holds_tables(node)
        if layout or hidden(node) or any(above in found or above.tag in OUTSIDE for above in node.iterancestors()):
            continue
        found.append(node)
    return found


def tame(root: Node) -> None:
    """Take the spans from the cells of a table whose cells claim more places than a table has."""
    for node in root.iter("table"):
        cells = [cell for cell in node.iter("td", "th") if cell.get("rowspan") or cell.get("colspan")]
        if sum(_claimed(cell, "rowspan") * _claimed(cell, "colspan") for cell in cells) > MAX_PLACES:
            for cell in cells:
                cell.attrib.pop("rowspan", None)
                cell.attrib.pop("colspan", None)


def _claimed(cell: Node, name: str) -> int:
    found = re.match(r"\s*(\d{1,9})", cell.get(name) or "")
    return int(found[1]) if found else 1


def _holds_tables(node: Node) -> bool:
    """Whether a table is the frame of others: most of its text stands in them."""
    inner = sum(len(one.text_content()) for one in node.iterfind(".//table"))
    return inner * 2 > len(node.text_content())


def grid(node: Node) -> Grid | None:
    """Return a table as a grid, or None when it is no table of at least two rows and two columns."""
    rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node and not _gone(row)][:MAX_ROWS]
    marked = Footnotes(node)
    placed = [line for line in _lay(rows, marked) if any(spot.text for spot in line)]
    width = max((len(line) for line in placed if not _is_banner(line)), default=0)
    caption = next(node.iter("caption"), None)
    titles = [cell_text(caption, marked)] if caption is not None else []
    while placed and _is_banner(placed[0]):
        titles.append(placed.pop(0)[0].text)
    notes: list[str] = []
    while placed and _is_banner(placed[-1]):
        notes.insert(0, placed.pop()[0].text)
    if len(placed) < 2 or width < 2:
        return None
    lines = [(line + [EMPTY] * width)[:width] for line in placed]
    banners = frozenset(n for n, line in enumerate(placed) if _is_banner(line))
    heads = head_rows(lines)
    return Grid(
        caption=squeeze(" ".join(titles)),
        rows=tuple(tuple(spot.text for spot in line) for line in lines),
        head_rows=heads,
        head_columns=head_columns([line for n, line in enumerate(lines) if n >= heads and n not in banners]),
        banners=banners,
        notes=tuple(notes),
        footnotes={
            (row, column): spot.notes
            for row, line in enumerate(lines)
            for column, spot in enumerate(line)
            if spot.notes
        },
    )


def _is_banner(line: list[_Spot]) -> bool:
    """Whether one cell spans the whole row: a title, a heading between rows, or a note below them."""
    return len(line) > 1 and len({spot.cell for spot in line}) == 1


def _lay(rows: list[Node], notes: Footnotes) -> list[list[_Spot]]:
    """Return the rows as spots per column, a spanned cell in every place that it covers."""
    laid: list[list[_Spot]] = []
    hanging: dict[int, tuple[int, _Spot]] = {}  # column -> rows still to cover, cell
    number = 0
    for row in rows:
        line: list[_Spot] = []
        cells = [cell for cell in row.iterchildren("td", "th") if not _gone(cell)]
        while (cells or len(line) in hanging) and len(line) < MAX_COLUMNS:
            column = len(line)
            if column in hanging:
                left, spot = hanging.pop(column)
                line.append(spot)
                if left > 1:
                    hanging[column] = (left - 1, spot)
                continue
            cell = cells.pop(0)
            number += 1
            words = _head_text(cell, notes) if not line or cell.tag == "th" else cell_text(cell, notes)
            words, sign = notes.parted(words)
            spot = _Spot(words, cell.tag == "th", number, notes.of(cell, sign))
            high = _span(cell, "rowspan")
            for place in range(column, min(column + _span(cell, "colspan"), MAX_COLUMNS)):
                line.append(spot)
                if high > 1:
                    hanging[place] = (high - 1, spot)
        laid.append(line)
        if len(laid) * len(line) > MAX_PLACES:
            break
    return laid


def cell_text(cell: Node, notes: Footnotes | None = None) -> str:
    """Return what a cell shows on one line, without its marks: inline tags join with nothing, block tags with a gap."""
    if not len(cell):
        return squeeze(cell.text or "")
    parts: list[str] = []
    _collect(cell, parts, notes)
    return squeeze("".join(parts))


def _head_text(cell: Node, notes: Footnotes) -> str:
    """Return what a cell at the edge of a table shows; a logo alone says what it stands for."""
    alts = (squeeze(picture.get("alt") or "") for picture in cell.iter("img"))
    return cell_text(cell, notes) or " ".join(alt for alt in alts if alt and not FILE_NAME.search(alt))


def _collect(node: Node, parts: list[str], notes: Footnotes | None) -> None:
    parts.append(node.text or "")
    for child in node:
        if not (child.tag in SILENT or _gone(child) or (notes and child.tag == "sup" and notes.is_mark(child))):
            gap = " " if child.tag in BLOCK_TAGS else ""
            parts.append(gap)
            _collect(child, parts, notes)
            parts.append(gap)
        parts.append(child.tail or "")


def _gone(node: Node) -> bool:
    if not node.attrib:
        return False
    style, names = node.get("style"), node.get("class")
    hides = node.get("hidden") is not None or bool(style and HIDDEN.search(style))
    return hides or bool(names and UNSEEN.search(names))


def _span(node: Node, name: str) -> int:
    written = node.get(name)
    if not written:
        return 1
    found = SPAN.match(written)
    return min(max(int(found[1]) if found else 1, 1), MAX_SPAN)
