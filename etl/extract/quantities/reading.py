"""From tokens to atoms: at each place where a number can begin, the quantity that stands there."""

from __future__ import annotations

from etl.extract.quantities import finish, multiples, names, scales, shares, units
from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.numerals import ONE, Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import NUMBER, VULGAR, WORD


def atoms(p: Passage) -> list[Atom]:
    """Return the atoms of a passage in order."""
    found: list[Atom] = []
    at = 0
    while at < len(p.tokens):
        atom = _atom(p, at) if _starts(p, at) else None
        if atom is None:
            at += 1
            continue
        at = max(atom.last, at + 1)
        if atom.meaningless:
            continue
        if rate := finish.rate_after(p, atom, atom.last):
            atom.per = rate[0]
        found.append(atom)
    return found


def _starts(p: Passage, at: int) -> bool:
    """Whether a number can begin here: the quick test that most tokens fail."""
    token, words = p.tokens[at], p.words
    if token.kind != WORD:
        return token.kind in (NUMBER, VULGAR) or token.word in words.starters
    listed = token.word in words.starters or token.word in words.scales.root or token.word in words.articles
    return listed or (words.compound is not None and words.compound.match(token.word) is not None)


def _atom(p: Passage, at: int) -> Atom | None:
    if idiom := p.words.idioms.match(p.tokens, at):
        return Atom(at, idiom[1], Numeral(at, idiom[1], ONE), meaningless=True)
    special = multiples.multiple(p, at) or shares.share(p, at)
    if special:
        return special
    number = scales.numeral(p, at)
    if number is None or names.inside(p, number):
        return None
    atom = Atom(number.first, number.last, number, approx=number.approx)
    units.attach(p, atom)
    _settle(p, atom)
    if names.meaningless(p, atom):
        atom.meaningless = True
        return atom
    multiples.times(p, atom)
    if atom.unit not in ("percent", "multiple"):
        shares.one_in(p, atom)
    atom.weak = number.article and atom.bare_count and p.word(atom.first - 1) not in p.words.minus_words
    return atom


def _settle(p: Passage, atom: Atom) -> None:
    """Read "12,500 abonnés" as thousands: nobody counts thousandths of a subscriber."""
    number = atom.number
    if number.ambiguous is not None and atom.bare_count and p.at(atom.last).kind == WORD:
        thousands = max(number.bare, number.ambiguous)
        number.bare = thousands if thousands % 10 == 0 else number.bare
    number.ambiguous = None
