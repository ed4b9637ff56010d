"""Days as pages write them: machine-readable, in figures, or with the name of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from etl import yamls

EARLIEST = date(1994, 1, 1)
FILE = Path(__file__).with_name("months.yaml")
ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=\D|$)|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=\D|T|$)")
FIGURES = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|[.,]\d)")
IN_URL = re.compile(r"(?<!\d)(19[89]\d|20\d\d)([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
UTC = re.compile(r"T?\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:Z|\+00:?00|UTC|GMT)\s*$")
CLOCK = re.compile(r"\b\d{1,2}\s?(?:[:h.]\s?\d{2}|h)(?::\d\d)?(?:\s?(?:Uhr|[ap]\.?m\.?))?\b", re.IGNORECASE)
DATED = re.compile(r"(?:19|20)\d\d|\d\s?[./-]\s?\d")  # what every written day has
HOUR = re.compile(r"[T ](\d\d):\d\d")
WEST, EAST = (
    12,
    10,
)  # hours of UTC before which a clock in the west shows the day before, from which one in the east the next
MIDNIGHT = re.compile(r"[T ]00:00")


@dataclass(frozen=True, slots=True)
class Found:
    """A day in a text: `text[start:end]`."""

    day: date
    start: int
    end: int


@cache
def _months() -> dict[str, int]:
    names: dict[str, list[list[str]]] = yamls.read(FILE)
    return {name: n for months in names.values() for n, spellings in enumerate(months, 1) for name in spellings}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = "(" + "|".join(sorted(map(re.escape, _months()), key=len, reverse=True)) + r")\b\.?"
    day = r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|º|ª)?[.,]?[\s-]*(?:de |of )?"
    return (
        re.compile(rf"{day}{month},?[\s-]*(?:de |del )?(\d{{4}})(?!\d)", re.IGNORECASE),
        re.compile(rf"\b{month}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE),
    )


def machine_day(text: str, latest: date) -> date | None:
    """Return the local day of a machine-readable time, as written; a written one will do. None when out of range."""
    found = ISO.search(text)
    if found:
        year, month, day = (int(part) for part in (found[1] or found[5], found[3] or found[6], found[4] or found[7]))
        return _made(year, month, day, latest)
    written = next(written_days(text, latest, day_first=True), None)
    return written.day if written else None


def in_utc(text: str) -> bool:
    """Whether a time is given in UTC, so that the publisher's day may be another one."""
    return bool(UTC.search(text.strip())) and not MIDNIGHT.search(text)


def written_days(text: str, latest: date, day_first: bool) -> Iterator[Found]:
    """Yield the days written in a text, in order. `day_first` reads 3/4/2020 as 3 April."""
    if not DATED.search(text):
        return
    found: list[Found] = []
    day_month, month_day = _patterns()
    for match in day_month.finditer(text):
        _note(found, match, (match[3], _months()[match[2].lower()], match[1]), latest)
    for match in month_day.finditer(text):
        _note(found, match, (match[3], _months()[match[1].lower()], match[2]), latest)
    for match in ISO.finditer(text):
        _note(found, match, (match[1] or match[5], match[3] or match[6], match[4] or match[7]), latest)
    for match in FIGURES.finditer(text):
        one, other = int(match[1]), int(match[3])
        swap = (not day_first and match[2] != "." and one <= 12) or other > 12
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        _note(found, match, (year, one, other) if swap else (year, other, one), latest)
    yield from sorted(found, key=lambda one: one.start)


def without_days(text: str) -> tuple[str, int]:
    """Return a text without the days and times of day written in it, and how many days there were."""
    found = list(written_days(text, date.max, day_first=True))
    for one in reversed(found):
        text = text[: one.start] + " " + text[one.end :]
    return CLOCK.sub(" ", text).strip(" ,|·•–-"), len(found)


def relative_day(text: str, lang: str, now: datetime) -> date | None:
    """Return the day that words such as "vor 3 Stunden" mean at a moment; None when they mean none."""
    import dateparser  # half a second that only such pages cost

    try:
        found = dateparser.parse(text, languages=[lang] if lang else None, settings={"RELATIVE_BASE": now})
    except ValueError:  # a language that dateparser does not know, such as Xhosa
        return None
    return found.date() if found else None


def url_day(url: str, latest: date) -> date | None:
    """Return the day in an address, such as /2024/03/21/ or -20240321."""
    for found in IN_URL.finditer(url):
        made = _made(int(found[1]), int(found[3]), int(found[4]), latest)
        if made:
            return made
    return None


def hour_of(text: str) -> int | None:
    """Return the hour that a machine-readable time gives; None when it gives none."""
    found = HOUR.search(text)
    return int(found[1]) if found else None


def local(one: date, other: date, hour: int | None) -> bool:
    """Whether a moment at an hour of a day in UTC falls on another day somewhere: west of it before noon, or east."""
    if hour is None or one == other:
        return one == other or adjacent(one, other)
    return adjacent(one, other) and (hour < WEST if other < one else hour >= EAST)


def adjacent(one: date, other: date) -> bool:
    """Whether two days follow each other: the same moment in two time zones."""
    return abs(one - other) == timedelta(days=1)


def _note(found: list[Found], match: re.Match[str], parts: tuple[str | int, ...], latest: date) -> None:
    year, month, day = (int(part) for part in parts)
    made = _made(year, month, day, latest)
    if made:
        found.append(Found(made, match.start(), match.end()))


def _made(year: int, month: int, day: int, latest: date) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if EARLIEST <= made <= latest else None
