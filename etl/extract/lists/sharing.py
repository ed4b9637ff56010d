"""Numbers that leave their currency or scale to a neighbour: "4,99 al mes o 49,90 al año", "71 millones, Amazon 44"."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

from etl.extract.lists import elided, headed
from etl.extract.lists.elided import small_words
from etl.extract.readings.cues import counted, small_money
from etl.extract.scene import Scene, Spot

SCALES = (Decimal(1000), Decimal(10**6), Decimal(10**9))
SCALED = 100_000  # a figure at least so large, with a word in it, was written with its scale
LEAST = Decimal("0.02")  # how far two numbers that share a scale may lie apart
MOST = Decimal(50)
FIT = 8  # times that a number behind a verb may differ from the one whose scale it takes
THOUSAND = 1000
LEAST_ALONE = 3  # a smaller number without a noun may be anything
ALIKE = Decimal("2.5")  # times that a fraction without a noun may differ from the number whose scale it takes
NEAR_PRICE = 12  # how far two prices of one sentence may lie apart
ASKED = 2  # words from a word for a price to its number
SENTENCES = 3  # over which a list of names and prices goes on
LIST_WORDS = 5  # words from a joint to the number of the next item


def share(scene: Scene) -> None:
    """Give the numbers of a scene that lean on a neighbour its currency and its scale."""
    changed: dict[Spot, Spot] = {}
    new: set[Spot] = set()
    for spots in scene.spots_by_sentence.values():
        for at, spot in enumerate(spots):
            if spot.unit not in ("count", "money") or counted(scene, spot):
                continue
            lent = frozenset(other for other in spots[:at] if other in new)
            found = _priced(scene, spots, at) or _scaled_ahead(scene, spots, at)
            found = found or _scaled_behind(scene, spots, at, lent) or elided.rate(scene, spots, at)
            found = found or _scaled_alone(scene, spots, at) or headed.share(scene, spots, at)
            if found is not None:
                changed[spot] = spots[at] = found
                new.add(found)
        for at in range(len(spots) - 2, -1, -1):
            found = elided.rate_ahead(scene, spots, at)
            if found is not None:
                changed[spots[at]] = spots[at] = found
    if changed:
        scene.spots = [changed.get(spot, spot) for spot in scene.spots]
        scene.money = [spot for spot in scene.spots if spot.unit == "money"]


def _priced(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a number written like a price as one, when a price stands before it."""
    spot = spots[at]
    value = spot.quantity.value
    if spot.unit != "count" or value >= SCALED:
        return None
    if at == 0 and spot.to_the_cent and _is_charged(scene, spot):
        unit = scene.currency(spot)
        return replace(spot, quantity=replace(spot.quantity, unit=unit, noun=None)) if unit else None
    told = spot.to_the_cent or spot.quantity.per in ("month", "year") or scene.tie_before(spot) in ("was", "to")
    told = told or (bool(at) and _is_charged(scene, spot))
    if not told and not _of_a_plan(scene, spots, at) and not _is_difference(scene, spots, at):
        return None
    if _counts_something(scene, spot) and not spot.quantity.per and not spot.to_the_cent:
        return None
    for other in [*reversed(spots[:at]), *_prices_before(scene, spots, at)]:
        unit = other.quantity.unit
        if other.unit == "money" and max(abs(other.quantity.value), value) < small_money(unit):
            near = other.quantity.value < value * NEAR_PRICE and value < other.quantity.value * NEAR_PRICE
            return replace(spot, quantity=replace(spot.quantity, unit=unit, noun=None)) if near else None
    return None


def _of_a_plan(scene: Scene, spots: list[Spot], at: int) -> bool:
    """Whether a number ends its clause behind the name of a plan: "Standard vale 99 pesos; el Premium, 299"."""
    spot, words = spots[at], scene.layout.words
    ends = spot.last + 1 >= len(words) or not words[spot.last + 1].isalnum()
    named = (hit for hit in scene.hits("plans", spot.sentence) if hit.name.startswith("price."))
    return ends and bool(at) and any(spots[at - 1].last < h.first and 0 < spot.first - h.last <= 3 for h in named)


def _is_charged(scene: Scene, spot: Spot) -> bool:
    """Whether a number without a currency is what something costs: "8,99 al mes", "cobra 13,99"."""
    if spot.quantity.per in ("month", "year"):
        return True
    asked = (hit for hit in scene.hits("metrics", spot.sentence) if hit.name.startswith("price."))
    return any(0 < spot.opening - hit.last <= ASKED for hit in asked)


def _is_difference(scene: Scene, spots: list[Spot], at: int) -> bool:
    """Whether a number is what a price is more or less than another: "149 pesos al mes, 30 más"."""
    spot = spots[at]
    if not at or spots[at - 1].quantity.value <= spot.quantity.value:
        return False
    return any(h.first == spot.last + 1 and h.name in ("more", "fewer") for h in scene.hits("changes", spot.sentence))


def _prices_before(scene: Scene, spots: list[Spot], at: int) -> list[Spot]:
    """Return the last prices of a paragraph that goes on with a name and its price: "HBO Max, 9,99."."""
    spot, layout = spots[at], scene.layout
    if at or not spot.to_the_cent or not elided.follows_a_name(scene, spot, layout.sentences[spot.sentence][0]):
        return []
    paragraph = layout.paragraph[layout.sentences[spot.sentence][0]]
    before = range(spot.sentence - 1, max(spot.sentence - 1 - SENTENCES, -1), -1)
    within = [n for n in before if layout.paragraph[layout.sentences[n][0]] == paragraph]
    return [other for n in within for other in reversed(scene.in_sentence(n))]


