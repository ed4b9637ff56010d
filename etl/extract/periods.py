"""Periods named in a text: "im dritten Quartal 2017", "l'an dernier", "by 2025", "a year earlier".

`find` gives each mention with its place and, where the words and the day of publication are enough, its period in the
form of figures (2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27, 2019/2021, 2023-10/2024-09). `resolve` adds what a
platform's fiscal calendar knows, `relative_to` what another mention says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from etl.extract import calendars, timereader, words
from etl.extract.timegrammar import Reading
from etl.extract.timespans import around, before, contains, interval, month_of, of_days, of_months

__all__ = ["PeriodMention", "before", "contains", "find", "interval", "month_of", "relative_to", "resolve"]

LENGTHS = {"year": 12, "half": 6, "quarter": 3, "season": 3, "month": 1}
QUOTES = "\"'“”«»„‘’"
_CLAUSE_END = re.compile(r"[.;!?:\n]\s|\n")
CLAUSE = 110  # characters before a mention in which a verb tells past from future


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """Words about time: `text[start:end]`.

    kind: absolute (names its period) | relative (to the day of publication) | fiscal (needs a company's calendar) |
    anaphoric (means another mention's period, moved by `years`, `quarters`, `months`; or, with `year`, the same part of
    that year) | deadline (by 2025) | since (since January: the period is that of the beginning) | now (the month of
    publication) | comparison (year-on-year; no period) | sequential (quarter-on-quarter; no period).
    `edge` is start, end or middle when the words point at a part of the period: "end of June 2017" is 2017-Q2 with edge
    end. `sure` is False when the year was not written but found from the day of publication.
    """

    start: int
    end: int
    period: str | None
    kind: str
    grain: str = ""  # year | half | quarter | month | week | day | season | months | range | period
    edge: str = ""
    years: int = 0
    quarters: int = 0
    months: int = 0
    year: int | None = None
    sure: bool = True
    tense: int = 0  # the clause speaks of what was (-1) or is to come (1); 0 when it does not say
    reading: Reading = Reading()


def find(text: str, lang: str, published: date | None) -> list[PeriodMention]:
    """Return the mentions of time in a text, in order, none overlapping.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    found: list[PeriodMention] = []
    for tokens, reading in timereader.of(lang).readings(text):
        start, end = tokens[0].start, tokens[-1].end
        if reading.weak and not _is_time(text, lang, start, end, reading, published):
            continue
        if _is_spoiled(text, lang, end, text[tokens[-1].start : end]):
            continue
        mention = PeriodMention(start, end, None, reading.kind, reading.grain, reading.edge, reading=reading)
        found.append(_placed(mention, _tense(text, lang, start), published))
    return found


def resolve(mention: PeriodMention, published: date | None, platform: str | None = None) -> str | None:
    """Return the period that a mention stands for in news of that day about that platform; None when it stays open.

    "The quarter" gives the last one that ended; other anaphoric mentions need `relative_to`.
    """
    reading, calendar = mention.reading, calendars.of(platform, published)
    if mention.kind == "anaphoric":
        if reading.shift == 0 and reading.grain in ("quarter", "half") and published:
            return before(around(published, reading.grain), months=LENGTHS[reading.grain])
        return None
    if reading.fiscal:
        return _fiscal(reading, published, calendar)
    if calendar is not None and published is not None and reading.grain in ("quarter", "half"):
        reported = _as_reported(reading, published, calendar)
        if reported:
            return reported
    return mention.period if mention.period else _period(reading, published, mention.tense)


def relative_to(mention: PeriodMention, base: str) -> str | None:
    """Return the period of an anaphoric mention once it is known which period it refers to.

    "A year earlier" than 2017-Q3 is 2016-Q3; "the same period of 2015" is 2015-Q3. None for mentions of another kind.
    """
    if mention.kind != "anaphoric":
        return None
    if mention.year is not None:
        return before(base, years=interval(base)[1].year - mention.year)
    return before(base, years=-mention.years, quarters=-mention.quarters, months=-mention.months)


# --- from a reading to a period -----------------------------------------------------------------------------------


def _placed(mention: PeriodMention, tense: int, published: date | None) -> PeriodMention:
    reading = mention.reading
    if mention.kind == "anaphoric":
        moved = {"year": "years", "quarter": "quarters", "month": "months"}.get(reading.grain)
        offset = {moved: reading.shift} if moved and reading.shift else {}
        if reading.grain == "half":
            offset = {"months": 6 * reading.shift}
        year = reading.year
        if reading.year_shift is not None:
            year, offset = None, {"years": reading.year_shift}
        return replace(mention, year=year, **offset)  # type: ignore[arg-type]
    if mention.kind == "deadline":
        tense = 1
    period = None if reading.fiscal else _period(reading, published, tense)
    moved = {"years": reading.shift} if reading.counted and reading.grain == "year" else {}
    return replace(mention, period=period, sure=_has_year(reading), tense=tense, **moved)


def _has_year(reading: Reading) -> bool:
    if reading.last is not None:
        return _has_year(reading.last)
    return (
        reading.year is not None
        or reading.year_shift is not None
        or reading.kind in ("relative", "now")
        and not reading.towards
    )


def _period(reading: Reading, published: date | None, tense: int) -> str | None:
    if reading.kind == "now":
        return month_of(published) if published else None
    if reading.kind in ("comparison", "sequential"):
        return None
    if reading.grain == "range":
        return _range(reading, published, tense)
    if reading.grain == "months":
        return _months(reading, published, tense)
    if reading.grain == "weekday":
        return (
            (published - timedelta(days=(published.isoweekday() - reading.index) % 7)).isoformat()
            if published
            else None
        )
    if reading.index:
        return _named(reading, published, tense)
    if reading.year is not None:
        return _edged(f"{reading.year:04}", reading.edge)
    return _shifted(reading, published)


def _named(reading: Reading, published: date | None, tense: int) -> str | None:
    """Return the period of a quarter, half, month, season or day that the words name."""
    years = [reading.year] if reading.year is not None else []
    if not years and published is not None:
        if reading.year_shift is not None:
            years = [published.year + reading.year_shift]
        else:
            years = [published.year - 1, published.year, published.year + 1]
    named = [period for year in years if (period := _of_year(reading, year))]
    if len(named) < 2 or published is None:
        return _edged(named[0], reading.edge) if named else None
    return _edged(_nearest(named, published, reading, tense), reading.edge)


def _of_year(reading: Reading, year: int) -> str | None:
    grain, index = reading.grain, reading.index
    if grain == "day":
        try:
            return date(year, index, reading.day).isoformat()
        except ValueError:
            return None
    length = LENGTHS[grain]
    number = 12 // length if index == -1 else index
    return of_months(12 * year + (number - 1) * length, length)


def _nearest(named: list[str], day: date, reading: Reading, tense: int) -> str:
    """Return the one meant when the year is not said, by what the words or the clause say of past and future.

    Where they say nothing: of days the closest, of longer periods the last one begun unless the next is much closer.
    """
    begun = [period for period in named if interval(period)[0] <= day]
    ahead = [period for period in named if interval(period)[1] >= day]
    towards = reading.towards or tense
    if reading.towards and reading.kind == "relative":  # last October, next spring: never the present one
        begun = [period for period in begun if interval(period)[1] < day]
        ahead = [period for period in ahead if interval(period)[0] > day]
    if not begun or not ahead or towards:
        return (ahead[0] if towards > 0 or not begun else begun[-1]) if begun or ahead else named[0]
    back, forth = (day - interval(begun[-1])[1]).days, (interval(ahead[0])[0] - day).days
    return ahead[0] if forth * (1 if reading.grain == "day" else 2) < back else begun[-1]


def _edged(period: str, edge: str) -> str:
    """Return the part of a period that an edge points at: the end of 2017 is 2017-Q4, of June its quarter, of May itself."""
    first, last = interval(period)
    if edge == "end" and (last - first).days > 200:
        return around(last, "quarter")
    if edge == "end" and 27 <= (last - first).days < 32 and last.month % 3 == 0:
        return around(last, "quarter")
    if edge == "start" and (last - first).days > 200:
        return around(first, "quarter")
    return period


def _months(reading: Reading, published: date | None, tense: int) -> str | None:
    if reading.last is not None:
        last = _period(replace(reading.last, edge=""), published, tense)
        if last is None:
            return None
        end = interval(last)[1]
        month = (
            12 * end.year + end.month - (2 if end.day < 15 and reading.last.grain == "day" else 1)
        )  # ended on 1 July: June
        return of_months(month - reading.length + 1, reading.length)
    year = reading.year
    if year is None and published is not None:
        year = published.year + (reading.year_shift or 0)
        if reading.year_shift is None and tense <= 0 and reading.index == 1 and published.month <= reading.length:
            year -= 1 if published.month < max(reading.length - 2, 2) else 0
        if reading.year_shift is None and reading.index == -1 and published.month <= 12 - reading.length:
            year -= 1
    if year is None:
        return None
    return of_months(12 * year + (0 if reading.index == 1 else 12 - reading.length), reading.length)


def _range(reading: Reading, published: date | None, tense: int) -> str | None:
    assert reading.first is not None and reading.last is not None  # noqa: S101 - every reader of a range gives both
    last = _period(reading.last, published, tense)
    if last is None:
        return None
    first_reading = reading.first
    if first_reading.year is None and first_reading.year_shift is None and first_reading.index:
        end = interval(last)[1]
        named = [period for year in (end.year - 1, end.year) if (period := _of_year(first_reading, year))]
        first = next((p for p in reversed(named) if interval(p)[0] <= end), None)
    else:
        first = _period(first_reading, published, tense)
    if first is None or interval(first)[0] > interval(last)[1]:
        return None
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{4}", last):
        return f"{first}/{last}"
    return of_days(interval(first)[0], interval(last)[1])


def _shifted(reading: Reading, published: date | None) -> str | None:
    """Return a period counted from the day of publication: last quarter, two years ago, the past twelve months."""
    if published is None:
        return None
    if reading.counted and reading.grain in ("year", "half", "quarter"):
        return before(month_of(published), months=-reading.shift * LENGTHS[reading.grain])
    if reading.length:
        return _trailing(reading, published)
    if reading.grain in ("week", "day"):
        return around(published + timedelta(days=reading.shift * (7 if reading.grain == "week" else 1)), reading.grain)
    if reading.grain not in LENGTHS:
        return None
    return _edged(
        before(around(published, reading.grain), months=-reading.shift * LENGTHS[reading.grain]), reading.edge
    )


def _trailing(reading: Reading, published: date) -> str | None:
    step = reading.shift or -1
    if reading.grain in ("week", "day"):
        days = reading.length * (7 if reading.grain == "week" else 1)
        return of_days(*sorted((published + timedelta(days=step), published + timedelta(days=step * days))))
    length = reading.length * LENGTHS[reading.grain]
    month = 12 * published.year + published.month - 1
    if reading.grain in ("year", "half", "quarter"):
        month -= month % LENGTHS[reading.grain]
        return of_months(month - length if step < 0 else month + LENGTHS[reading.grain], length)
    return of_months(month - length if step < 0 else month + 1, length)


def _fiscal(reading: Reading, published: date | None, calendar: calendars.Calendar | None) -> str | None:
    if reading.to_year is not None and calendar is None:
        return f"{reading.year}/{reading.to_year}" if reading.grain == "year" else None
    own = calendar or calendars.Calendar()
    year = reading.year
    if reading.to_year is not None and own.named == "end":
        year = reading.to_year
    if year is None and published is not None:
        year = own.year_of(published) + (reading.year_shift or 0)
        if reading.year_shift is None and reading.grain != "year":
            return own.reported(published, reading.grain, _index(reading)) or _latest(own, reading, published)
    return own.period(year, reading.grain, _index(reading)) if year is not None else None


def _index(reading: Reading) -> int:
    return reading.index if reading.index > 0 else {"quarter": 4, "half": 2}.get(reading.grain, 1)


def _latest(calendar: calendars.Calendar, reading: Reading, day: date) -> str:
    periods = [calendar.period(calendar.year_of(day) - back, reading.grain, _index(reading)) for back in (0, 1)]
    return next((period for period in periods if interval(period)[0] <= day), periods[-1])


def _as_reported(reading: Reading, day: date, calendar: calendars.Calendar) -> str | None:
    """Return the fiscal quarter when news of a company that has just closed it gives its number without "fiscal"."""
    reported = calendar.reported(day, reading.grain, _index(reading)) if reading.index else None
    if reported is None or reading.kind != "absolute":
        return None
    if reading.year is None:
        return reported
    return reported if calendar.period(reading.year, reading.grain, _index(reading)) == reported else None


# --- the words around ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Context:
    """What the words around a mention look like, in one language."""

    future: re.Pattern[str]
    past: re.Pattern[str]
    counted: re.Pattern[str]
    hedges: re.Pattern[str]
    needs: dict[str, re.Pattern[str]]
    spoiled: dict[str, re.Pattern[str]]


@cache
def _context(lang: str) -> _Context:
    table = words.load(lang, "periods")
    hedges = "|".join(re.escape(word) for word in table.get("hedges", []))
    return _Context(
        future=re.compile(rf"\b(?:{'|'.join(table.get('future', ['(?!)']))})\b", re.IGNORECASE),
        past=re.compile(rf"\b(?:{'|'.join(table.get('past', ['(?!)']))})\b", re.IGNORECASE),
        counted=re.compile(rf"\s*(?:{'|'.join(table.get('counted', ['(?!)']))})\b", re.IGNORECASE),
        hedges=re.compile(rf"\b(?:{hedges})\s*$", re.IGNORECASE),
        needs={
            word: re.compile(rf"(?:{rule})\s*$", re.IGNORECASE) for word, rule in (table.get("needs") or {}).items()
        },
        spoiled={word: re.compile(rule, re.IGNORECASE) for word, rule in (table.get("spoiled_by") or {}).items()},
    )


def _tense(text: str, lang: str, start: int) -> int:
    """Return 1 when the last word of the clause that shows a tense shows the future, -1 for the past, 0 without one."""
    clause = _CLAUSE_END.split(text[max(start - CLAUSE, 0) : start])[-1]
    context = _context(lang)
    ahead = max((match.start() for match in context.future.finditer(clause)), default=-1)
    back = max((match.start() for match in context.past.finditer(clause)), default=-1)
    return 0 if ahead == back == -1 else 1 if ahead >= back else -1


def _is_time(text: str, lang: str, start: int, end: int, reading: Reading, published: date | None) -> bool:
    """Return whether words that may as well mean something else stand where a period stands."""
    context = _context(lang)
    before_it, after_it = text[max(start - 32, 0) : start], text[end : end + 40]
    if reading.kind == "now":
        return (
            text[start].islower() or not before_it.strip(" \u00a0«“\"'") or before_it.rstrip(" «“\"'")[-1:] in ".!?:\n"
        )
    rule = context.needs.get(text[start:end].lower())
    if rule is not None and not rule.search(before_it):
        return False
    if reading.grain != "year" or reading.year is None:
        return True
    if before_it[-1:] in QUOTES and after_it[:1] in QUOTES:
        return False
    if context.counted.match(after_it) or context.hedges.search(before_it):
        return False
    return not reading.year > (published.year if published else 2030) + 30


def _is_spoiled(text: str, lang: str, end: int, last_word: str) -> bool:
    """Return whether what follows turns the words into a clause: "two years before it opened"."""
    rule = _context(lang).spoiled.get(last_word.lower())
    return rule is not None and rule.match(text[end : end + 20]) is not None
