"""The words of the lexicon: one folder a language, one YAML file a subject; what all languages share lies beside them.

`lexicon/fr/quantities.yaml` holds the French words around numbers, `lexicon/platforms.yaml` the names of platforms.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from etl import yamls

LEXICON = Path(__file__).resolve().parent / "lexicon"


def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages that can be read, in order."""
    return tuple(sorted(folder.name for folder in LEXICON.iterdir() if folder.is_dir() and len(folder.name) == 2))


@cache
def load(lang: str, subject: str) -> dict[str, Any]:
    """Return the words of one language about one subject; empty when the language says nothing about it.

    Raises:
        ValueError: There is no such language, or its file is no mapping; the message names the file.
    """
    if lang not in languages():
        raise ValueError(f"lang {lang!r} is not in the lexicon; there are {', '.join(languages())}")
    path = LEXICON / lang / f"{subject}.yaml"
    return _read(path) if path.exists() else {}


@cache
def listed(lang: str, subject: str, name: str) -> frozenset[str]:
    """Return the words of one list of a subject; none when the language has no such list."""
    return frozenset(map(str, load(lang, subject).get(name, ())))


@cache
def shared(subject: str) -> dict[str, Any]:
    """Return what all languages share about one subject, such as `platforms`."""
    return _read(LEXICON / f"{subject}.yaml")


def _read(path: Path) -> dict[str, Any]:
    found = yamls.read(path)
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} holds {type(found).__name__}; want a mapping of names to words")
    return found
