"""Whether two titles say the same, and the parts of which they are made."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from etl.read.tree import squeeze

LONGEST = 1000  # characters; a longer title is none, and has as many parts as signs
SEPARATOR = re.compile(r"\s+[|│\-–—·•:»«/]\s+|\s*[|│]\s*|\s+::\s+|\s*»\s+")
BAR = re.compile(r"\s*[|│»]\s*|\s+::\s+")
ACCENTS = re.compile("[\u0300-\u036f]+")
WORD = re.compile(r"\w+")
SIGNS = re.compile(r"[\W_]+")
REMEMBERED = 4096  # texts: the lines of a page are asked for several times
UNSAID = {code: None for code in range(128) if not chr(code).isalnum()}
AGREE = 0.5  # share of the longer title's words that the other one has


@lru_cache(REMEMBERED)
def fold(text: str, keep_blanks: bool = False) -> str:
    """Return a text for comparison: no case, no accents, no punctuation."""
    if text.isascii() and not keep_blanks:
        return text.lower().translate(UNSAID)
    plain = unicodedata.normalize("NFKD", text.casefold())
    if keep_blanks:
        return SIGNS.sub(" ", ACCENTS.sub("", plain))
    return SIGNS.sub("", plain)


def tokens(text: str) -> list[str]:
    return WORD.findall(fold(text, keep_blanks=True))


def overlap(one: str, other: str) -> float:
    a, b = set(tokens(one)), set(tokens(other))
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def agree(one: str, other: str) -> bool:
    """Whether two titles are of the same article."""
    return overlap(one, other) >= AGREE


def begins(head: str, wanted: str) -> bool:
    """Whether a heading is the first whole part of a declared title, or all of it."""
    return fold(head) in (fold(first_part(wanted)), fold(wanted))


def first_part(text: str) -> str:
    """Return what stands before the first separator of a title."""
    return SEPARATOR.split(text, maxsplit=1)[0]


def is_part(head: str, wanted: str) -> bool:
    """Whether a heading is one whole part of a declared title, between its separators."""
    if len(wanted) > LONGEST:
        return False
    return fold(head) in {fold(wanted[start:end]) for start, end in _parts(wanted)} - {""}


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the places of the runs of a title from its start, or to its end, at a separator."""
    places = list(SEPARATOR.finditer(text))
    runs = [(0, place.start()) for place in places] + [(place.end(), len(text)) for place in places]
    return runs + [(one.end(), other.start()) for one, other in pairwise(places)]


def longest_part(text: str) -> str:
    """Return the part of a page title that names the page: the first of two, the longest of more.

    Sites put their names after it, and their sections around it.
    """
    parts = [part.strip() for part in BAR.split(text) if part.strip()]
    if len(parts) == 2 and len(parts[0].split()) > 1:
        return parts[0]
    return max(parts, key=len, default=text)


def strip_site(text: str, names: set[str]) -> str:
    """Return a title without the site's name at its end or start."""
    text = squeeze(text)
    while True:
        places = list(SEPARATOR.finditer(text))
        if not places:
            return text
        last, first = places[-1], places[0]
        if fold(text[last.end() :]) in names:
            text = text[: last.start()].strip()
        elif fold(text[: first.start()]) in names:
            text = text[first.end() :].strip()
        else:
            return text


def cased(head: str, like: str) -> str:
    """Return a heading in capitals with the letters of a title that has all its words; "" when it has not."""
    words = {fold(word): word for word in WORD.findall(like)}
    if not all(fold(word) in words for word in WORD.findall(head)):
        return ""
    return WORD.sub(lambda word: words[fold(word[0])], head)


def uncased(head: str) -> bool:
    return head.isupper() or head.islower()
