"""Furniture in the main text: what stands in the article's columns and is not the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from etl.read.authors import without_by
from etl.read.compose import Piece
from etl.read.days import without_days
from etl.read.lines import Line
from etl.read.tree import Node
from etl.read.wording import fold
from etl.read.words import Words

DIGIT = re.compile(r"\d")
WORD = re.compile(r"\w+")
SMALL_NUMBER = re.compile(r"\d{1,2}$")
DATELINES = ("published", "changed", "by", "relative", "dateline")  # the subjects whose words stand in date lines
SHORTEST = 3  # letters of a word that tells of publication, above which it does so by itself
OPENING = 8  # blocks at the start among which headline, by-line and date are said again
CLOSING = 6  # blocks at the end among which a notice of the author or the site stands
SHORT = 90  # characters that a by-line, a date line or a link to another page seldom exceeds
NOTICE = 420  # characters that such a notice seldom exceeds
LONG = 260  # characters of a paragraph that no list of teasers has
TAIL = 0.55  # share of the text that stands before a heading which can end it
DATELINE = 220  # characters of a block that says when a page was published and changed, and by whom
HEADLINE = 35  # characters that the headline of another page has at least
LISTED = 2  # such headlines in a row that make a list of them
TEASERS = 3  # headings or links, each with one paragraph at most, that make a list of other stories
KEPT = ("item", "heading", "table")  # blocks that may be links and yet the article
BODY = 3  # long paragraphs that make an article, whose linked lines are teasers


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the page when its text is trimmed."""

    title: str
    authors: tuple[str, ...]
    shown: list[Line]
    words: Words
    small: frozenset[str] = field(init=False)  # the single words of which date lines are made
    stating: tuple[str, ...] = field(init=False)  # words that tell of publication or change by themselves
    endings: frozenset[str] = field(init=False)  # headings that end an article
    opening_ends: tuple[str, ...] = field(init=False)  # how longer ones begin

    def __post_init__(self) -> None:
        object.__setattr__(self, "small", _small(self.words))
        telling = (word for subject in ("published", "changed") for word in self.words[subject])
        object.__setattr__(self, "stating", tuple(word for word in telling if len(word) > SHORTEST))
        object.__setattr__(self, "endings", frozenset(self.words["ending"]))
        object.__setattr__(self, "opening_ends", tuple(f"{word} " for word in self.endings))


def trim(pieces: list[Piece], frame: Frame) -> list[Piece]:
    """Return the blocks without by-lines, teasers, notices and all that follows the end of the article."""
    left = list(_body(_ended(pieces, frame), frame))
    while left and left[-1].kind == "heading":
        left.pop()
    return left or pieces


def _body(pieces: list[Piece], frame: Frame) -> Iterator[Piece]:
    plain = {line.text for line in frame.shown if line.linked * 10 <= len(line.text) * 8}
    linked = {line.text for line in frame.shown} - plain
    article = sum(len(piece.text) > LONG for piece in pieces) >= BODY
    elsewhere = _listed_links(frame.shown) if article else set()
    for number, piece in enumerate(pieces):
        if number < OPENING and _says_head(piece, frame):
            continue
        if number >= len(pieces) - CLOSING and _is_notice(piece, frame):
            continue
        if _is_dateline(piece.text, frame, opens=number < OPENING) or (number < OPENING and _discloses(piece, frame)):
            continue
        if (
            piece.text in elsewhere
            or _is_teaser(piece, frame.words)
            or (article and piece.kind not in KEPT and _is_link(piece, linked))
        ):
            continue
        yield piece


def _says_head(piece: Piece, frame: Frame) -> bool:
    """Whether a block at the start only says the headline, the authors or the date again."""
    own, title = fold(piece.text), fold(frame.title)
    if title and (own == title or (title in own and len(own) < 1.6 * len(title))):
        return True
    if len(piece.text) > SHORT:
        return False
    by = without_by(piece.text, frame.words)
    named = fold(by) in {fold(name) for name in frame.authors}
    if named or (by != piece.text and any(fold(name) in own for name in frame.authors)):
        return True
    rest, found = without_days(piece.text)
    return found > 0 and len(rest) < found * SHORT // 3


