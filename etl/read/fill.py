"""Gaps in the main text: lines that stand among those found, in the same container, and were left out.

trafilatura drops lists of links, leads and whole containers on some layouts; figures often stand there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from etl.read.compose import Piece
from etl.read.lines import Line, headline_place
from etl.read.titles import fold
from etl.read.tree import BLOCK_TAGS, HTML_KINDS, Node

LISTS = frozenset(("ul", "ol", "dl", "li", "dt", "dd", "blockquote"))
NEVER = frozenset(("table", "caption", "figcaption", "button", "form", "fieldset", "option", "header", "hr"))
FURNITURE = re.compile(
    r"nav|menu|related|recirc|promo|newsletter|share|social|comment|advert|sponsor|widget|sidebar|footer|header|byline"
    r"|author|breadcrumb|teaser|toc\b|table-of|tags?\b|cookie|consent|paywall|outbrain|taboola|caption|credit|meta|modal"
    r"|popup|card|carousel|slider|signup|subscri|recommend|popular|trending|more-",
    re.IGNORECASE,
)
SURE = 20  # letters from which a line is known by its words
SENTENCE = 80  # characters of a line that may open a container of its own
SIBLINGS = 200  # characters of main text that make a container one of the main text
LEAD = 50  # characters that a standfirst has at least
NEAR = 12  # lines below the headline in which it stands
LEADS = re.compile(
    r"\blead(?!ing|er)|article-?lead|lede|chapo|chapeau|standfirst|intro|summary|entradilla|bajada|sumario|copete|dek\b"
    r"|vorspann|sub-?title|sub-?head|deck\b",
    re.IGNORECASE,
)
ENOUGH = 3  # lines found, below which nothing is known of the layout


@dataclass(slots=True)
class _Layout:
    """Where the main text stands: characters found in each container, in its parents, and in its likes."""

    own: Counter[Node] = field(default_factory=Counter)
    around: Counter[Node] = field(default_factory=Counter)
    like: Counter[tuple[str, str]] = field(default_factory=Counter)
    total: int = 0

    def add(self, line: Line) -> None:
        box, size = container(line), len(line.text)
        self.total += size
        self.own[box] += size
        self.like[_look(box)] += size
        above = box
        for _ in range(2):
            above = above.getparent()
            if above is None:
                return
            self.around[above] += size

    def holds(self, line: Line) -> bool:
        """Whether a line between two found ones belongs to them."""
        box = container(line)
        if self.own[box] >= SIBLINGS:
            return True
        above = box.getparent()
        inside = above is not None and self.around[above] * 2 >= self.total
        return inside and len(line.text) >= SENTENCE

    def goes_on(self, line: Line) -> bool:
        """Whether a line after the last found one belongs to the text: in a container that is used, or one like it."""
        box = container(line)
        return self.own[box] >= SIBLINGS or (self.like[_look(box)] * 3 >= self.total and len(line.text) >= SENTENCE)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page says of its beginning: the headline, and the description that often is the standfirst."""

    title: str
    description: str


def fill(pieces: list[Piece], shown: list[Line], opening: Opening) -> list[Piece]:
    """Return the blocks with the lines that were left out among them, in the order of the page."""
    if len(pieces) == 1:
        pieces = _parted(pieces[0], shown)
    places = _places(pieces, shown)
    pieces = _as_shown(pieces, places, shown)
    found = {place: line for place, line in enumerate(shown) if place in places}
    if len(found) < ENOUGH:
        return pieces
    layout = _Layout()
    for line in found.values():
        layout.add(line)
    first, last = min(found), max(found)
    missing = [
        (place, line)
        for place, line in enumerate(shown)
        if place > first
        and place not in places
        and _may_be_text(line)
        and (layout.holds(line) if place < last else layout.goes_on(line))
    ]
    return _merge(pieces, places, _leads(shown, opening, first) + missing)


def _parted(piece: Piece, shown: list[Line]) -> list[Piece]:
    """Return the lines of a block that holds a whole short page run together; the block when they do not make it up."""
    words = fold(piece.text)
    lines = [line for line in shown if fold(line.text) and fold(line.text) in words]
    if len(lines) < 2 or fold("".join(line.text for line in lines)) != words:
        return [piece]
    return [Piece(HTML_KINDS.get(block(line).tag, "paragraph"), line.text) for line in lines]


def _leads(shown: list[Line], opening: Opening, first: int) -> list[tuple[int, Line]]:
    """Return the standfirst between the headline and the text: named so, or said again in the page's description."""
    head = headline_place(shown[:first], opening.title)
    if head is None:
        return []
    found: list[tuple[int, Line]] = []
    described = fold(opening.description)
    for place in range(head + 1, min(first, head + 1 + NEAR)):
        line = shown[place]
        names = " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in (line.node, block(line)))
        if "caption" in names or any(line.text == other.text for _, other in found):
            continue
        said = len(described) > SURE and fold(line.text)[: 2 * SURE] == described[: 2 * SURE]
        named = bool(LEADS.search(names)) and line.text.endswith((".", "!", "?", "»", "”", '"'))
        if len(line.text) >= LEAD and line.linked * 2 <= len(line.text) and (said or named):
            found.append((place, line))
    return found


def _places(pieces: list[Piece], shown: list[Line]) -> dict[int, int]:
    """Return line -> block for the lines that stand in a block."""
    starts: list[int] = []
    joined = ""
    exact: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        starts.append(len(joined))
        words = fold(piece.text)
        exact.setdefault(words, number)
        joined += words + "\n"
    places: dict[int, int] = {}
    for place, line in enumerate(shown):
        words = fold(line.text)
        at = joined.find(words) if len(words) >= SURE else -1
        if at >= 0:
            places[place] = bisect_right(starts, at) - 1
        elif words in exact and words:
            places[place] = exact[words]
    return places


def _as_shown(pieces: list[Piece], places: dict[int, int], shown: list[Line]) -> list[Piece]:
    """Return the blocks as the page writes them where a line has the same letters: with its no-break spaces."""
    found = list(pieces)
    for place, number in places.items():
        piece, line = pieces[number], shown[place]
        if piece.text != line.text and fold(piece.text) == fold(line.text):
            found[number] = Piece(piece.kind, line.text)
    return found


def _may_be_text(line: Line) -> bool:
    if line.aside or line.linked * 2 > len(line.text) or len(line.text) < 3:
        return False
    for node in (line.node, *list(line.node.iterancestors())[:4]):
        if node.tag in NEVER or FURNITURE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return False
    return True


def _merge(pieces: list[Piece], places: dict[int, int], missing: list[tuple[int, Line]]) -> list[Piece]:
    """Return the blocks with each missing line after the block of the last found line before it."""
    known = sorted(places)
    after: dict[int, list[Piece]] = {}
    for place, line in missing:
        before = bisect_left(known, place)
        number = places[known[before - 1]] if before else -1
        after.setdefault(number, []).append(Piece(HTML_KINDS.get(block(line).tag, "paragraph"), line.text))
    merged = list(after.get(-1, []))
    for number, piece in enumerate(pieces):
        merged += [piece, *after.get(number, [])]
    return merged


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
