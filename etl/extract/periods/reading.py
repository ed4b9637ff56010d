"""What words about time say: a `Reading`, made from what a rule matched, before anything else is known.

Not yet known are the day of publication and a company's calendar: see `periods.values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.extract.periods.signs import Token


@dataclass(frozen=True, slots=True)
class Reading:
    """What words about time say. Unset numbers are 0 or None; a `year` of None must be found from the context.

    `length` is in months. `shift` counts grains: -1 with quarter is the last one.
    """

    kind: str = "absolute"
    grain: str = "year"  # year | half | quarter | month | week | day | season | sports | months | range | period
    index: int = 0  # number of the half, quarter, month or season; -1 is the last of its year
    day: int = 0
    year: int | None = None
    year_shift: int | None = None  # the year, counted from that of publication
    length: int = 0
    shift: int = 0
    edge: str = ""  # start | end | middle of the period
    towards: int = 0  # -1: "last October"; 1: "next October"
    beyond: bool = False  # last October, next spring: never the present one
    near: bool = False  # this October: the nearest one
    counted: bool = False  # a number of years ago is a point in time, not last year
    whole: bool = False  # the full year of a report
    opens: bool = False  # since a day that may lie ahead
    fiscal: bool = False
    to_year: int | None = None  # of a pair: 2023-24
    first: Reading | None = None  # of a range, or the end of a span of months (`last`)
    last: Reading | None = None
    weak: bool = False  # may as well be no period: the caller looks at the words around


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens that a rule matched, and its named groups as stretches of them."""

    tokens: list[Token]
    offset: int
    groups: re.Match[str]

    def part(self, name: str) -> list[Token]:
        """Return the tokens of a group; none when it took no part."""
        first, last = self.groups.span(name) if name in self.groups.re.groupindex else (-1, -1)
        return self.tokens[first - self.offset : last - self.offset] if first >= 0 else []

    def has(self, name: str) -> bool:
        """Return whether a group took part."""
        return name in self.groups.re.groupindex and self.groups.span(name)[0] >= 0

    def value(self, role: str, name: str | None = None) -> int:
        """Return the value of the first token with a role; 0 without one."""
        tokens = self.tokens if name is None else self.part(name)
        return next((int(t.values[role]) for t in tokens if role in t.values), 0)

    def number(self, name: str) -> int:
        """Return the number of a group, written in figures or words."""
        return next(
            (
                int(t.values[role])
                for t in self.part(name)
                for role in ("D", "number", "O", "article")
                if role in t.values
            ),
            0,
        )

    def ordinal(self, name: str = "ord") -> int:
        """Return 1 to 4, or -1 for the last."""
        return next(
            (
                int(t.values[r]) if r != "last" else -1
                for t in self.part(name)
                for r in ("ordinal", "O", "D", "last")
                if r in t.values
            ),
            0,
        )

    def timed(self, reading: Reading, name: str = "yr") -> Reading:
        """Return the reading with the year that a group says, if any."""
        for token in self.part(name):
            values = token.values
            for sign in ("Y", "U", "A"):
                if sign in values:
                    return replace(reading, year=int(values[sign]))
            if "Z" in values:
                return replace(reading, year=values["Z"][0], to_year=values["Z"][1], fiscal=True, kind="fiscal")
            for kind in ("relative", "anaphoric"):
                if str(values.get(kind, "")).startswith("year"):
                    return replace(reading, year_shift=meaning_of(str(values[kind]))[1], kind=kind)
        step = step_of(self.part(name))
        return reading if step is None else replace(reading, year_shift=step, kind="relative")


Handler = Callable[[Match], Reading | None]
STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1}
GRAINS = {
    "year": "year",
    "quarter": "quarter",
    "half": "half",
    "months": "month",
    "week": "week",
    "day": "day",
    "period": "period",
}


def step_of(tokens: list[Token]) -> int | None:
    """Return -1 for "last", 0 for "this", 1 for "next"; None without such a word."""
    return next((step for t in tokens for role, step in STEPS.items() if role in t.values), None)


def grain_of(tokens: list[Token]) -> str:
    """Return the unit that the tokens name: year, quarter, month ...; empty without one."""
    return next((grain for t in tokens for role, grain in GRAINS.items() if role in t.values), "")


def meaning_of(text: str) -> tuple[str, int, str]:
    """Read the meaning of a phrase as the lexicon writes it: `year-1`, `month+0:end`."""
    head, _, edge = text.partition(":")
    match = re.fullmatch(r"([a-z]+)([+-]\d+)", head)
    return (match[1], int(match[2]), edge) if match else ("", 0, "")


def edge_of(tokens: list[Token]) -> str:
    """Return which part of a period the tokens point at: start, middle or end; empty without such a word."""
    return next(
        (
            edge
            for t in tokens
            for role, edge in (("end", "end"), ("closing", "end"), ("begin", "start"), ("middle", "middle"))
            if role in t.values
        ),
        "",
    )
