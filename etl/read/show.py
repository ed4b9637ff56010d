"""One page as a person wants to see it: what it is, what was read of it and from where, and what was left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from etl.model import Document, Table
from etl.read import declared
from etl.read.compose import CELL_GAP
from etl.read.decode import NotText, decode
from etl.read.feeds import is_listing
from etl.read.leftover import left_out
from etl.read.places import Places
from etl.read.tree import CONTROL, Node, parse

SHORT = 2  # lines of a block, unless all is wanted
ROWS = 15  # rows of a table
COLUMNS = 8  # columns of a table
NOTES = 5  # notes of a table
LEFT = 20  # lines of what was left out, the longest
NAME = 11  # characters of a label
INDENT = "    "


def show(console: Console, document: Document, body: bytes, content_type: str, where: str, whole: bool = False) -> None:
    """Print a page and the document read from it; long parts are shortened unless the `whole` is wanted.

    `body` and `content_type` are those the document was read from, and `where` says where they lie.
    """
    root = None if is_listing(body, content_type) or not document.blocks else _root(body, content_type)
    console.print(Text(_clean(document.title or "without a title"), style="bold"))
    for name, words in _facts(document, root, where):
        room = max(console.width - NAME - 4, 20)
        parts = textwrap.wrap(
            _clean(words), room, break_on_hyphens=False, break_long_words=False
        )  # addresses stay whole
        for number, part in enumerate(parts):
            console.print(Text(f"  {'' if number else name:<{NAME}} {part}"), soft_wrap=True)
    if root is None:
        _bare(console, document, whole)
        return
    places = Places(body, document, content_type)
    _blocks(console, places, whole)
    for number, table in enumerate(document.tables, 1):
        _table(console, places, table, number, whole)
    _left_out(console, places, root, whole)


def _root(body: bytes, content_type: str) -> Node | None:
    try:
        return parse(decode(body, content_type))
    except NotText:
        return None


def _facts(document: Document, root: Node | None, where: str) -> Iterator[tuple[str, str]]:
    """Yield what is known of a page, by name; what the page does not say is said to be missing."""
    yield "kind", f"{document.kind}: {document.evidence}" if document.evidence else str(document.kind)
    if not document.kind.readable:
        yield "", "no figures are read from such a page"
    if document.published:
        sure = f", right in {document.published_sure:.0%} of such cases" if document.published_sure else ""
        yield "published", f"{document.published}, from {document.published_from}{sure}"
    else:
        yield "published", "not stated"
    yield "modified", str(document.modified) if document.modified else "not stated"
    said: dict[tuple[str, str], list[str]] = {}
    for one in document.witnesses:
        said.setdefault((one.of, str(one.day or f"{one.written}, refused")), []).append(one.by)
    for number, ((of, day), names) in enumerate(said.items()):
        yield "" if number else "witnesses", f"{of} {day}: {', '.join(names)}"
    for number, doubt in enumerate(document.doubts):
        yield "" if number else "doubts", doubt
    yield "language", document.lang or "not known"
    yield "authors", "; ".join(document.authors) or "not stated"
    if document.wire:
        yield "agency", document.wire
    yield "site", document.site or "not stated"
    if document.url:
        yield "address", document.url
    yield "canonical", (declared.canonical(root, document.url) if root is not None else "") or "not stated"
    yield "read from", where


def _bare(console: Console, document: Document, whole: bool) -> None:
    """Print the text of what is no page of HTML: a data file, or an item of a feed."""
    lines = document.text.split("\n")
    _head(console, f"Text: {len(lines):,} lines of {len(document.text):,} characters")
    for line in lines if whole else lines[:ROWS]:
        for part in _shortened(line, console.width - len(INDENT), SHORT, whole):
            console.print(Text(INDENT + part), soft_wrap=True)
    if len(lines) > ROWS and not whole:
        console.print(Text(f"{INDENT}and {len(lines) - ROWS:,} more"), style="dim")


def _blocks(console: Console, places: Places, whole: bool) -> None:
    document = places.document
    blocks = [block for block in document.blocks if block.kind != "table"]
    _head(console, f"Text: {len(blocks)} blocks; offsets count the {len(document.text):,} characters of the document")
    for block in blocks:
        named = f"{block.kind} in {block.lang}" if block.lang else block.kind
        console.print(
            Text(f"  {named} {block.start}-{block.end}  {_path(places, block.start)}"), style="dim", soft_wrap=True
        )
        words = document.text[block.start : block.end]
        for line in _shortened(words, console.width - len(INDENT), SHORT, whole):
            console.print(Text(INDENT + line), soft_wrap=True)


def _path(places: Places, offset: int) -> str:
    element = places.at(offset) if offset < len(places.document.text) else None
    return element.path if element else "its element is not known"


def _table(console: Console, places: Places, table: Table, number: int, whole: bool) -> None:
    """Print a table as a grid: the heads of its columns above the line, those of its rows in bold."""
    _head(console, f"Table {number}, {table.start}-{table.end}: {table.caption or 'without a caption'}")
    rows = places.document.text[table.start : table.end].split("\n")
    rows = rows[1:] if table.caption and rows[0] == table.caption else rows
    grid = [_clean(row).split(CELL_GAP) for row in rows]
    above = min((cell.row for cell in table.cells), default=0)
    said = {cell.column for cell in table.cells}
    wide = max(map(len, grid), default=0)
    columns = wide if whole else min(wide, COLUMNS)
    drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False, show_header=above > 0, pad_edge=False)
    heads = [row for row in grid[:above] if len(row) == wide]
    for column in range(columns):
        names = dict.fromkeys(row[column] for row in heads if row[column])
        drawn.add_column(Text("\n".join(names)), style="" if column in said else "bold", overflow="fold")
    body = grid[above:]
    for row in body if whole else body[:ROWS]:
        drawn.add_row(*(Text(words) for words in row[:columns]))
    console.print(Padding(drawn, (0, 0, 0, len(INDENT) // 2)))
    left = [
        f"{more} more {name}" for more, name in ((len(body) - ROWS, "rows"), (wide - columns, "columns")) if more > 0
    ]
    if left and not whole:
        console.print(Text(f"{INDENT}and {', '.join(left)}"), style="dim")
    notes = list(dict.fromkeys(note for cell in table.cells for note in cell.notes))
    for note in notes if whole else notes[:NOTES]:
        for line in _shortened(f"note: {note}", console.width - len(INDENT), 1, whole):
            console.print(Text(INDENT + line), soft_wrap=True)


def _left_out(console: Console, places: Places, root: Node, whole: bool) -> None:
    """Print the longest lines that were left out, in the order of the page: a missed paragraph is among them."""
    left = left_out(places, root)
    size = sum(len(line.text) for line in left)
    _head(console, f"Left out: {len(left)} lines of {size:,} characters that the page shows and the document has not")
    least = sorted((len(line.text) for line in left), reverse=True)[:LEFT][-1:]
    shown = [line for line in left if whole or len(line.text) >= least[0]]
    for line in shown:
        for part in _shortened(line.text, console.width - len(INDENT), 1, whole):
            console.print(Text(INDENT + part), soft_wrap=True)
    if len(left) > len(shown):
        console.print(Text(f"{INDENT}and {len(left) - len(shown)} shorter ones"), style="dim")


def _head(console: Console, words: str) -> None:
    console.print()
    console.print(Text(_clean(words), style="bold"))


def _shortened(words: str, width: int, most: int, whole: bool) -> list[str]:
    return textwrap.wrap(
        _clean(words), max(width, 20), max_lines=None if whole else most, placeholder=" …", break_on_hyphens=False
    )


def _clean(words: str) -> str:
    """Return words of a page without what would steer a terminal."""
    return CONTROL.sub("", words).replace("\x7f", "")
