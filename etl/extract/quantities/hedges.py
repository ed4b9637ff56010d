"""Hedges before and after a number: how the words bound its value."""

from __future__ import annotations

from operator import itemgetter

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.tokens import BREAK, SIGN, WORD, Token
from etl.model import Qualifier

ARTICLES = 2  # that may stand between a hedge and its number


def before(tokens: list[Token], atom: Atom, first: int, words: Words) -> tuple[Qualifier, int]:
    """Return the hedge that ends before token `first`, and where the expression begins with it.

    An article may stand between ("dépasser les cent millions") or belong to both ("más del doble").
    """
    ends = [first] if tokens[first].word not in words.articles else [first, first + 1]
    bare = first
    while bare > 0 and first - bare < ARTICLES and tokens[bare - 1].word in words.articles - words.of:
        bare -= 1
        ends.append(bare)
    tries = (words.hedges, words.multiple_hedges) if atom.unit == "multiple" else (words.hedges,)
    found = [hit for end in ends for trie in tries if (hit := trie.match_before(tokens, end)) and hit[1] < first]
    if not found:
        return Qualifier.EXACT, first
    hedge, begin = min(found, key=itemgetter(1))
    moved = words.not_after_moves.match_before(tokens, first)
    if moved and moved[1] == begin and begin and tokens[begin - 1].word in words.moves:
        hedge = Qualifier.EXACT  # "ticked up to 5 million"
    return hedge, first if hedge is Qualifier.EXACT else begin


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
