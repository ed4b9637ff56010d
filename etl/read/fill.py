"""Gaps in the main text: lines that stand among those found, in the same container, and were left out.

trafilatura drops lists of links, leads and whole containers on some layouts; figures often stand there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from etl.read.compose import Piece
from etl.read.furniture import furniture
from etl.read.layout import ENDS, SENTENCE, SIBLINGS, Layout, block, container
from etl.read.lines import Line, headline_place
from etl.read.tree import HTML_KINDS
from etl.read.wording import fold

NEVER = frozenset(("table", "caption", "figcaption", "button", "form", "fieldset", "option", "header", "hr"))
FURNITURE = re.compile(
    r"nav|menu|related|recirc|promo|newsletter|share|social|comment|advert|sponsor|widget|sidebar|footer|header|byline"
    r"|author|breadcrumb|teaser|toc\b|table-of|tags?\b|cookie|consent|paywall|outbrain|taboola|caption|credit|meta|modal"
    r"|popup|card|carousel|slider|signup|subscri|recommend|popular|trending|more-",
    re.IGNORECASE,
)
SURE = 20  # letters from which a line is known by its words
LEAD = 50  # characters that a standfirst has at least
NEAR = 12  # lines below the headline in which it stands
LEADS = re.compile(
    r"\blead(?!ing|er)|article-?lead|lede|chapo|chapeau|standfirst|intro|summary|entradilla|bajada|sumario|copete|dek\b"
    r"|vorspann|sub-?title|sub-?head|deck\b",
    re.IGNORECASE,
)
ENOUGH = 3  # lines found, below which nothing is known of the layout


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page says of its beginning: the headline, and the description that often is the standfirst."""

    title: str
    description: str


def fill(pieces: list[Piece], shown: list[Line], opening: Opening) -> list[Piece]:
    """Return the blocks with the lines that were left out among them, in the order of the page."""
    if len(pieces) == 1:
        pieces = _parted(pieces[0], shown)
    pieces, places = _places(pieces, shown)
    seen = set(places)
    pieces, places = _without(furniture(shown, places, opening.title), pieces, places)
    pieces = _as_shown(pieces, places, shown)
    if len(places) < ENOUGH:
        return pieces
    layout = Layout([shown[place] for place in sorted(places)])
    first, last = _ends(shown, places, opening.title)
    missing = _missing(shown, seen, layout, first, last)
    if missing and missing[-1] > last:  # the text goes on below, as a live page's entries: fill their gaps too
        longer = Layout([shown[place] for place in sorted({*places, *missing})])
        missing = sorted({*missing, *_missing(shown, {*seen, *missing}, longer, first, missing[-1])})
    leads = [place for place in _leads(shown, opening, first, layout) if place not in seen]
    return _merge(pieces, places, [(place, shown[place]) for place in leads + missing])


def _missing(shown: list[Line], seen: set[int], layout: Layout, first: int, last: int) -> list[int]:
    """Return the places of the lines below the first one of the text that belong to it and were left out."""
    again = Counter(line.text for line in shown)
    return [
        place
        for place, line in enumerate(shown)
        if place > first
        and place not in seen
        and again[line.text] == 1
        and _may_be_text(line, layout, place < last)
        and (layout.holds(line) if place < last else layout.goes_on(line))
    ]


def _without(gone: set[int], pieces: list[Piece], places: dict[int, int]) -> tuple[list[Piece], dict[int, int]]:
    """Return the blocks, and the block of each line, without those that are gone."""
    if not gone:
        return pieces, places
    left = [number for number in range(len(pieces)) if number not in gone]
    now = {number: place for place, number in enumerate(left)}
    kept = {place: now[number] for place, number in places.items() if number in now}
    return [pieces[number] for number in left], kept


def _ends(shown: list[Line], places: dict[int, int], title: str) -> tuple[int, int]:
    """Return the places of the first and the last line of the text: a menu may say a short heading of it too."""
    found = sorted(places)
    sure = [place for place in found if not shown[place].aside and len(shown[place].text) > SURE] or found
    head = headline_place(shown, title)
    below = [place for place in sure if head is not None and place > head]
    size = sum(len(shown[place].text) for place in sure)
    chosen = below if 2 * sum(len(shown[place].text) for place in below) > size else sure
    return chosen[0], chosen[-1]


