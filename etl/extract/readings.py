"""What a quantity measures: the readings that the words around it allow, weighed, and the one that wins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etl.extract import moves
from etl.extract.cues import Cue, around, loss_near, measures, weights
from etl.extract.links import Link
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

LOSSES = frozenset({Metric.NET_INCOME, Metric.OPERATING_INCOME})
SHARES = frozenset({"market_share", "penetration"})
MOVED = frozenset({"subscribers", "users", "employees", "content_spend", "titles", "countries", "revenue"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a quantity, and the evidence for it."""

    metric: Metric
    transformation: Transformation
    score: float
    why: str
    sign: int = 1
    unit: str = ""  # a currency, when the text leaves it out


def weigh(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings of a quantity, best first; empty when nothing says what it measures."""
    if spot.unit in ("percent", "multiple"):
        found = [*_shares(scene, spot, link), *_growths(scene, spot, link)]
    else:
        found = _amounts(scene, spot, link)
    return sorted(found, key=lambda reading: -reading.score)


def _amounts(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    w = weights()
    best: dict[str, Reading] = {}
    for unit in _units(scene, spot):
        for cue in around(scene, spot, unit):
            score = cue.score - (w["unwritten_unit"] if unit != spot.unit else 0)
            if cue.metric not in best or score > best[cue.metric].score:
                best[cue.metric] = _amount(scene, spot, cue, score, unit)
    found = list(best.values())
    if link and (inherited := _inherited(scene, spot, link)):
        found.append(inherited)
    return found


def _units(scene: Scene, spot: Spot) -> list[str]:
    """Return the families an amount can belong to: a bare "1,6 milliard" may be money or a count of hours."""
    quantity = spot.quantity
    if spot.unit != "count" or quantity.noun or spot.bare:
        return [spot.unit]
    return ["count", "time", *(["money"] if scene.currency(spot) else [])]


def _amount(scene: Scene, spot: Spot, cue: Cue, score: float, unit: str) -> Reading:
    metric = Metric(cue.metric)
    move = moves.of(scene, spot) if cue.metric in MOVED or cue.metric in ("price", "arpu", "watch_time") else None
    transformation, sign = Transformation.LEVEL, 1
    if move and (cue.metric in MOVED or move.written):
        transformation, sign = Transformation.CHANGE, move.sign
    if metric in LOSSES and loss_near(scene, spot, cue):
        sign = -1
    return Reading(metric, transformation, score, cue.word, sign, _unwritten(scene, spot, unit))


def _unwritten(scene: Scene, spot: Spot, unit: str) -> str:
    if unit == spot.unit:
        return ""
    return "hours" if unit == "time" else scene.currency(spot) or ""


def _inherited(scene: Scene, spot: Spot, link: Link) -> Reading | None:
    """Return the reading of the figure that this one is tied to, as far as it fits."""
    base, w = link.base, weights()
    units = measures()[base.metric.value]["units"]
    if base.unit_family != spot.unit and not (spot.unit == "count" and not spot.quantity.noun):
        return None
    if spot.unit not in units and spot.unit != "count":
        return None
    transformation, sign = base.transformation, base.sign
    if transformation is Transformation.GROWTH:
        transformation, sign = Transformation.LEVEL, -1 if base.sign < 0 and base.metric in LOSSES else 1
    if link.kind in ("was", "to", "near"):
        move = moves.of(scene, spot)
        if move and base.metric.value in MOVED:
            transformation, sign = Transformation.CHANGE, move.sign
        elif link.kind in ("was", "to"):
            transformation, sign = Transformation.LEVEL, sign if base.metric in LOSSES else 1
    if base.metric in LOSSES:
        sign = _result_sign(scene, spot, link, sign)
    unit = base.unit if spot.unit == "count" and base.unit != "count" else ""
    score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost
    return Reading(base.metric, transformation, score, f"as the figure before ({link.kind})", sign, unit)


def _result_sign(scene: Scene, spot: Spot, link: Link, sign: int) -> int:
    """Return whether a result that is tied to another is a profit or a loss."""
    written = moves.result(scene, spot)
    return written if written else sign


def _shares(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings as a share: of a market, of people, of an income."""
    if spot.unit != "percent":
        return []
    w = weights()
    best: dict[str, Reading] = {}
    points = spot.quantity.unit == "percentage_points"
    move = moves.growth(scene, spot) if points else None
    for cue in around(scene, spot, "percent"):
        close = 0 < cue.first - spot.last <= w["share_reach"]
        score = cue.score + (w["share_of"] if close else -w["share_apart"])
        if cue.metric not in best or score > best[cue.metric].score:
            kind = Transformation.CHANGE if points and cue.metric != "other" else Transformation.LEVEL
            best[cue.metric] = Reading(Metric(cue.metric), kind, score, cue.word, move.sign if move else 1)
    found = list(best.values())
    if (
        link
        and link.base.metric.value in (*SHARES, "churn", "content_spend", "other")
        and link.base.unit_family == "percent"
    ):
        if link.base.transformation is not Transformation.GROWTH:
            kind = Transformation.CHANGE if points else link.base.transformation
            sign = move.sign if move else 1 if not points else link.base.sign
            score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost
            found.append(Reading(link.base.metric, kind, score, f"as the figure before ({link.kind})", sign))
    return found


def _growths(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    w = weights()
    if spot.quantity.unit == "percentage_points":
        return []
    move = moves.growth(scene, spot)
    if move is None:
        if link and link.base.transformation is Transformation.GROWTH and link.kind in ("peer", "was", "part", "again"):
            score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost
            base = link.base
            return [Reading(base.metric, Transformation.GROWTH, score, "as the growth before", base.sign)]
        return []
    strength = w["growth"] - w["growth_cost"] * move.cost
    if link and link.cost <= w["apposed"] and link.base.transformation is not Transformation.CHANGE:
        own = [cue for cue in around(scene, spot, None) if cue.first > link.spot.last and cue.last < spot.first]
        if not own:
            why = "as the figure before"
            sign = -move.sign if link.base.metric in LOSSES and link.base.sign < 0 else move.sign
            return [Reading(link.base.metric, Transformation.GROWTH, strength, why, sign)]
    for cue in around(scene, spot, None):
        if cue.metric in SHARES or (cue.metric == "other" and cue.hinted):
            continue
        if cue.score < w["grown_least"]:
            break
        sign = -move.sign if Metric(cue.metric) in LOSSES and loss_near(scene, spot, cue) else move.sign
        return [Reading(Metric(cue.metric), Transformation.GROWTH, strength, cue.word, sign)]
    if link:
        score = min(strength, w["link_near"]) - w["inherit_cost"] * link.cost
        return [replace(_plain(link, score), sign=move.sign)]
    return []


def _plain(link: Link, score: float) -> Reading:
    return Reading(link.base.metric, Transformation.GROWTH, score, "as the figure before")
