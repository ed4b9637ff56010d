"""What speaks for a period of a figure: the times named around it, those of the figures before, that of the report.

Each witness gives a period and the names of what is known of it: where it stands, how it is said, what is measured.
`when` adds up what the names are worth. They are short, and kept in `lexicon/periodweights.yaml` by the training.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from etl.extract import periods
from etl.extract.lists.links import Link
from etl.extract.periods import PeriodMention, clauses, glued
from etl.extract.periods.spans import REMEMBERED
from etl.extract.readings.cues import measures
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

Witness = tuple[str | None, list[str]]  # a period, and what is known of it

GROUPS = {
    Metric.PRICE: "price", Metric.ARPU: "arpu", Metric.CHURN: "rate", Metric.MARKET_SHARE: "share",
    Metric.PENETRATION: "share", Metric.DEAL_VALUE: "deal", Metric.VALUATION: "deal", Metric.CONTENT_SPEND: "spend",
    Metric.TITLES: "stand", Metric.COUNTRIES: "stand", Metric.EMPLOYEES: "staff", Metric.OTHER: "other",
    Metric.WATCH_TIME: "watch",
}  # fmt: skip
COSTS = (1, 3, 6, 10, 16, 26)
ANNOUNCED = timedelta(days=8)
BESIDE = 2  # words between "founded in" and its year
FRESH = 100  # days


@dataclass(frozen=True)
class Question:
    """A figure whose period is asked for."""

    spot: Spot
    metric: Metric
    transformation: Transformation
    platform: str
    link: Link | None
    base: str | None  # the period of the figure that it is tied to
    mood: str  # fact | ahead | open
    source: str | None = None  # whom the text names as its origin

    @cached_property
    def group(self) -> str:
        """Return the family of the measure."""
        kind = str(measures()[self.metric.value]["kind"])
        return GROUPS.get(self.metric, kind)

    @cached_property
    def tie(self) -> str:
        """Return how the figure is tied to one of its sentence; `back` to one before it, `free` to none."""
        if self.link is None:
            return "free"
        if self.link.spot.sentence == self.spot.sentence or self.link.kind == "was":
            return self.link.kind
        return "back"


def bucket(cost: float) -> str:
    """Return the class of a distance."""
    return str(sum(cost > limit for limit in COSTS))


@lru_cache(maxsize=REMEMBERED)
def length_of(period: str) -> str:
    """Return the class of a period's length: day, week, month, quarter, half, year or long."""
    first, last = periods.interval(period)
    days = (last - first).days + 1
    for limit, name in ((1, "day"), (20, "week"), (32, "month"), (93, "quarter"), (185, "half"), (367, "year")):
        if days <= limit:
            return name
    return "long"


@lru_cache(maxsize=REMEMBERED)
def lies(period: str, published: date) -> str:
    """Return where a period lies: ahead, now (it holds the day), fresh, or old."""
    first, last = periods.interval(period)
    if first > published:
        return "ahead"
    if last >= published:
        return "now"
    return "fresh" if (published - last).days <= FRESH else "old"


@lru_cache(maxsize=REMEMBERED)
def quarters_away(period: str, published: date) -> int:
    """Return how many quarters lie between a day and the middle of a period, at most six; negative before the day."""
    first, last = periods.interval(period)
    return max(-6, min(6, round(((first + (last - first) / 2) - published).days / 91)))


def kind_of(mention: PeriodMention) -> str:
    """Return how a time is said; since a day that may lie ahead ("from 10 November on") is a kind of its own."""
    return "from" if mention.reading.opens else mention.kind


def is_founding(scene: Scene, word: int, sentence: int) -> bool:
    """Whether a time is that of a founding or a law: "founded in 2006"."""
    hits = (hit for hit in scene.hits("times", sentence) if hit.name == "founding" and hit.first < word)
    return any(-BESIDE <= word - hit.last - 1 <= BESIDE for hit in hits)


