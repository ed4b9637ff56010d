"""From a character of a Document's text back to the element of the archived page in which it stands.

Nothing is stored for it: the same bytes give the same elements, so a quote can be shown on its page years later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.model import Block, Document, Table
from etl.read import tables
from etl.read.cards import cards
from etl.read.compose import CELL_GAP
from etl.read.decode import decode
from etl.read.footnotes import Footnotes
from etl.read.layout import block as block_of
from etl.read.lines import Line, lines
from etl.read.tables import cell_text
from etl.read.tree import Node, inner_text, parse
from etl.read.unseen import hush
from etl.read.wording import fold

BEGINNING = 8  # letters by which a block is found that the reader took apart, such as one around a date
HEADLINES = ("h1", "h2", "h3", "title")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page: its XPath in the page as parsed, its tag, and what it says on one line."""

    path: str
    tag: str
    text: str


@dataclass(slots=True)
class Places:
    """The elements of one page, found by offset in the text that was read from it."""

    body: bytes
    document: Document
    content_type: str = ""
    _root: Node | None = field(init=False, default=None)
    _lines: list[Line] = field(init=False, default_factory=list)
    _folded: list[str] = field(init=False, default_factory=list)
    _tables: list[Node] = field(init=False, default_factory=list)
    _blocks: dict[int, Node] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._root = parse(decode(self.body, self.content_type))
        if self._root is None:
            return
        hush(self._root)
        tables.tame(self._root)
        self._lines = lines(self._root)
        self._folded = [fold(line.text) for line in self._lines]
        self._tables = [node for node, _ in (*tables.laid(self._root), *cards(self._root, self._lines))]
        place = 0
        for number, block in enumerate(self.document.blocks):
            if block.kind != "table":
                place, node = self._find(block, place)
                if node is not None:
                    self._blocks[number] = node

    def at(self, offset: int) -> Element | None:
        """Return the smallest element known to hold the character at an offset; None when the page holds none.

        Raises:
            IndexError: The text has no such character.
        """
        if not 0 <= offset < len(self.document.text):
            raise IndexError(f"offset {offset} is outside of a text of {len(self.document.text)} characters")
        node = self._at(offset)
        if node is None or self._root is None:
            return None
        return Element(self._root.getroottree().getpath(node), str(node.tag), _said(node))

    def _at(self, offset: int) -> Node | None:
        for number, table in enumerate(self.document.tables):
            if table.start <= offset < table.end:
                return self._cell(table, self._tables[number], offset) if number < len(self._tables) else None
        for number, block in enumerate(self.document.blocks):
            if block.start <= offset <= block.end:
                return self._blocks.get(number)
        return None

    def _find(self, block: Block, first: int) -> tuple[int, Node | None]:
        """Return the place of a block's line and its element, looking first behind the block before it."""
        words = fold(self.document.text[block.start : block.end])
        if block.kind == "headline":
            return 0, self._headline(words)
        for accept in (self._is_line, self._in_line):
            for place in (*range(first, len(self._lines)), *range(first)):
                if accept(place, words):
                    node = block_of(self._lines[place])
                    return place, _wide_enough(node, words)
        whole = self._descend(words)
        if whole is not None:
            return first, whole
        begun = self._descend(words[:BEGINNING])
        return first, begun if begun is None else _wide_enough(begun, words[-BEGINNING:])

    def _is_line(self, place: int, words: str) -> bool:
        return self._folded[place] == words

    def _in_line(self, place: int, words: str) -> bool:
        return bool(words) and words in self._folded[place]

    def _headline(self, words: str) -> Node | None:
        for tag in HEADLINES:
            for node in self._root.iter(tag) if self._root is not None else ():
                if words and words in fold("".join(node.itertext())):
                    return node
        return self._descend(words)

    def _descend(self, words: str) -> Node | None:
        """Return the smallest element whose whole text holds the words."""
        node = self._root
        if node is None or not words or words not in fold(inner_text(node)):
            return None
        while True:
            inner = next((child for child in node if words in fold(inner_text(child))), None)
            if inner is None:
                return node
            node = inner

    def _cell(self, table: Table, node: Node, offset: int) -> Node:
        """Return the cell at an offset: the one that says the same in a row with the same heads."""
        cell = next((one for one in table.cells if one.start <= offset <= one.end), None)
        words = fold(cell.text if cell else _between(self.document.text, offset))
        heads = [fold(head) for head in cell.row_heads] if cell else []
        inner = list(node.iter("td", "th", "caption") if node.tag == "table" else node.iter())
        same = [one for one in inner if fold(inner_text(one)) == words]
        same = same or [one for one in inner if fold(_said(one)) == words]
        same = same or [one for one in inner if words and words in fold(_said(one))]
        same = same or [one for one in inner if words in fold(inner_text(one))]
        return max(same, key=lambda one: _shared(one, heads), default=node)


def element_at(body: bytes, document: Document, offset: int, content_type: str = "") -> Element | None:
    """Return the element of a page that holds the character at an offset of the text read from it, or None.

    `body` and `content_type` are those the document was read from. For many offsets of one page, keep a `Places`.

    Raises:
        IndexError: The text has no such character.
        NotText: The body is no text.
    """
    return Places(body, document, content_type).at(offset)


def _said(node: Node) -> str:
    """Return what an element shows; a cell without what is hidden in it and without its marks."""
    table = next(node.iterancestors("table"), None) if node.tag in ("td", "th", "caption") else None
    return inner_text(node) if table is None else cell_text(node, Footnotes(table))


def _wide_enough(node: Node, words: str) -> Node:
    """Return a node, or the first one around it that holds all the words."""
    while words not in fold(inner_text(node)) and node.getparent() is not None:
        node = node.getparent()
    return node


def _between(text: str, offset: int) -> str:
    """Return what stands at an offset between two gaps of a table's line."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    for part, begin in _parts(text[start : end if end >= 0 else len(text)], start):
        if begin <= offset <= begin + len(part):
            return part
    return ""


def _parts(line: str, start: int) -> Iterator[tuple[str, int]]:
    for part in line.split(CELL_GAP):
        yield part, start
        start += len(part) + len(CELL_GAP)


def _shared(cell: Node, heads: list[str]) -> int:
    row = next(cell.iterancestors("tr"), None)
    said = fold(inner_text(row)) if row is not None else ""
    return sum(head in said for head in heads)