def _has_scale(scene: Scene, spot: Spot) -> bool:
    """Whether a number is large and written with a word for its size."""
    quantity = spot.quantity
    written = scene.document.text[quantity.core_start : quantity.core_end]
    return abs(quantity.value) >= SCALED and any(letter.isalpha() for letter in written)


def _scaled_behind(scene: Scene, spots: list[Spot], at: int, lent: frozenset[Spot]) -> Spot | None:
    """Return a number with the scale of the one before it: an old value, a new one, the next item of a list."""
    spot = spots[at]
    earlier = next((other for other in reversed(spots[:at]) if other.unit in ("count", "money", "time")), None)
    if earlier is None or not spot.bare or _counts_something(scene, spot):
        return None
    if earlier not in lent and not _has_scale(scene, earlier):
        return None
    tied = scene.tie_before(spot) in ("was", "to", "part", "again", "expected")
    if tied or _next_item(scene, earlier, spot):
        return _scaled(spot, earlier)
    found = _scaled(spot, earlier) if spot.quantity.value % 1 and not spot.quantity.noun else None
    near = found is not None and ALIKE > abs(found.quantity.value / earlier.quantity.value) > 1 / ALIKE
    return found if near else None  # "7,97 milliards, quand on misait sur 8,04"


def _scaled_alone(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a number behind a verb of being in the scale of the last: "A year ago there were 221.84."."""
    spot, words = spots[at], scene.layout.words
    value = abs(spot.quantity.value)
    if spot.unit != "count" or not LEAST_ALONE <= value < SCALED or _counts_something(scene, spot):
        return None
    before = [other for other in reversed(spots[:at]) if other.unit in ("count", "money")]
    written_out = spot.quantity.value % 1 or value >= THOUSAND
    if not at and spot.sentence and written_out and _goes_on(scene, spot.sentence):
        before = [other for other in reversed(scene.in_sentence(spot.sentence - 1)) if other.unit in ("count", "money")]
    before = [other for other in before if _has_scale(scene, other)]
    if not before:
        return None
    if before[0].unit == "count" and value >= THOUSAND and not spot.quantity.value % 1:
        return None  # "after it had lost 9,300" customers of 4 million
    bracket = spot.opening > 0 and words[spot.opening - 1] == "("
    told = bracket or any(h.name == "being" and h.last == spot.opening - 1 for h in scene.hits("roles", spot.sentence))
    found = _scaled(spot, before[0]) if told else None
    if found is None or not 1 / FIT < abs(found.quantity.value / before[0].quantity.value) < FIT:
        return None
    return found


def _goes_on(scene: Scene, sentence: int) -> bool:
    """Whether a sentence stands in the paragraph of the one before."""
    layout = scene.layout
    one, other = (layout.paragraph[layout.sentences[n][0]] for n in (sentence - 1, sentence))
    return one == other


def _scaled_ahead(scene: Scene, spots: list[Spot], at: int) -> Spot | None:
    """Return a number with the scale that the last of its list has: "17.000, 33.000 y 15.000 millones"."""
    joints = scene.grammar("joints") | scene.grammar("light") | {","}
    words, spot = scene.layout.words, spots[at]
    if _has_scale(scene, spot) or abs(spot.quantity.value) >= SCALED:
        return None
    last = spot
    for other in spots[at + 1 :]:
        between = words[last.last + 1 : other.opening]
        if not 0 < len(between) <= 2 or not all(word in joints for word in between):
            return None
        if _has_scale(scene, other):
            return _scaled(spot, other)
        last = other
    return None


def _counts_something(scene: Scene, spot: Spot) -> bool:
    """Whether a word right behind a small number may be what it counts."""
    words, after = scene.layout.words, spot.last + 1
    small = small_words(scene.document.lang) | scene.grammar("light")
    if after >= len(words) or not words[after].isalpha() or words[after] in small:
        return False
    if elided.closes(scene, spot):
        return False
    start = scene.layout.starts[after]
    return not any(period.start == start for period in scene.periods)  # "contre 111 fin 2021"


def _next_item(scene: Scene, one: Spot, other: Spot) -> bool:
    """Whether a number is the next item of a list: a joint or comma, and a name between, "Amazon 44"."""
    words = scene.layout.words
    between = words[one.last + 1 : other.opening]
    starts = [n for n, word in enumerate(between) if word in ",;" or word in scene.grammar("light")]
    if between[-1:] == ["("]:  # "in Europe, ahead of Asia-Pacific (2.91)"
        starts = starts or [-1]
    if not starts or len(between) - starts[-1] > LIST_WORDS:
        return False
    opening = one.last + 1 + starts[-1]
    named = any(opening < m.first and m.last < other.opening for m in scene.mentions)
    begin, end = scene.layout.ends[one.last], scene.layout.starts[other.opening]
    named = named or any(begin <= area.start and area.end <= end for area in scene.areas)
    return named or len(between) - starts[-1] <= 2


def _scaled(spot: Spot, other: Spot) -> Spot | None:
    """Return a number with the scale that brings it nearest to another; None when none brings it near."""
    value, wanted = abs(spot.quantity.value), abs(other.quantity.value)
    if not value or not wanted:
        return None
    scale = min(SCALES, key=lambda scale: abs(math.log(value * scale / wanted)))
    if not LEAST <= value * scale / wanted <= MOST:
        return None
    quantity = spot.quantity
    upper = None if quantity.value_max is None else quantity.value_max * scale
    unit = other.quantity.unit if spot.unit == "count" else quantity.unit
    step = quantity.step * scale
    return replace(
        spot, quantity=replace(quantity, value=quantity.value * scale, value_max=upper, unit=unit, step=step, noun=None)
    )
