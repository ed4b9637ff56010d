"""Phrases as data: find the phrases of a lexicon in a run of words, the longest first.

A phrase is words with five signs: `abonn*` takes any ending, `*abonnent*` at its head also any beginning (compounds),
`a|b` is either word, `[the]` may be missing and `...` stands for up to three words of the same clause,
`....` for up to twelve, numbers with their commas among them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

WORD = re.compile(r"\w+|[^\w\s]")
GAPS = {"...": 3, "....": 12}
STOPS = frozenset(".;!?\n")
SHORTEST_STEM = 2
SHORTEST_COMPOUND = 8
ANY = "*"
MOST_KNOWN = 50_000  # words remembered


Pattern = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Known:
    """The phrases that begin with a word: by their second word where that is one word as written, and the others."""

    seconds: dict[str, list[Pattern]]
    others: list[Pattern]


MISSING = Known({}, [])  # a word not met yet


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the words `first` to `last`, both included, and what the lexicon files it under."""

    first: int
    last: int
    name: str


class Phrases:
    """The phrases of one subject, ready to be found."""

    def __init__(self, subjects: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._stem: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        inner: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, phrases in subjects.items():
            for phrase in phrases:
                for words in spell_out(str(phrase).lower()):
                    head = words[0]
                    if head.startswith("*"):
                        inner[head.strip("*")].append(((f"{head[1:]}", *words[1:]), name))
                        continue
                    (self._stem if head.endswith("*") else self._exact)[head.rstrip("*")].append((words, name))

        self._inner = dict(inner)
        joined = "|".join(sorted(map(re.escape, inner), key=len, reverse=True))
        self._compound = re.compile(rf"(?<=\w\w)(?:{joined})") if inner else None
        self._known: dict[str, Known | None] = {}

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the hits in order; inside one another only the longest stays, equal ones all stay."""
        found: list[Hit] = []
        after = 0
        for position, known in self._heads(words):
            if position < after:
                continue
            hits = _longest(known, words, position)
            if hits:
                longest = max(hit.last for hit in hits)
                found += [hit for hit in hits if hit.last == longest]
                after = longest + 1
        return found

    def find_each(self, words: Sequence[str]) -> list[Hit]:
        """Return the hits in order, each name by itself: words may belong to several."""
        found: list[Hit] = []
        ends: dict[str, int] = {}
        for position, known in self._heads(words):
            for hit in _longest(known, words, position):
                if ends.get(hit.name, -1) < position:
                    ends[hit.name] = hit.last
                    found.append(hit)
        return found

    def at(self, words: Sequence[str], position: int) -> list[Hit]:
        """Return the longest phrase of each name that begins at a word."""
        return [
            hit
            for at, known in self._heads(words[position : position + 1])
            for hit in _longest(known, words, position + at)
        ]

    def _heads(self, words: Sequence[str]) -> Iterator[tuple[int, Known]]:
        """Yield the words with which a phrase begins, with those phrases."""
        known = self._known
        for position, word in enumerate(words):
            patterns = known.get(word, MISSING)
            if patterns is MISSING:
                if len(known) >= MOST_KNOWN:
                    known.clear()
                patterns = known[word] = _sorted_out(self._beginning(word))
            if patterns is not None:
                yield position, patterns

    def _beginning(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        yield from self._exact.get(word, ())
        if self._stem:
            for length in range(SHORTEST_STEM, len(word) + 1):
                yield from self._stem.get(word[:length], ())
        if self._compound is not None and len(word) >= SHORTEST_COMPOUND:
            match = self._compound.search(word)
            if match:
                yield from (((ANY, *pattern[1:]), name) for pattern, name in self._inner[match[0]])


def _sorted_out(patterns: Iterable[Pattern]) -> Known | None:
    """Return phrases of one first word by their second; None when there are none."""
    seconds: dict[str, list[Pattern]] = {}
    others: list[Pattern] = []
    for pattern in patterns:
        second = pattern[0][1] if len(pattern[0]) > 1 else "..."
        if second in GAPS or second.endswith("*"):
            others.append(pattern)
        else:
            seconds.setdefault(second, []).append(pattern)
    return Known(seconds, others) if seconds or others else None


def _longest(known: Known, words: Sequence[str], position: int) -> list[Hit]:
    """Return the longest phrase of each name that begins at a word."""
    patterns = known.others
    if known.seconds and position + 1 < len(words):
        patterns = [*patterns, *known.seconds.get(words[position + 1], ())]
    best: dict[str, int] = {}
    for pattern, name in patterns:
        last = _match(pattern, words, position) if len(pattern) > 1 else position
        if last is not None and last > best.get(name, -1):
            best[name] = last
    return [Hit(position, last, name) for name, last in best.items()]


def spell_out(phrase: str) -> list[tuple[str, ...]]:
    """Return every run of words that a phrase allows."""
    choices: list[list[tuple[str, ...]]] = []
    for part in re.findall(r"\[[^\]]*\]|\S+", phrase):
        if part in GAPS:
            choices.append([(part,)])
            continue
        inner = part[1:-1] if part.startswith("[") and part.endswith("]") else part
        runs = [_words(choice) for choice in inner.split("|")]
        choices.append([*runs, ()] if inner is not part else runs)
    spelled = [tuple(word for run in runs for word in run) for runs in product(*choices)]
    return [words for words in spelled if words]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\*?\w+\*?|[^\w\s]", text))


def _match(pattern: tuple[str, ...], words: Sequence[str], position: int) -> int | None:
    """Return the last word of a match that begins at `position`, or None."""
    at = position
    for index, part in enumerate(pattern):
        if part in GAPS:
            rest = pattern[index + 1 :]
            for over in range(at, at + GAPS[part] + 1):
                last = _match(rest, words, over)
                if last is not None:
                    return last
                if over >= len(words) or (words[over] in STOPS and not _in_a_number(words, over)):
                    return None
            return None
        if at >= len(words):
            return None
        if part == ANY:
            pass
        elif part.endswith("*"):
            if not words[at].startswith(part[:-1]):
                return None
        elif words[at] != part:
            return None
        at += 1
    return at - 1


def _in_a_number(words: Sequence[str], at: int) -> bool:
    """Whether a sign stands between two digits: "9,8"."""
    return 0 < at < len(words) - 1 and words[at - 1].isdigit() and words[at + 1].isdigit()
