"""What the witnesses of a page's dates said: kept whole, weighed, their disagreements put into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from etl.model import Witness
from etl.read.days import EARLIEST, adjacent

# How often the day is right, measured by `python -m tests.bench.dates` on pages whose day is known.
AGREED = 0.99  # two witnesses or more name the day, or days beside each other, and none another
ALONE = 0.92  # one speaks
CONTESTED = 0.77  # another names another day
GUESSED = 0.77  # nobody states it; a day in the text is likely
SAME = {"json": "json-ld"}  # a witness that may repeat another one's data
WRITTEN = 40  # characters that are kept of what a page writes
ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?!\d)")


def refused(of: str, by: str, written: str, latest: date) -> Witness | None:
    """Return a stated day that cannot be one, with the reason; None when the page states no day there at all."""
    found = ISO_DAY.search(written)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        made = date(year, month, day)
    except ValueError:
        return Witness(of, by, written[:WRITTEN], None, "the calendar has no such day")
    if made > latest:
        return Witness(of, by, written[:WRITTEN], None, "it lies after the day on which the page was fetched")
    if made < EARLIEST:
        return Witness(of, by, written[:WRITTEN], None, f"it lies before {EARLIEST.year}, when no page was published")
    return None


def gathered(believed: date | None, found: Iterable[Witness]) -> tuple[Witness, ...]:
    """Return each date once for each witness and day: those that name the day believed first, then in their order."""
    once: dict[tuple[str, str, date | None], Witness] = {}
    for one in found:
        once.setdefault((one.of, one.by, one.day), one)
    return tuple(sorted(once.values(), key=lambda one: one.of != "published" or one.day != believed))


def sure(published: date | None, guessed: bool, witnesses: Iterable[Witness]) -> float:
    """Return how often a day with such witnesses is right; 0 without a day."""
    if published is None:
        return 0.0
    if guessed:
        return GUESSED
    stated = [one for one in witnesses if one.of == "published" and one.day]
    if any(_apart(published, one) for one in stated):
        return CONTESTED
    return AGREED if len({SAME.get(one.by, one.by) for one in stated}) > 1 else ALONE


def doubts(published: date | None, modified: date | None, witnesses: Iterable[Witness]) -> tuple[str, ...]:
    """Return in words where witnesses disagree with what is believed, or said what cannot be."""
    said = []
    for one in witnesses:
        if one.refused:
            said.append(f"{one.of}: {one.by} says {one.written}, which is refused: {one.refused}")
            continue
        believed = published if one.of == "published" else modified
        if believed and one.day and _apart(believed, one):
            said.append(f"{one.of}: {one.by} says {one.day}, which is not believed")
    if published and modified and modified < published and not adjacent(modified, published):
        said.append(f"it is said to be changed on {modified}, before it was published")
    return tuple(said)


def _apart(believed: date, one: Witness) -> bool:
    return one.day is not None and one.day != believed and not adjacent(one.day, believed)
