"""The words of a language as its grammar and its phrases, read once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from etl.extract import words as lexicon
from etl.extract.phrases import Phrases

SIGNS = frozenset(",;:(")


@cache
def grammar(lang: str, name: str) -> frozenset[str]:
    """Return the words of one role in the grammar of clauses; signs that part clauses are fences in every language."""
    words = lexicon.listed(lang, "clauses", name)
    if name == "fences":
        return words | SIGNS | grammar(lang, "light")
    return words | {",", "&", "'"} if name == "joints" else words


@cache
def phrases(lang: str, subject: str) -> Phrases:
    """Return the phrases of a language about a subject; `name.strength` where the lexicon grades them."""
    found: dict[str, Iterable[str]] = {}
    for name, entry in lexicon.load(lang, subject).items():
        if isinstance(entry, dict):
            found.update({f"{name}.{strength}": listed for strength, listed in entry.items()})
        else:
            found[name] = entry
    return Phrases(found)
