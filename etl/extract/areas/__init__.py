"""Areas named in a text: countries, their people and adjectives, groups of countries.

An area is an ISO 3166-1 alpha-2 code, or WW, UCAN, EMEA, LATAM, APAC, EU, EUROPE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.extract import words

KINDS = {"countries": "country", "places": "country", "people": "demonym", "adjectives": "adjective", "groups": "group"}
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")

MONEY = tuple("$£€")
_NAME_AFTER = re.compile(r" [^\W\d_a-zà-ÿ]\w")
_NAME_BEFORE = re.compile(r"[^\W\d_a-zà-ÿ]\w{3,} $")


@dataclass(frozen=True, slots=True)
class AreaMention:
    """Words that name an area: `text[start:end]`; kind: country | demonym | adjective | group."""

    start: int
    end: int
    area: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    parts: tuple[str, ...]
    area: str
    kind: str
    exact: tuple[str, ...]  # as written, when the case matters; empty when any case will do


def find(text: str, lang: str) -> list[AreaMention]:
    """Return the areas named in a text, in order; where names overlap, the longest.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    table, ignored = _table(lang), _ignored(lang)
    capitals = bool(words.load(lang, "areas").get("capital_is_people"))
    found: list[AreaMention] = []
    tokens = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    at = 0
    while at < len(tokens):
        entries = table.get(tokens[at][0])
        hit = _longest(text, tokens, at, entries) if entries else None
        if hit is None:
            at += 1
            continue
        entry, after = hit
        start, end = tokens[at][1], tokens[after - 1][2]
        if entry.area and not ignored(text, start, end) and not _is_name(text, start, end, entry):
            people = entry.kind == "adjective" and capitals and text[start].isupper()
            found.append(AreaMention(start, end, entry.area, "demonym" if people else entry.kind))
        at = after
    return found


def _is_name(text: str, start: int, end: int, entry: _Entry) -> bool:
    """Return whether a word of any case begins a name: "Global Risk"."""
    return entry.area == "WW" and text[start].isupper() and _NAME_AFTER.match(text[end : end + 3]) is not None


def groups(area: str) -> tuple[str, ...]:
    """Return the wider areas that hold an area, WW last: FR is in EU, EUROPE, EMEA and WW."""
    return tuple(words.shared("areas")["within"].get(area, ())) + (("WW",) if area != "WW" else ())


def _longest(
    text: str, tokens: list[tuple[str, int, int]], at: int, entries: list[_Entry]
) -> tuple[_Entry, int] | None:
    for entry in entries:
        after = at + len(entry.parts)
        if after > len(tokens) or any(part != tokens[at + n][0] for n, part in enumerate(entry.parts)):
            continue
        if not all(_joined(text[tokens[n][2] : tokens[n + 1][1]]) for n in range(at, after - 1)):
            continue
        written = tuple(text[start:end] for _, start, end in tokens[at:after])
        if not entry.exact or written == entry.exact or (all(map(str.isupper, written)) and len(written[0]) > 4):
            return entry, after
    return None


def _joined(gap: str) -> bool:
    return len(gap) <= 3 and not gap.strip(" \u00a0\u202f-‑–'’&,./+") and "\n" not in gap


@cache
def _table(lang: str) -> dict[str, list[_Entry]]:
    lexicon = words.load(lang, "areas")
    table: dict[str, list[_Entry]] = {}
    for name, kind in KINDS.items():
        for area, listed in (lexicon.get(name) or {}).items():
            for word in _inflected(listed, lexicon.get("inflect", {}).get(name, [])):
                _add(table, word, str(area), kind)
    for word in lexicon.get("not_areas", []):
        _add(table, str(word), "", "")
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry.parts), not entry.exact))
    return table


def _add(table: dict[str, list[_Entry]], word: str, area: str, kind: str) -> None:
    written = tuple(_WORD.findall(word))
    parts = tuple(part.lower() for part in written)
    exact = written if written != parts else ()
    table.setdefault(parts[0], []).append(_Entry(parts, area, kind, exact))


def _inflected(listed: Any, rules: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the listed words, and what the first rule whose ending fits adds to each."""
    for word in listed if isinstance(listed, list) else [listed]:
        if str(word).endswith("!"):
            yield str(word)[:-1]
            continue
        rule = next((rule for rule in rules if str(word).endswith(rule["ends"])), None)
        if not (rule and rule.get("only")):
            yield str(word)
        if rule:
            stem = str(word)[: len(str(word)) - rule.get("drop", 0)]
            yield from (stem + ending for ending in rule["add"])


@cache
def _ignored(lang: str) -> Callable[[str, int, int], bool]:
    """Return what tells whether a place in a text only looks like an area: a language, a currency, a first name."""
    lexicon = words.load(lang, "areas")
    before = re.compile(rf"(?:{'|'.join(lexicon.get('not_after', ['(?!)']))})\s*$", re.IGNORECASE)
    closed = re.compile(lexicon.get("closed", ""))
    after = re.compile(rf"[\s-]*(?:{'|'.join(lexicon.get('not_before', ['(?!)']))})")
    languages, doubtful = set(lexicon.get("languages", [])), set(lexicon.get("doubtful", []))

    def ignored(text: str, start: int, end: int) -> bool:
        word, rest = text[start:end], text[end : end + 30]
        if rest[:1] in MONEY or text[max(start - 2, 0) : start].rstrip()[-1:] in MONEY:
            return True  # US$5, 5 $ US
        if word in languages and closed.match(rest) and before.search(text[max(start - 24, 0) : start]):
            return True
        if word in doubtful and (_NAME_AFTER.match(rest) or _NAME_BEFORE.search(text[max(start - 24, 0) : start])):
            return True
        return after.match(rest) is not None

    return ignored
