"""Which rows and columns of a table head the others: as the page marks them, else as their words tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

MOST = 3  # columns that name a row
LOOKED = 6  # columns at the left among which the names stand
MARKED = 0.9  # share of a column's cells that the page marks as heads
TOLD = 0.9  # share of the rows that are told apart by their names
FEW = 0.3  # share of words in a column of signs that are all different
SOME = 0.6  # share of a column's cells that are words, for it to name
NUMBER = re.compile(
    r"[^\w$€£¥]*(?:(?:US|[A-Z]{1,2})?[$€£¥]|EUR|USD|GBP|CHF|AUD|CAD|SEK|NOK|DKK|PLN|INR|JPY)?[^\w]*\d[\W\d_]*"
    r"(?:[^\W\d_]{1,4}[\W\d_]*)?"
)
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"\W*(?:\d{1,2}\W+)?(?:de )?[^\W\d]{3,10}\W+(?:de )?(?:\d{1,2}[^\W\d]{0,2}\W+)?(?:19|20)\d\d\W*")
MEASURE = re.compile(r"\W*\d|.*[$€£¥%]")
TIME = 12  # characters of a year, a quarter or a season
WRITTEN_DAY = 40  # characters of a day with its month in words
AMOUNT = 80  # characters of a number with its currency and unit


class Spot(Protocol):
    """A place of a table: its words, and whether the page marks it as a head."""

    @property
    def text(self) -> str: ...
    @property
    def head(self) -> bool: ...


Line = Sequence[Spot]


def head_rows(lines: Sequence[Line]) -> int:
    """Return how many rows at the top are heads: those made of head cells alone, else a first row that names columns.

    A row of a head cell and data is a row; an empty corner counts as a head.
    """
    top = 0
    while top < len(lines) - 1 and all(spot.head for spot in lines[top] if spot.text):
        if top and len({id(spot) for spot in lines[top]}) == 1:  # one cell across the table heads the rows below it
            break
        top += 1
    return top or int(_names_columns(lines))


def head_columns(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the columns that name the rows, of the rows below the heads.

    The page marks them; else they are the leftmost of words and times that tell the rows apart, after a first one that
    counts the rows one by one.
    """
    if not lines:
        return ()
    near = range(min(LOOKED, len(lines[0])))
    columns = [[line[place] for line in lines] for place in near]
    marked = [place for place in near if _is_marked(columns[place])]
    if marked and any(_names(columns[place]) for place in marked):
        before = [place for place in near if place < marked[0] and _times(columns[place])]
        return tuple(before[-1:] + marked)[: len(lines[0]) - 1]
    chosen = [place for place in near if _times(columns[place]) or _names(columns[place])]
    if 0 in near and 0 not in chosen and _labels(columns[0]):
        chosen.insert(0, 0)
    found: list[int] = []
    for place in chosen:
        if len(found) == MOST or (found and _tells_apart(lines, found)):
            break
        if found and not _times(columns[place]) and _measures(columns[place]):
            continue
        found.append(place)
    heads = tuple(sorted({*marked, *found, *_counters(columns)}))
    return heads if len(heads) < len(lines[0]) else heads[:-1]  # something must be left to be named


def is_number(text: str) -> bool:
    """Whether a cell is a number with, at most, its sign, currency and a short unit."""
    return len(text) <= AMOUNT and bool(DIGIT.search(text)) and bool(NUMBER.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether a cell is a year, or a quarter or season with its year."""
    return len(text) <= TIME and bool(YEAR.search(text))


def _is_day(text: str) -> bool:
    return len(text) <= WRITTEN_DAY and bool(DAY.fullmatch(text))


def _names_columns(lines: Sequence[Line]) -> bool:
    """Whether the first row of a table without head cells names its columns: words or years above numbers."""
    filled = [place for place, _ in enumerate(lines[0]) if any(line[place].text for line in lines)]
    first = [lines[0][place].text for place in filled]
    if not all(first[1:]) or any(is_number(text) and not is_year(text) for text in first):
        return False
    for place, name in zip(filled, first, strict=True):
        below = [line[place].text for line in lines[1:] if line[place].text]
        if name and sum(is_number(text) for text in below) * 2 > len(below):
            return True
    return False


def _is_marked(column: Sequence[Spot]) -> bool:
    said = [spot.head for spot in column if spot.text]
    return bool(said) and sum(said) >= MARKED * len(said)


def _names(column: Sequence[Spot]) -> bool:
    """Whether a column is made of words."""
    said = [spot.text for spot in column if spot.text]
    words = sum(not is_number(text) and any(map(str.isalpha, text)) for text in said)
    return bool(said) and words >= SOME * len(said) and 2 * len(said) >= len(column)


def _labels(column: Sequence[Spot]) -> bool:
    """Whether a column has another sign for each row, some of them words: types, models, codes."""
    said = [spot.text for spot in column if spot.text]
    words = sum(not is_number(text) for text in said)
    return words >= FEW * len(said) and len(set(said)) >= TOLD * len(column)


def _times(column: Sequence[Spot]) -> bool:
    said = [spot.text for spot in column if spot.text]
    return bool(said) and sum(is_year(text) or _is_day(text) for text in said) >= SOME * len(said)


def _measures(column: Sequence[Spot]) -> bool:
    """Whether the words of a column stand beside amounts, as those of prices do."""
    said = [spot.text for spot in column if spot.text]
    return sum(bool(MEASURE.match(text)) for text in said) * 2 > len(said)


def _tells_apart(lines: Sequence[Line], places: list[int]) -> bool:
    rows = {tuple(line[place].text for place in places) for line in lines}
    return len(rows) >= TOLD * len(lines)


def _counters(columns: list[list[Spot]]) -> tuple[int, ...]:
    """Return the first filled column when it counts the rows one by one."""
    place = next((place for place, column in enumerate(columns) if any(spot.text for spot in column)), 0)
    numbers = [spot.text.strip(" .") for spot in columns[place]] if columns else []
    whole = [int(text) for text in numbers if text.isdecimal() and len(text) <= TIME]
    counts = len(whole) == len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(whole))
    return (place,) if counts else ()
