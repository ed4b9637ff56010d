"""What a percentage or a multiple measures: a growth, or a share of something."""

from __future__ import annotations

from etl.extract.lists.links import Base, Link
from etl.extract.readings import moves
from etl.extract.readings.cues import Cue, around, loss_near, weights
from etl.extract.readings.moves import Move
from etl.extract.readings.reading import LOSSES, Reading
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

AWAITED = 7  # words from a multiple to "than expected"
SHARES = frozenset({"market_share", "penetration"})
RATES = frozenset({*SHARES, "churn", "other"})
OWNED = frozenset({"subscribers", "users", "revenue", "watch_time", "titles", "ad_revenue"})
SHARED = frozenset({*SHARES, "churn", "content_spend", "other"})


def readings(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings of a percentage or multiple, in no order."""
    return [*_shares(scene, spot, link), *_growths(scene, spot, link)]


def _shares(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings as a share: of a market, of people, of an income."""
    if spot.unit != "percent":
        return []
    best: dict[str, Reading] = {}
    points = spot.quantity.unit == "percentage_points"
    move = moves.growth(scene, spot) if points else None
    sign = move.sign if move else 1
    moved = None if points else moves.growth(scene, spot)
    move_near = moved is not None and moved.cost <= weights()["share_reach"]
    for cue in around(scene, spot, "percent"):
        score = cue.score + _place(scene, spot, cue.first, cue.last)
        rated = cue.metric in RATES and not cue.hinted and cue.last < spot.first and scene.stands_at(spot)
        if rated:
            score += weights()["rate_level"]
        elif move_near and cue.last < spot.first:
            score -= weights()["share_moved"]
        if cue.metric == "other" and cue.hinted:
            continue
        if cue.metric not in best or score > best[cue.metric].score:
            kind = Transformation.CHANGE if points else Transformation.LEVEL
            best[cue.metric] = Reading(
                Metric(cue.metric), kind, score, cue.word, sign, "", *_place_of(scene, spot, cue)
            )
    found = list(best.values())
    if spot.quantity.signed and not points:
        return []
    if not points:
        found += [*_stake(scene, spot), *_duty(scene, spot), *_part_of(scene, spot)]
    if link is not None and (tied := _tied(link, points, move)):
        found.append(tied)
    if not points and any(scene.layout.sentence[mention.first] == spot.sentence for mention in scene.mentions):
        found.append(Reading(Metric.OTHER, Transformation.LEVEL, weights()["some_share"], "a percentage"))
    return found


def _place_of(scene: Scene, spot: Spot, cue: Cue) -> tuple[int, int]:
    """Return the words of a cue, when it stands in the sentence of the quantity."""
    return (cue.first, cue.last) if scene.layout.sentence[cue.first] == spot.sentence else (-1, -1)


def _place(scene: Scene, spot: Spot, first: int, last: int) -> float:
    """Return what the place of a cue says of a share: "30 % of viewing" and "captures 30 %" are, others hardly."""
    w = weights()
    if 0 < first - spot.last <= w["share_reach"]:
        return w["share_of"]
    if last < spot.first and scene.layout.cost(last, spot.first) <= w["share_reach"]:
        return w["share_taken"]
    return -w["share_apart"]


def _stake(scene: Scene, spot: Spot) -> list[Reading]:
    """Return the reading as a part of a company: "33 % of Hulu"."""
    following = [m for m in scene.mentions if 0 < m.first - spot.last <= 4 and m.kind != "sector"]
    between = scene.layout.words[spot.last + 1 : following[0].first] if following else []
    if not scene.is_of(between):
        return []
    return [Reading(Metric.OTHER, Transformation.LEVEL, weights()["stake"], "a part of a company")]


def _part_of(scene: Scene, spot: Spot) -> list[Reading]:
    """Return the reading as a part of what a service has: "23 % of Netflix's new customers"."""
    layout, w = scene.layout, weights()
    if spot.last + 1 >= len(layout.words) or layout.words[spot.last + 1] not in scene.of_words:
        return []
    for hit in scene.hits("metrics", spot.sentence):
        metric, strength = hit.name.split(".")
        behind = 0 < hit.first - spot.last <= w["part_of_reach"] and strength == "nouns"
        if behind and metric in OWNED and not scene.spots_between(spot, hit):
            place = (hit.first, hit.last)
            return [
                Reading(Metric.MARKET_SHARE, Transformation.LEVEL, w["part_of"], "a part of a whole", 1, "", *place)
            ]
    return []


def _duty(scene: Scene, spot: Spot) -> list[Reading]:
    """Return the reading as a duty to spend: "4 % of its revenue on films"."""
    reach = weights()["share_reach"]
    cues = around(scene, spot, None)
    income = [c for c in cues if c.metric in ("revenue", "market_share") and 0 < c.first - spot.last <= reach]
    spends = [
        c
        for c in cues
        if c.metric == "content_spend" and scene.layout.cost(c.last, spot.first) <= weights()["duty_reach"]
    ]
    if not income or not spends or not any(scene.is_income(c.first, c.last) for c in income):
        return []
    return [Reading(Metric.CONTENT_SPEND, Transformation.LEVEL, weights()["duty"], "a part of its income to spend")]


def _tied(link: Link, points: bool, move: Move | None) -> Reading | None:
    w, base = weights(), link.base
    score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost
    why = f"as the figure before ({link.kind})"
    if base.transformation is Transformation.GROWTH:
        return None
    if link.kind == "again" and base.transformation is Transformation.CHANGE and not points:
        return Reading(base.metric, Transformation.GROWTH, score, "the change before, in percent", base.sign)
    if base.unit_family == "percent" and base.metric.value in SHARED:
        if points:
            return Reading(base.metric, Transformation.CHANGE, score, why, move.sign if move else 1)
        return Reading(base.metric, Transformation.LEVEL, score, why)
    if link.kind == "part" and not points:
        return Reading(Metric.MARKET_SHARE, Transformation.LEVEL, score, "a part of the figure before")
    return None


def _growths(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    w = weights()
    if spot.quantity.unit == "percentage_points" or against_another(scene, spot):
        return []
    move = moves.growth(scene, spot)
    if staff := _staff(scene, spot):
        return [staff]
    if move is None:
        return _grown_alike(scene, spot, link)
    if link is not None and link.kind == "part" and not spot.quantity.signed:
        return []
    strength = w["growth"] - w["growth_cost"] * move.cost
    if link is not None and _apposed(scene, spot, link):
        sign = -move.sign if _is_loss(link.base) else move.sign
        return [Reading(link.base.metric, Transformation.GROWTH, strength, "as the figure before", sign)]
    here = link is not None and link.spot.sentence == spot.sentence and spot.unit != "multiple"
    grown = [cue for cue in around(scene, spot, None) if cue.score >= w["grown_least"] and _can_grow(cue)]
    for cue in sorted(grown, key=lambda cue: cue.hinted):
        if cue.hinted and here:
            continue
        loss = Metric(cue.metric) in LOSSES and loss_near(scene, spot, cue)
        sign, place = -move.sign if loss else move.sign, _place_of(scene, spot, cue)
        return [Reading(Metric(cue.metric), Transformation.GROWTH, strength, cue.word, sign, "", *place)]
    if link is not None and link.spot.sentence == spot.sentence and spot.unit != "multiple":
        score = min(strength, w["link_near"]) - w["inherit_cost"] * link.cost
        return [Reading(link.base.metric, Transformation.GROWTH, score, "as the figure before", move.sign)]
    return []


def _can_grow(cue: Cue) -> bool:
    return cue.metric not in SHARES and not (cue.metric == "other" and cue.hinted)


def _grown_alike(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the reading as a growth like the one before: "up 16 %, net profit 21 % and subscribers 14 %"."""
    if link is None or link.base.transformation is not Transformation.GROWTH:
        return []
    between = [
        cue
        for cue in around(scene, spot, None)
        if link.spot.last < cue.first and cue.last < spot.first and not cue.hinted and _can_grow(cue)
    ]
    here = link.spot.sentence == spot.sentence
    if link.kind not in ("peer", "was", "part", "again") and not (here and between):
        return []
    w = weights()
    score = w[f"link_{link.kind}"] - w["inherit_cost"] * link.cost
    metric = Metric(between[0].metric) if between else link.base.metric
    return [Reading(metric, Transformation.GROWTH, score, "as the growth before", link.base.sign)]


def _staff(scene: Scene, spot: Spot) -> Reading | None:
    """Return the reading as a part of the staff that goes or comes: "cut 17 % of its workforce"."""
    w = weights()
    move = moves.of(scene, spot)
    near = [h for h in scene.hits("metrics", spot.sentence) if 0 < h.first - spot.last <= w["share_reach"]]
    if move is None or not any(hit.name == "employees.nouns" for hit in near):
        return None
    return Reading(
        Metric.EMPLOYEES,
        Transformation.GROWTH,
        w["staff"],
        "a part of the staff",
        move.sign,
        "",
        near[0].first,
        near[0].last,
    )


def _apposed(scene: Scene, spot: Spot, link: Link) -> bool:
    """Whether a growth stands right behind the figure that grew: "246 million, up 12 %"."""
    if link.cost > weights()["apposed"] or link.spot.sentence != spot.sentence:
        return False
    return not any(link.spot.last < cue.first and cue.last < spot.first for cue in around(scene, spot, None))


def _is_loss(base: Base) -> bool:
    return base.metric in LOSSES and base.sign < 0


def against_another(scene: Scene, spot: Spot) -> bool:
    """Whether a figure compares two companies, or a result with what was expected: "twice as many as Netflix"."""
    for hit in scene.hits("roles", spot.sentence):
        if hit.name == "expected" and 0 < hit.first - spot.last <= AWAITED and spot.unit == "multiple":
            return True
    for hit in scene.hits("links", spot.sentence):
        if hit.name == "than" and 0 < hit.first - spot.last <= 4:
            return any(0 < mention.first - hit.last <= 3 for mention in scene.mentions)
    return False
