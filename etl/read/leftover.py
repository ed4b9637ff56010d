"""What a page shows and its Document does not say: navigation, teasers, notices, and whatever the reader missed."""

from __future__ import annotations

from etl.model import Document
from etl.read import tables
from etl.read.cards import cards
from etl.read.compose import CELL_GAP
from etl.read.fill import SURE
from etl.read.lines import Line, lines
from etl.read.places import Places
from etl.read.tree import Node
from etl.read.unseen import hush
from etl.read.wording import fold

WIDE = 2  # times the letters of a block that its element may have, to be the block's own and not a box around many


def left_out(places: Places, root: Node) -> list[Line]:
    """Return the visible lines of a page that are not in the document read from it, in the order of the page.

    `root` is the page parsed anew. A line that is in the document in part counts as read.
    """
    document = places.document
    hush(root)
    tables.tame(root)
    said = {fold(part) for line in document.text.split("\n") for part in (line, *line.split(CELL_GAP))}
    whole, long = fold(document.text), [part for part in said if len(part) >= SURE]
    own = _elements(places, document)
    shown = lines(root)
    read = [node for node, _ in (*tables.laid(root), *cards(root, shown))]
    cells = {cell for node in read for cell in node.iter("td", "th", "caption", *(() if node.tag == "table" else "*"))}
    tree = root.getroottree()

    def is_read(line: Line) -> bool:
        words = fold(line.text)
        if not words or words in said:
            return True
        if len(words) >= SURE and (words in whole or any(part in words for part in long)):
            return True
        if words in whole and not cells.isdisjoint((line.node, *line.node.iterancestors())):
            return True
        path = tree.getpath(line.node)
        return any(path == element or path.startswith(f"{element}/") for element in own)

    return [line for line in shown if not is_read(line)]


def _elements(places: Places, document: Document) -> tuple[str, ...]:
    """Return the paths of the elements that are one block each, or a table."""
    found = []
    for block in document.blocks:
        element = places.at(block.start) if block.end > block.start and block.kind != "table" else None
        if element and len(element.text) <= WIDE * (block.end - block.start):
            found.append(element.path)
    return tuple(found)
