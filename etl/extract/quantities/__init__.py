"""Quantities in a text: number, scale, unit, hedge and rate, in four languages.

Words come from `lexicon/<lang>/quantities.yaml` and the `currencies.yaml` there and beside it; the grammar is here:
tokens -> numerals -> atoms (a number and its unit) -> joins (lists, intervals, moves)
-> finish (hedge, sign, rate, noun).
"""

from __future__ import annotations

from dataclasses import replace

from etl.extract.quantities import finish, joins, lexicon
from etl.extract.quantities.atoms import Atom, AtomReader
from etl.extract.quantities.tokens import NUMBER, VULGAR, WORD, Token, plain, scan
from etl.model import Qualifier, Quantity

__all__ = ["find"]


def find(text: str, lang: str, country: str = "") -> list[Quantity]:
    """Return the quantities of a text in its order, without overlap; `text[q.start:q.end]` is the whole expression.

    Values are in base units: hours stay hours, cents become hundredths of their currency, shares become percent.
    `country` (ISO 3166-1 alpha-2 of the publisher) gives a bare "$" its currency and digits their marks.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    words = lexicon.load(lang)
    tokens = scan(text, words.elisions)
    atoms = _atoms(AtomReader(plain(text), tokens, words, country), tokens, words)
    found: list[Quantity] = []
    for atom in joins.join(tokens, atoms, words):
        quantity = finish.quantity(tokens, atom, words)
        if atom.follows and found and quantity.qualifier is Qualifier.EXACT:
            quantity = replace(quantity, qualifier=found[-1].qualifier)
        if not found or found[-1].end <= quantity.start:
            found.append(quantity)
        elif found[-1].end <= quantity.core_start:
            found.append(_cut(quantity))
    return found


def _atoms(reader: AtomReader, tokens: list[Token], words: lexicon.Words) -> list[Atom]:
    found: list[Atom] = []
    at = 0
    while at < len(tokens):
        atom = reader.read(at) if _starts(tokens, at, words) else None
        if atom is None:
            at += 1
            continue
        if atom.unit == "count" or atom.number.value <= 100:
            reader.times(atom)
        if atom.unit != "percent":
            reader.one_in(atom)
        if rate := finish.rate_after(tokens, atom, atom.last, words):
            atom.per = rate[0]
        found.append(atom)
        at = max(atom.last, at + 1)
    return found


def _starts(tokens: list[Token], at: int, words: lexicon.Words) -> bool:
    """Whether a number can begin here: the quick test that most tokens fail."""
    kind, word = tokens[at].kind, tokens[at].word
    if kind == WORD:
        return (
            word in words.starters
            or word in words.scales.root
            or word in words.articles
            or (words.compound is not None and words.compound.match(word) is not None)
        )
    return kind in (NUMBER, VULGAR)


def _cut(quantity: Quantity) -> Quantity:
    """Return a quantity without the words before its core, which belong to the one before."""
    return replace(quantity, start=quantity.core_start)
