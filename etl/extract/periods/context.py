"""The words around a mention of time: do they make it one, and do they speak of the past or of what is to come?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.extract import words
from etl.extract.periods.reading import Reading

QUOTES = "\"'“”«»„‘’"
CELL_EDGES = ("", "\n", "\t", "|")
CLAUSE = 110  # characters before a mention in which a verb tells past from future
LATEST = 2035  # last plausible year + 25 of a text without a date
_CLAUSE_END = re.compile(r"(?:[;!?:]|(?<=\w{4})\.|(?<=[\d)»”\"%€$])\.)\s|\n")  # no full stop of an abbreviation
_NAME = re.compile(r"[^\W\d_a-zà-ÿ]\w+ $")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the words around a mention look like, in one language."""

    future: re.Pattern[str]
    past: re.Pattern[str]
    behind: re.Pattern[str]
    neutral: re.Pattern[str]
    against: re.Pattern[str]
    counted: re.Pattern[str]
    hedges: re.Pattern[str]
    needs: dict[str, re.Pattern[str]]
    spoiled: dict[str, re.Pattern[str]]


@cache
def _context(lang: str) -> _Context:
    table = words.load(lang, "periods")
    hedges = "|".join(re.escape(word) for word in table.get("hedges", []))
    return _Context(
        future=re.compile(rf"\b(?:{'|'.join(table.get('future', ['(?!)']))})\b", re.IGNORECASE),
        past=re.compile(rf"\b(?:{'|'.join(table.get('past', ['(?!)']))})\b", re.IGNORECASE),
        behind=re.compile(rf"\b(?:{'|'.join(table.get('behind', ['(?!)']))})\b", re.IGNORECASE),
        neutral=re.compile(rf"\b(?:{'|'.join(table.get('neutral', ['(?!)']))})\b", re.IGNORECASE),
        against=re.compile(rf"\b(?:{'|'.join(table.get('against', ['(?!)']))})\s*$", re.IGNORECASE),
        counted=re.compile(rf"\s*(?:{'|'.join(table.get('counted', ['(?!)']))})\b", re.IGNORECASE),
        hedges=re.compile(rf"\b(?:{hedges})\s*$", re.IGNORECASE),
        needs={
            word: re.compile(rf"(?:{rule})\s*$", re.IGNORECASE) for word, rule in (table.get("needs") or {}).items()
        },
        spoiled={word: re.compile(rule, re.IGNORECASE) for word, rule in (table.get("spoiled_by") or {}).items()},
    )


def tense_of(text: str, lang: str, start: int, end: int) -> int:
    """Return 1 when the word of the clause that shows its tense, the last one before the mention, shows the future.

    -1 for the past; without such a word before the mention the first one after it decides; 0 without any.
    """
    context = _context(lang)
    clause = _CLAUSE_END.split(text[max(start - CLAUSE, 0) : start])[-1]
    ahead, back, neither = (_last(rule, clause) for rule in (context.future, context.past, context.neutral))
    if max(ahead, back, neither) >= 0:
        return 0 if neither > max(ahead, back) else 1 if ahead >= back else -1
    rest = _CLAUSE_END.split(text[end : end + CLAUSE // 2], maxsplit=1)[0]
    ahead, back = (match.start() if (match := rule.search(rest)) else CLAUSE for rule in (context.future, context.past))
    return 0 if ahead == back == CLAUSE else 1 if ahead <= back else -1


def is_behind(text: str, lang: str, start: int) -> bool:
    """Return whether the last verb before a place tells what was before something else in the past: "it had had"."""
    context = _context(lang)
    clause = _CLAUSE_END.split(text[max(start - CLAUSE, 0) : start])[-1]
    last = _last(context.behind, clause)
    return last >= 0 and last >= max(_last(rule, clause) for rule in (context.future, context.past, context.neutral))


def _last(rule: re.Pattern[str], clause: str) -> int:
    return max((match.end() for match in rule.finditer(clause)), default=-1)


def is_against(text: str, lang: str, start: int) -> bool:
    """Return whether a mention is what something is compared with: "two points less than in 2021"."""
    return _context(lang).against.search(text[max(start - 32, 0) : start]) is not None


def is_time(text: str, lang: str, start: int, end: int, reading: Reading, published: date | None) -> bool:
    """Return whether words that may as well mean something else stand where a period stands."""
    context = _context(lang)
    before_it, after_it = text[max(start - 32, 0) : start], text[end : end + 40]
    if reading.kind == "now":
        return (
            text[start].islower() or not before_it.strip(" \u00a0«“\"'") or before_it.rstrip(" «“\"'")[-1:] in ".!?:\n"
        )
    if reading.grain == "weekday":  # alone in its line or cell it is a title
        return not (before_it.strip(" ")[-1:] in CELL_EDGES and after_it.strip(" ")[:1] in CELL_EDGES)
    rule = context.needs.get(text[start:end].lower())
    if rule is not None and not rule.search(before_it):
        return False
    if reading.grain != "year" or reading.year is None:
        return True
    if before_it[-1:] in QUOTES and after_it[:1] in QUOTES:
        return False
    if context.counted.match(after_it) or context.hedges.search(before_it):
        return False
    limit = (published.year if published else LATEST) + (3 if _NAME.search(before_it) else 25)
    return reading.year <= limit  # "Blade Runner 2049" is a name


def is_spoiled(text: str, lang: str, end: int, last_word: str) -> bool:
    """Return whether what follows turns the words into a clause: "two years before it opened"."""
    rule = _context(lang).spoiled.get(last_word.lower())
    return rule is not None and rule.match(text[end : end + 20]) is not None
