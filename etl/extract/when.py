"""The time a figure is for: the period named for it, that of the figure it is tied to, or that of the report."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta

from etl.extract import periods
from etl.extract.cues import measures, weights
from etl.extract.links import Link
from etl.extract.periods import PeriodMention
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

REPORT_SENTENCES = 5
REPORT_DAYS = {"quarter": 130, "half": 200, "year": 400, "months": 200, "range": 200, "period": 200}
ANNOUNCED_DAYS = 7
BESIDE = 2  # words between "founded in" and its year
UNREPORTED = frozenset(
    {Metric.PRICE, Metric.DEAL_VALUE, Metric.VALUATION, Metric.OTHER, Metric.TITLES, Metric.COUNTRIES}
)
AIMLESS = frozenset({"comparison", "sequential"})


class Times:
    """The periods of a document by word, and the one that it reports on."""

    def __init__(self, scene: Scene) -> None:
        """Place the mentions and find the period of the report."""
        self.scene = scene
        self.published = scene.document.published
        layout = scene.layout
        self.placed: dict[int, list[tuple[int, PeriodMention]]] = {}
        for mention in scene.periods:
            word = min(bisect_left(layout.ends, mention.start + 1), len(layout.words) - 1)
            self.placed.setdefault(layout.sentence[word], []).append((word, mention))
        self.early_report = False
        self.report = self._report()

    def of(
        self,
        spot: Spot,
        metric: Metric,
        transformation: Transformation,
        platform: str,
        link: tuple[Link, str | None] | None,
        stated: bool = True,
        ahead: bool = False,
    ) -> str | None:
        """Return the period of a figure, None when it cannot be known; `stated` when it is told as fact,
        `ahead` when it is expected or planned."""
        tied = (
            link is not None
            and link[0].kind in ("to", "again", "part", "peer")
            and link[0].spot.sentence == spot.sentence
        )
        base = link[1] if link else None
        kind = link[0].kind if link else ""
        named = self._named(spot, spot.sentence, metric, transformation, platform, kind, base, ahead)
        lead = self.scene.lead_in(spot.sentence)
        if named is None and lead is not None and not (tied and base):
            named = self._named(spot, lead, metric, transformation, platform, kind, base, ahead)
        if named:
            return named
        if link is not None and link[0].kind == "was":
            return self._old(metric, base)
        if tied and base:
            return base
        if spot.quantity.per and metric is not Metric.PRICE:
            return self.report or self._month()
        flow = measures()[metric.value]["kind"] == "flow" or transformation is not Transformation.LEVEL
        if flow and self.report and metric is not Metric.CONTENT_SPEND:
            return self.report
        if link is not None and link[0].spot.sentence == spot.sentence and base and flow:
            return base
        if flow and metric is not Metric.PRICE and measures()[metric.value]["kind"] == "flow":
            alike = link is not None and link[0].kind == "near" and link[0].base.platform == platform
            return base if alike and link is not None and link[0].base.metric is metric else None
        if (
            stated
            and self.report
            and self.early_report
            and measures()[metric.value]["kind"] in ("stock", "rate")
            and metric not in UNREPORTED
        ):
            return self.report
        return self._month()

    def _month(self) -> str | None:
        return periods.month_of(self.published) if self.published else None

    def _old(self, metric: Metric, base: str | None) -> str | None:
        """Return the period of an old value whose time is not said: a year before, for what is reported yearly."""
        if metric in (Metric.PRICE, Metric.ARPU) or base is None:
            return None
        return periods.before(base, years=1)

    def _named(
        self,
        spot: Spot,
        sentence: int,
        metric: Metric,
        transformation: Transformation,
        platform: str,
        kind: str,
        base: str | None,
        ahead: bool,
    ) -> str | None:
        """Return the period that a sentence names for a quantity."""
        best: tuple[float, str] | None = None
        for word, mention in self.placed.get(sentence, []):
            still = mention.kind == "since" and measures()[metric.value]["kind"] == "stock"
            if mention.kind in AIMLESS or still or self._is_beside_the_point(word, mention, kind, transformation):
                continue
            resolved = self._resolved(mention, platform, base)
            if ahead and resolved and not mention.sure and self._is_past(resolved):
                resolved = periods.before(resolved, years=-1)
            if resolved is None or self._is_announcement(mention, resolved, metric):
                continue
            score = self._score(spot, word, kind) if sentence == spot.sentence else weights()["time_lead_in"]
            if score > 0 and (best is None or score > best[0]):
                best = (score, resolved)
        return best[1] if best else None

    def _is_past(self, period: str) -> bool:
        return self.published is not None and periods.interval(period)[1] < self.published

    def _resolved(self, mention: PeriodMention, platform: str, base: str | None) -> str | None:
        if mention.kind == "anaphoric" and (mention.years or mention.quarters or mention.months or mention.year):
            anchor = base or self.report or self._month()
            return periods.relative_to(mention, anchor) if anchor else None
        found = periods.resolve(mention, self.published, platform)
        if found is None and mention.kind == "anaphoric":
            return self.report
        return found

    def _score(self, spot: Spot, word: int, kind: str) -> float:
        w, layout = weights(), self.scene.layout
        low, high = min(word, spot.first), max(word, spot.first)
        here = self.scene.in_sentence(spot.sentence)
        between = sum(1 for other in here if low < other.first < high and not self._said_again(spot, other))
        if word > spot.last:
            if "(" in layout.words[spot.last + 1 : word] and ")" not in layout.words[spot.last + 1 : word]:
                between += 1
            between += ";" in layout.words[spot.last + 1 : word]
            return w["time_after"] - w["time_cost"] * layout.cost(spot.last, word) - w["time_crossing"] * between
        leading = not any(other.first < word for other in here)
        score = w["time_before"] - w["time_cost"] * layout.cost(word, spot.first) * (
            w["time_leading"] if leading else 1.0
        )
        score -= 0.0 if leading else w["time_crossing"] * between
        if kind == "was":
            score -= w["time_was"]
        return score

    def _said_again(self, spot: Spot, other: Spot) -> bool:
        """Whether a quantity only says where a growth came to: it takes no time for itself."""
        return spot.unit == "percent" and self.scene.tie_before(other) == "to"

    def _is_announcement(self, mention: PeriodMention, resolved: str, metric: Metric) -> bool:
        """Whether a day just before publication is when it was said, not what it is for."""
        if self.published is None or metric in (Metric.PRICE, Metric.OTHER) or mention.kind == "now":
            return False
        first, last = periods.interval(resolved)
        return first == last and timedelta(0) <= self.published - first <= timedelta(days=ANNOUNCED_DAYS)

    def _is_beside_the_point(
        self, word: int, mention: PeriodMention, kind: str, transformation: Transformation
    ) -> bool:
        """Whether a time is that of a founding or a law, or only what a change is measured from."""
        moved = transformation is not Transformation.LEVEL
        if moved and mention.kind == "anaphoric" and (mention.years or mention.quarters or mention.months):
            return True
        for hit in self.scene.hits("times", self.scene.layout.sentence[word]):
            gap = word - hit.last - 1
            if (
                hit.first < word
                and -BESIDE <= gap <= BESIDE
                and (hit.name == "founding" or (hit.name == "than" and kind != "was"))
            ):
                return True
        return False

    def _report(self) -> str | None:
        """Return the quarter, half or year that the text reports on."""
        if self.published is None:
            return None
        for sentence in range(len(self.scene.layout.sentences)):
            for _, mention in self.placed.get(sentence, []):
                limit = REPORT_DAYS.get(mention.grain)
                if limit is None or mention.kind in ("deadline", "since", *AIMLESS) or mention.years or mention.year:
                    continue
                if sentence >= REPORT_SENTENCES and mention.grain != "quarter":
                    continue
                platform = self.scene.title_mentions[0].slug if self.scene.title_mentions else None
                found = periods.resolve(mention, self.published, platform)
                if found is None:
                    continue
                last = periods.interval(found)[1]
                if timedelta(0) <= self.published - last <= timedelta(days=limit):
                    self.early_report = sentence <= (1 if mention.grain == "year" else 2)
                    return found
        return self._year_after()

    def _year_after(self) -> str | None:
        """Return the year that follows the one given for old values: "297 million (287 million in 2023)"."""
        years = []
        for spot in self.scene.spots:
            if spot.unit != "money" or self.scene.tie_before(spot) not in ("was", "again"):
                continue
            for word, mention in self.placed.get(spot.sentence, []):
                if 0 < word - spot.last <= BESIDE + 1 and mention.grain == "year" and mention.kind == "absolute":
                    years.append(mention.period)
        known = [period for period in years if period and self.published and int(period) + 2 == self.published.year]
        return periods.before(known[0], years=-1) if known else None
