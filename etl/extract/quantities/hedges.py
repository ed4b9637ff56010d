"""Hedges before and after a number: how the words bound its value."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.tokens import BREAK, SIGN, WORD, Token
from etl.extract.quantities.trie import Trie
from etl.model import Qualifier

ARTICLES = 2  # that may stand between a hedge and its number
ASIDE = 5  # tokens of "a, au bas mot, 300 millions" in which the first comma is looked for
GAP = 5  # tokens that may stand between a verb and the article of its number
CODE = 3  # letters of a currency


def before(tokens: list[Token], atom: Atom, first: int, words: Words) -> tuple[Qualifier, int]:
    """Return the hedge before token `first`, and where the expression begins with it.

    An article may stand between ("dépasser les cent millions") or belong to both ("más del doble").
    """
    bare = first
    while bare > 0 and first - bare < ARTICLES and tokens[bare - 1].word in words.articles - words.of:
        bare -= 1
    ends = [*range(first + (tokens[first].word in words.articles), bare - 1, -1)]
    if (
        first > 1
        and tokens[first - 1].word == ","
        and any(t.word == "," for t in tokens[max(first - ASIDE, 0) : first - 1])
    ):
        ends.append(first - 1)
    found = [hit for end in ends for trie in _tries(atom, words) if (hit := trie.match_before(tokens, end))]
    found = [hit for hit in found if hit[1] < first]
    if not found:
        return (_far_verb(tokens, bare, words) if bare < first else Qualifier.EXACT), first
    hedge, begin = min(found, key=itemgetter(1))
    moved = words.not_after_moves.match_before(tokens, first)
    if moved and moved[1] == begin and begin and tokens[begin - 1].word in words.moves:
        hedge = Qualifier.EXACT  # "ticked up to 5 million"
    return hedge, first if hedge is Qualifier.EXACT else begin


def _tries(atom: Atom, words: Words) -> Iterator[Trie[Qualifier]]:
    yield words.hedges
    if atom.unit == "multiple":
        yield words.multiple_hedges
    if len(atom.unit) == CODE and not atom.moved:
        yield words.price_hedges


def _far_verb(tokens: list[Token], article: int, words: Words) -> Qualifier:
    """Return the bound of a verb a few words before an article: "frôle désormais les trente francs"."""
    for end in range(article, max(article - GAP, 0), -1):
        if found := words.verb_hedges.match_before(tokens, end):
            return found[0]
        if tokens[end - 1].kind != WORD and tokens[end - 1].word != ",":
            break
    return Qualifier.EXACT


def after(tokens: list[Token], at: int, words: Words) -> tuple[Qualifier, int] | None:
    """Return the hedge at a token and its end, or after one noun at the end of a clause.

    In "2 millions d'abonnés environ." the expression ends before the noun: the end given is `at` then.
    """
    if found := words.hedges_after.match(tokens, at):
        return found
    noun = at + (at < len(tokens) and tokens[at].word in words.of)
    if noun >= len(tokens) or tokens[noun].kind != WORD or tokens[noun].word in words.stop:
        return None
    found = words.hedges_after.match(tokens, noun + 1)
    closed = found and (found[1] == len(tokens) or tokens[found[1]].kind in (SIGN, BREAK))
    return (found[0], at) if found and closed else None
