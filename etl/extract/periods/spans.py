"""Arithmetic on periods as figures name them: 2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27, 2019/2021."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)(?:-(\d\d))?))?")
REMEMBERED = 4096  # periods: a text names the same few again and again
_MONTHS = {"quarter": 3, "half": 6, "year": 12}


@lru_cache(maxsize=REMEMBERED)
def interval(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period, both inside it.

    Raises:
        ValueError: The text is no period; the message shows it.
    """
    first, _, last = period.partition("/")
    if last:
        return interval(first)[0], interval(last)[1]
    match = _FORM.fullmatch(period)
    if match is None:
        raise ValueError(
            f"{period!r} is no period; want a form like 2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27 or A/B"
        )
    year, quarter, half, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    if quarter:
        return date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter)
    if half:
        return date(year, 6 * half - 5, 1), _last(year, 6 * half)
    if month:
        return date(year, month, 1), _last(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def contains(outer: str, inner: str) -> bool:
    """Return whether every day of `inner` lies in `outer`."""
    (a, b), (c, d) = interval(outer), interval(inner)
    return a <= c and d <= b


def month_of(day: date) -> str:
    """Return the month of a day: 2017-10."""
    return f"{day.year:04}-{day.month:02}"


def of_months(first: int, length: int) -> str:
    """Return the shortest name for `length` months from month `first`, counted as 12 * year + month - 1."""
    year, month = divmod(first, 12)
    if length == 1:
        return f"{year:04}-{month + 1:02}"
    if length == 3 and month % 3 == 0:
        return f"{year:04}-Q{month // 3 + 1}"
    if length == 6 and month % 6 == 0:
        return f"{year:04}-H{month // 6 + 1}"
    if length % 12 == 0 and month == 0:
        return f"{year:04}" if length == 12 else f"{year:04}/{year + length // 12 - 1:04}"
    return f"{of_months(first, 1)}/{of_months(first + length - 1, 1)}"


def of_days(first: date, last: date) -> str:
    """Return the shortest name for the days from `first` to `last`, both included."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        start = 12 * first.year + first.month - 1
        return of_months(start, 12 * last.year + last.month - start)
    return f"{first.isoformat()}/{last.isoformat()}"


@lru_cache(maxsize=REMEMBERED)
def before(period: str, years: int = 0, quarters: int = 0, months: int = 0, days: int = 0) -> str:
    """Return the period of the same kind that lies so much earlier; negative numbers go forward.

    A quarter less a month keeps its length: it is named by its months where nothing shorter fits.
    """
    first, last = interval(period)
    back = 12 * years + 3 * quarters + months
    if days or (first == last and back):
        shift = timedelta(days=days)
        return of_days(_back(first, back) - shift, _back(last, back) - shift)
    if last + timedelta(days=1) != _back(last + timedelta(days=1), 0).replace(day=1) or first.day != 1:
        return of_days(_back(first, back), _back(last, back))
    start = 12 * first.year + first.month - 1
    return of_months(start - back, 12 * last.year + last.month - start)


@lru_cache(maxsize=REMEMBERED)
def following(period: str) -> str:
    """Return the period of the same length that begins when this one has ended; of a stretch of days the next days."""
    first, last = interval(period)
    begin = last + timedelta(days=1)
    if first.day == begin.day == 1:
        start = 12 * begin.year + begin.month - 1
        return of_months(start, start - 12 * first.year - first.month + 1)
    return of_days(begin, begin + (last - first))


def elapsed(day: date) -> str:
    """Return the months of its year up to the one that a day lies in."""
    return of_months(12 * day.year, day.month)


def around(day: date, grain: str) -> str:
    """Return the day, week, month, quarter, half or year that a day lies in."""
    if grain == "day":
        return day.isoformat()
    if grain == "week":
        monday = day - timedelta(days=day.weekday())
        return of_days(monday, monday + timedelta(days=6))
    length = _MONTHS.get(grain, 1)
    month = 12 * day.year + day.month - 1
    return of_months(month - month % length, length)


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _back(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
