"""Numbers whose unit was told once before them: "En pourcentage des foyers : Netflix 45, Disney+ 21"."""

from __future__ import annotations

from dataclasses import replace

from etl.extract.lists import elided
from etl.extract.scene import Scene, Spot

MOST = 100
REACH = 4  # sentences of a paragraph, or lines of a list


def share(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a small number as a percentage when words before it say that shares follow, None when they do not."""
    spot = spots[at]
    quantity = spot.quantity
    if spot.unit != "count" or not spot.bare or not 0 < quantity.value <= MOST or _is_hundred(scene, spot):
        return None
    if _lined_up(scene, spots, at):
        return replace(spot, quantity=replace(quantity, unit="percent", noun=None))
    told = _told(scene, spot)
    if told is None:
        return None
    start = spots[at - 1].last + 1 if at else scene.layout.sentences[spot.sentence][0]
    named = elided.follows_a_name(scene, spot, start)
    if not (named and elided.ends(scene, spot)) and (told != "hundred" or _counted(scene, spot)):
        return None
    return replace(spot, quantity=replace(quantity, unit="percent", noun=None))


def _lined_up(scene: Scene, spots: list[Spot], at: int) -> bool:
    """Whether a number of a list stands in brackets behind a share, or below one: "Netflix: 45 % (42)"."""
    spot = spots[at]
    if not scene.is_line(spot.sentence) or not elided.ends(scene, spot):
        return False
    bracket = scene.layout.words[spot.opening - 1] == "(" if spot.opening else False
    if bracket and at and spots[at - 1].quantity.unit == "percent":
        return True
    over = scene.in_sentence(spot.sentence - 1)
    above = scene.is_line(spot.sentence - 1) and len(over) == len(spots)
    return above and over[at].quantity.unit == "percent"


def _told(scene: Scene, spot: Spot) -> str | None:
    """Return how the words before a number say that shares follow: percentages, hundred, or not at all."""
    layout = scene.layout
    paragraph, line = layout.paragraph[spot.first], scene.is_line(spot.sentence)
    for sentence in range(spot.sentence, max(spot.sentence - REACH, -1), -1):
        if layout.paragraph[layout.sentences[sentence][0]] != paragraph and not line:
            return None
        for hit in scene.hits("roles", sentence):
            if hit.name in ("percentages", "hundred") and hit.last < spot.first:
                return hit.name
    lead = scene.lead_in(spot.sentence)
    hits = scene.hits("roles", lead) if lead is not None else []
    return next((hit.name for hit in hits if hit.name in ("percentages", "hundred")), None)


def _is_hundred(scene: Scene, spot: Spot) -> bool:
    """Whether a number is the hundred itself: "of every 100 households"."""
    hits = scene.hits("roles", spot.sentence)
    return any(hit.name == "hundred" and hit.first <= spot.first <= hit.last for hit in hits)


def _counted(scene: Scene, spot: Spot) -> bool:
    """Whether a number counts what is no share: years, screens."""
    hits = scene.hits("roles", spot.sentence)
    return any(hit.name == "not_counted" and spot.last < hit.first <= spot.last + 2 for hit in hits)
