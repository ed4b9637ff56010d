"""Periods named in a text: "im dritten Quartal 2017", "l'an dernier", "by 2025", "a year earlier".

`find` gives each mention with its place and, where the words and the day of publication are enough, its period in the
form of figures (2018, 2017-Q3, 2017-H1, 2017-10, 2017-10-27, 2019/2021, 2023-10/2024-09). `resolve` adds what a
platform's fiscal calendar knows, `relative_to` what another mention says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from etl.extract.periods import calendars, reader
from etl.extract.periods.context import is_against, is_spoiled, is_time, tense_of
from etl.extract.periods.reading import Reading
from etl.extract.periods.spans import around, before, contains, elapsed, following, interval, month_of
from etl.extract.periods.values import LENGTHS, as_reported, fiscal_period, has_year, named_by, of_year, period_of

__all__ = [
    "PeriodMention", "before", "contains", "elapsed", "find", "following", "interval", "month_of", "relative_to",
    "resolve",
]  # fmt: skip


SILENT = Reading()


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
    against: bool = False  # what something is compared with: "more than in 2016"
    sure: bool = True
    tense: int = 0  # of the clause, where the year is open: -1 past, 1 to come, 0 when it does not say
    reading: Reading = SILENT


def find(text: str, lang: str, published: date | None) -> list[PeriodMention]:
    """Return the mentions of time in a text, in order, none overlapping.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    found: list[PeriodMention] = []
    for tokens, reading in reader.of(lang).readings(text):
        start, end = tokens[0].start, tokens[-1].end
        if reading.weak and not is_time(text, lang, start, end, reading, published):
            continue
        if is_spoiled(text, lang, end, text[tokens[-1].start : end]):
            continue
        against = is_against(text, lang, start)
        mention = PeriodMention(
            start, end, None, reading.kind, reading.grain, reading.edge, against=against, reading=reading
        )
        if reading.weak and reading.counted and tense_of(text, lang, start, end) <= 0:
            continue
        open_year = not has_year(reading) or reading.whole or reading.grain == "weekday"
        found.append(_placed(mention, tense_of(text, lang, start, end) if open_year else 0, published))
    return found


def resolve(mention: PeriodMention, published: date | None, platform: str | None = None) -> str | None:
    """Return the period that a mention stands for in news of that day about that platform; None when it stays open.

    "The quarter" gives the last one that ended; other anaphoric mentions need `relative_to`.
    """
    reading, calendar = mention.reading, calendars.of(platform, published)
    if mention.kind == "anaphoric":
        if reading.index and published:
            likely = named_by(replace(reading, year_shift=None), published, mention.tense)
            return before(likely, years=-mention.years) if likely else None
        return _last_reported(reading, mention.tense, published) if published else None
    if reading.fiscal:
        return fiscal_period(reading, published, calendar)
    if calendar is not None and published is not None and reading.grain in ("quarter", "half"):
        reported = as_reported(reading, published, calendar)
        if reported:
            return reported
    return mention.period if mention.period else period_of(reading, published, mention.tense)


def _last_reported(reading: Reading, tense: int, published: date) -> str | None:
    """Return the quarter, half or full year that news of a day is most likely about: the last one that ended."""
    if reading.counted:
        return period_of(reading, published, tense)
    if reading.shift or (reading.grain not in ("quarter", "half") and not reading.whole):
        return None
    current = around(published, reading.grain)
    return current if reading.whole and tense > 0 else before(current, months=LENGTHS[reading.grain])


def relative_to(mention: PeriodMention, base: str) -> str | None:
    """Return the period of an anaphoric mention once it is known which period it refers to.

    "A year earlier" than 2017-Q3 is 2016-Q3; "the same period of 2015" is 2015-Q3. None for mentions of another kind.
    """
    if mention.kind != "anaphoric":
        return None
    if mention.reading.index:
        return of_year(mention.reading, interval(base)[1].year + mention.years)
    if mention.year is not None:
        return before(base, years=interval(base)[1].year - mention.year)
    if mention.reading.whole:
        return around(interval(base)[1], "year")
    return before(base, years=-mention.years, quarters=-mention.quarters, months=-mention.months)


def _placed(mention: PeriodMention, tense: int, published: date | None) -> PeriodMention:
    reading = mention.reading
    if mention.kind == "anaphoric":
        return _moved(replace(mention, tense=tense))
    if reading.opens and tense == 0:
        tense = 1
    elif mention.kind == "since" and not reading.opens:
        tense = -1
    period = None if reading.fiscal else period_of(reading, published, tense)
    years = reading.shift if reading.counted and reading.grain == "year" else 0
    return replace(mention, period=period, sure=has_year(reading), tense=tense, years=years)


def _moved(mention: PeriodMention) -> PeriodMention:
    """Return an anaphoric mention with the distance that its words give."""
    reading = mention.reading
    if reading.year_shift is not None:
        return replace(mention, years=reading.year_shift)
    years, quarters, months = (reading.shift if reading.grain == grain else 0 for grain in ("year", "quarter", "month"))
    if reading.grain == "half":
        months = 6 * reading.shift
    return replace(mention, year=reading.year, years=years, quarters=quarters, months=months)
