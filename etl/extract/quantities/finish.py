"""Hedges, signs, rates and nouns around an atom: the last step to a quantity."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.tokens import BREAK, END, NUMBER, SIGN, WORD, Token
from etl.model import Qualifier, Quantity

NOUN_WORDS = 3
MINUS, PLUS = frozenset("-−–"), frozenset("+")


def per(tokens: list[Token], at: int, words: Words) -> tuple[str, int] | None:
    """Return the rate that stands at a token and its end: "par mois", "per member per month"."""
    if found := words.per.match(tokens, at):
        after = tokens[found[1]] if found[1] < len(tokens) else END
        named = after.word in words.per_not_before or (after.kind == NUMBER and not after.glued)  # "im Jahr 2023"
        return None if named else found
    if at + 2 < len(tokens) and tokens[at].word in words.per_word and tokens[at + 1].kind == WORD:
        end = at + 2
        end += tokens[end].word in words.per_joins
        return words.per.match(tokens, end)
    return None


def quantity(tokens: list[Token], atom: Atom, words: Words) -> Quantity:
    """Return the quantity of an atom with everything that stands around it."""
    core_start, core_end = tokens[atom.first].start, tokens[atom.last - 1].end
    first, last = atom.first, atom.last
    rate = atom.per
    if found := per(tokens, last, words):
        rate, last = found
    signed, first = (-1, first) if atom.in_brackets else _sign(tokens, atom)
    hedge, first = _hedge_before(tokens, first, words)
    if atom.unit == "multiple" and (found := words.multiple_hedges.match_before(tokens, first)):
        hedge, first = found
    if after := _hedge_after(tokens, last, words):
        hedge, last = (hedge if hedge is not Qualifier.EXACT else after[0]), after[1]
        if rate is None and (found := per(tokens, last, words)):
            rate, last = found
    if (
        rate is None
        and atom.unit not in ("count", "percent")
        and (early := words.per_before.match_before(tokens, first))
    ):
        rate, first = early
    if hedge is Qualifier.EXACT and atom.approx:
        hedge = Qualifier.APPROX
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
        noun=_noun(tokens, last if rate is None else atom.last, words) if atom.unit in ("count", "percent") else None,
        signed=signed,
    )


def plain(value: Decimal) -> Decimal:
    """Return a decimal without exponent or trailing zeros."""
    return Decimal(f"{value.normalize():f}")


def _sign(tokens: list[Token], atom: Atom) -> tuple[int, int]:
    """Return -1, 1 or 0, and the first token with the sign."""
    at = atom.first - 1
    if at < 0 or tokens[at].kind != SIGN:
        return 0, atom.first
    sign, number = tokens[at], tokens[atom.first]
    before = tokens[at - 1] if at else None
    if before is not None and sign.glued and before.kind in (WORD, NUMBER):
        return 0, atom.first
    if sign.word == "+":
        return 1, at
    if sign.word not in MINUS:
        return 0, atom.first
    opens = before is None or before.kind == BREAK or before.word in "|("
    if number.glued or sign.word == "−" or (opens and atom.unit == "percent"):
        return -1, at
    return 0, atom.first


def _hedge_before(tokens: list[Token], first: int, words: Words) -> tuple[Qualifier, int]:
    """Return the hedge before a token; an article may stand between ("dépasser les cent millions")."""
    articles = words.articles - words.of
    ends = [first]
    if tokens[first].word in words.articles:  # "más del doble": the article belongs to both
        ends.append(first + 1)
    bare = first
    while bare > 0 and tokens[bare - 1].word in articles and first - bare < 2:
        bare -= 1
        ends.append(bare)
    found = [hedge for end in ends if (hedge := words.hedges.match_before(tokens, end)) and hedge[1] < first]
    return min(found, key=itemgetter(1)) if found else (Qualifier.EXACT, first)


def _hedge_after(tokens: list[Token], at: int, words: Words) -> tuple[Qualifier, int] | None:
    """Return the hedge after a token, or after one noun at the end of a clause ("2 millions d'abonnés environ.")."""
    if found := words.hedges_after.match(tokens, at):
        return found
    noun = at + (at < len(tokens) and tokens[at].word in words.of)
    if noun >= len(tokens) or tokens[noun].kind != WORD or tokens[noun].word in words.stop:
        return None
    found = words.hedges_after.match(tokens, noun + 1)
    closed = found and (found[1] == len(tokens) or tokens[found[1]].kind in (SIGN, BREAK))
    return (found[0], at) if found and closed else None


def _noun(tokens: list[Token], at: int, words: Words) -> str | None:
    """Return the words counted, up to three, beside the number; money and time count nothing."""
    if at < len(tokens) and (tokens[at].word in words.of or (tokens[at].word == "-" and tokens[at].glued)):
        at += 1
    found: list[str] = []
    while at < len(tokens) and len(found) < NOUN_WORDS:
        token = tokens[at]
        if token.kind != WORD or token.word in words.stop or (found and token.glued):
            break
        found.append(token.word)
        at += 1
    return " ".join(found) or None
