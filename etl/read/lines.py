"""What a page shows, line by line: the text between two block tags, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from etl.read.tree import BLOCK_TAGS, SILENT, Node, hides, squeeze

ASIDE = frozenset(("nav", "footer", "aside"))
MAYBE_HIDDEN = etree.XPath("//@style[contains(., 'none') or contains(., 'hidden')]/.. | //*[@hidden]")


@dataclass(slots=True)
class Line:
    """A line of the page: its words, how many characters of them are links, and the element that holds its start."""

    text: str
    node: Node
    linked: int
    aside: bool  # within navigation, footer or a box beside the content


@dataclass(slots=True)
class _Walk:
    unseen: frozenset[Node]
    lines: list[Line] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    holder: Node = None
    linked: int = 0

    def visit(self, node: Node, link: bool, aside: bool) -> None:
        """Gather the words of an element that is shown; it runs once for each of a page, so it calls little."""
        tag = node.tag
        block = tag in BLOCK_TAGS
        link, aside = link or tag == "a", aside or tag in ASIDE
        if block and self.buffer:
            self.flush(aside)
        words = node.text
        if words:
            self.add(words, node, link)
        for child in node:
            inner = child.tag
            if inner not in SILENT and child not in self.unseen:
                if inner in BLOCK_TAGS or inner == "a" or len(child):
                    self.visit(child, link, aside)
                elif words := child.text:
                    self.add(words, child, link)
            words = child.tail
            if words:
                self.add(words, node, link)
        if block and self.buffer:
            self.flush(aside)

    def add(self, words: str, node: Node, link: bool) -> None:
        if self.holder is None:
            if words.isspace():
                if self.buffer:
                    self.buffer.append(" ")
                return
            self.holder = node
        self.buffer.append(words)
        if link:
            self.linked += len(words.strip())

    def flush(self, aside: bool) -> None:
        if self.holder is not None:
            words = squeeze("".join(self.buffer))
            if words:
                self.lines.append(Line(words, self.holder, self.linked, aside))
        self.buffer.clear()
        self.holder, self.linked = None, 0


def lines(root: Node) -> list[Line]:
    """Return the lines that a page shows, in order; what is hidden by its own attributes is left out."""
    unseen = (node for node in MAYBE_HIDDEN(root) if hides(node))
    walk = _Walk(frozenset(unseen))
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
