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
REACH = 32  # characters before a word that show whether it is a time
MONEY = re.compile(r"(?<![^\W\d_])[a-z]{1,3}(?=[$£€]\d)")
KINDS = ("analysts", "press", "official")  # of sources
WORD = re.compile(r"[^\W\d_]+")
OPENS = re.compile(r"(?:\A|[.!?…][\"'»”)]*\s+|\n)[\s\"'«“„(*•-]*([^\W\d_])")


def restored(text: str, lang: str, beside: str = "") -> str:
    """Return a text with the capitals that it would have in running print; every offset stays.

    Texts that use capitals themselves come back as they are; a line too short to show it, such as a title, is taken to
    be printed as the text beside it.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    if not is_flat(text) and not (is_flat(beside) and is_flat(f"{text} {beside}")):
        return text
    small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    named = MONEY.sub(lambda found: found[0].upper(), "".join(_named(small, lang)))
    return OPENS.sub(lambda found: found[0][:-1] + _capital(found[1]), named)


def _named(small: str, lang: str) -> Iterator[str]:
    """Yield a text in small letters in parts, its names as they are written."""
    names, done = _names(lang), 0
    for match in WORD.finditer(small):
        if match.start() < done:
            continue
        for low, written in names.get(match[0], ()):
            end = match.start() + len(low)
            if small.startswith(low, match.start()) and not small[end : end + 1].isalpha():
                if low == match[0] and not _is_time(small, match.start(), end, lang):
                    break
                yield small[done : match.start()]
                yield written
                done = end
                break
    yield small[done:]


def _is_time(small: str, start: int, end: int, lang: str) -> bool:
    """Whether a word that may be a verb as well stands as a time does: "in may", not "and may be"."""
    rule = _doubtful(lang).get(small[start:end])
    if rule is None:
        return True
    lead = WORD.findall(small[max(start - REACH, 0) : start])[-1:]
    joined = bool(lead) and lead[0] in lexicon.load(lang, "clauses").get("light", ())
    counted = any(side.strip().isdigit() for side in (small[max(start - 3, 0) : start], small[end : end + 3]))
    return counted or (not joined and rule.search(small[max(start - REACH, 0) : start]) is not None)


def is_flat(text: str) -> bool:
    """Whether a text is printed in small letters or in capitals throughout."""
    letters = sum(map(str.isalpha, text))
    return letters >= TELLING and not FEW * letters < sum(map(str.isupper, text)) < MOST * letters


def _capital(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


@cache
def _doubtful(lang: str) -> dict[str, re.Pattern[str]]:
    """Return what stands before the months that are everyday words in small letters: "may", "march"."""
    times = lexicon.load(lang, "periods")
    weak = {low for word in _texts(times.get("weak_months", {})) for low in [word.lower()] if low.isalpha()}
    needs = {str(word): rule for word, rule in (times.get("needs") or {}).items()}
    return {word: re.compile(rf"(?:{needs[word]})\s*$") for word in weak if word in needs}


@cache
def _names(lang: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the names of the lexicon that are written with capitals: in small letters and as written, longest first.

    They lie under their first word.
    """
    found: dict[str, str] = {}
    times, areas, houses = (lexicon.load(lang, name) for name in ("periods", "areas", "sources"))
    everyday = frozenset(map(str, houses.get("everyday", ())))
    named = [name for kind in KINDS for name in map(str, houses.get(kind, ())) if name.lower() not in everyday]
    shown = frozenset(map(str, areas.get("shown", ())))
    for least, phrases in ((1, times), (1, shown), (SURE, areas), (SURE - 1, platforms.written()), (SURE - 1, named)):
        for phrase in _texts(phrases) if isinstance(phrases, dict) else phrases:
            name = phrase.rstrip("*!.")
            if len(name) >= least and name[:1].isalpha() and name != name.lower() and name.lower() not in _small(lang):
                found.setdefault(name.lower(), name)
    names: dict[str, list[tuple[str, str]]] = {}
    for low, name in found.items():
        first = WORD.match(low)
        if first and len(low) == len(name):
            names.setdefault(first[0], []).append((low, name))
    return {first: tuple(sorted(told, key=lambda pair: -len(pair[0]))) for first, told in names.items()}


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
