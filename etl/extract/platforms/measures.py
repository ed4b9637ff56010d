"""Whose a measure is said to be: "Peacock's revenue", "Netflix subscribers", "homes that have access to Disney+"."""

from __future__ import annotations

from etl.extract.phrases import Hit
from etl.extract.platforms.stands import Stand, Stands
from etl.extract.scene import Spot
from etl.model import Metric

NEAR = 3  # words between a name and the measure that it owns, or the other way round
VERB = 3  # words from a verb of use to its number, when it stands first: "nutzen 30 Prozent"
OBJECT = 4  # words from a verb of use to the name
REACH = 12  # words from a number to the name of what is used


def of(stands: Stands, spot: Spot, metric: Metric | None) -> dict[str, str]:
    """Return for each platform of its sentence how it stands to what a quantity measures.

    owned ("Peacock's revenue") | named ("Netflix subscribers") | genitive ("the revenue of Netflix") | used ("30 % of
    homes use Netflix").
    """
    found = {}
    cue = _cue(stands, spot, metric)
    if cue is not None:
        for stand in stands.of(spot.sentence):
            if (how := _owner(stands, stand, cue)) is not None:
                found[stand.mention.slug] = how
    used = _used(stands, spot)
    return found | ({used: "used"} if used else {})


def _cue(stands: Stands, spot: Spot, metric: Metric | None) -> Hit | None:
    """Return the noun for a measure that stands nearest to a quantity, in its sentence."""
    hits = [hit for hit in stands.scene.hits("metrics", spot.sentence) if hit.name == f"{metric}.nouns"]
    return min(hits, default=None, key=lambda hit: _distance(stands, spot, hit))


def _distance(stands: Stands, spot: Spot, hit: Hit) -> int:
    cost = stands.scene.layout.cost
    return cost(hit.last, spot.first) if hit.last < spot.first else cost(spot.last, hit.first)


def _owner(stands: Stands, stand: Stand, cue: Hit) -> str | None:
    words, mention = stands.scene.layout.words, stand.mention
    if mention.last < cue.first:
        between = words[mention.last + 1 : cue.first]
        if between[:2] == ["'", "s"] and len(between) <= NEAR + 2:
            return "owned" if all(map(str.isalpha, between[1:])) else None
        joined = [word for word in between if word != "-"]
        return "named" if len(joined) <= NEAR - 1 and all(map(_is_adjective, joined)) else None
    between = words[cue.last + 1 : mention.first]
    return "genitive" if 0 < len(between) <= NEAR and between[0] in stands.scene.of_words else None


def _is_adjective(word: str) -> bool:
    return word.isalpha() and len(word) > NEAR


def _used(stands: Stands, spot: Spot) -> str | None:
    """Return the platform that the people or homes of a quantity use, have or pay for."""
    scene = stands.scene
    words = scene.layout.words
    stand = next((one for one in stands.of(spot.sentence) if one.mention.first > spot.last), None)
    if stand is None or stand.mention.first - spot.last > REACH or scene.spots_between(spot, stand.mention):
        return None
    for hit in scene.hits("roles", spot.sentence):
        if hit.name != "uses" or hit.last >= stand.mention.first:
            continue
        behind = hit.first > spot.last and stand.mention.first - hit.last - 1 <= OBJECT
        ahead = 0 <= spot.opening - hit.last - 1 <= VERB
        if (behind or ahead) and "," not in words[spot.last + 1 : stand.mention.first]:
            return stand.mention.slug
    return None
