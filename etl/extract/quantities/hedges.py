"""Hedges before and after a number: how the words bound its value."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import BREAK, NUMBER, SIGN, WORD
from etl.extract.quantities.trie import Trie
from etl.model import Qualifier

ARTICLES = 2  # that may stand between a hedge and its number
ASIDE = 5  # tokens of "a, au bas mot, 300 millions" in which the first comma is looked for
GAP = 5  # tokens that may stand between a verb and the article of its number
CODE = 3  # letters of a currency


def before(p: Passage, atom: Atom, first: int) -> tuple[Qualifier, int]:
    """Return the hedge before token `first`, and where the expression begins with it.

    An article may stand between ("dépasser les cent millions") or belong to both ("más del doble").
    """
    bare = first
    while first - bare < ARTICLES and p.word(bare - 1) in p.words.articles - p.words.of:
        bare -= 1
    ends = [*range(first + (p.word(first) in p.words.articles), bare - 1, -1)]
    if p.word(first - 1) == "," and any(p.word(n) == "," for n in range(first - ASIDE, first - 1)):
        ends.append(first - 1)
    found = [hit for end in ends for trie in _tries(p, atom) if (hit := trie.match_before(p.tokens, end))]
    found = [hit for hit in found if hit[1] < first]
    if not found:
        return (_far_verb(p, bare) if bare < first else Qualifier.EXACT), first
    hedge, begin = min(found, key=itemgetter(1))
    moved = p.words.not_after_moves.match_before(p.tokens, first)
    if moved and moved[1] == begin and (p.word(begin - 1) in p.words.moves or p.word(begin - 1) == "%"):
        hedge = Qualifier.EXACT  # "ticked up to 5 million", "bajó un 3% hasta 12 €"
    return hedge, first if hedge is Qualifier.EXACT else begin


def _tries(p: Passage, atom: Atom) -> Iterator[Trie[Qualifier]]:
    yield p.words.hedges
    if atom.unit == "multiple":
        yield p.words.multiple_hedges
    if len(atom.unit) == CODE and not atom.moved:
        yield p.words.price_hedges


def _far_verb(p: Passage, article: int) -> Qualifier:
    """Return the bound of a verb a few words before an article: "frôle désormais les trente francs"."""
    for end in range(article, max(article - GAP, 0), -1):
        if found := p.words.verb_hedges.match_before(p.tokens, end):
            return found[0]
        if p.at(end - 1).kind != WORD and p.word(end - 1) != ",":
            break
    return Qualifier.EXACT


def after(p: Passage, at: int) -> tuple[Qualifier, int] | None:
    """Return the hedge at a token and its end, or after one noun at the end of a clause.

    In "2 millions d'abonnés environ." the expression ends before the noun: the end given is `at` then.
    """
    if found := p.words.hedges_after.match(p.tokens, at):
        sign = p.word(at) == "+" and p.at(at + 1).kind == NUMBER and p.at(at + 1).glued
        return None if sign else found  # of the next number: "1.503 +8 %"
    noun = at + (p.word(at) in p.words.of)
    if p.at(noun).kind != WORD or p.word(noun) in p.words.stop:
        return None
    found = p.words.hedges_after.match(p.tokens, noun + 1)
    return (found[0], at) if found and p.at(found[1]).kind in (SIGN, BREAK) else None
