"""Phrases to values: the longest phrase of the lexicon that stands at a place of the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from etl.extract.quantities.tokens import Token

T = TypeVar("T")
_VALUE = ""  # no token is empty, so this key holds the value


class Trie(Generic[T]):
    """A map from phrases (tuples of words) to values that reads tokens forwards or backwards."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], T]] = ()) -> None:
        """Take pairs of phrase and value; the first value of a phrase stays."""
        self.root: dict[str, Any] = {}
        for phrase, value in entries:
            node = self.root
            for word in phrase:
                node = node.setdefault(word, {})
            node.setdefault(_VALUE, value)

    def match(self, tokens: list[Token], at: int) -> tuple[T, int] | None:
        """Return value and end (token index) of the longest phrase that begins at `at`."""
        node: Any = self.root
        best = None
        while at < len(tokens) and (node := node.get(tokens[at].word)):
            at += 1
            if _VALUE in node:
                best = (node[_VALUE], at)
        return best

    def match_before(self, tokens: list[Token], at: int) -> tuple[T, int] | None:
        """Return value and begin of the longest phrase that ends before `at`, of phrases put in reversed."""
        node: Any = self.root
        best = None
        while at > 0 and (node := node.get(tokens[at - 1].word)):
            at -= 1
            if _VALUE in node:
                best = (node[_VALUE], at)
        return best
