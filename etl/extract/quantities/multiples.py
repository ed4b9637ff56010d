"""Multiples over time: "doublé", "tripled", "multiplié par quatre", "three times as many", "3x". Halved is 0.5."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import scales
from etl.extract.quantities.atoms import Atom, made
from etl.extract.quantities.numerals import ONE
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import NUMBER

TENTH = Decimal("0.1")
FINEST = Decimal("0.0001")


def multiple(p: Passage, at: int) -> Atom | None:
    """Return the multiple that words make at a token."""
    hedged = p.words.hedges.match_before(p.tokens, at) is not None  # "more than twice." against "it aired twice."
    if (not hedged and p.words.multiple_not.match(p.tokens, at)) or (p.at(at).glued and p.word(at - 1) == "-"):
        return None
    if found := p.words.multiples.match(p.tokens, at):
        return made(at, found[1], found[0], "multiple", TENTH)
    by = p.words.multiplied_by.match(p.tokens, at)
    number = scales.numeral(p, by[1]) if by and by[1] < len(p.tokens) else None
    if by is None or number is None or not number.value:
        return None
    return made(at, number.last, number.value if by[0] else _inverse(number.value), "multiple", TENTH)


def times(p: Passage, atom: Atom) -> None:
    """Turn "three times as many", "trois fois plus", "3x" into a multiple; "trois fois moins" is a third."""
    at = atom.last + (p.word(atom.last) == "-")
    if not atom.bare_count or atom.number.value == ONE or p.word(at) not in p.words.times:
        return
    if p.word(at + 1) in p.words.times_less and atom.number.value:
        atom.becomes("multiple", _inverse(atom.number.value), at + 1, TENTH)
    elif p.word(at + 1) in p.words.times_more or _glued(p, at):
        atom.becomes("multiple", atom.number.value, at + 1, TENTH)


def _glued(p: Passage, at: int) -> bool:
    """Whether "x" or "fold" is glued to its number: "3x", never the "11 x 4" of a size."""
    ending = len(p.word(at)) == 1 or p.word(at - 1) == "-"
    return ending and p.at(at).glued and p.at(at + 1).kind != NUMBER


def _inverse(value: Decimal) -> Decimal:
    return (ONE / value).quantize(FINEST)
