"""Fiscal calendars: which calendar months a company means by "fiscal third quarter 2022"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.extract import words
from etl.extract.periods.spans import interval, of_months

REPORTED_WITHIN = 100  # days from the end of a quarter to the last news about it


@dataclass(frozen=True, slots=True)
class Calendar:
    """A fiscal year begins with the month `starts` and is named by the year it ends in, or the one it begins in."""

    starts: int = 1
    named: str = "end"

    def first_month(self, year: int) -> int:
        """Return the first month of the fiscal year of that name, counted from year 0."""
        begins = year - 1 if self.starts > 1 and self.named == "end" else year
        return 12 * begins + self.starts - 1

    def period(self, year: int, grain: str = "year", index: int = 1) -> str:
        """Return the calendar period of a fiscal year, or of its half or quarter number `index`."""
        length = {"quarter": 3, "half": 6}.get(grain, 12)
        return of_months(self.first_month(year) + (index - 1) * length, length)

    def year_of(self, day: date) -> int:
        """Return the name of the fiscal year that a day lies in."""
        begins = day.year if day.month >= self.starts else day.year - 1
        return begins + 1 if self.starts > 1 and self.named == "end" else begins

    def ended(self, day: date, grain: str) -> str:
        """Return the last year, half or quarter that ended before a day."""
        parts = {"quarter": 4, "half": 2}.get(grain, 1)
        years = (self.year_of(day), self.year_of(day) - 1)
        named = [self.period(year, grain, index) for year in years for index in range(parts, 0, -1)]
        return next(period for period in named if interval(period)[1] < day)

    def reported(self, day: date, grain: str, index: int) -> str | None:
        """Return the half or quarter number `index` when it ended shortly before a day: then the news is about it."""
        for year in (self.year_of(day), self.year_of(day) - 1):
            period = self.period(year, grain, index)
            if 0 <= (day - interval(period)[1]).days <= REPORTED_WITHIN:
                return period
        return None


def of(platform: str | None, day: date | None = None) -> Calendar | None:
    """Return the fiscal calendar of a platform on a day; None when it keeps the calendar year or none is known."""
    for entry in words.shared("calendars").get("calendars", {}).get(platform, []):
        if day is None or day.year <= entry.get("until", 9999):
            return Calendar(entry["starts"], entry.get("named", "end"))
    return None
