"""What a number is before any unit: its value and the worth of its last digit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
THOUSAND = Decimal(1000)
MILLION = Decimal(1000000)
MILLIARD = Decimal(1000000000)


@dataclass(slots=True)
class Numeral:
    """A number from token `first` to before token `last`: `bare` times `scale`."""

    first: int
    last: int
    bare: Decimal
    scale: Decimal = ONE
    scaled: bool = False  # a scale is written
    digits: bool = False
    article: bool = False  # the number is only "one" or an article
    approx: bool = False
    ambiguous: Decimal | None = None  # the other reading of "12,500"

    @property
    def value(self) -> Decimal:
        """The number in units."""
        return self.bare * self.scale

    @property
    def step(self) -> Decimal:
        """The worth of the last digit that is meant."""
        return step(self.bare) * self.scale

    @property
    def whole(self) -> bool:
        """Whether it has no fraction."""
        return self.value == int(self.value)


def step(value: Decimal) -> Decimal:
    """Return the worth of the last digit meant: trailing zeros are rounding while two significant digits stay."""
    _, digits, exponent = value.as_tuple()
    exponent = int(exponent)
    if exponent < 0 or not any(digits):
        return ONE.scaleb(min(exponent, 0))
    kept = len(digits)
    while kept > 2 and digits[kept - 1] == 0:
        kept -= 1
    return ONE.scaleb(exponent + len(digits) - kept)
