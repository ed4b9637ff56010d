"""Times that stand right beside a figure, and figures that stand between it and its time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from etl.extract.periods import PeriodMention
from etl.extract.scene import Scene, Spot

GLUED = 2  # words


def over(scene: Scene, between: list[Spot], place: str, restated: bool) -> Iterator[str]:
    """Yield what the figures between a time and a figure are to it."""
    if restated:
        yield f"{place} said again"
    if between and all(scene.layout.words[other.opening - 1] == "(" for other in between):
        yield f"{place} over brackets"  # "18.7 million (65.8 %) in March"


def beside(scene: Scene, word: int, mention: PeriodMention, spot: Spot, place: str) -> Iterator[str]:
    """Yield whether a time stands right beside a figure, or beside another one."""
    others = [other for other in scene.in_sentence(spot.sentence) if is_glued(scene, mention, word, other)]
    if spot in others:
        yield f"{place} glued"
        yield f"glued {mention.kind}"
        if word < spot.first and any(other.last < word for other in others):
            yield f"{place} spent"  # "41 million in March and 36 million"
    elif others:
        yield f"{place} glued to another"


def is_glued(scene: Scene, mention: PeriodMention, word: int, spot: Spot) -> bool:
    """Whether a time stands right beside a figure, nothing but words of time or a few others between them."""
    if word > spot.last:
        between = scene.layout.words[spot.last + 1 : word]
    else:
        last = min(bisect_left(scene.layout.ends, mention.end), spot.opening)
        between = scene.layout.words[last + 1 : spot.opening]
    return len(between) <= GLUED and all(one.isalpha() for one in between)
