"""Currency signs, codes and names before and after a number."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from etl.extract import words as lexicon
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import NUMBER, WORD, words_of
from etl.extract.quantities.vocabulary import Money

LONGEST = 4  # tokens in a written code such as "SFr."
SCALED_CODE = 4  # letters in "MSEK"


def code_of(money: Money, country: str) -> str:
    """Return the ISO 4217 code of a written currency in a text of this country."""
    if not money.group:
        return money.code
    group: dict[str, str] = _shared()["shared"][money.code]
    return group[country if country in group else "default"]


def _used(money: Money, country: str) -> bool:
    """Whether a text of this country means money by it: the "R" of "R99" only in South Africa."""
    return not money.group or bool({country, "default"} & _shared()["shared"][money.code].keys())


def before(p: Passage, at: int) -> tuple[Money, int] | None:
    """Return the currency that stands before token `at`, and its first token."""
    if at == 0 or p.word(at - 1) not in _heads()[1]:
        return None
    best = None
    for first in range(at - 1, max(at - 1 - LONGEST, -1), -1):
        if first < at - 1 and not p.tokens[first + 1].glued and not _letters_apart(p, first):
            break
        money = _lookup(p.text[p.tokens[first].start : p.tokens[at - 1].end].replace(" ", ""))
        inside = p.at(first).kind == WORD and p.at(first).glued and p.at(first - 1).kind in (WORD, NUMBER)
        if money and not inside and _used(money, p.country):
            best = (money, first)
    return best


def after(p: Passage, at: int) -> tuple[Money, int] | None:
    """Return the currency that begins at token `at`, and the end of it."""
    best = None
    if p.word(at) in _heads()[0]:
        for last in range(at + 1, min(at + 1 + LONGEST, len(p.tokens) + 1)):
            if last > at + 1 and not p.tokens[last - 1].glued:
                break
            money = _lookup(p.text[p.tokens[at].start : p.tokens[last - 1].end])
            longer = p.at(last).kind == WORD and p.at(last).glued and p.tokens[last - 1].kind == WORD
            if money and not longer and _used(money, p.country):
                best = (money, last)
    named = p.words.money.match(p.tokens, at)
    if named and p.at(named[1]).glued and p.at(named[1]).kind == NUMBER and len(p.word(named[1] - 1)) == 1:
        named = None  # "4p7"
    return named if named and (best is None or named[1] >= best[1]) else best


def scaled(p: Passage, at: int) -> tuple[tuple[Decimal, str], int] | None:
    """Return scale and code of "MSEK", "MEUR", "TEUR", "KUSD" at a token, and the end of it."""
    if len(p.word(at)) != SCALED_CODE:
        return None
    written = p.written(at)
    factor = _shared()["code_scales"].get(written[0])
    if factor is None or written[1:] not in _shared()["codes"]:
        return None
    return (Decimal(factor), written[1:]), at + 1


def _shared() -> dict[str, Any]:
    return lexicon.shared("currencies")


@cache
def _written() -> dict[str, str]:
    """Return every sign and code, case kept, with its ISO 4217 code."""
    shared = _shared()
    return {**{code: code for code in shared["codes"]}, **shared["aliases"], **shared["symbols"]}


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the last tokens of written codes, to look no further at any other."""
    marks = [words_of(mark, {}) for mark in (*_written(), *_shared()["sign"], *_shared()["any_case"])]
    return frozenset(mark[0] for mark in marks), frozenset(mark[-1] for mark in marks)


@cache
def _lookup(written: str) -> Money | None:
    shared = _shared()
    if written in shared["sign"]:
        return Money(shared["sign"][written], group=True)
    code = _written().get(written)
    if code is None and (written in shared["any_case"] or (len(written) > 2 and written[-1] == "$")):
        code = _written().get(written.upper())
    return Money(code) if code else None


def _letters_apart(p: Passage, at: int) -> bool:
    """Whether two capitals stand apart from their sign: "US $5"."""
    written = p.written(at)
    return p.word(at + 1) == "$" and len(written) > 1 and written.isupper()
