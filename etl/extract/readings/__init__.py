"""What a quantity measures: the readings that the words around it allow, weighed, and the one that wins.

The rules of `amounts` and `shares` propose readings; the ones that they hardly think of are added here; weights learnt
from annotated articles (`tests/bench/fit_readings.py`) decide among all, and whether there is a figure at all.
"""

from __future__ import annotations

from dataclasses import replace

from etl.extract import words as lexicon
from etl.extract.lists.links import Link
from etl.extract.loglinear import worth
from etl.extract.readings import amounts, moves, shares
from etl.extract.readings.beside import Whole
from etl.extract.readings.cues import counted, loss_near, measures, small_money
from etl.extract.readings.evidence import Evidence, Facts
from etl.extract.readings.reading import LOSSES, Reading
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

__all__ = ["Reading", "weigh"]

STILL = frozenset({"market_share", "penetration", "deal_value", "valuation", "countries", "other"})  # have no change
COMING = frozenset({Metric.SUBSCRIBERS, Metric.USERS, Metric.EMPLOYEES})  # come and go, with or without a word for it
USUAL = {  # what a quantity of a family is though nothing names it
    "count": (Metric.SUBSCRIBERS, Metric.USERS),
    "percent": (Metric.MARKET_SHARE, Metric.PENETRATION),
    "money": (Metric.PRICE, Metric.ARPU),
    "sum": (
        Metric.REVENUE,
        Metric.OPERATING_INCOME,
        Metric.NET_INCOME,
        Metric.CONTENT_SPEND,
        Metric.DEAL_VALUE,
        Metric.OTHER,
    ),
}
POINTED = (Metric.MARKET_SHARE, Metric.PENETRATION, Metric.OTHER)  # what moves by points though nothing names it
POINTS_OF = "what points are often of"
GROWING = (
    Metric.REVENUE,
    Metric.SUBSCRIBERS,
    Metric.USERS,
    Metric.OTHER,
    Metric.ARPU,
)  # what grows though nothing names it


def weigh(scene: Scene, spot: Spot, link: Link | None, whole: Whole) -> list[Reading]:
    """Return the readings of a quantity, best first; a score above 0 says that it is rather a figure than none."""
    table: dict[str, float] = lexicon.shared("readings")
    options, nothing = listed(scene, spot, link, whole)
    zero = worth(table, nothing)
    weighed = [reading.scored(worth(table, facts) - zero) for reading, facts in options]
    return sorted(weighed, key=lambda reading: -reading.score)


def listed(scene: Scene, spot: Spot, link: Link | None, whole: Whole) -> tuple[list[tuple[Reading, Facts]], Facts]:
    """Return the readings of a quantity with what speaks for each, and what speaks for no figure."""
    evidence = Evidence(scene, spot, link, whole)
    kind = shares if spot.unit in ("percent", "multiple") else amounts
    best: dict[tuple[Metric, Transformation], Reading] = {}
    for reading in kind.readings(scene, spot, link):
        key = (reading.metric, reading.transformation)
        if key not in best or reading.score > best[key].score:
            best[key] = reading
    usual = _usual(scene, spot)
    usual += [
        replace(r, metric=Metric.AD_REVENUE) for r in usual if r.metric is Metric.REVENUE and whole.named["ad_revenue"]
    ]
    for reading in usual:
        best.setdefault((reading.metric, reading.transformation), reading)
    others = _growths(scene, spot, link, evidence) if kind is shares else _changes(scene, spot, link, [*best.values()])
    for reading in others:
        best.setdefault((reading.metric, reading.transformation), reading)
    return [(reading, evidence.of(reading)) for reading in best.values()], evidence.against()


