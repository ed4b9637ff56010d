"""The gate: a text that can name no platform, or holds no number, is not read any further.

It errs to one side: what it turns away holds no claim, what it lets in may hold none either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.extract import casing, platforms, quantities
from etl.extract import words as lexicon
from etl.extract.layout import plain
from etl.extract.phrases import GAPS
from etl.model import Document

WORD = re.compile(r"\w+")
DIGIT = re.compile(r"\d")
SHOWN = 2000  # characters that show whether a text uses capitals
Name = tuple[frozenset[str], str]  # its whole words, and how they stand beside one another, as a pattern


@dataclass(frozen=True, slots=True)
class Names:
    """What a platform or the business can be called by, by what has to stand in a text for that."""

    words: dict[str, tuple[Name, ...]]  # the longest word of a name, with all names that it is the longest word of
    parts: re.Pattern[str]  # of words where a name has no whole word
    exact: re.Pattern[str]  # names that are everyday words, as they are written


def opens(document: Document) -> bool:
    """Whether a document may hold a claim.

    Raises:
        ValueError: Its language is not in the lexicon.
    """
    text, lang = f"{document.title or ''}\n{document.text}", document.lang
    named = _may_name(plain(text), lang)
    if not named and casing.is_flat(text[:SHOWN]):  # names that are everyday words have lost their capitals
        named = _may_name(plain(casing.restored(text, lang)), lang)
    return named and _may_count(document)


def _may_name(text: str, lang: str) -> bool:
    names, low = _names(lang), text.lower()
    words = set(WORD.findall(low))
    candidates = [name for word in names.words.keys() & words for name in names.words[word] if name[0] <= words]
    if any(len(needs) == 1 or re.search(form, low) for needs, form in candidates):
        return True
    return bool(names.parts.search(low) or names.exact.search(text))


def _may_count(document: Document) -> bool:
    return bool(DIGIT.search(document.text) or quantities.find(document.text, document.lang))


@cache
def _names(lang: str) -> Names:
    lexicon.load(lang, "clauses")  # says so when there is no such language
    words: dict[str, set[Name]] = {}
    parts: set[str] = set()
    phrases, exact = platforms.spellings(lang)
    for phrase in phrases:
        whole = frozenset(word for word in phrase if word not in GAPS and "*" not in word and WORD.fullmatch(word))
        if whole:
            words.setdefault(max(whole, key=lambda word: (len(word), word)), set()).add((whole, _form(phrase)))
        else:
            parts.add(max((word.strip("*") for word in phrase), key=len))
    written = {form for name in exact for form in (name, name.upper())}
    return Names({word: tuple(needs) for word, needs in words.items()}, _any_of(parts), _any_of(written, r"\b"))


def _form(phrase: tuple[str, ...]) -> str:
    """Return a pattern for the words of a phrase, one behind the other."""
    parts = (r"\W.{0,99}?" if word in GAPS else re.escape(word).replace(r"\*", r"\w*") for word in phrase)
    return r"\s*".join(parts)


def _any_of(words: set[str], edge: str = "") -> re.Pattern[str]:
    joined = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(f"{edge}(?:{joined}){edge}" if words else r"(?!)")
