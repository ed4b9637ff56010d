"""Words that move a figure: growth and fall, gain and loss, profit and deficit."""

from __future__ import annotations

from dataclasses import dataclass

from etl.extract.phrases import Hit
from etl.extract.readings.cues import weights
from etl.extract.scene import Scene, Spot

MORE_REACH = 3
LEAVING = 5  # cost up to a verb of loss


@dataclass(frozen=True, slots=True)
class Move:
    """A direction (1 or -1) and how far from the quantity it is said."""

    sign: int
    cost: float
    written: bool = False  # a sign, or words right beside the number: "$3 more"


def growth(scene: Scene, spot: Spot) -> Move | None:
    """Return the direction of a percentage that is a growth; None when nothing says that something grew."""
    quantity = spot.quantity
    if quantity.signed:
        return Move(quantity.signed, 0.0, True)
    if spot.unit == "multiple":
        return Move(1, 0.0, True)
    return difference(scene, spot) or _nearest(scene, spot, {"up": 1, "down": -1}, weights()["growth_reach"])


def of(scene: Scene, spot: Spot) -> Move | None:
    """Return the direction of an amount that came or went; None when it is a level."""
    quantity = spot.quantity
    if quantity.signed:
        return Move(quantity.signed, 0.0, True)
    return difference(scene, spot) or _nearest(scene, spot, {"gain": 1, "loss": -1}, weights()["change_reach"])


def difference(scene: Scene, spot: Spot) -> Move | None:
    """Return the direction of a number that words such as "by" make a difference: its verb may stand at the end."""
    beside = _verb_beside(scene, spot) or _more_behind(scene, spot)
    if beside:
        return Move(beside, 0.0, True)
    links = scene.hits("links", spot.sentence)
    told = any(hit.name == "by" and spot.opening - 1 <= hit.last < spot.first for hit in links)
    if not told or _from_here_on(scene, spot):
        return None
    verbs = [
        (abs(hit.first - spot.first), 1 if hit.name == "up" else -1)
        for hit in scene.hits("changes", spot.sentence)
        if hit.name in ("up", "down") and (_around(spot, hit) or hit.first > spot.last or hit.last < spot.opening)
    ]
    return Move(min(verbs)[1] if verbs else 1, 0.0, True)


def _more_behind(scene: Scene, spot: Spot) -> int:
    """Return the direction of "more" or "fewer" right behind a number and its noun: "200,000 more than in January"."""
    for hit in scene.hits("changes", spot.sentence):
        if hit.name in ("more", "fewer") and 0 < hit.first - spot.last <= MORE_REACH:
            between = scene.layout.words[spot.last + 1 : hit.first]
            hedging = between and scene.layout.words[hit.last + 1 : hit.last + 2] in [[word] for word in scene.of_words]
            if not hedging and not any(word in scene.grammar("fences") for word in between):
                return -1 if hit.name == "fewer" or _leaving(scene, spot) else 1
    return 0


def _leaving(scene: Scene, spot: Spot) -> bool:
    """Whether what is more are those who leave: "en voir partir deux millions de plus"."""
    cost = scene.layout.cost
    hits = scene.hits("changes", spot.sentence)
    return any(h.name == "loss" and h.last < spot.first and cost(h.last, spot.first) <= LEAVING for h in hits)


def _from_here_on(scene: Scene, spot: Spot) -> bool:
    """Whether a number is where a move began: "cayó de 8,00 a 7,14"."""
    following = scene.next_spot(spot)
    if following is None or following.sentence != spot.sentence or following.opening - spot.last > MORE_REACH + 1:
        return False
    one, other = abs(spot.quantity.value), abs(following.quantity.value)
    alike = one < other * 3 and other < one * 3
    return alike and scene.tie_before(following) == "to"


def _verb_beside(scene: Scene, spot: Spot) -> int:
    """Return the direction of a word right before a number, or a joint before: "up $3", "augmente de 2 euros"."""
    joints = scene.joints
    if _from_here_on(scene, spot):
        return 0
    for hit in scene.hits("changes", spot.sentence):
        if hit.name in ("up", "down"):
            gap = scene.layout.words[hit.last + 1 : spot.opening]
            if hit.last < spot.opening and len(gap) <= 2 and all(word in joints for word in gap):
                return 1 if hit.name == "up" else -1
    return 0


def result(scene: Scene, spot: Spot) -> int:
    """Return -1 when a result is called a loss beside the number, 1 when it is called a profit, 0 when neither."""
    near = _nearest(scene, spot, {"deficit": -1, "surplus": 1}, weights()["result_reach"])
    return near.sign if near else 0


def _nearest(scene: Scene, spot: Spot, names: dict[str, int], reach: float) -> Move | None:
    best: Move | None = None
    hits = scene.hits("changes", spot.sentence)
    states = [hit.first for hit in hits if hit.name == "state" and hit.last < spot.first] if "gain" in names else []
    for hit in hits:
        sign = names.get(hit.name)
        if sign and any(hit.last < state for state in states):
            continue
        if sign is None or (hit.first <= spot.last and hit.last >= spot.opening and not _around(spot, hit)):
            continue
        if hit.first > spot.last and scene.was_between(spot.last, hit.first):
            continue
        cost = _cost(scene, spot, hit)
        if cost <= reach and (best is None or cost < best.cost):
            best = Move(sign, cost, hit.first > spot.last and cost <= 3)
    return best


def _around(spot: Spot, hit: Hit) -> bool:
    """Whether the two parts of a verb stand around a number: "ging um acht Prozent zurück"."""
    return hit.first < spot.opening and hit.last > spot.last


def _cost(scene: Scene, spot: Spot, hit: Hit) -> float:
    layout, w = scene.layout, weights()
    if hit.last < spot.first:
        cost = float(layout.cost(hit.last, spot.first))
    elif hit.first > spot.last:
        cost = layout.cost(spot.last, hit.first) * w["move_after"]
        if any(word in scene.grammar("fences") for word in layout.words[spot.last + 1 : hit.first]):
            cost += w["move_fenced"]
    else:
        return 0.0
    return cost + w["move_crossing"] * scene.spots_between(spot, hit)
