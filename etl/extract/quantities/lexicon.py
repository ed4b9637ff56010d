"""The words of one language around numbers, read from the lexicon and made ready for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from etl.extract import words
from etl.extract.quantities.tokens import words_of
from etl.extract.quantities.trie import Trie
from etl.extract.quantities.vocabulary import Listed, Money, Words
from etl.model import Qualifier

# Subjects of a file that become part of another one in `Words`.
JOINED = frozenset(
    ("half_after", "quarter_after", "divided_by", "from", "compound_parts", "part_compounds", "contractions")
)
MARKED = ("out_of", "idioms", "clock_after", "multiple_not", "to_range", "to_move", "lists")
MARKED_BACKWARDS = ("not_after_moves", "between", "clock_before")
FLAGS = ("out_of_noun", "ordinal_point", "nouns_in_capitals")


@cache
def load(lang: str) -> Words:
    """Return the words of one language.

    Raises:
        ValueError: There is no such language in the lexicon, or it says nothing about numbers, or its file has a
            subject that the grammar does not know; the message names it.
    """
    raw = words.load(lang, "quantities")
    unknown = raw.keys() - {field.name for field in fields(Words)} - JOINED
    if unknown or not raw:
        raise ValueError(
            f"lexicon/{lang}/quantities.yaml: {', '.join(sorted(unknown)) or 'nothing in it'}; "
            "want the subjects that vocabulary.py and lexicon.py name"
        )
    read = _Reader(raw)
    tries = _tries(raw, read)
    tries["money"] = Trie(_money(words.load(lang, "currencies"), read))
    parts = _parts(raw)
    heads = [tries[trie].root for trie in ("shares", "multiples", "part_scales", "multiplied_by")]
    singles = [parts[name] for name in ("numbers", "every", "collectives", "number_values", "part_words")]
    parts["starters"] = frozenset().union(*singles, *heads)
    return Words(lang=lang, elisions=read.elisions, **parts, **tries)


def _tries(raw: dict[str, Any], read: _Reader) -> dict[str, Any]:
    """Return the phrases, ready for matching."""
    tries: dict[str, Any] = {
        "scales": read.valued("scales"),
        "after_number": Trie(
            [(p, Decimal("0.5")) for p in read.phrases("half_after")]
            + [(p, Decimal("0.25")) for p in read.phrases("quarter_after")]
        ),
        "part_scales": read.valued("part_scales"),
        "shares": read.valued("shares"),
        "multiples": read.valued("multiples"),
        "multiplied_by": Trie(
            [(p, True) for p in read.phrases("multiplied_by")] + [(p, False) for p in read.phrases("divided_by")]
        ),
        "hedges": read.hedges("hedges", "verb_hedges"),
        "verb_hedges": read.hedges("verb_hedges"),
        "price_hedges": read.named("price_hedges", Qualifier, backwards=True),
        "multiple_hedges": read.named("multiple_hedges", Qualifier, backwards=True),
        "hedges_after": read.named("hedges_after", Qualifier),
        "units": read.named("units", str),
        "units_not_before": read.named("units_not_before", str),
        "units_before": read.named("units_before", str, backwards=True),
        "per": read.named("per", str),
        "per_before": read.named("per_before", str, backwards=True),
        "scaled_units": Trie(
            (phrase, (Decimal(1000000), code))
            for code, listed in raw.get("scaled_units", {}).items()
            for phrase in read.split(listed)
        ),
    }
    tries |= {name: read.marked(name) for name in MARKED}
    return tries | {name: read.marked(name, backwards=True) for name in MARKED_BACKWARDS}


def _parts(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the single words and the settings."""
    kinds = {field.name: str(field.type) for field in fields(Words)}
    sets = {name: frozenset(raw.get(name, ())) for name, kind in kinds.items() if kind.startswith("frozenset")}
    numbers = {
        name: {word: Decimal(str(value)) for word, value in raw.get(name, {}).items()}
        for name, kind in kinds.items()
        if kind == "dict[str, Decimal]"
    }
    return {
        **sets,
        **numbers,
        **{name: bool(raw.get(name)) for name in FLAGS},
        "decimal": raw["decimal"],
        "compound": _compound(raw.get("compound_parts", ())),
        "part_words": _part_words(raw),
        "begins": frozenset(raw.get("from", ())),
        "moves": Listed(raw.get("moves", ())),
        "moves_by": Listed(raw.get("moves_by", ())),
    }


class _Reader:
    """Reads the lists of one file as phrases."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.elisions: dict[str, str] = raw.get("elisions", {})

    def split(self, listed: Iterable[str]) -> list[tuple[str, ...]]:
        return [words_of(phrase, self.elisions) for phrase in listed]

    def phrases(self, name: str) -> list[tuple[str, ...]]:
        return self.split(self.raw.get(name, ()))

    def marked(self, name: str, *, backwards: bool = False) -> Trie[bool]:
        return Trie((phrase[::-1] if backwards else phrase, True) for phrase in self.phrases(name))

    def hedges(self, *groups: str) -> Trie[Qualifier]:
        """Return groups of hedges reversed, those that end in "de" also as "des" and "du"."""
        endings: dict[str, list[str]] = self.raw.get("contractions", {})
        return Trie(
            ((*phrase[:-1], last)[::-1], Qualifier(name))
            for group in groups
            for name, listed in self.raw.get(group, {}).items()
            for phrase in self.split(listed)
            for last in (phrase[-1], *(endings.get(phrase[-1], ()) if len(phrase) > 1 else ()))
        )

    def valued(self, name: str) -> Trie[Decimal]:
        return Trie(
            (phrase, Decimal(str(value)))
            for value, listed in self.raw.get(name, {}).items()
            for phrase in self.split(listed)
        )

    def named(self, name: str, make: Any, *, backwards: bool = False) -> Trie[Any]:
        return Trie(
            (phrase[::-1] if backwards else phrase, make(value))
            for value, listed in self.raw.get(name, {}).items()
            for phrase in self.split(listed)
        )


def _compound(parts: Iterable[str]) -> re.Pattern[str] | None:
    found = "|".join(sorted(parts, key=len, reverse=True))
    return re.compile(f"(?:{found})+") if found else None


def _part_words(raw: dict[str, Any]) -> dict[str, Decimal]:
    """Return the words that a part and a scale make together: "viertelmillion" is 250,000."""
    return {
        part + scale: Decimal(str(factor)) * int(value)
        for part, factor in raw.get("part_compounds", {}).items()
        for value, listed in raw["scales"].items()
        for scale in listed
        if scale.isalpha() and len(scale) > 4 and int(value) >= 1000000
    }


def _money(raw: dict[str, Any], read: _Reader) -> Iterable[tuple[tuple[str, ...], Money]]:
    common = words.shared("currencies")
    for code, listed in raw["currencies"].items():
        for phrase in read.split(listed):
            yield phrase, Money(code)
    for group, listed in raw["shared_currencies"].items():
        for phrase in read.split(listed):
            yield phrase, Money(group, group=True)
    for name, listed in raw["minor_currencies"].items():
        for phrase in read.split(listed):
            yield phrase, Money(name, group=name in common["shared"], minor=True)
