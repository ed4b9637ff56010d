"""The words by which the reader knows walls and errors (`walls.yaml`), by-lines and endings (`words.yaml`), boxes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from etl import yamls

Words = dict[str, list[str]]

FILES = [Path(__file__).with_name(name) for name in ("words.yaml", "walls.yaml")]


@cache
def words() -> Words:
    """Return the words of all languages together by subject, in lower case, longest first.

    Together, because a French site may put up an English wall.

    Raises:
        ValueError: A subject of a language is no list of words; the message names it.
    """
    together: Words = {}
    for file in FILES:
        found: dict[str, Any] = yamls.read(file)
        for lang, subjects in found.items():
            for subject, entries in subjects.items():
                if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
                    raise ValueError(f"{file.name}: {lang}.{subject} is {entries!r}; want a list of words in quotes")
                together.setdefault(subject, []).extend(entry.lower() for entry in entries)
    return {
        subject: sorted(set(entries), key=lambda entry: (-len(entry), entry)) for subject, entries in together.items()
    }


@cache
def agencies() -> Words:
    """Return the spellings of each news agency by slug; case counts."""
    found: Words = yamls.read(FILES[0].with_name("agencies.yaml"))
    return found


@cache
def boxes() -> frozenset[str]:
    """Return the words in the names of boxes that stand among an article and are none of it."""
    found: Words = yamls.read(FILES[0].with_name("boxes.yaml"))
    return frozenset(word for words in found.values() for word in words)
