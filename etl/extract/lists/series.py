"""Series of names and numbers in one sentence: "seguida de Prime Video con un 21 % y de Max, con el 9 %"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.extract.decisions import Decision
from etl.extract.grammar import SIGNS
from etl.extract.lists.elided import small_words
from etl.extract.platforms.stands import Stand
from etl.extract.scene import Scene, Spot
from etl.model import Transformation

FROM_NAME = 5  # words from a name to its number
TO_NAME = 3  # words from a number to its name


def seats(scene: Scene, named: Sequence[Stand], here: Sequence[Decision]) -> dict[Spot, str]:
    """Return the platform of each figure of a series: the name right before it, else the one right behind it."""
    behind = {at: slug for at, decision in enumerate(here) if (slug := _behind(scene, named, decision))}
    alike = [at for at in behind if any(other != at and _alike(here[at], here[other]) for other in behind)]
    found = {here[at].spot: behind[at] for at in alike}
    for before, decision in pairwise(here):
        if decision.spot not in found and _alike(before, decision) and (slug := _ahead(scene, named, before, decision)):
            found[decision.spot] = slug
    return found


def _alike(one: Decision, other: Decision) -> bool:
    """Whether two figures can be of one series: the same unit, and both levels or both moves."""
    if one.chosen is None or other.chosen is None or one.spot.unit != other.spot.unit:
        return False
    return one.chosen.transformation is other.chosen.transformation


def _ahead(scene: Scene, named: Sequence[Stand], before: Decision, decision: Decision) -> str | None:
    """Return the one name between two figures, when only small words lead from it to the second."""
    between = [s for s in named if before.spot.last < s.mention.first and s.mention.last < decision.spot.opening]
    if len(between) != 1 or decision.chosen is None:
        return None
    words = scene.layout.words[between[0].mention.last + 1 : decision.spot.opening]
    level = decision.chosen.transformation is Transformation.LEVEL
    small = small_words(scene.document.lang) | (SIGNS if level else frozenset())
    near = len(words) <= FROM_NAME and all(word in small for word in words)
    return between[0].mention.slug if near else None


def _behind(scene: Scene, named: Sequence[Stand], decision: Decision) -> str | None:
    """Return the name that a small word joins to a figure from behind: "31 % a Disney+", "58 % for Netflix"."""
    first = next((stand for stand in named if stand.mention.first > decision.spot.last), None)
    if first is None:
        return None
    words = scene.layout.words[decision.spot.last + 1 : first.mention.first]
    small = small_words(scene.document.lang)
    near = 0 < len(words) <= TO_NAME and all(word in small for word in words)
    return first.mention.slug if near else None
