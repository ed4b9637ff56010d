"""Claims from the text of an article: every quantity that measures a platform, with what the text says about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.extract import periods
from etl.extract.readings import Reading, measures, readings, weights
from etl.extract.scene import Scene, Spot, stage
from etl.extract.topics import Topics
from etl.model import Claim, Document, Metric, Qualifier, Status, Transformation


@dataclass(frozen=True, slots=True)
class Decision:
    """A quantity with the reading that won, or none."""

    spot: Spot
    readings: list[Reading]
    chosen: Reading | None
    platform: str | None
    sure: float


def from_text(document: Document) -> list[Claim]:
    """Return the claims of an article's running text, in its order."""
    scene = stage(document)
    if not scene.relevant:
        return []
    return [_claim(scene, decision) for decision in decide(scene) if decision.chosen and decision.platform]


def decide(scene: Scene) -> list[Decision]:
    """Return what each quantity of a document is, figure or not."""
    topics = Topics(scene)
    previous: tuple[Spot, Reading] | None = None
    found = []
    for spot in scene.spots:
        if _idle(scene, spot):
            continue
        weighed = readings(scene, spot, previous)
        chosen = weighed[0] if weighed and weighed[0].score >= weights()["least"] else None
        platform, sure = topics.of(spot)
        found.append(Decision(spot, weighed, chosen, platform, sure))
        if chosen:
            previous = (spot, chosen)
    return found


def _idle(scene: Scene, spot: Spot) -> bool:
    """Whether a bare number counts what is never a figure: years, seasons, screens."""
    for hit in scene.hits("roles", spot.sentence):
        if hit.name == "not_counted" and spot.last < hit.first <= spot.last + 2 and spot.unit == "count":
            return spot.quantity.value < 1000
    return spot.unit == "count" and not spot.quantity.noun and spot.quantity.value < 100


def _claim(scene: Scene, decision: Decision) -> Claim:
    spot, reading = decision.spot, decision.chosen
    assert reading is not None and decision.platform is not None  # noqa: S101 - decided by the caller
    quantity = spot.quantity
    value, value_max = quantity.value, quantity.value_max
    unit = quantity.unit
    if unit == "multiple":
        value, unit = (value - 1) * 100, "percent"
        value_max = None
    value = abs(value) * reading.sign if reading.sign < 0 else value
    if (
        spot.unit == "count"
        and "money" in measures()[reading.metric.value]["units"]
        and reading.metric is not Metric.OTHER
    ):
        unit = _currency(scene, spot) or unit
    text = scene.document.text
    return Claim(
        document_id=scene.document.document_id,
        platform=decision.platform,
        metric=reading.metric,
        transformation=reading.transformation,
        value=value,
        value_max=value_max,
        low=None,
        high=None,
        unit=unit,
        per=quantity.per,
        period=_period(scene, spot, decision.platform),
        area=None,
        status=Status.ACTUAL,
        qualifier=quantity.qualifier,
        attributed_to=None,
        segment=None,
        quote=text[quantity.start : quantity.end],
        quote_start=quantity.start,
        quote_end=quantity.end,
        confidence=0.8,
    )


def _currency(scene: Scene, spot: Spot) -> str | None:
    money = [other for other in scene.spots if other.unit == "money"]
    if not money:
        return None
    before = [other for other in money if other.first < spot.first]
    return (before[-1] if before else money[0]).quantity.unit


def _period(scene: Scene, spot: Spot, platform: str) -> str | None:
    published = scene.document.published
    best = None
    for mention in scene.periods:
        word = scene.layout.word_before(mention.start + 1)
        if scene.layout.sentence[min(word, len(scene.layout.words) - 1)] != spot.sentence:
            continue
        cost = scene.layout.cost(word, spot.first)
        if best is None or cost < best[0]:
            best = (cost, mention)
    if best:
        found = periods.resolve(best[1], published, platform)
        if found:
            return found
    return periods.month_of(published) if published else None


__all__ = ["Decimal", "Decision", "Qualifier", "Transformation", "decide", "from_text"]
