"""One quantity without hedge: a number and its unit, a share or a multiple."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.extract.quantities.numerals import ONE, Numeral


@dataclass(slots=True)
class Atom:
    """A number and its unit, from token `first` to before token `last`."""

    first: int
    last: int
    number: Numeral
    unit: str = "count"
    factor: Decimal = ONE  # of the unit: a cent is a hundredth
    step_set: Decimal | None = None  # when it is not that of the number
    prefixed: bool = False
    extra: Decimal = Decimal(0)  # "1 h 32": the minutes
    per: str | None = None
    value_max: Decimal | None = None
    approx: bool = False
    moved: bool = False  # the old or new value of a move
    follows: bool = False  # shares a hedge with the one before: "unos 650.000 y 160.000"
    weak: bool = False  # a bare "one": counts only beside "or two million"
    meaningless: bool = False  # a date, a name: read only to be passed over
    in_brackets: bool = False  # "(3)%": a loss as accountants write it

    @property
    def value(self) -> Decimal:
        """The value in base units."""
        return self.number.value * self.factor + self.extra

    @property
    def step(self) -> Decimal:
        """The worth of the last digit meant, in base units."""
        return self.number.step * self.factor if self.step_set is None else self.step_set

    @property
    def bare_count(self) -> bool:
        """Whether neither scale nor unit is written."""
        return self.unit == "count" and not self.number.scaled

    def becomes(self, unit: str, value: Decimal, last: int, step: Decimal) -> None:
        """Take another meaning, up to another token."""
        self.number.bare, self.number.scale, self.factor = value, ONE, ONE
        self.unit, self.last, self.step_set = unit, last, step


def made(first: int, last: int, value: Decimal, unit: str, step: Decimal) -> Atom:
    """Return an atom that words alone make: "la moitié", "doubled"."""
    return Atom(first, last, Numeral(first, last, value), unit, step_set=step)
