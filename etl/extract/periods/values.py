"""From what words say to a period: the day of publication, a tense and a fiscal calendar settle what they left open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from etl.extract.periods.calendars import Calendar
from etl.extract.periods.reading import Reading
from etl.extract.periods.spans import around, before, interval, month_of, of_days, of_months

YEAR_ENDS_FRESH = 4  # until April "year end" without a tense is the last one
ALMOST = timedelta(days=10)
RECENT = 120  # days
CLEAR = 6  # times nearer than the other year's: no verb can outweigh it
SEASON_OPENS = 7  # month in which a season of sport begins
LENGTHS = {"year": 12, "half": 6, "quarter": 3, "season": 3, "month": 1}


def has_year(reading: Reading) -> bool:
    if reading.last is not None:
        return has_year(reading.last)
    if reading.kind != "anaphoric" and reading.edge == "end" and reading.grain == "year" and reading.year is None:
        return reading.shift != 0  # "at year end": of this year or the last
    return (
        reading.year is not None
        or reading.year_shift is not None
        or (reading.kind in ("relative", "now") and not reading.towards and not reading.near)
    )


def period_of(reading: Reading, published: date | None, tense: int) -> str | None:
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
        return named_by(reading, published, tense)
    if reading.year is not None:
        return _edged(f"{reading.year:04}", reading.edge)
    return _shifted(reading, published, tense)


def named_by(reading: Reading, published: date | None, tense: int) -> str | None:
    """Return the period of a quarter, half, month, season or day that the words name."""
    years = [reading.year] if reading.year is not None else []
    if not years and published is not None:
        if reading.year_shift is not None:
            years = [published.year + reading.year_shift]
        else:
            years = [published.year - 1, published.year, published.year + 1]
    named = [period for year in years if (period := of_year(reading, year))]
    if len(named) < 2 or published is None:
        return _edged(named[0], reading.edge) if named else None
    return _edged(_nearest(named, published, reading, tense), reading.edge)


def of_year(reading: Reading, year: int) -> str | None:
    grain, index = reading.grain, reading.index
    if grain in ("day", "week"):
        try:
            return around(date(year, index, reading.day), grain)
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
    if tense < 0 and reading.grain in ("quarter", "half"):  # what was told of has ended, or nearly
        begun = [period for period in begun if interval(period)[1] <= day + ALMOST] or begun
    if reading.beyond:  # last October, next spring: never the present one
        begun = [period for period in begun if interval(period)[1] < day]
        ahead = [period for period in ahead if interval(period)[0] > day]
    if not begun or not ahead:
        return (ahead or begun[-1:] or named)[0]
    back, forth = (day - interval(begun[-1])[1]).days, (interval(ahead[0])[0] - day).days
    towards = reading.towards or tense
    if reading.kind == "deadline":  # "bis Ende März" of a past that is recent; elsewhere it lies ahead
        towards = -1 if towards < 0 and back < RECENT else 1
    if reading.grain == "day" and not reading.towards and max(back, forth) > CLEAR * min(back, forth):
        towards = 1 if forth < back else -1  # news names the days near it
    if towards == 0:
        towards = 1 if forth * (1 if reading.grain in ("day", "week") or reading.near else 2) < back else -1
    return ahead[0] if towards > 0 else begun[-1]


def _edged(period: str, edge: str) -> str:
    """Return the part of a period that an edge points at: the end of 2017 is 2017-Q4, of June its quarter."""
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
        last = period_of(replace(reading.last, edge=""), published, tense)
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
    last = period_of(reading.last, published, tense)
    if last is None:
        return None
    first_reading = reading.first
    if first_reading.year is None and first_reading.year_shift is None and first_reading.index:
        end = interval(last)[1]
        named = [period for year in (end.year - 1, end.year) if (period := of_year(first_reading, year))]
        first = next((p for p in reversed(named) if interval(p)[0] <= end), None)
    else:
        first = period_of(first_reading, published, tense)
    if first is None or interval(first)[0] > interval(last)[1]:
        return None
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{4}", last):
        return f"{first}/{last}"
    return of_days(interval(first)[0], interval(last)[1])


def _shifted(reading: Reading, published: date | None, tense: int) -> str | None:
    """Return a period counted from the day of publication: last quarter, two years ago, the past twelve months."""
    if published is None:
        return None
    if reading.counted and reading.grain in ("year", "half", "quarter") and reading.shift < 0:
        return before(month_of(published), months=-reading.shift * LENGTHS[reading.grain])
    if reading.length:
        return _trailing(reading, published)
    if (
        reading.edge == "end"
        and not has_year(reading)
        and (tense < 0 or (tense == 0 and published.month <= YEAR_ENDS_FRESH))
    ):
        return _edged(f"{published.year - 1:04}", reading.edge)
    if reading.grain in ("week", "day"):
        return around(published + timedelta(days=reading.shift * (7 if reading.grain == "week" else 1)), reading.grain)
    if reading.grain == "sports":
        begun = published.year - (published.month < SEASON_OPENS) + reading.shift
        return f"{begun}/{begun + 1}"
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


def fiscal_period(reading: Reading, published: date | None, calendar: Calendar | None) -> str | None:
    if reading.to_year is not None and calendar is None:
        return f"{reading.year}/{reading.to_year}" if reading.grain == "year" else None
    own = calendar or Calendar()
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


def _latest(calendar: Calendar, reading: Reading, day: date) -> str:
    periods = [calendar.period(calendar.year_of(day) - back, reading.grain, _index(reading)) for back in (0, 1)]
    return next((period for period in periods if interval(period)[0] <= day), periods[-1])


def as_reported(reading: Reading, day: date, calendar: Calendar) -> str | None:
    """Return the fiscal quarter when news of a company that has just closed it gives its number without "fiscal"."""
    reported = calendar.reported(day, reading.grain, _index(reading)) if reading.index else None
    if reported is None or reading.kind != "absolute":
        return None
    if reading.year is None:
        return reported
    return reported if calendar.period(reading.year, reading.grain, _index(reading)) == reported else None
