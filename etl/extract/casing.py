"""Texts in small letters or in capitals throughout: their names get their capitals back, letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from etl.extract import platforms
from etl.extract import words as lexicon

TELLING = 100  # letters from which a text shows whether it uses capitals
FEW, MOST = 0.005, 0.9  # share of capitals in a text in small letters, and in one in capitals
SURE = 4  # letters of a name that is one without its capital: "us" is none
WORD = re.compile(r"[^\W\d_]+")
OPENS = re.compile(r"(?:\A|[.!?…][\"'»”)]*\s+|\n)[\s\"'«“„(*•-]*([^\W\d_])")


def restored(text: str, lang: str) -> str:
    """Return a text with the capitals that it would have in running print; every offset stays.

    Texts that use capitals themselves come back as they are.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    if not _is_flat(text):
        return text
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    written = _written(lang)
    named = WORD.sub(lambda found: written.get(found[0], found[0]), small)
    return OPENS.sub(lambda found: found[0][:-1] + _capital(found[1]), named)


def _is_flat(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters >= TELLING and not FEW * letters < sum(map(str.isupper, text)) < MOST * letters


def _capital(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


@cache
def _written(lang: str) -> dict[str, str]:
    """Return the words of the lexicon that are written with a capital, by their small letters."""
    found: dict[str, str] = {}
    times, areas = _texts(lexicon.load(lang, "periods")), _texts(lexicon.load(lang, "areas"))
    for least, phrases in ((1, times), (SURE, areas), (SURE - 1, platforms.written())):
        for word in (word for phrase in phrases for word in WORD.findall(phrase)):
            if len(word) >= least and word != word.lower():
                found.setdefault(word.lower(), word)
    return {low: word for low, word in found.items() if low not in _small(lang)}


@cache
def _small(lang: str) -> frozenset[str]:
    """Return the words that mean something of their own in small letters: "now"."""
    subjects = ("metrics", "roles", "changes", "clauses", "status", "times")
    told = (phrase for subject in subjects for phrase in _texts(lexicon.load(lang, subject)))
    times = (phrase for name in ("now", "fillers") for phrase in _texts(lexicon.load(lang, "periods").get(name, [])))
    return frozenset(phrase for phrase in (*told, *times) if phrase == phrase.lower())


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str):
        yield content