def beside(scene: Scene, word: int, sentence: int, mention: PeriodMention, asked: Question) -> Iterator[str]:
    """Yield what is known of a time named in the sentence of a figure, from where the two stand."""
    spot, layout = asked.spot, scene.layout
    after = word > spot.last
    side = "after" if after else "before"
    low, high = min(word, spot.first), max(word, spot.first)
    here = scene.in_sentence(spot.sentence)
    between = [other for other in here if low < other.first < high]
    words = layout.words[spot.last + 1 : word] if after else layout.words[word + 1 : spot.first]
    leading = not after and not any(other.first < word for other in here)
    place = "leading" if leading else side
    kind = kind_of(mention)
    cost = layout.cost(spot.last, word) if after else layout.cost(word, spot.first)
    crossed = str(min(len(between), 3))
    yield f"{place}"
    yield f"{place} cost {bucket(cost)}"
    yield f"{place} crossing {crossed}"
    yield f"{place} {asked.tie}"
    yield f"{place} {asked.group}"
    yield f"{place} {asked.transformation.value} {kind}"
    yield f"{place} crossing {crossed} {asked.tie}"
    yield f"{place} crossing {crossed} {kind}"
    restated = bool(between) and all(scene.tie_before(other) in ("to", "again") for other in between)
    yield from glued.over(scene, between, place, restated)
    yield from glued.beside(scene, word, mention, spot, place)
    yield from clauses.of(scene, word, mention, spot, place)
    if ";" in words:
        yield "apart ;"
    if "(" in words and ")" not in words:
        yield f"{place} in brackets"
    if ")" in words and "(" not in words:
        yield f"{place} out of brackets"
    if not restated and any(fence in words for fence in scene.grammar("fences") if fence.isalpha()):
        yield f"{place} behind a fence"
    if scene.was_between(min(word, spot.last), max(word, spot.first)):
        yield f"{place} was between {asked.tie == 'was'}"
    if scene.layout.plain[mention.end : mention.end + 1] == ":":
        labelled = next((one for one in here if one.first > word), None)
        yield f"label {labelled is spot}"
    if mention.against:
        yield f"{place} against {asked.transformation.value} {asked.tie == 'was'}"
    for hit in scene.hits("times", sentence):
        if hit.first < word and -BESIDE <= word - hit.last - 1 <= BESIDE:
            yield f"times {hit.name} {asked.tie == 'was'} {asked.transformation is Transformation.LEVEL}"


def said(mention: PeriodMention, period: str, asked: Question, published: date | None, turned: bool) -> Iterator[str]:
    """Yield what is known of a named time from its words and from where its period lies."""
    kind = kind_of(mention)
    yield f"said {kind} {asked.group}"
    yield f"said {kind} {mention.grain} {mention.edge}"
    yield f"said {length_of(period)} {asked.group}"
    if published is None:
        return
    where = lies(period, published)
    yield f"lies {where} {asked.mood}"
    yield f"lies {where} {asked.group}"
    yield f"tense {mention.tense} {where}"
    yield f"sure {mention.sure} {where}"
    if not mention.sure:
        yield f"away {quarters_away(period, published)} {kind}"
    if turned:
        yield f"turned {asked.mood} {where}"
    first, last = periods.interval(period)
    if first == last and timedelta(0) <= published - first <= ANNOUNCED and mention.kind != "now":
        yield f"announced {asked.group}"


def spoken(period: str | None, asked: Question, published: date | None, tense: int) -> Iterator[str]:
    """Yield how a period fits the tense of the clause of a figure."""
    if period is None or published is None:
        yield f"clause {tense} open"
        return
    where = lies(period, published)
    yield f"clause {tense} {where}"
    yield f"clause {tense} {where} {asked.mood}"


def deep(period: str | None, asked: Question, report: str | None, published: date | None, role: str) -> Iterator[str]:
    """Yield what a period is to others, for a figure whose verb tells what was before something else in the past."""
    if period is None:
        yield "deep open"
        return
    if published is not None:
        yield f"deep {lies(period, published)}"
    if report:
        yield f"deep report {against(period, report)}"
    if asked.base:
        yield f"deep base {against(period, asked.base)} {role}"


def compared(period: str | None, asked: Question, report: str | None, month: str | None, role: str) -> Iterator[str]:
    """Yield what a period is to that of the figure that it is tied to, to the report, and to the day."""
    if period is None:
        return
    if asked.base:
        relation = against(period, asked.base)
        yield f"base {relation} {asked.tie}"
        tied = asked.link.base.transformation.value if asked.link else ""
        yield f"base {relation} {role} {asked.transformation.value} {tied}"
        yield f"base {relation} {asked.mood}"
    if report:
        relation = against(period, report)
        yield f"report {relation} {role} {asked.group}"
        yield f"report {relation} {asked.mood}"
        yield f"report {relation} {asked.transformation.value}"
    if month:
        relation = against(period, month)
        yield f"month {relation} {asked.mood} {asked.group}"
        yield f"month {relation} {length_of(period)} {report is not None}"


@lru_cache(maxsize=REMEMBERED)
def against(period: str, other: str) -> str:
    """Return what a period is to another: same, year before, quarter before, inside, around, before or behind."""
    if period == other:
        return "same"
    if period == periods.before(other, years=1):
        return "year before"
    if period == periods.before(other, quarters=1):
        return "quarter before"
    first, last = periods.interval(period)
    begin, end = periods.interval(other)
    if begin <= first and last <= end:
        return "inside"
    if first <= begin and end <= last:
        return "around"
    return "before" if last < begin else "behind"
