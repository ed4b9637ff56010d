"""Figures whose periods have been found, and what they say for the period of one behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract.periods.evidence import Question, Witness, lies
from etl.extract.scene import Scene, Spot

LATEST = 12  # figures that are looked back at


@dataclass(frozen=True, slots=True)
class Told:
    """A figure whose period has been found."""

    asked: Question
    period: str | None
    tense: int = 0
    old: bool = False  # an old value, or one of a time that others are compared with

    @property
    def spot(self) -> Spot:
        """Return where it stands."""
        return self.asked.spot


def carried(scene: Scene, told: list[Told], asked: Question, named: str, tense: int) -> Iterator[Witness]:
    """Yield the periods of the last figure of the sentence, of the one before, and of the last one alike."""
    spot, layout = asked.spot, scene.layout
    seen: set[str] = set()
    for one in reversed(told[-LATEST:]):
        gap = spot.sentence - one.spot.sentence
        near = layout.paragraph[one.spot.first] == layout.paragraph[spot.first]
        where = "here" if gap == 0 else "last" if near else "far"
        same = one.asked.platform == asked.platform and one.asked.metric is asked.metric
        alike = same and "alike" not in seen
        for kind, witness in _last_of(scene, one, asked, named, tense, where):
            if kind not in seen:
                seen.add(kind)
                yield one.period, witness
        names = [f"carried {where}", f"carried {where} {asked.tie}", f"carried {where} {named}"]
        names += turned(one, asked, where, named)
        if one.period and scene.document.published:
            side = lies(one.period, scene.document.published)
            names += [f"carried lies {side} {asked.group}", f"carried lies {side} {asked.mood}"]
        names = [] if where in seen else names
        if alike:
            names += [f"alike {where}", f"alike {asked.group} {asked.transformation.value}", f"alike {asked.tie}"]
            names.append(f"alike {named}")
        seen |= {where, "alike"} if alike else {where}
        if names:
            yield one.period, names if one.period else [f"{name} unknown" for name in names]


def turned(one: Told, asked: Question, where: str, named: str) -> list[str]:
    """Return whether a figure before is of the same platform and the same origin as the one asked for."""
    platform, source = one.asked.platform == asked.platform, one.asked.source == asked.source
    changed = f"{platform} {source}"
    return [f"turned {where} {changed}", f"turned {where} {changed} {named}", f"turned {changed} {asked.tie}"]


def _last_of(
    scene: Scene, one: Told, asked: Question, named: str, tense: int, where: str
) -> Iterator[tuple[str, list[str]]]:
    """Yield in what a figure is like the one asked for: its mood, its tense, no old value, its brackets."""
    if one.asked.mood == asked.mood:
        yield "mood", [f"mood {asked.mood} {where}", f"mood {asked.mood} {named}"]
    if one.tense == tense:
        yield "tense", [f"spoken {tense} {where}", f"spoken {tense} {named}"]
    if one.asked.tie == asked.tie == "was":
        yield "was", [f"was again {where}", f"was again {named}"]
    if not one.old:
        yield "resumed", [f"resumed {where} {asked.tie}", f"resumed {where} {named}"]
    bracketed = is_bracketed(scene, asked.spot)
    if where != "far" and is_bracketed(scene, one.spot) == bracketed:
        yield "bracket", [f"bracket {bracketed} {where}", f"bracket {asked.tie}"]


def is_bracketed(scene: Scene, spot: Spot) -> bool:
    """Whether a figure stands alone in brackets: "17.1m (16.8m)"."""
    return spot.opening > 0 and scene.layout.words[spot.opening - 1] == "("
