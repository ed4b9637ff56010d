"""What a quantity measures: the readings that the words around it allow, weighed, and the one that wins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.extract import words as lexicon
from etl.extract.phrases import Hit
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a quantity, and the evidence for it."""

    metric: Metric
    transformation: Transformation
    score: float
    why: str
    sign: int = 1


def weights() -> dict[str, float]:
    """Return the weights of the scores."""
    found: dict[str, float] = lexicon.shared("weights")
    return found


def measures() -> dict[str, dict[str, Any]]:
    """Return what each metric takes."""
    return lexicon.shared("metrics")


def readings(scene: Scene, spot: Spot, previous: tuple[Spot, Reading] | None) -> list[Reading]:
    """Return the readings of a quantity, best first; empty when nothing says what it measures."""
    if spot.unit in ("percent", "multiple"):
        found = _shares(scene, spot) + _growths(scene, spot, previous)
    else:
        found = _amounts(scene, spot, previous)
    return sorted(found, key=lambda reading: -reading.score)


def _cue_scores(scene: Scene, spot: Spot, unit: str | None) -> list[tuple[float, str, Hit]]:
    """Return the cues of the sentence with their worth for a quantity of this unit, best first."""
    w, layout = weights(), scene.layout
    table = measures()
    scored = []
    for hit in scene.hits("metrics", spot.sentence):
        metric, strength = hit.name.split(".")
        if unit is not None and unit not in table[metric]["units"]:
            continue
        if hit.first > spot.last:
            cost = layout.cost(spot.last, hit.first) * w["after_cost"]
            near = hit.first - spot.last <= w["counted_reach"]
            bonus = w["counted_bonus"] if near and spot.unit == "count" else w["after_bonus"] if near else 0.0
        elif hit.last < spot.first:
            cost = layout.cost(hit.last, spot.first) * w["before_cost"]
            bonus = 0.0
        else:
            cost, bonus = 0.0, w["inside_bonus"]
        scored.append((w[strength] + bonus - cost, metric, hit))
    return sorted(scored, key=lambda row: -row[0])


def _amounts(scene: Scene, spot: Spot, previous: tuple[Spot, Reading] | None) -> list[Reading]:
    w = weights()
    quantity = spot.quantity
    units = [spot.unit]
    big = quantity.value >= w["big_money"]
    if spot.unit == "count" and quantity.value >= 1_000_000 and not quantity.noun:
        units.append("money")
    found: dict[str, Reading] = {}
    for unit in units:
        for score, metric, hit in _cue_scores(scene, spot, unit):
            if unit == "money":
                score += _money_fit(metric, quantity.value, quantity.per, w)
            if unit != spot.unit:
                score -= w["unwritten_unit"]
            if metric not in found or score > found[metric].score:
                word = scene.layout.plain[scene.layout.starts[hit.first] : scene.layout.ends[hit.last]]
                transformation, sign = _movement(scene, spot, metric)
                found[metric] = Reading(Metric(metric), transformation, score, word, sign)
    if previous and _kin(previous[0], spot) and previous[1].transformation is not Transformation.GROWTH:
        metric = previous[1].metric.value
        distance = scene.layout.cost(previous[0].last, spot.first)
        score = w["inherit"] - w["inherit_cost"] * distance
        transformation, sign = _movement(scene, spot, metric)
        if metric not in found or found[metric].score < score:
            found[metric] = Reading(Metric(metric), transformation, score, "as the figure before", sign)
    _ = big
    return list(found.values())


def _kin(one: Spot, other: Spot) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} == {"count", "money"}


def _money_fit(metric: str, value: Decimal, per: str | None, w: dict[str, float]) -> float:
    small = value < w["small_money"]
    if metric in ("price", "arpu"):
        return w["price_fit"] if small else -w["misfit"]
    if small and metric != "other":
        return -w["misfit"]
    if per in ("month",) and small:
        return -w["misfit"]
    return 0.0


def _movement(scene: Scene, spot: Spot, metric: str) -> tuple[Transformation, int]:
    """Return whether an amount is a level or a change, and its sign."""
    layout, w = scene.layout, weights()
    best: tuple[float, str] | None = None
    for hit in scene.hits("changes", spot.sentence):
        if hit.name not in ("gain", "loss", "deficit"):
            continue
        if hit.last < spot.first:
            cost = layout.cost(hit.last, spot.first)
        elif hit.first > spot.last:
            cost = layout.cost(spot.last, hit.first) * 1.2
        else:
            cost = 0
        if hit.name == "deficit" and (
            spot.unit not in ("money", "count") or metric not in ("net_income", "operating_income")
        ):
            continue
        if cost <= w["change_reach"] and (best is None or cost < best[0]):
            best = (cost, hit.name)
    if metric in ("net_income", "operating_income"):
        return Transformation.LEVEL, -1 if best and best[1] == "deficit" else 1
    if best and best[1] in ("gain", "loss") and metric in ("subscribers", "users", "employees"):
        return Transformation.CHANGE, 1 if best[1] == "gain" else -1
    return Transformation.LEVEL, 1


def _shares(scene: Scene, spot: Spot) -> list[Reading]:
    if spot.unit != "percent":
        return []
    w = weights()
    found: dict[str, Reading] = {}
    for score, metric, hit in _cue_scores(scene, spot, "percent"):
        if metric in ("content_spend",) and hit.first > spot.last:
            continue
        close = 0 < hit.first - spot.last <= 3
        score += w["share_of"] if close else -w["share_apart"]
        if metric not in found or score > found[metric].score:
            word = scene.layout.plain[scene.layout.starts[hit.first] : scene.layout.ends[hit.last]]
            found[metric] = Reading(Metric(metric), Transformation.LEVEL, score, word)
    return list(found.values())


def _growths(scene: Scene, spot: Spot, previous: tuple[Spot, Reading] | None) -> list[Reading]:
    w, layout = weights(), scene.layout
    best: tuple[float, int] | None = None
    for hit in scene.hits("changes", spot.sentence):
        if hit.name not in ("up", "down"):
            continue
        if hit.last < spot.first:
            cost = layout.cost(hit.last, spot.first)
        else:
            cost = layout.cost(spot.last, hit.first) + 1
        if cost <= w["growth_reach"] and (best is None or cost < best[0]):
            best = (cost, 1 if hit.name == "up" else -1)
    if spot.quantity.signed:
        best = (0.0, spot.quantity.signed)
    if spot.unit == "multiple":
        best = (0.0, 1)
    if best is None:
        return []
    strength = w["growth"] - w["growth_cost"] * best[0]
    metric, why = _grown(scene, spot, previous)
    if metric is None:
        return []
    return [Reading(metric, Transformation.GROWTH, strength, why, best[1])]


def _grown(scene: Scene, spot: Spot, previous: tuple[Spot, Reading] | None) -> tuple[Metric | None, str]:
    """Return what grew: the figure right before, or the measure named nearest."""
    layout, w = scene.layout, weights()
    if previous and previous[0].sentence == spot.sentence:
        if layout.cost(previous[0].last, spot.first) <= w["apposed"]:
            return previous[1].metric, "as the figure before"
    scored = _cue_scores(scene, spot, None)
    scored = [row for row in scored if row[1] not in ("penetration", "market_share")]
    if scored and scored[0][0] > 0:
        return Metric(scored[0][1]), scored[0][1]
    if previous:
        return previous[1].metric, "as the figure before"
    return None, ""
