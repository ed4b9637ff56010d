"""Where the main text stands on a page: the boxes around its lines, and which other lines stand like them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from etl.read.lines import Line
from etl.read.tree import BLOCK_TAGS, HEADINGS, Node

LISTS = frozenset(("ul", "ol", "dl", "li", "dt", "dd", "blockquote"))
SENTENCE = 80  # characters of a line that may open a container of its own
SIBLINGS = 200  # characters of main text that make a container one of the main text
CORE = 0.7  # share of the main text that stands in the box of all of it
HIGH = 8  # elements above a line among which that box is looked for
ENDS = (".", "!", "?", "»", "”", '"', ":")


class Boxes:
    """The boxes around the lines that were found, and how much of the text stands in each."""

    def __init__(self, found: Iterable[Line]) -> None:
        self.inside: Counter[Node] = Counter()
        self.total = 0
        parents: Counter[Node] = Counter()
        for line in found:
            size = len(line.text)
            self.total += size
            self.inside[line.node] += size
            parents[line.node.getparent()] += size
        for parent, size in parents.items():
            while parent is not None:
                self.inside[parent] += size
                parent = parent.getparent()

    def carries(self, node: Node, least: int) -> bool:
        """Whether at least so many characters of the text stand in an element."""
        return self.inside[node] >= least

    def carries_most(self, node: Node) -> bool:
        """Whether more than half of the text stands in an element."""
        return self.inside[node] * 2 > self.total


class Layout:
    """Where the main text stands: characters found in each container, in its likes, and in all boxes around them."""

    def __init__(self, found: list[Line]) -> None:
        self.boxes = Boxes(found)
        self.total = self.boxes.total
        self.own: Counter[Node] = Counter()
        self.like: Counter[tuple[str, str]] = Counter()
        for line in found:
            box = container(line)
            self.own[box] += len(line.text)
            self.like[_look(box)] += len(line.text)

    def holds(self, line: Line) -> bool:
        """Whether a line between two found ones belongs to them."""
        box = container(line)
        if self.own[box] >= SIBLINGS:
            return True
        if len(line.text) < SENTENCE:
            return self._heads(line, box)
        above = box.getparent()
        inside = above is not None and self.boxes.carries(above, self.total // 2)
        return inside or (line.text.endswith(ENDS) and (self.resembles(box) or self._in_core(line)))

    def _heads(self, line: Line, box: Node) -> bool:
        """Whether a line is the heading of text that stands in a box beside it, as that of an entry of a live page."""
        return block(line).tag in HEADINGS and self.boxes.carries(box, SENTENCE)

    def resembles(self, box: Node) -> bool:
        """Whether a container has a class of its own by which other ones that hold the text are known."""
        return bool(box.get("class")) and self.like[_look(box)] >= SIBLINGS

    def goes_on(self, line: Line) -> bool:
        """Whether a line after the last found one belongs to the text: in a container that is used, or one like it."""
        box = container(line)
        return self.own[box] >= SIBLINGS or (self.like[_look(box)] * 3 >= self.total and len(line.text) >= SENTENCE)

    def _in_core(self, line: Line) -> bool:
        """Whether a line stands in the smallest box of most of the text."""
        for node, _ in zip(line.node.iterancestors(), range(HIGH), strict=False):
            if self.boxes.carries(node, SIBLINGS):
                return self.boxes.carries(node, int(CORE * self.total))
        return False


def block(line: Line) -> Any:
    """Return the block element in which a line begins."""
    node = line.node
    while node.tag not in BLOCK_TAGS and node.getparent() is not None:
        node = node.getparent()
    return node


def container(line: Line) -> Any:
    """Return the element around a line's block; lists and quotes are part of the text around them."""
    node = block(line).getparent()
    while node is not None and node.tag in LISTS and node.getparent() is not None:
        node = node.getparent()
    return node if node is not None else block(line)


def _look(node: Node) -> tuple[str, str]:
    return str(node.tag), node.get("class") or ""
