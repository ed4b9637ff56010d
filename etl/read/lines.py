"""What a page shows, line by line: the text between two block tags, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.read.tree import BLOCK_TAGS, HIDDEN, SILENT, Node, squeeze

ASIDE = frozenset(("nav", "footer", "aside"))


@dataclass(slots=True)
class Line:
    """A line of the page: its words, how many characters of them are links, and the element that holds its start."""

    text: str
    node: Node
    linked: int
    aside: bool  # within navigation, footer or a box beside the content


@dataclass(slots=True)
class _Walk:
    lines: list[Line] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    holder: Node = None
    linked: int = 0

    def visit(self, node: Node, link: bool, aside: bool) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in SILENT or node.get("hidden") is not None:
            return
        style = node.get("style")
        if style and HIDDEN.search(style):
            return
        link, aside = link or tag == "a", aside or tag in ASIDE
        if tag in BLOCK_TAGS:
            self.flush(aside)
        self.add(node.text, node, link)
        for child in node:
            self.visit(child, link, aside)
            self.add(child.tail, node, link)
        if tag in BLOCK_TAGS:
            self.flush(aside)

    def add(self, words: str | None, node: Node, link: bool) -> None:
        if words:
            if self.holder is None and not words.isspace():
                self.holder = node
            self.buffer.append(words)
            self.linked += len(words.strip()) if link else 0

    def flush(self, aside: bool) -> None:
        words = squeeze("".join(self.buffer))
        if words:
            self.lines.append(Line(words, self.holder, self.linked, aside))
        self.buffer.clear()
        self.holder, self.linked = None, 0


def lines(root: Node) -> list[Line]:
    """Return the lines that a page shows, in order; what is hidden by its own attributes is left out."""
    walk = _Walk()
    body = root.find("body")
    walk.visit(body if body is not None else root, link=False, aside=False)
    walk.flush(aside=False)
    return walk.lines


def headline_place(shown: list[Line], title: str) -> int | None:
    """Return the number of the line that is the headline: the title's words, else the first in an h1."""
    for place, line in enumerate(shown):
        if title and line.text == title:
            return place
    for place, line in enumerate(shown):
        above = line.node.getparent()
        if line.node.tag == "h1" or (above is not None and above.tag == "h1"):
            return place
    return None
