"""What a time named in a text can mean for a figure: its own period, the year beside it, one counted from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.extract import periods
from etl.extract.periods import PeriodMention
from etl.extract.periods import evidence as periodevidence
from etl.extract.periods.evidence import Question
from etl.extract.periods.report import AIMLESS
from etl.extract.periods.told import Told


@dataclass(frozen=True)
class Meanings:
    """What is known of a document beside its times: its day and month, the period of its report, the figures so far."""

    published: date | None
    month: str | None
    report: str | None
    told: list[Told]

    def of(self, mention: PeriodMention, asked: Question) -> Iterator[tuple[str, list[str]]]:
        """Yield the periods that a time can mean for a figure."""
        if mention.kind in AIMLESS:
            return
        if mention.kind == "anaphoric" and (mention.years or mention.quarters or mention.months or mention.year):
            yield from self._moved(mention, asked)
            return
        period = periods.resolve(mention, self.published, asked.platform)
        if period is None:
            period = self.report if mention.kind == "anaphoric" else None
        if period is None:
            return
        yield period, list(periodevidence.said(mention, period, asked, self.published, turned=False))
        if mention.kind == "since" and not mention.reading.opens and self.published:
            begin = periods.interval(period)[0]
            if begin < self.published.replace(day=1):
                yield f"{periods.month_of(begin)}/{self.month}", [f"since {asked.transformation.value} {asked.group}"]
        if not mention.sure and mention.kind != "anaphoric" and mention.grain != "weekday" and self.published:
            past = periods.interval(period)[1] < self.published
            turned = periods.before(period, years=-1 if past else 1)
            yield turned, list(periodevidence.said(mention, turned, asked, self.published, turned=True))

    def _moved(self, mention: PeriodMention, asked: Question) -> Iterator[tuple[str, list[str]]]:
        """Yield what "a year earlier" means: than the figure it is tied to, the last one, the report."""
        here = [one.period for one in self.told if one.spot.sentence == asked.spot.sentence]
        bases = [("base", asked.base), ("told", here[-1] if here else None), ("report", self.report)]
        bases.append(("month", self.month))
        seen: set[str] = set()
        for name, base in bases:
            period = periods.relative_to(mention, base) if base else None
            if period is None or period in seen:
                continue
            seen.add(period)
            names = list(periodevidence.said(mention, period, asked, self.published, turned=False))
            yield period, [*names, f"moved {name}", f"moved {name} {asked.tie}", f"moved {name} first {len(seen) == 1}"]
