"""Sign, rate and noun around an atom: the last step to a quantity."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import hedges
from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import BREAK, NUMBER, SIGN, WORD
from etl.model import Qualifier, Quantity

NOUN_WORDS = 3
COUNTED = ("count", "percent")  # money and time count no noun


def quantity(p: Passage, atom: Atom) -> Quantity:
    """Return the quantity of an atom with everything that stands around it."""
    rate, last = rate_after(p, atom, atom.last) or (atom.per, atom.last)
    signed, first = (-1, atom.first) if atom.in_brackets else _sign(p, atom)
    hedge, first = hedges.before(p, atom, first)
    if after := hedges.after(p, last):
        hedge, last = (hedge if hedge is not Qualifier.EXACT else after[0]), after[1]
        if rate is None and (found := rate_after(p, atom, last)):
            rate, last = found
    if rate is None and atom.unit not in COUNTED and (early := p.words.per_before.match_before(p.tokens, first)):
        rate, first = early
    if hedge is Qualifier.EXACT and atom.approx:
        hedge = Qualifier.APPROX
    core_start, core_end = p.tokens[atom.first].start, p.tokens[atom.last - 1].end
    return Quantity(
        start=min(p.tokens[first].start, core_start),
        end=max(p.tokens[last - 1].end, core_end),
        value=_plain(atom.value),
        unit=atom.unit,
        value_max=None if atom.value_max is None else _plain(atom.value_max),
        qualifier=hedge,
        step=_plain(atom.step),
        per=rate,
        core_start=core_start,
        core_end=core_end,
        noun=_noun(p, last if rate is None else atom.last) if atom.unit in COUNTED else None,
        signed=signed,
    )


def rate_after(p: Passage, atom: Atom, at: int) -> tuple[str, int] | None:
    """Return the rate that stands at a token and its end: "par mois", "/mois", "-a-month", "per member per month"."""
    at += p.word(at) == "-" and p.at(at).glued
    found = p.words.per.match(p.tokens, at)
    if found is None and p.word(at) in p.words.per_word and p.at(at + 1).kind == WORD:
        return p.words.per.match(p.tokens, at + 2 + (p.word(at + 2) in p.words.per_joins))
    if found is None:
        return None
    after = p.at(found[1])
    if after.word in p.words.per_not_before or (after.kind == NUMBER and not after.glued):
        return None  # "40 milliards l'année dernière", "im Jahr 2023"
    adjective = found[1] == at + 1 and after.kind == WORD and after.word not in p.words.stop
    return None if adjective and atom.unit == "count" else found  # "14 million monthly active users" are no rate


def _sign(p: Passage, atom: Atom) -> tuple[int, int]:
    """Return -1, 1 or 0, and the first token with the sign."""
    at = atom.first - 1
    sign, before = p.at(at), p.at(at - 1)
    if sign.word in p.words.minus_words or sign.word in p.words.plus_words:
        return (-1 if sign.word in p.words.minus_words else 1), at
    if sign.kind != SIGN or (sign.glued and before.kind in (WORD, NUMBER)):
        return 0, atom.first
    if sign.word == "+":
        return 1, at
    opens = before.kind == BREAK or before.word in "|("
    glued = p.at(atom.first).glued
    minus = sign.word == "−" or (sign.word in "-–" and (glued or (opens and atom.unit == "percent")))
    return (-1, at) if minus else (0, atom.first)


def _noun(p: Passage, at: int) -> str | None:
    """Return the words counted, up to three, beside the number."""
    at += p.word(at) in p.words.of or (p.word(at) == "-" and p.at(at).glued)
    found: list[str] = []
    while len(found) < NOUN_WORDS:
        token = p.at(at)
        if token.kind != WORD or token.word in p.words.stop or (found and token.glued):
            break
        at += 1
        if len(token.word) > 1:
            found.append(token.word)
        else:  # "U.S. subscribers"
            at += p.word(at) == "."
    return " ".join(found) or None


def _plain(value: Decimal) -> Decimal:
    """Return a decimal without exponent or trailing zeros."""
    return Decimal(f"{value.normalize():f}")
