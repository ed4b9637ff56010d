"""How a figure is tied to the ones before it: old value, new value, a part, the same again, a peer in a list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.extract.scene import Scene, Spot
from etl.model import Metric, Transformation

MOST = 40  # figures looked back at
BRACKETED = 3  # words from the bracket to the growth


@dataclass(frozen=True, slots=True)
class Base:
    """What an earlier figure was found to be."""

    spot: Spot
    metric: Metric
    transformation: Transformation
    sign: int
    unit: str
    platform: str

    @property
    def unit_family(self) -> str:
        """Return count, money, percent or time."""
        if self.unit == "count":
            return "count"
        if self.unit in ("percent", "percentage_points"):
            return "percent"
        return "time" if self.unit in ("hours", "minutes") else "money"


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to an earlier figure. kind: was | to | part | again | peer | near."""

    kind: str
    base: Base
    cost: float

    @property
    def spot(self) -> Spot:
        """Return where the earlier figure stands."""
        return self.base.spot


def find(scene: Scene, spot: Spot, earlier: list[Base]) -> Link | None:
    """Return how a quantity is tied to the figures before it, None when there is none in reach."""
    earlier = earlier[-MOST:]
    here = [base for base in earlier if base.spot.sentence == spot.sentence]
    word = scene.tie_before(spot)
    layout = scene.layout
    if here:
        if word in ("was", "to", "again"):
            base = _like(spot, here, word)
            if base is not None:
                return Link(word, base, layout.cost(base.spot.last, spot.first))
        base = (here[-1] if _apposed(scene, spot, here[-1]) else None) or _same_family(spot, here) or here[-1]
        cost = layout.cost(base.spot.last, spot.first)
        if word == "part":
            return Link("part", base, cost)
        return Link("peer" if cost <= 9 else "near", base, cost)
    recent = [base for base in earlier if 0 < spot.sentence - base.spot.sentence <= 3]
    if not recent:
        return None
    base = _same_family(spot, recent) or recent[-1]
    kind = "was" if word == "was" else "near"
    return Link(kind, base, layout.cost(base.spot.last, spot.first))


def _apposed(scene: Scene, spot: Spot, base: Base) -> bool:
    """Whether a growth stands right behind the amount that grew: "1.279 millones (+11 %)", "$8.5bn, up 12 %"."""
    if spot.unit != "percent" or base.unit_family == "percent":
        return False
    between = scene.layout.words[base.spot.last + 1 : spot.opening]
    if between[:1] == ["("]:
        return len(between) <= BRACKETED
    return bool(spot.quantity.signed) and len(between) <= 1


def _same_family(spot: Spot, bases: list[Base]) -> Base | None:
    alike = [base for base in bases if base.unit_family == spot.unit]
    if not alike and spot.unit == "count" and not spot.quantity.noun:
        alike = [base for base in bases if base.unit_family in ("money", "time")]
    return alike[-1] if alike else None


def _like(spot: Spot, bases: list[Base], kind: str) -> Base | None:
    """Return the nearest figure that a value can be the old, the new or the other name of."""
    for base in reversed(bases):
        family = base.unit_family == spot.unit or (spot.unit == "count" and not spot.quantity.noun)
        if kind == "again" and _same_again(spot, base):
            return base
        if kind == "to" and base.transformation is not Transformation.LEVEL and spot.unit != "percent":
            return base
        if kind == "was" and family and _near_in_size(base.spot.quantity.value, spot.quantity.value):
            return base
        if kind == "to" and family and _near_in_size(base.spot.quantity.value, spot.quantity.value):
            return base
    return None


def _same_again(spot: Spot, base: Base) -> bool:
    """Whether a figure says another once more: in another currency, in percent, or to the cent."""
    if base.unit_family == "money" and spot.unit == "money":
        return base.unit != spot.quantity.unit or _near_in_size(base.spot.quantity.value, spot.quantity.value)
    if spot.unit == "percent":
        return base.transformation is Transformation.CHANGE
    return base.unit_family == "money" and spot.unit == "count" and not spot.quantity.noun


def _near_in_size(one: Decimal, other: Decimal) -> bool:
    return one == 0 or other == 0 or Decimal("0.04") <= abs(one / other) <= 25
