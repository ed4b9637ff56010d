"""The currency of a sign or name that several countries share, on a line that names the country: "Chile: $7.500"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.layout import Layout
from etl.extract.scene import Spot

SIGN = "$"
LABEL = ":|"  # behind the country that heads a line
LETTERS = 2  # "US$", "A$"


def settle(layout: Layout, spots: list[Spot], named: list[AreaMention]) -> list[Spot]:
    """Return the quantities with each sum on a country's line in that country's money."""
    heads = {
        layout.plain.rfind("\n", 0, mention.start) + 1: mention.area
        for mention in named
        if layout.plain[mention.end : mention.end + LETTERS].strip()[:1] in tuple(LABEL)
    }
    return [_local(layout, spot, heads) for spot in spots] if heads else spots


def _local(layout: Layout, spot: Spot, heads: dict[int, str]) -> Spot:
    quantity = spot.quantity
    area = heads.get(layout.plain.rfind("\n", 0, quantity.core_start) + 1) if spot.unit == "money" else None
    written = layout.plain[max(quantity.core_start - LETTERS, 0) : quantity.core_end]
    at = written.find(SIGN)
    if area is None or at < 0 or (at and written[at - 1].isalpha()):
        return spot
    own = _dollars().get(area)
    return replace(spot, quantity=replace(quantity, unit=own)) if own and quantity.unit in _dollars().values() else spot


@cache
def _dollars() -> dict[str, str]:
    shared: dict[str, str] = lexicon.shared("currencies")["shared"]["dollar"]
    return shared
