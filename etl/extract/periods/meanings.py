"""What a time named in a text can mean for a figure: its own period, the year beside it, one counted from another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.extract import periods
from etl.extract.periods import PeriodMention
from etl.extract.periods import evidence as periodevidence
from etl.extract.periods.evidence import Question
from etl.extract.periods.report import AIMLESS
from etl.extract.periods.told import Told

PARTS = frozenset({"quarter", "half"})
LATEST = 24  # times that are looked back at for "the same day"


@dataclass(frozen=True)
class Meanings:
    """What is known of a document beside its times: its day and month, the period of its report, the figures so far."""

    published: date | None
    month: str | None
    report: str | None
    told: list[Told]
    named: list[PeriodMention]  # all times of the text

    def of(self, mention: PeriodMention, asked: Question, own: bool = False) -> Iterator[tuple[str, list[str]]]:
        """Yield the periods that a time can mean for a figure; `own` says that it can only be the figure's own."""
        if mention.kind in AIMLESS:
            return
        if mention.kind == "anaphoric" and (mention.years or mention.quarters or mention.months or mention.year):
            yield from self._moved(mention, asked)
            return
        yield from self._same(mention, asked)
        period = periods.resolve(mention, self.published, asked.platform)
        if period is None:
            period = self.report if mention.kind == "anaphoric" else None
        if period is None:
            return
        yield period, self._said(mention, period, asked)
        if self.published:
            yield from self._beside(mention, period, asked, self.published, own)

    def _said(self, mention: PeriodMention, period: str, asked: Question, turned: bool = False) -> list[str]:
        return list(periodevidence.said(mention, period, asked, self.published, turned))

    def _beside(
        self, mention: PeriodMention, period: str, asked: Question, published: date, own: bool
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield what a time means besides its own period: the time since, the one behind it, another year's."""
        begin, end = periods.interval(period)
        kind, group = asked.transformation.value, asked.group
        if mention.kind == "since" and not mention.reading.opens and begin < published.replace(day=1):
            yield f"{periods.month_of(begin)}/{self.month}", [f"since {kind} {group}"]
        if mention.against and not own:  # "two points more than in 2022" is said of what came after
            for name, other in (("year", periods.before(period, years=-1)), ("next", periods.following(period))):
                if periods.interval(other)[0] <= published:
                    yield other, [f"behind {name}", f"behind {name} {mention.grain} {kind}", f"behind {asked.tie}"]
        if mention.kind == "relative" and mention.grain in PARTS and not mention.reading.index and self.report:
            shift = mention.reading.shift  # "the current quarter", "last quarter" of a report on the last one
            length = periodevidence.length_of(self.report)
            if shift >= -1 and length == mention.grain:
                back = {"quarter": 1, "half": 2}[mention.grain]
                counted = periods.following(self.report) if shift >= 0 else periods.before(self.report, quarters=back)
                yield counted, [*self._said(mention, counted, asked), f"counted {shift}"]
        if mention.kind == "relative" and mention.years and mention.grain == "year":
            yield period[:4], [*self._said(mention, period[:4], asked), "year counted"]
        if mention.kind == "deadline" and mention.grain in ("month", "day") and begin.month > 1:
            past = period if end <= published else periods.before(period, years=1)
            last = periods.interval(past)[1]
            yield periods.elapsed(last), [f"elapsed {group}", f"elapsed {asked.mood}"]
        over = mention.grain == "months" and end < published and mention.tense <= 0  # "the year to June"
        settled = mention.sure or over or mention.reading.towards != 0
        if not settled and mention.kind != "anaphoric" and mention.grain != "weekday":
            turned = periods.before(period, years=-1 if end < published else 1)
            yield turned, self._said(mention, turned, asked, turned=True)

    def _same(self, mention: PeriodMention, asked: Question) -> Iterator[tuple[str, list[str]]]:
        """Yield the last period of the kind that "the same day", "that quarter" names."""
        if mention.kind != "anaphoric" or mention.reading.index:
            return
        at = bisect_left(self.named, mention.start, key=lambda other: other.start)
        for other in reversed(self.named[max(at - LATEST, 0) : at]):
            alike = other.grain == mention.grain or mention.grain == "period"
            if alike and other.kind not in (*AIMLESS, "anaphoric", "now"):
                period = periods.resolve(other, self.published, asked.platform)
                if period:
                    yield period, [*self._said(mention, period, asked), f"same {mention.grain}"]
                return

    def _moved(self, mention: PeriodMention, asked: Question) -> Iterator[tuple[str, list[str]]]:
        """Yield what "a year earlier" means: than the figure it is tied to, the last one, the report.

        Not than an old value of its sentence: "6 and 4, compared to 5 and 3 a year earlier" goes back one year.
        """
        said = [one for one in self.told if one.spot.sentence == asked.spot.sentence]
        fresh = [one for one in said if not one.old] or said
        last = fresh[-1].period if fresh else None
        old = asked.link is not None and any(one.old and one.spot is asked.link.spot for one in said)
        bases = [("base", last if old else asked.base), ("told", last), ("report", self.report)]
        bases.append(("month", self.month))
        if said and said[-1].old:
            dated = any(said[-1].spot.quantity.end <= other.start < mention.start for other in self.named)
            bases.append((f"old {dated}", said[-1].period))  # "18 in 2023 and 16 the year before"
        seen: set[str] = set()
        for name, base in bases:
            period = periods.relative_to(mention, base) if base else None
            if period is None or period in seen:
                continue
            seen.add(period)
            names = self._said(mention, period, asked)
            names += [f"moved {name} ago"] if mention.reading.counted else []
            yield period, [*names, f"moved {name}", f"moved {name} {asked.tie}", f"moved {name} first {len(seen) == 1}"]
            if abs(mention.years) > 1 and len(period) > 4:
                yield period[:4], [*names, f"moved {name} year"]
