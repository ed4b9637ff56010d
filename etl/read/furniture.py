"""Boxes that stand among an article's blocks and are none of it: forms, bios, comments, teasers, other articles."""

from __future__ import annotations

import re
from collections import Counter

from etl.read.layout import Boxes
from etl.read.lines import Line, headline_place
from etl.read.tree import Node
from etl.read.words import boxes

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
TAGS = frozenset(("form", "button", "label", "dialog", "footer"))
HEADS = ("h2", "h3", "h4")
NAME = 2  # words of an element's id that name its use
MOST = 0.35  # share of the text above which such boxes are the text: a forum's comments, a list's teasers
ARTICLE = 400  # characters found in the headline's article from which any other one beside it is another story


def furniture(shown: list[Line], places: dict[int, int], title: str) -> set[int]:
    """Return the numbers of the blocks that stand in such boxes alone; `places` gives the block of each line found."""
    around_text = Boxes(shown[place] for place in places)
    own = _own_article(shown, title)
    if own is not None and not around_text.carries(own, ARTICLE):
        own = None
    around = set() if own is None else {own, *own.iterancestors()}
    known: dict[Node, bool] = {}
    kept: set[int] = set()
    other: Counter[int] = Counter()
    boxed: Counter[int] = Counter()
    for place, number in places.items():
        line = shown[place]
        if own is not None and _elsewhere(line, own, around):
            other[number] += len(line.text)
        elif _in_box(line.node, around_text, known, own is None):
            boxed[number] += len(line.text)
        else:
            kept.add(number)
    gone = set(other)
    if sum(boxed.values()) <= MOST * around_text.total:
        gone |= set(boxed)
    return gone - kept


def _own_article(shown: list[Line], title: str) -> Node | None:
    """Return the article element in which the headline stands."""
    head = headline_place(shown, title)
    return None if head is None else next(shown[head].node.iterancestors("article"), None)


def _elsewhere(line: Line, own: Node, around: set[Node]) -> bool:
    """Whether a line stands in an article beside the headline's, neither within it nor around it."""
    outer = None
    for node in line.node.iterancestors("article"):
        if node is own:
            return False
        outer = node if node not in around else outer
    return outer is not None


def _in_box(node: Node, around_text: Boxes, known: dict[Node, bool], cards: bool) -> bool:
    """Whether an element is such a box or stands in one, as far as the boxes hold less than half of the text."""
    passed: list[Node] = []
    found = False
    while node is not None and not found and not around_text.carries_most(node):
        if node in known:
            found = known[node]
            break
        passed.append(node)
        found = _is_box(node, cards)
        node = node.getparent()
    known.update(dict.fromkeys(passed, found))
    return found


def _is_box(node: Node, cards: bool) -> bool:
    label = WORD.findall(node.get("id") or "")  # a longer one is made of a heading's words
    words = WORD.findall(node.get("class") or "") + (label if len(label) <= NAME else [])
    named = node.tag in TAGS or any(word.lower() in boxes() for word in words)
    return named or (cards and node.tag == "article" and _is_card(node))


def _is_card(node: Node) -> bool:
    """Whether an article element is a teaser: its heading leads to its page."""
    for head in node.iter(*HEADS):
        return next(head.iter("a"), None) is not None or next(head.iterancestors("a"), None) is not None
    return False
