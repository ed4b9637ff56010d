"""Sign, rate and noun around an atom: the last step to a quantity."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import hedges
from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.tokens import BREAK, END, NUMBER, SIGN, WORD, Token
from etl.model import Qualifier, Quantity

NOUN_WORDS = 3
COUNTED = ("count", "percent")  # money and time count no noun


def quantity(tokens: list[Token], atom: Atom, words: Words) -> Quantity:
    """Return the quantity of an atom with everything that stands around it."""
    rate, last = rate_after(tokens, atom, atom.last, words) or (atom.per, atom.last)
    signed, first = (-1, atom.first) if atom.in_brackets else _sign(tokens, atom, words)
    hedge, first = hedges.before(tokens, atom, first, words)
    if after := hedges.after(tokens, last, words):
        hedge, last = (hedge if hedge is not Qualifier.EXACT else after[0]), after[1]
        if rate is None and (found := rate_after(tokens, atom, last, words)):
            rate, last = found
    if rate is None and atom.unit not in COUNTED and (early := words.per_before.match_before(tokens, first)):
        rate, first = early
    if hedge is Qualifier.EXACT and atom.approx:
        hedge = Qualifier.APPROX
    core_start, core_end = tokens[atom.first].start, tokens[atom.last - 1].end
    return Quantity(
        start=min(tokens[first].start, core_start),
        end=max(tokens[last - 1].end, core_end),
        value=plain(atom.value),
        unit=atom.unit,
        value_max=None if atom.value_max is None else plain(atom.value_max),
        qualifier=hedge,
        step=plain(atom.step if atom.step is not None else atom.number.step * atom.factor),
        per=rate,
        core_start=core_start,
        core_end=core_end,
        noun=_noun(tokens, last if rate is None else atom.last, words) if atom.unit in COUNTED else None,
        signed=signed,
    )


def plain(value: Decimal) -> Decimal:
    """Return a decimal without exponent or trailing zeros."""
    return Decimal(f"{value.normalize():f}")


def rate_after(tokens: list[Token], atom: Atom, at: int, words: Words) -> tuple[str, int] | None:
    """Return the rate that stands at a token and its end: "par mois", "/mois", "-a-month", "per member per month"."""
    at += at < len(tokens) and tokens[at].word == "-" and tokens[at].glued
    found = words.per.match(tokens, at)
    if found is None and at + 2 < len(tokens) and tokens[at].word in words.per_word and tokens[at + 1].kind == WORD:
        end = at + 2
        return words.per.match(tokens, end + (tokens[end].word in words.per_joins))
    if found is None:
        return None
    after = tokens[found[1]] if found[1] < len(tokens) else END
    if after.word in words.per_not_before or (after.kind == NUMBER and not after.glued):
        return None  # "40 milliards l'année dernière", "im Jahr 2023"
    adjective = found[1] == at + 1 and after.kind == WORD and after.word not in words.stop
    return None if adjective and atom.unit == "count" else found  # "14 million monthly active users" are no rate


def _sign(tokens: list[Token], atom: Atom, words: Words) -> tuple[int, int]:
    """Return -1, 1 or 0, and the first token with the sign."""
    at = atom.first - 1
    if at < 0:
        return 0, atom.first
    sign, number = tokens[at], tokens[atom.first]
    if sign.word in words.minus_words or sign.word in words.plus_words:
        return (-1 if sign.word in words.minus_words else 1), at
    before = tokens[at - 1] if at else END
    if sign.kind != SIGN or (sign.glued and before.kind in (WORD, NUMBER)):
        return 0, atom.first
    if sign.word == "+":
        return 1, at
    opens = before.kind == BREAK or before.word in "|("
    minus = sign.word == "−" or (sign.word in "-–" and (number.glued or (opens and atom.unit == "percent")))
    return (-1, at) if minus else (0, atom.first)


def _noun(tokens: list[Token], at: int, words: Words) -> str | None:
    """Return the words counted, up to three, beside the number."""
    if at < len(tokens) and (tokens[at].word in words.of or (tokens[at].word == "-" and tokens[at].glued)):
        at += 1
    found: list[str] = []
    while at < len(tokens) and len(found) < NOUN_WORDS:
        token = tokens[at]
        if token.kind != WORD or token.word in words.stop or (found and token.glued):
            break
        if len(token.word) == 1:  # "U.S. subscribers"
            at += 2 if at + 1 < len(tokens) and tokens[at + 1].word == "." else 1
            continue
        found.append(token.word)
        at += 1
    return " ".join(found) or None
