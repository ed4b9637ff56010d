"""What an amount measures: a count, a sum of money, hours."""

from __future__ import annotations

from etl.extract.lists.links import Link
from etl.extract.readings import moves
from etl.extract.readings.cues import Cue, around, counted, loss_near, measures, small_money, weights
from etl.extract.readings.reading import LOSSES, Reading
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

MANY_HOURS = 100_000  # nobody but viewers spends so many
MOVED = frozenset({"subscribers", "users", "employees"})


def readings(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings of an amount, in no order."""
    w = weights()
    best: dict[str, Reading] = {}
    for unit in _units(scene, spot):
        for cue in around(scene, spot, unit):
            if unit == "count" and cue.metric == "other" and not spot.bare and scene.currency(spot):
                continue
            score = cue.score - (w["unwritten_unit"] if unit != spot.unit else 0)
            score -= w["unwritten_hint"] if unit != spot.unit and cue.hinted else 0
            if cue.metric not in best or score > best[cue.metric].score:
                best[cue.metric] = _amount(scene, spot, link, cue, score, unit)
    found = [*best.values(), *_fallback(scene, spot)]
    if link is not None and (inherited := _inherited(scene, spot, link)):
        found.append(inherited)
    return found


def _units(scene: Scene, spot: Spot) -> list[str]:
    """Return the families an amount can belong to: a bare "1,6 milliard" may be money or a count of hours."""
    if spot.bare and scene.shared_currency(spot):
        return ["money"]
    if spot.unit != "count" or spot.bare or counted(scene, spot):
        return [spot.unit]
    return ["count", "time", *(["money"] if scene.currency(spot) else [])]


def _amount(scene: Scene, spot: Spot, link: Link | None, cue: Cue, score: float, unit: str) -> Reading:
    metric = Metric(cue.metric)
    came_to = link is not None and link.kind == "to" and link.spot.sentence == spot.sentence
    move = None if came_to else moves.of(scene, spot)
    if move and metric is Metric.SUBSCRIBERS and scene.layout.sentence[cue.first] == spot.sentence:
        score += weights()["moved_subscribers"]
    transformation, sign = Transformation.LEVEL, 1
    if move and (cue.metric in MOVED or move.written) and metric not in LOSSES:
        transformation, sign = Transformation.CHANGE, move.sign
    if metric in LOSSES and loss_near(scene, spot, cue):
        sign = -1
    here = scene.layout.sentence[cue.first] == spot.sentence
    place = (cue.first, cue.last) if here else (-1, -1)
    return Reading(metric, transformation, score, cue.word, sign, _unwritten(scene, spot, unit), *place)


def _unwritten(scene: Scene, spot: Spot, unit: str) -> str:
    if unit == spot.unit:
        return ""
    return "hours" if unit == "time" else scene.shared_currency(spot) or scene.currency(spot) or ""


def _fallback(scene: Scene, spot: Spot) -> list[Reading]:
    """Return what an amount is when nothing names its measure: so much a month is a price, a big count subscribers."""
    w, quantity = weights(), spot.quantity
    if spot.unit == "money" and quantity.per in ("month", "year") and quantity.value < small_money(quantity.unit):
        return [Reading(Metric.PRICE, Transformation.LEVEL, w["price_per_month"], "so much a month")]
    written = scene.document.text[quantity.core_start : quantity.core_end]
    if spot.unit == "count" and not spot.bare and not quantity.noun and scene.mentions and not written.isdigit():
        move = moves.of(scene, spot)
        kind = Transformation.CHANGE if move else Transformation.LEVEL
        return [Reading(Metric.SUBSCRIBERS, kind, w["big_count"], "a big number", move.sign if move else 1)]
    if spot.unit == "time" and quantity.value >= MANY_HOURS:
        return [Reading(Metric.WATCH_TIME, Transformation.LEVEL, w["many_hours"], "so many hours")]
    if spot.unit == "money" and scene.focused and scene.mentions:
        return [Reading(Metric.OTHER, Transformation.LEVEL, w["some_money"], "a sum")]
    return []


def _inherited(scene: Scene, spot: Spot, link: Link) -> Reading | None:
    """Return the reading of the figure that this one is tied to, as far as it fits."""
    base, w = link.base, weights()
    if not _can_inherit(scene, spot, link):
        return None
    transformation, sign = base.transformation, base.sign
    if transformation is Transformation.GROWTH or link.kind in ("was", "to"):
        transformation, sign = Transformation.LEVEL, base.sign if base.metric in LOSSES else 1
    if link.kind in ("was", "near", "peer") and base.metric.value in MOVED:
        move = moves.of(scene, spot)
        if move:
            transformation, sign = Transformation.CHANGE, move.sign
        elif link.kind in ("near", "peer") and not _about_as_many(spot, link):
            transformation, sign = Transformation.LEVEL, 1
    elif base.metric not in LOSSES and base.metric is not Metric.OTHER and (move := moves.difference(scene, spot)):
        transformation, sign = Transformation.CHANGE, move.sign
    if base.metric in LOSSES:
        sign = moves.result(scene, spot) or sign
    unit = base.unit if spot.unit == "count" and base.unit_family in ("money", "time") else ""
    if unit and base.unit_family == "money":
        unit = scene.currency(spot) or unit  # not that of a conversion between: "659 million dollars (600 euros)"
    units = measures()[base.metric.value]["units"]
    if not unit and spot.unit == "count" and "count" not in units:
        if "money" not in units:
            return None
        unit = scene.currency(spot) or ""
    score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost - _rivalled(scene, spot, link)
    return Reading(base.metric, transformation, score, f"as the figure before ({link.kind})", sign, unit)


def _about_as_many(spot: Spot, link: Link) -> bool:
    """Whether two numbers of one sentence are so alike in size that both are changes: "added 9 million, not 5"."""
    one, other = abs(link.spot.quantity.value), abs(spot.quantity.value)
    return link.spot.sentence == spot.sentence and one < other * 12 and other < one * 12


def _rivalled(scene: Scene, spot: Spot, link: Link) -> float:
    """Return what a measure named between two figures takes from their tie: "sales rose 9 %, net profit was 1.6"."""
    here = link.spot.sentence == spot.sentence
    for hit in scene.hits("metrics", spot.sentence):
        metric, strength = hit.name.split(".")
        if {Metric(metric), link.base.metric} == LOSSES:
            continue
        between = hit.last < spot.first and (not here or hit.first > link.spot.last)
        rival = strength == "nouns" and metric != link.base.metric.value
        if between and rival and link.base.unit_family in measures()[metric]["units"]:
            return weights()["rivalled"]
    return 0.0


def _can_inherit(scene: Scene, spot: Spot, link: Link) -> bool:
    """Whether a quantity can be of the measure that it is tied to: by its unit, and by the noun that it counts."""
    base, units = link.base, measures()[link.base.metric.value]["units"]
    if base.metric in (Metric.PRICE, Metric.ARPU) and abs(spot.quantity.value) >= small_money(base.unit):
        return False
    if spot.unit != "count":
        fits = spot.unit in units
        if fits and spot.unit == "money" and base.unit_family == "money":
            return _same_size(spot, link)
        return fits
    if "count" in units and base.unit_family in ("count", "percent"):
        return not spot.quantity.noun or (not spot.bare and not counted(scene, spot))
    if counted(scene, spot) or (spot.bare and link.kind == "near" and not scene.is_sum(spot)):
        return False
    if not spot.bare and base.unit_family == "money" and link.spot.quantity.value < small_money(base.unit):
        return False
    return not spot.quantity.noun or not spot.bare or scene.is_sum(spot)


def _same_size(spot: Spot, link: Link) -> bool:
    """Whether both sums are what one person pays, or neither is."""
    one, other = link.spot.quantity, spot.quantity
    return (one.value < small_money(one.unit)) == (other.value < small_money(other.unit))
