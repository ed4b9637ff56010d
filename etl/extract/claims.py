"""Claims from the text of an article: every quantity that measures a platform, with what the text says about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract import attribution, links, periods
from etl.extract.attribution import Origin
from etl.extract.cues import weights
from etl.extract.links import Base, Link
from etl.extract.readings import Reading, weigh
from etl.extract.scene import Scene, Spot, stage
from etl.extract.status import status_of
from etl.extract.topics import Topics
from etl.extract.when import Times
from etl.extract.where import area_of
from etl.model import Claim, Document, Metric, Transformation


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
    decisions = [decision for decision in decide(scene) if decision.chosen and decision.platform]
    return list(_claims(scene, decisions))


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


def _claims(scene: Scene, decisions: list[Decision]) -> Iterator[Claim]:
    times, named = Times(scene), attribution.origins(scene)
    made: dict[Spot, Claim] = {}
    for decision in decisions:
        base = made.get(decision.link.spot) if decision.link else None
        claim = _claim(scene, decision, times, attribution.of(scene, decision.spot, named), base)
        made[decision.spot] = claim
        yield claim


def _claim(scene: Scene, decision: Decision, times: Times, origin: Origin | None, base: Claim | None) -> Claim:
    spot, reading, link = decision.spot, decision.chosen, decision.link
    assert reading is not None and decision.platform is not None  # noqa: S101 - decided by the caller
    quantity = spot.quantity
    value, value_max, unit = quantity.value, quantity.value_max, reading.unit or quantity.unit
    if unit == "multiple":
        value, value_max, unit = (value - 1) * 100, None, "percent"
    if reading.sign < 0:
        value = -value
        value_max = -value_max if value_max is not None else None
    text, platform = scene.document.text, decision.platform
    metric, kind = reading.metric, reading.transformation
    period = times.of(spot, metric, kind, platform, (link, base.period if base else None) if link else None)
    published = scene.document.published
    ahead = bool(period and published and periods.interval(period)[0] > published)
    surveyed = origin is not None and origin.kind == "analysts"
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
        per=_per(scene, spot, reading),
        period=period,
        area=area_of(scene, spot, metric, kind, platform, (link, base.area if base else None) if link else None),
        status=status_of(scene, spot, metric, ahead, surveyed),
        qualifier=quantity.qualifier,
        attributed_to=origin.name if origin else None,
        segment=None,
        quote=text[quantity.start : quantity.end],
        quote_start=quantity.start,
        quote_end=quantity.end,
        confidence=0.8,
    )


def _per(scene: Scene, spot: Spot, reading: Reading) -> str | None:
    """Return the rate of a figure: a price without one is what a month costs, unless a year is spoken of."""
    if spot.quantity.per or reading.metric is not Metric.PRICE or reading.transformation is Transformation.GROWTH:
        return spot.quantity.per
    return "month"