def _is_dateline(text: str, frame: Frame, opens: bool) -> bool:
    """Whether a block says nothing but when a page was published or changed, and by whom.

    Where the page does not open, it must name the publication or the change: a chronicle has days for headings.
    """
    if len(text) > DATELINE:
        return False
    lower = text.lower()
    stated = any(word in lower for word in frame.stating)
    if not stated and not opens:
        return False
    rest, days = without_days(text)
    if not stated and not days:
        return False
    lower = rest.lower().replace("’", "'")
    for name in frame.authors:
        lower = lower.replace(name.lower(), " ")
    left = [word for word in WORD.findall(lower) if word not in frame.small and not SMALL_NUMBER.match(word)]
    return not left


def _small(words: Words) -> frozenset[str]:
    """Return the single words of which date lines are made."""
    return frozenset(word for name in DATELINES for entry in words[name] for word in WORD.findall(entry))


def _discloses(piece: Piece, frame: Frame) -> bool:
    """Whether a block at the start only says that the site is paid for its links."""
    lower = piece.text.lower()
    return len(lower) <= NOTICE and not DIGIT.search(lower) and any(word in lower for word in frame.words["disclosure"])


def _is_notice(piece: Piece, frame: Frame) -> bool:
    """Whether a block at the end speaks of its author or of the site; one with a number in it may hold a figure."""
    if len(piece.text) > NOTICE:
        return False
    lower = piece.text.lower().replace("’", "'")
    if any(lower.startswith(name.lower() + " ") and len(name.split()) > 1 for name in frame.authors):
        return True
    return not DIGIT.search(lower) and any(
        word in lower for subject in ("promo", "disclosure") for word in frame.words[subject]
    )


def _is_teaser(piece: Piece, words: Words) -> bool:
    """Whether a short block sends readers elsewhere."""
    lower = piece.text[: 3 * SHORT].lower().replace("’", "'").lstrip("→►▶•*>»- ")
    if len(piece.text) > 2 * SHORT or not lower.startswith(tuple(words["aside"])):
        return False
    for word in words["aside"]:
        if lower.startswith(word):
            rest = lower[len(word) :]
            phrase = " " in word or word.endswith(":")
            if rest[:1].isalnum() or (DIGIT.search(rest) and not phrase):
                continue
            if not rest.strip() or rest.lstrip()[0] in ":|–-/>…" or phrase or len(word) > 8:
                return True
    return False


def _listed_links(shown: list[Line]) -> set[str]:
    """Return the items of lists that are nothing but headlines of other pages; a table of contents leads to its own."""
    found: set[str] = set()
    run: list[str] = []
    around: Node | None = None
    for line in shown:
        item: Node | None = None
        if line.linked * 10 >= len(line.text) * 8 and len(line.text) >= HEADLINE:
            item = next((node for node in (line.node, *line.node.iterancestors()) if node.tag == "li"), None)
        above = None if item is None else item.getparent()
        if above is None or above is not around:
            found.update(run if len(run) >= LISTED else ())
            run, around = [], above
        if item is not None and not any("#" in (link.get("href") or "#") for link in item.iter("a")):
            run.append(line.text)
    return found | set(run if len(run) >= LISTED else ())


def _is_link(piece: Piece, linked: set[str]) -> bool:
    return piece.text in linked and len(piece.text) > 24


def _ended(pieces: list[Piece], frame: Frame) -> list[Piece]:
    """Return the blocks before the heading that ends the article, if no article follows it."""
    total = sum(len(piece.text) for piece in pieces)
    before = 0
    for number, piece in enumerate(pieces):
        if before > TAIL * total and _ends(piece, frame):
            rest = pieces[number + 1 :]
            long = [len(one.text) > LONG for one in rest]
            brief = sum(long) * 4 <= len(long) and not any(len(one.text) > LONG // 2 for one in rest[:2])
            if brief or (piece.kind == "heading" and _are_teasers(rest)):
                return pieces[:number]
        before += len(piece.text)
    return pieces


def _are_teasers(rest: list[Piece]) -> bool:
    """Whether blocks are headings with one paragraph each at most."""
    heads = [number for number, piece in enumerate(rest) if piece.kind == "heading"]
    if len(heads) < TEASERS or heads[0] > 1:
        return False
    gaps = [after - before for before, after in pairwise([*heads, len(rest)])]
    return max(gaps) <= 2


def _ends(piece: Piece, frame: Frame) -> bool:
    lower = piece.text.lower().replace("’", "'").strip(" :.…!?")
    if len(lower) > SHORT // 2:
        return False
    return lower in frame.endings or (piece.kind == "heading" and lower.startswith(frame.opening_ends))
