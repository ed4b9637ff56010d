"""Currency signs, codes and names before and after a number."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from etl.extract import words as lexicon
from etl.extract.quantities.lexicon import Money, Words
from etl.extract.quantities.tokens import SIGN, WORD, Token, words_of

_LONGEST = 4  # tokens in a written code such as "SFr."
_SCALED_CODE = 4  # letters in "MSEK"


@cache
def _written() -> dict[str, str]:
    """Return every sign and code, case kept, with its ISO 4217 code."""
    shared: dict[str, Any] = lexicon.shared("currencies")
    return {**{code: code for code in shared["codes"]}, **shared["aliases"], **shared["symbols"]}


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the last tokens of written codes, to look no further at any other."""
    shared = lexicon.shared("currencies")
    marks = [words_of(mark, {}) for mark in (*_written(), *shared["sign"], *shared["any_case"])]
    return frozenset(mark[0] for mark in marks), frozenset(mark[-1] for mark in marks)


def code_of(money: Money, country: str) -> str:
    """Return the ISO 4217 code of a written currency in a text of this country."""
    if not money.group:
        return money.code
    group: dict[str, str] = lexicon.shared("currencies")["shared"][money.code]
    return group.get(country, group["default"])


@cache
def _lookup(written: str) -> Money | None:
    shared = lexicon.shared("currencies")
    if written in shared["sign"]:
        return Money(shared["sign"][written], group=True)
    code = _written().get(written)
    if code is None and (written in shared["any_case"] or (len(written) > 2 and written[-1] == "$")):
        code = _written().get(written.upper())
    return Money(code) if code else None


def scaled(text: str, tokens: list[Token], at: int) -> tuple[tuple[Decimal, str], int] | None:
    """Return scale and code of "MSEK", "MEUR", "TEUR", "KUSD" at a token, and the end of it."""
    if not 0 <= at < len(tokens) or len(tokens[at].word) != _SCALED_CODE:
        return None
    written = text[tokens[at].start : tokens[at].end]
    factor = lexicon.shared("currencies")["code_scales"].get(written[0])
    if factor is None or written[1:] not in lexicon.shared("currencies")["codes"]:
        return None
    return (Decimal(factor), written[1:]), at + 1


def _letters_apart(text: str, tokens: list[Token], at: int) -> bool:
    """Whether two capitals stand apart from their sign: "US $5"."""
    written = text[tokens[at].start : tokens[at].end]
    return tokens[at + 1].word == "$" and len(written) > 1 and written.isupper()


def before(text: str, tokens: list[Token], at: int) -> tuple[Money, int] | None:
    """Return the currency that stands before token `at`, and its first token."""
    if at == 0 or tokens[at - 1].word not in _heads()[1]:
        return None
    best = None
    for first in range(at - 1, max(at - 1 - _LONGEST, -1), -1):
        if first < at - 1 and not tokens[first + 1].glued and not _letters_apart(text, tokens, first):
            break
        written = text[tokens[first].start : tokens[at - 1].end].replace(" ", "")
        money = _lookup(written)
        inside = tokens[first].kind == WORD and tokens[first].glued and first > 0 and tokens[first - 1].kind != SIGN
        if money and not inside:
            best = (money, first)
    return best


def after(text: str, tokens: list[Token], at: int, words: Words) -> tuple[Money, int] | None:
    """Return the currency that begins at token `at`, and the end of it."""
    if at >= len(tokens):
        return None
    best = None
    if tokens[at].word in _heads()[0]:
        for last in range(at + 1, min(at + 1 + _LONGEST, len(tokens) + 1)):
            if last > at + 1 and not tokens[last - 1].glued:
                break
            money = _lookup(text[tokens[at].start : tokens[last - 1].end])
            if money and not (
                last < len(tokens)
                and tokens[last].kind == WORD
                and tokens[last].glued
                and tokens[last - 1].kind == WORD
            ):
                best = (money, last)
    named = words.money.match(tokens, at)
    if named and (best is None or named[1] >= best[1]):
        best = named
    return best
