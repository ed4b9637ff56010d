"""What a cell of a data file says: a number with the worth of its last digit, a period."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from etl.extract import periods
from etl.extract.periods import spans

ABSENT = ("", "-", "–", "—", "n/a", "na", "nan", "null", "none", "*", "..")
NUMBER = re.compile(r"[-+−]?\d{1,30}(?:\.\d{1,30})?")
GROUPS = {".": re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ",": re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")}
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']+(?=\d{3}(?!\d))")
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")  # a blank or a sign, as addresses write it
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*([A-Za-z]{3,9}\s*[-–]\s*[A-Za-z]{3,9})(?![A-Za-z])")  # 2025Jan-Jun


def number(cell: str, decimal: str = ".") -> Decimal | None:
    """Return the number that a cell holds; None when it holds none. `decimal` is the sign before its fraction.

    Signs that part thousands, a percent sign, and brackets for a loss are understood.
    """
    text = cell.strip().removesuffix("%").strip()
    if text.casefold() in ABSENT:
        return None
    is_loss = text.startswith("(") and text.endswith(")")
    text = BLANKS.sub("", text.strip("()") if is_loss else text)
    text = GROUPS[decimal].sub("", text).replace(",", "." if decimal == "," else ",").replace("−", "-")
    if not NUMBER.fullmatch(text):
        return None
    return -Decimal(text) if is_loss else Decimal(text)


def step(value: Decimal) -> Decimal:
    """Return the worth of the last digit meant: trailing zeros are rounding while two significant digits stay."""
    _, digits, exponent = value.as_tuple()
    kept = len(digits)
    while kept > 2 and digits[kept - 1] == 0:
        kept -= 1
    return Decimal(1).scaleb(int(exponent) + len(digits) - kept)


def unit_step(value: Decimal) -> Decimal:
    """Return the worth of the last digit written, for columns that count in thousands or millions."""
    return Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))


def period(cell: str, rule: dict[str, Any]) -> str | None:
    """Return the period that a cell stands for by the rule of its column; None when it cannot be read.

    With `days` the cell is the last of so many days; with `span` a day in the month, quarter ... that is meant; with
    neither it names the period itself: 2018, 2017-Q3, Q3 2017, October 2017.
    """
    if "days" not in rule and "span" not in rule:
        return _written(cell.strip()) or named(cell)
    try:
        day = datetime.strptime(cell.strip(), rule.get("form", "%Y-%m-%d")).replace(tzinfo=UTC).date()
    except ValueError:
        return None
    if "days" in rule:
        return f"{day - timedelta(days=rule['days'] - 1)}/{day}"
    return spans.around(day, rule["span"])


def _written(cell: str) -> str | None:
    try:
        spans.interval(cell)
    except ValueError:
        return None
    return cell


@lru_cache(4096)
def named(words: str) -> str | None:
    """Return the one period that words name with its year; None when they name none, or several.

    A longer one that only holds the others around (the year of a half) does not count.
    """
    text = YEAR_FIRST.sub(r"\2 \1", words.replace("_", " "))
    mentions = [found for found in periods.find(text, "en", None) if found.kind == "absolute" and found.period]
    said = {found.period for found in mentions if found.period}
    narrow = [one for one in said if not any(one != two and periods.contains(one, two) for two in said)]
    return narrow[0] if len(narrow) == 1 else None


def file_period(url: str) -> str | None:
    """Return the period that the name of a file tells."""
    name = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return named(ESCAPED.sub(" ", name.rpartition(".")[0]))


def calendar(first: date, last: date) -> str | None:
    """Return the calendar period that days of business stand for: whole months, given or taken a week at either end.

    Companies end a quarter on a Saturday: 3 April to 2 July 2022 is 2022-Q2. None when the days fit no such months.
    """
    begin = _month_begun(first)
    end = _month_begun(last + timedelta(days=1))
    if begin is None or end is None or end - begin not in (3, 6, 9, 12):
        return None
    return spans.of_months(begin, end - begin)


def stock(day: date) -> str:
    """Return the period that a count on one day stands for: the quarter or month that it ends, else the day."""
    end = _month_begun(day + timedelta(days=1))
    if end is None:
        return day.isoformat()
    return spans.of_months(end - 3, 3) if end % 3 == 0 else spans.of_months(end - 1, 1)


def _month_begun(day: date) -> int | None:
    """Return the month, counted as 12 * year + month - 1, that begins within a week of a day."""
    for shift in range(8):
        for near in (day - timedelta(days=shift), day + timedelta(days=shift)):
            if near.day == 1:
                return 12 * near.year + near.month - 1
    return None
