"""Reads runs of words about time with the grammar: the longest reading at each place wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.extract.periods import grammar, points, signs
from etl.extract.periods.grammar import Before
from etl.extract.periods.reading import Handler, Match, Reading
from etl.extract.periods.signs import Token

REACH = 32  # signs that a rule can see: more than any period has words
REMEMBERED = 20_000
Hit = tuple[int, Reading]  # where it ends, in tokens; what it says


class Rules:
    """Rules with their handlers, and what they match in runs that came before: the same few come again and again."""

    def __init__(self, rules: Iterable[tuple[re.Pattern[str], Handler]]) -> None:
        """Keep the rules in order: of two that match as far, the first wins."""
        self.rules = list(rules)
        self.known: dict[str, list[tuple[Handler, re.Match[str]]]] = {}

    def matches(self, signs: str) -> list[tuple[Handler, re.Match[str]]]:
        """Return what matches at the beginning of the signs, longest first."""
        found = self.known.get(signs)
        if found is None:
            found = [(handler, match) for pattern, handler in self.rules if (match := pattern.match(signs))]
            found.sort(key=lambda hit: -hit[1].end())
            if len(self.known) > REMEMBERED:
                self.known.clear()
            self.known[signs] = found
        return found


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar over the words of one language."""

    words: signs.Words
    points: Rules
    lone: Rules
    prefixes: list[tuple[re.Pattern[str], Before]]
    marks: list[tuple[re.Pattern[str], Before]]
    openers: list[tuple[re.Pattern[str], re.Pattern[str], bool]]
    numbers: re.Pattern[str]
    starters: frozenset[str]

    def readings(self, text: str) -> Iterator[tuple[list[Token], Reading]]:
        """Yield what the text says about time, in order, each with its tokens."""
        for run in self.words.runs(text):
            signs = "".join(token.sign for token in run)
            at = 0
            while at < len(run):
                hit = self._at(run, signs, at) if signs[at] in self.starters else None
                if hit is None:
                    at += 1
                    continue
                if hit[1].kind != "nothing":  # the seventies, as a year would be wrong
                    yield run[at : hit[0]], hit[1]
                at = hit[0]

    def _at(self, run: list[Token], signs: str, at: int) -> Hit | None:
        hits = [self._span(run, signs, at), self._simple(run, signs, at, self.lone)]
        hits += [self._after(run, signs, at, mark, self._span) for mark in self.marks]
        return _longest(hits)

    def _span(self, run: list[Token], signs: str, at: int) -> Hit | None:
        """Read a range of points, or a point."""
        hits: list[Hit | None] = [self._point(run, signs, at)]
        for opener, joint, dated in self.openers:
            opened = opener.match(signs, at)
            if opened is None:
                continue
            first = self._point(run, signs, opened.end())
            bare = None if first else self.numbers.match(signs, opened.end())
            middle = first[0] if first else bare.end() if bare else at
            joined = joint.match(signs, middle) if middle > at else None
            last = self._point(run, signs, joined.end()) if joined else None
            if last is None or (dated and not _dated(first, last)):
                continue
            begin = first[1] if first else grammar.bare_first(run[opened.end() : middle], last[1])
            whole = grammar.span(begin, last[1]) if begin else None
            hits.append((last[0], whole) if whole else None)
        return _longest(hits)

    def _point(self, run: list[Token], signs: str, at: int) -> Hit | None:
        """Read one period, with the words before it that change which one it is."""
        hits = [self._simple(run, signs, at, self.points)]
        hits += [self._after(run, signs, at, prefix, self._point) for prefix in self.prefixes]
        return _longest(hits)

    def _after(self, run: list[Token], signs: str, at: int, rule: Any, inner: Callable[..., Hit | None]) -> Hit | None:
        pattern, handler = rule
        match = pattern.match(signs, at)
        point = inner(run, signs, match.end()) if match else None
        reading = handler(Match(run[at : match.end()], at, match), point[1]) if match and point else None
        return (point[0], reading) if point and reading else None

    def _simple(self, run: list[Token], signs: str, at: int, rules: Rules) -> Hit | None:
        for handler, match in rules.matches(signs[at : at + REACH]):
            reading = handler(Match(run[at : at + match.end()], 0, match))
            if reading is not None:
                return at + match.end(), reading
        return None


def _dated(first: Hit | None, last: Hit) -> bool:
    return first is not None and first[1].grain == last[1].grain and last[1].grain in ("day", "month")


def _longest(hits: list[Hit | None]) -> Hit | None:
    best: Hit | None = None
    for hit in hits:
        if hit is not None and (best is None or hit[0] > best[0]):
            best = hit
    return best


@cache
def of(lang: str) -> Grammar:
    """Return the grammar of a language.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    words = signs.of(lang)
    idle = {"filler", "to", "and"}
    return Grammar(
        words=words,
        points=Rules((words.pattern(rule), handler) for rule, handler in points.POINTS),
        lone=Rules((words.pattern(rule), handler) for rule, handler in grammar.LONE),
        prefixes=[(words.pattern(rule), handler) for rule, handler in grammar.PREFIXES],
        marks=[(words.pattern(rule), handler) for rule, handler in grammar.MARKS],
        openers=[(words.pattern(opener), words.pattern(joint), dated) for opener, joint, dated in grammar.OPENERS],
        numbers=words.pattern("<D|O|ordinal>"),
        starters=frozenset("YDOQHKIJZ") | {sign for roles, sign in words.signs.items() if roles - idle},
    )