def _parted(piece: Piece, shown: list[Line]) -> list[Piece]:
    """Return the lines of a block that holds a whole short page run together; the block when they do not make it up."""
    words = fold(piece.text)
    lines = [line for line in shown if fold(line.text) and fold(line.text) in words]
    if len(lines) < 2 or fold("".join(line.text for line in lines)) != words:
        return [piece]
    return [Piece(HTML_KINDS.get(block(line).tag, "paragraph"), line.text) for line in lines]


def _leads(shown: list[Line], opening: Opening, first: int, layout: Layout) -> list[int]:
    """Return the places of the standfirst between headline and text: it is named so, or the description says it.

    A sentence in a container like those of the text is a part of it too: the points that open it.
    """
    head = headline_place(shown[:first], opening.title)
    if head is None:
        return []
    found: list[int] = []
    described = fold(opening.description)
    for place in range(head + 1, min(first, head + 1 + NEAR)):
        line = shown[place]
        names = " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in (line.node, block(line)))
        if "caption" in names or any(line.text == shown[other].text for other in found):
            continue
        said = len(described) > SURE and fold(line.text)[: 2 * SURE] == described[: 2 * SURE]
        named = bool(LEADS.search(names)) and line.text.endswith((".", "!", "?", "»", "”", '"'))
        plain = len(line.text) >= LEAD and line.linked * 2 <= len(line.text)
        opens = len(line.text) >= SENTENCE and line.text.endswith(ENDS) and layout.resembles(container(line))
        if plain and (said or named or (opens and _may_be_text(line, layout, among=True))):
            found.append(place)
    return found


def _places(pieces: list[Piece], shown: list[Line]) -> tuple[list[Piece], dict[int, int]]:
    """Return the blocks, those that are one line of the page as one, and line -> block for the lines among them."""
    folded = [fold(piece.text) for piece in pieces]
    starts = list(accumulate((len(words) for words in folded), initial=0))
    joined = "".join(folded)
    exact = {words: number for number, words in reversed(list(enumerate(folded))) if words}
    found: dict[int, int] = {}
    one: dict[int, tuple[int, str]] = {}
    for place, line in enumerate(shown):
        words = fold(line.text)
        at = joined.find(words) if len(words) >= SURE else -1
        if at >= 0:
            number, last = bisect_right(starts, at) - 1, bisect_left(starts, at + len(words)) - 1
            found[place] = number
            if last > number and (at, at + len(words)) == (starts[number], starts[last + 1]):
                one[number] = (last, line.text)
        elif words in exact:
            found[place] = exact[words]
    return _as_one(pieces, found, one) if one else (pieces, found)


def _as_one(
    pieces: list[Piece], found: dict[int, int], one: dict[int, tuple[int, str]]
) -> tuple[list[Piece], dict[int, int]]:
    """Return the blocks with each run that is one line as one block, and line -> block: code in a line breaks it."""
    left: list[Piece] = []
    now: dict[int, int] = {}
    until = -1
    for number, piece in enumerate(pieces):
        if number > until:
            until, text = one.get(number, (number, piece.text))
            left.append(Piece(piece.kind, text))
        now[number] = len(left) - 1
    return left, {place: now[number] for place, number in found.items()}


def _as_shown(pieces: list[Piece], places: dict[int, int], shown: list[Line]) -> list[Piece]:
    """Return the blocks as the page writes them where a line has the same letters: with its no-break spaces."""
    found = list(pieces)
    for place, number in places.items():
        piece, line = pieces[number], shown[place]
        if piece.text != line.text and fold(piece.text) == fold(line.text):
            found[number] = Piece(piece.kind, line.text)
    return found


def _may_be_text(line: Line, layout: Layout, among: bool) -> bool:
    """Whether a line may be of the text: no link, and in no box of another use.

    `among` lines of the text, a box that holds much of it is no such box, whatever its name.
    """
    if line.aside or line.linked * 2 > len(line.text) or len(line.text) < 3:
        return False
    for node in (line.node, *list(line.node.iterancestors())[:4]):
        if among and layout.boxes.carries(node, max(SIBLINGS, layout.total // 4)):
            return True
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