def _changes(scene: Scene, spot: Spot, link: Link | None, found: list[Reading]) -> list[Reading]:
    """Return each amount read as a level also as a change, and the other way round."""
    move = moves.of(scene, spot) or moves.growth(scene, spot)
    tied = link is not None and link.base.transformation is Transformation.CHANGE
    others = []
    for reading in found:
        if reading.metric.value in STILL:
            continue
        if reading.transformation is Transformation.CHANGE:
            sign = (moves.result(scene, spot) or 1) if reading.metric in LOSSES else 1
            others.append(replace(reading, transformation=Transformation.LEVEL, sign=sign, ruled=False))
        elif move is not None and (reading.metric not in LOSSES or moves.difference(scene, spot)):
            others.append(replace(reading, transformation=Transformation.CHANGE, sign=move.sign, ruled=False))
        elif (reading.metric in COMING and not spot.bare) or reading.metric is Metric.EMPLOYEES:
            way = -1 if reading.metric is Metric.EMPLOYEES else 1
            sign = link.base.sign if link is not None and tied else way
            others.append(replace(reading, transformation=Transformation.CHANGE, sign=sign, ruled=False))
    return others


def _growths(scene: Scene, spot: Spot, link: Link | None, evidence: Evidence) -> list[Reading]:
    """Return a percentage as a growth of everything named around it, and of what the figure before it measures."""
    if spot.quantity.unit == "percentage_points" or shares.against_another(scene, spot):
        return []
    move = moves.growth(scene, spot) or moves.of(scene, spot)
    before = link.base.sign if link is not None and link.base.transformation is Transformation.GROWTH else 0
    sign = move.sign if move else before
    staff = "employees" in evidence.cues or (link is not None and link.base.metric is Metric.EMPLOYEES)
    left = moves.of(scene, spot)
    others = [
        Reading(metric, Transformation.GROWTH, 0.0, "a part of the staff", left.sign if left else -1, ruled=False)
        for metric in [Metric.EMPLOYEES] * (staff and spot.unit == "percent")
    ]
    if not sign:
        return others
    for metric, cues in evidence.cues.items():
        if metric in shares.SHARES:
            continue
        loss = Metric(metric) in LOSSES and loss_near(scene, spot, cues[0])
        here = scene.layout.sentence[cues[0].first] == spot.sentence
        place = (cues[0].first, cues[0].last) if here else (-1, -1)
        way = -sign if loss else sign
        others.append(Reading(Metric(metric), Transformation.GROWTH, 0.0, cues[0].word, way, "", *place, ruled=False))
    others += [
        Reading(metric, Transformation.GROWTH, 0.0, "what often grows", sign, ruled=False)
        for metric in GROWING
        if metric.value not in evidence.cues
    ]
    if link is not None:
        loss = link.base.metric in LOSSES and link.base.sign < 0 and not before
        way = -sign if loss else sign
        others.append(Reading(link.base.metric, Transformation.GROWTH, 0.0, "as the figure before", way, ruled=False))
    return others


def _usual(scene: Scene, spot: Spot) -> list[Reading]:
    """Return what a quantity of its kind is when nothing names its measure."""
    quantity = spot.quantity
    if quantity.unit == "percentage_points":
        move = moves.growth(scene, spot)
        sign = move.sign if move else 1
        return [Reading(metric, Transformation.CHANGE, 0.0, POINTS_OF, sign, ruled=False) for metric in POINTED]
    if spot.bare:
        return []
    why, kind = "what such a quantity often is", spot.unit
    if kind == "money" and abs(quantity.value) >= small_money(quantity.unit):
        kind = "sum"
    listed = [
        Reading(metric, Transformation.LEVEL, 0.0, why, _sign(scene, spot, metric), ruled=False)
        for metric in USUAL.get(kind, ())
        if abs(quantity.value) >= measures()[metric.value].get("least", 0)
    ]
    currency = scene.currency(spot) if kind == "count" and not counted(scene, spot) else None
    if currency:
        listed += [
            Reading(metric, Transformation.LEVEL, 0.0, why, _sign(scene, spot, metric), currency, ruled=False)
            for metric in USUAL["sum"]
        ]
    return listed


def _sign(scene: Scene, spot: Spot, metric: Metric) -> int:
    """Return -1 for a result that is a loss."""
    return (moves.result(scene, spot) or 1) if metric in LOSSES else 1
