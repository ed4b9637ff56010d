"""The main text of a page as blocks. trafilatura finds it; here its tree becomes lines and furniture is dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.read import cascade, tree
from etl.read.compose import Piece
from etl.read.tree import BLOCK_TAGS, HTML_KINDS, Node, squeeze

KINDS = {"head": "heading", "p": "paragraph", "item": "item", "quote": "quote", "code": "paragraph", "cell": "table"}
BREAKS = frozenset((*KINDS, "list", "table", "row", "div", "lb", "body", "main", "ab", "fw"))
SILENT = frozenset(("graphic", "done"))
WITHIN = frozenset(("p", "lb", "code", "quote"))  # in a cell of a table: a line of the cell


def main_text(root: Node, url: str = "", quick: bool = False, apart: Sequence[Node] = ()) -> list[Piece]:
    """Return the blocks of the main text in order, empty when there is none. The tree stays as it was.

    `quick` asks no second opinion: of those whom trafilatura asks, one takes time by the square of the lines. The
    elements `apart`, such as tables that are read as such, are not looked at.
    """
    body = cascade.body(root, url, quick, apart)
    if body is None:
        return []
    walk = _Walk()
    walk.visit(body, "paragraph")
    walk.flush("paragraph")
    return walk.pieces


class _Walk:
    """A walk over trafilatura's tree: words gather until a block tag closes them."""

    kinds: Mapping[str, str] = KINDS
    breaks: frozenset[str] = BREAKS
    silent: frozenset[str] = SILENT

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.buffer: list[str] = []

    def visit(self, node: Any, kind: str) -> None:
        tag = node.tag if isinstance(node.tag, str) else "graphic"
        if tag in self.silent:
            return
        inner = kind if kind == "table" and tag in WITHIN else self.kinds.get(tag, kind)
        if tag in self.breaks:
            self.flush(kind)
        self.buffer.append(node.text or "")
        for child in node:
            self.visit(child, inner)
            self.buffer.append(child.tail or "")
        if tag in self.breaks:
            self.flush(inner)

    def flush(self, kind: str) -> None:
        words = squeeze("".join(self.buffer))
        self.buffer.clear()
        if words:
            self.pieces.append(Piece(kind, words))


class _Fragment(_Walk):
    """The same walk over HTML as it came."""

    kinds = HTML_KINDS
    breaks = BLOCK_TAGS
    silent = tree.SILENT


def plain_blocks(root: Node) -> list[Piece]:
    """Return all blocks of a fragment that is nothing but text, as in a feed."""
    walk = _Fragment()
    walk.visit(root, "paragraph")
    walk.flush("paragraph")
    return walk.pieces
