"""Tables of a page as grids: spans expanded, hidden cells and footnote marks dropped."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from lxml import etree

from etl.read.compose import Grid
from etl.read.tree import BLOCK_TAGS, HIDDEN, Node, hidden, squeeze

MAX_ROWS = 5000
MAX_SPAN = 200
NOTE = re.compile(r"^\s*[\[(]?\s*(?:\d{1,3}|[a-z*†‡§]|note \d+)\s*[\])]?\s*$", re.IGNORECASE)
SILENT = frozenset(("script", "style", "noscript", "template"))


def data_tables(root: Node) -> list[Node]:
    """Return the outermost-first list of tables that hold data: no layout, nothing hidden, at least 2 by 2."""
    return [
        node
        for node in root.iter("table")
        if node.get("role") != "presentation" and node.find(".//table") is None and not hidden(node)
    ]


def grid(node: Node) -> Grid | None:
    """Return a table as a grid, or None when it is no table of at least two rows and two columns."""
    soup = BeautifulSoup(etree.tostring(node, encoding="unicode", method="html", with_tail=False), "lxml")
    table = soup.find("table")
    return grid_of(table) if isinstance(table, Tag) else None


def grid_of(table: Tag) -> Grid | None:
    """Return a parsed table as a grid, or None when it has fewer than two rows or two columns."""
    rows = [row for row in table.find_all("tr", limit=MAX_ROWS) if row.find_parent("table") is table and not _gone(row)]
    laid = _lay(rows)
    full = [n for n, cells in enumerate(laid) if any(text for text, _ in cells)]
    width = max((len(laid[n]) for n in full), default=0)
    if len(full) < 2 or width < 2:
        return None
    padded = [laid[n] + [("", False)] * (width - len(laid[n])) for n in full]
    heads = _head_rows(padded, [rows[n] for n in full])
    caption = table.find("caption")
    return Grid(
        caption=cell_text(caption) if isinstance(caption, Tag) else "",
        rows=tuple(tuple(text for text, _ in cells) for cells in padded),
        head_rows=heads,
        head_columns=_head_columns(padded[heads:]),
    )


def _lay(rows: list[Tag]) -> list[list[tuple[str, bool]]]:
    """Return the rows as (text, is a head) per column, a spanned cell in every place that it covers."""
    laid: list[list[tuple[str, bool]]] = []
    hanging: dict[int, tuple[int, tuple[str, bool]]] = {}  # column -> rows still to cover, cell
    for row in rows:
        line: list[tuple[str, bool]] = []
        cells = [cell for cell in row.find_all(["td", "th"], recursive=False) if not _gone(cell)]
        while cells or len(line) in hanging:
            column = len(line)
            if column in hanging:
                left, cell = hanging[column]
                line.append(cell)
                hanging[column] = (left - 1, cell)
                if left <= 1:
                    del hanging[column]
                continue
            tag = cells.pop(0)
            cell = (cell_text(tag), tag.name == "th")
            wide, high = _span(tag, "colspan"), _span(tag, "rowspan")
            for place in range(column, column + wide):
                line.append(cell)
                if high > 1:
                    hanging[place] = (high - 1, cell)
        laid.append(line)
    return laid


def cell_text(tag: Tag) -> str:
    """Return what a cell shows on one line: inline tags join with nothing, block tags with a blank."""
    parts: list[str] = []
    _collect(tag, parts)
    return squeeze("".join(parts))


def _collect(tag: Tag, parts: list[str]) -> None:
    for child in tag.children:
        if not isinstance(child, Tag):
            if type(child).__name__ == "NavigableString":
                parts.append(str(child))
        elif child.name in SILENT or _gone(child) or (child.name == "sup" and _note(child)):
            continue
        elif child.name in BLOCK_TAGS:
            parts.append(" ")
            _collect(child, parts)
            parts.append(" ")
        else:
            _collect(child, parts)


def _note(tag: Tag) -> bool:
    """Whether a superscript is a footnote mark: it says so, or it links to one."""
    classes = " ".join(str(name) for name in tag.get_attribute_list("class") if name)
    return (
        "reference" in classes or "note" in classes or (tag.find("a") is not None and bool(NOTE.match(tag.get_text())))
    )


def _gone(tag: Tag) -> bool:
    return tag.get("hidden") is not None or bool(HIDDEN.search(str(tag.get("style") or "")))


def _span(tag: Tag, name: str) -> int:
    found = re.match(r"\s*(\d+)", str(tag.get(name) or "1"))
    return min(max(int(found[1]) if found else 1, 1), MAX_SPAN)


def _head_rows(cells: list[list[tuple[str, bool]]], rows: list[Tag]) -> int:
    """Return how many rows at the top are heads: those of `thead`, else those made of head cells alone."""
    top = 0
    for line, row in zip(cells, rows, strict=True):
        filled = [head for text, head in line if text]
        if row.find_parent("thead") is None and not (filled and all(filled)):
            break
        top += 1
    if top == 0 and _looks_like_heads(cells):
        return 1
    return min(top, len(cells) - 1)


def _looks_like_heads(cells: list[list[tuple[str, bool]]]) -> bool:
    """Whether the first row of a table without head cells names its columns: words or years above numbers."""
    below = [text for line in cells[1:] for text, _ in line[1:] if text]
    first = [text for text, _ in cells[0][1:] if text]
    numeric = sum(_number(text) for text in below)
    return bool(first) and numeric * 2 > len(below) and not any(_number(text) and not _year(text) for text in first)


def _head_columns(cells: list[list[tuple[str, bool]]]) -> int:
    """Return how many columns at the left are heads: those made of head cells, else a first one of words."""
    if not cells:
        return 0
    width = len(cells[0])
    left = 0
    while left < width - 1 and all(line[left][1] or not line[left][0] for line in cells):
        left += 1
    if left:
        return left
    first = [line[0][0] for line in cells if line[0][0]]
    return int(bool(first) and sum(_number(text) and not _year(text) for text in first) * 2 < len(first))


def _number(text: str) -> bool:
    return any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) <= 4


def _year(text: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b", text)) and len(text) <= 12
