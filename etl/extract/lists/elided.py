"""Numbers that leave their unit to the rate before them: "Netflix 54 %, Disney+ (16) and Max 10"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from etl.extract import words as lexicon
from etl.extract.scene import Scene, Spot

FROM_NAME = 6  # words from a name to its number
VERBS = 1  # of these
ENDS = frozenset(",;.:()|")
JOINERS = frozenset({",", "(", ":", "-", "–"})
MOST = {"percent": Decimal(100), "percentage_points": Decimal(100), "hours": Decimal(24), "minutes": Decimal(24 * 60)}


@cache
def small_words(lang: str) -> frozenset[str]:
    """Return the prepositions and articles of a language."""
    roles = lexicon.load(lang, "roles")
    return frozenset(map(str, [*roles.get("prepositions", ()), *roles.get("articles", ()), *roles.get("of", ())]))


def rate(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a number behind a name with the unit of the share or time before it, None when it has none to take."""
    spot = spots[at]
    if not at or spot.unit != "count" or not spot.bare:
        return None
    earlier = spots[at - 1]
    unit, upper = earlier.quantity.unit, spot.quantity.value_max or spot.quantity.value
    if unit not in MOST or upper > MOST[unit] or not ends(scene, spot):
        return None
    part = bool(spot.quantity.value % 1) and scene.layout.words[spot.opening - 1] in scene.grammar("joints")
    tied = scene.tie_before(spot) in ("was", "to")
    if not part and not tied and not follows_a_name(scene, spot, earlier.last + 1):
        return None
    return replace(spot, quantity=replace(spot.quantity, unit=unit, noun=None))


def rate_ahead(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a number behind a name with the unit that ends its list: "Netflix 38, Disney+ 21 and Max 15 %"."""
    spot, later = spots[at], spots[at + 1]
    unit, upper = later.quantity.unit, spot.quantity.value_max or spot.quantity.value
    if spot.unit != "count" or not spot.bare or unit not in MOST or upper > MOST[unit] or not ends(scene, spot):
        return None
    start = spots[at - 1].last + 1 if at else scene.layout.sentences[spot.sentence][0]
    if not follows_a_name(scene, spot, start) or not follows_a_name(scene, later, spot.last + 1):
        return None
    return replace(spot, quantity=replace(spot.quantity, unit=unit, noun=None))


def follows_a_name(scene: Scene, spot: Spot, start: int) -> bool:
    """Whether only small words and a verb lead from the name of a platform, not before `start`, to a number."""
    words, small = scene.layout.words, small_words(scene.document.lang) | JOINERS
    for mention in scene.mentions:
        if start <= mention.first and mention.last < spot.opening:
            between = words[mention.last + 1 : spot.opening]
            if len(between) <= FROM_NAME and sum(word not in small for word in between) <= VERBS:
                return True
    return False


def ends(scene: Scene, spot: Spot) -> bool:
    """Whether a number ends its clause: nothing behind it that it could count."""
    words, after = scene.layout.words, spot.last + 1
    joints = scene.grammar("light") | scene.grammar("joints") | ENDS
    ends = after >= len(words) or words[after] in joints or scene.layout.sentence[after] != spot.sentence
    return ends or closes(scene, spot)


def closes(scene: Scene, spot: Spot) -> bool:
    """Whether the word right behind a number is none that it counts: "3,6 más", "waren es 23 gewesen"."""
    words, after = scene.layout.words, spot.last + 1
    if after < len(words) and words[after] in lexicon.listed(scene.document.lang, "roles", "behind"):
        return True
    return any(hit.first == after and hit.name in ("more", "fewer") for hit in scene.hits("changes", spot.sentence))
