"""Words and figures of a text as tokens, and what figures say about time: days, years, compact quarters."""

from __future__ import annotations

import re
from typing import Any

_PARTS = re.compile(r"\d+")
_AFTER_A_COUNT = re.compile(r"[.,'’]\d|°|p\b|px\b|\s?[x×]\s?\d|\s\d{3}(?!\d)")
MONEY = tuple("$€£¥₹")
_DECADE = re.compile(r"['’]?s\b")
YEAR = r"(?:19|20)\d\d"
BEFORE, AFTER = r"(?<![\w.,/-])", r"(?![\w/-]|[.,]\d)"


def lexer(table: dict[str, Any]) -> re.Pattern[str]:
    """Return what cuts a text into tokens; the groups name their kinds, the table gives the letters of Q3 and FY24."""
    compact = table.get("compact", {})
    letters = compact.get("quarter", "Q") + compact.get("half", "H")
    fiscal = "|".join(compact.get("fiscal", ["FY"]))
    suffixes = "|".join(sorted(table.get("ordinal_suffixes") or ["(?!)"], key=len, reverse=True))
    lead = fiscal[:2]
    year_of_quarter = rf"(?:{YEAR}|(?<=['’/-])\d\d|(?<={lead})\d\d)"
    return re.compile(
        r"(?P<word>[^\W\d_]++(?!\d))"
        rf"|(?P<compact>(?<!\w)F?[{letters}q][1-4]"
        rf"(?:(?:[-/]?(?:{fiscal})?|['’ ](?:{fiscal})?){year_of_quarter})?(?!\w))"
        rf"|(?P<compact2>(?<![\w.,])[1-4][{letters}](?:-?{YEAR}|\d\d)?(?!\w))"
        rf"|(?P<compact3>(?<![\w.,]){YEAR}[-/ ]?[{letters}q][1-4](?!\w))"
        rf"|(?P<fiscal>(?<!\w)(?:{fiscal})['’]?(?:{YEAR}|\d\d)(?:[-/](?:{YEAR}|\d\d))?(?!\w))"
        rf"|(?P<iso>{BEFORE}\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?![\w/-])"
        rf"|{BEFORE}\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d){AFTER})"
        rf"|(?P<monthly>{BEFORE}(?:\d{{1,2}}\s?[/.-]\s?{YEAR}|{YEAR}\s?/\s?(?:0?[1-9]|1[0-2])(?!\d)){AFTER})"
        rf"|(?P<cycle>{BEFORE}{YEAR}[-–/]\d\d\s?[-–]\s?{YEAR}[-–/]\d\d{AFTER})"
        rf"|(?P<pair>{BEFORE}{YEAR}[-–/](?:{YEAR}|\d\d?){AFTER})"
        rf"|(?P<ordinal>\d{{1,2}}(?:{suffixes})(?!\w))"
        r"|(?P<number>\d+(?:[.,]\d+)*+(?!\w))"
        r"|(?P<year2>['’]\d\d(?![\w.,]))"
        r"|(?P<odd>\w+)"
        r"|(?P<mark>[^\w\s])"
    )


def read(text: str, kind: str, start: int, end: int, order: str) -> tuple[str, Any] | None:
    """Return the sign of a token and its value; None when it has nothing to do with time.

    `order` is dmy or mdy, of days in figures. The signs are those of `periods.signs`.
    """
    raw = text[start:end]
    numbers = [int(part) for part in _PARTS.findall(raw)]
    if kind == "number":
        found = _plain(text, start, end) if raw.isdigit() else None
    elif kind == "mark":
        found = _mark(text, raw, start)
    elif kind == "iso":
        found = _day(raw, numbers, order)
    elif kind == "cycle":  # from one season to another: 2027/28-2031/32
        found = "Z", (numbers[0], _century(numbers[-1]))
    elif kind == "pair":
        found = _pair(raw, numbers)
    else:
        found = _short(kind, raw, numbers)
    return found


def _short(kind: str, raw: str, numbers: list[int]) -> tuple[str, Any] | None:
    if kind.startswith("compact"):
        return _compact(raw, numbers)
    if kind == "monthly":
        month, year = sorted(numbers)
        return ("J", (year, month)) if 1 <= month <= 12 and year > 1900 else None
    if kind == "ordinal":
        return ("O", numbers[0]) if 0 < numbers[0] < 32 else None
    if kind == "fiscal":
        return "K", [_century(number) for number in numbers]
    return ("U", _century(numbers[0])) if kind == "year2" else None


def _mark(text: str, raw: str, start: int) -> tuple[str, Any] | None:
    if raw == "." and not text[max(start - 2, 0) : start].strip().isdigit():
        return None
    sign = {"–": "-", "—": "-", "‑": "-", "~": "-"}.get(raw, raw)
    return (sign, sign) if sign in ",.-/" else None


def _plain(text: str, start: int, end: int) -> tuple[str, Any] | None:
    value, digits = int(text[start:end]), end - start
    if digits <= 2:
        return None if text[max(start - 1, 0) : start] in MONEY else ("D", value)
    if digits == 4 and 1500 <= value <= 2060 and _is_alone(text, start, end):
        return ("Y" if value >= 1950 else "A"), value
    return None


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether four digits stand for themselves: no sign of money, decimals or percent beside them."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 6]
    if before[-1:] == after[:1] == "/":  # in an address
        return False
    if text[end - 1] == "0" and _DECADE.match(after):
        return False
    if before.strip()[-1:] in (*MONEY, *"#+@_") or before[-1:] in tuple("'’°"):
        return False
    return after.lstrip()[:1] not in tuple("%€$£") and not _AFTER_A_COUNT.match(after)


def _day(raw: str, numbers: list[int], order: str) -> tuple[str, Any] | None:
    a, b, c = numbers
    if re.match(r"\d{4}", raw):
        year, month, day = a, b, c
    else:
        day, month, year = (b, a, c) if order == "mdy" and a <= 12 else (a, b, c)
        year = _century(year)
        if month > 12:
            day, month = month, day
    return ("I", (year, month, day)) if 1 <= month <= 12 and 1 <= day <= 31 and 1900 < year < 2100 else None


def _pair(raw: str, numbers: list[int]) -> tuple[str, Any] | None:
    """Read 2018-2020, 2023-24 and, as a month, 2017-10: two digits are a year where they follow the first one."""
    first, last = numbers
    if last < 100:
        following = (first + 1) % 100 == last
        if not following and 1 <= last <= 12 and "/" not in raw:
            return "J", (first, last)
        century = first // 100 * 100
        last = century + last if last >= first % 100 else century + 100 + last
    return ("Z", (first, last)) if 1950 <= first < last <= 2060 else None


def _compact(raw: str, numbers: list[int]) -> tuple[str, Any] | None:
    """Read Q3, 3Q24, Q3'24, 2024H1: the number from 1 to 4, the year or None, and whether the year is fiscal."""
    letter = next(char for char in raw.upper() if char.isalpha() and char not in "FY")
    leading = raw[:1].isalpha() or len(raw) == 2 or numbers[0] < 5
    index = next(number for number in (numbers if leading else reversed(numbers)) if number < 5)
    year = next((_century(number) for number in numbers if number > 4), None)
    sign = "H" if letter in "HS" else "Q"
    return (sign, (index, year, "F" in raw.upper())) if index <= (2 if sign == "H" else 4) else None


def _century(number: int) -> int:
    return number if number > 99 else 2000 + number if number < 61 else 1900 + number
