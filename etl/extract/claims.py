"""Claims from the text of an article: every quantity that measures a platform, with what the text says about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.extract import links, periods
from etl.extract.cues import weights
from etl.extract.links import Base, Link
from etl.extract.readings import Reading, weigh
from etl.extract.scene import Scene, Spot, stage
from etl.extract.topics import Topics
from etl.model import Claim, Document, Status


@dataclass(frozen=True, slots=True)
class Decision:
    """A quantity with the readings weighed, and the one that won, if any did."""

    spot: Spot
    link: Link | None
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
    earlier: list[Base] = []
    found = []
    for spot in scene.spots:
        if _idle(scene, spot):
            continue
        link = links.find(scene, spot, earlier)
        weighed = weigh(scene, spot, link)
        chosen = weighed[0] if weighed and weighed[0].score >= weights()["least"] else None
        platform, sure = topics.of(spot, link, chosen.metric if chosen else None)
        found.append(Decision(spot, link, weighed, chosen, platform, sure))
        if chosen and platform:
            unit = chosen.unit or ("percent" if spot.unit == "multiple" else spot.quantity.unit)
            earlier.append(Base(spot, chosen.metric, chosen.transformation, chosen.sign, unit, platform))
    return found


def _idle(scene: Scene, spot: Spot) -> bool:
    """Whether a bare number counts what is never a figure: years, seasons, screens."""
    if not spot.bare:
        return False
    for hit in scene.hits("roles", spot.sentence):
        if hit.name == "not_counted" and spot.last < hit.first <= spot.last + 2:
            return True
    return not spot.quantity.noun and spot.quantity.value < 100


def _claim(scene: Scene, decision: Decision) -> Claim:
    spot, reading = decision.spot, decision.chosen
    assert reading is not None and decision.platform is not None  # noqa: S101 - decided by the caller
    quantity = spot.quantity
    value, value_max, unit = quantity.value, quantity.value_max, reading.unit or quantity.unit
    if unit == "multiple":
        value, value_max, unit = (value - 1) * 100, None, "percent"
    if reading.sign < 0:
        value = -value
        value_max = -value_max if value_max is not None else None
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


__all__ = ["Decimal", "Decision", "decide", "from_text"]
