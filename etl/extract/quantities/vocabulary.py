"""The shape of what a language says about numbers: sets of words, and tries of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.extract.quantities.trie import Trie
from etl.model import Qualifier


@dataclass(frozen=True, slots=True)
class Money:
    """A currency as written: its code, or the name of a group that the country decides; minor is a hundredth."""

    code: str
    group: bool = False
    minor: bool = False


class Listed:
    """A list of words in which "grimp*" stands for every word that begins so."""

    def __init__(self, listed: Iterable[str]) -> None:
        """Take words and stems."""
        self.words = frozenset(word for word in listed if not word.endswith("*"))
        self.stems = tuple(word[:-1] for word in listed if word.endswith("*"))

    def __contains__(self, word: str) -> bool:
        """Whether a word is listed, or begins like a stem."""
        return word in self.words or word.startswith(self.stems)


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the grammar asks of one language. Sets hold words, tries hold phrases."""

    lang: str
    decimal: str
    point_countries: frozenset[str]
    either_countries: frozenset[str]
    elisions: dict[str, str]
    numbers: frozenset[str]
    number_joins: frozenset[str]
    minus_words: frozenset[str]
    plus_words: frozenset[str]
    never_before: frozenset[str]
    ones: frozenset[str]
    one_before: frozenset[str]
    vague: frozenset[str]
    ambiguous: frozenset[str]
    articles: frozenset[str]
    decimal_words: frozenset[str]
    compound: re.Pattern[str] | None
    compound_halves: dict[str, Decimal]
    part_words: dict[str, Decimal]  # "viertelmillion"
    number_values: dict[str, Decimal]
    scales: Trie[Decimal]
    scale_letters: dict[str, Decimal]
    money_letters: dict[str, Decimal]  # scales only beside a currency
    scaled_units: Trie[tuple[Decimal, str]]
    singular_scales: frozenset[str]
    of: frozenset[str]
    collectives: dict[str, Decimal]
    collectives_many: dict[str, Decimal]
    exact_collectives: frozenset[str]
    collective_adjectives: frozenset[str]
    collective_openers: frozenset[str]
    after_number: Trie[Decimal]  # "et demi": a part of the last scale
    part_scales: Trie[Decimal]  # "un quart de" before a scale
    shares: Trie[Decimal]
    share_followers: frozenset[str]
    share_not_before: frozenset[str]
    share_not_after: frozenset[str]
    out_of: Trie[bool]
    out_of_noun: bool
    out_of_wholes: frozenset[int]
    durations: frozenset[str]
    every: frozenset[str]
    every_ordinals: dict[str, Decimal]
    every_not_before: frozenset[str]
    multiples: Trie[Decimal]
    multiple_not: Trie[bool]
    times: frozenset[str]
    times_more: frozenset[str]
    times_less: frozenset[str]
    multiplied_by: Trie[bool]  # True multiplies, False divides
    hedges: Trie[Qualifier]  # reversed
    verb_hedges: Trie[Qualifier]  # reversed
    price_hedges: Trie[Qualifier]  # reversed; bounds of a price alone
    not_after_moves: Trie[bool]  # reversed
    multiple_hedges: Trie[Qualifier]  # reversed; hedges of "doublé" alone
    hedges_after: Trie[Qualifier]
    between: Trie[bool]  # reversed
    between_and: frozenset[str]
    by: frozenset[str]
    begins: frozenset[str]  # from
    to_range: Trie[bool]
    to_move: Trie[bool]
    lists: Trie[bool]
    moves: Listed
    moves_by: Listed  # with percent these take an amount: "une hausse de 8 à 10 %"
    units: Trie[str]
    units_not_before: Trie[str]
    units_before: Trie[str]  # "a percentage of 22"
    clock_before: Trie[bool]  # reversed
    clock_after: Trie[bool]
    per: Trie[str]
    per_not_before: frozenset[str]
    per_word: frozenset[str]
    per_joins: frozenset[str]
    per_before: Trie[str]  # reversed
    months: frozenset[str]
    ordinals: frozenset[str]
    ordinal_point: bool
    labels: frozenset[str]
    label_years: frozenset[str]
    idioms: Trie[bool]
    nouns_in_capitals: bool
    names: frozenset[str]
    stop: frozenset[str]
    money: Trie[Money]
    starters: frozenset[str]
