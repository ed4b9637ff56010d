"""Words about time: a text becomes runs of signs, so that one grammar can read every language.

Each word of `lexicon/<lang>/periods.yaml` plays one or more roles, named by the list it stands in (`month`, `ordinal`,
`end`, `since` ...). A run is a string with one sign a word; `Words.pattern` turns a rule with roles in angle brackets,
`<ordinal>F<quarter>`, into a regular expression over such strings. Signs that need no lexicon:

    Y year   U year of two digits ('24)   D number of one or two digits   O number with the ending of an ordinal (3rd)
    Q H compact quarter, half (Q3, 1H24)  K compact fiscal year (FY23)    I day in figures    J month in figures
    A year long ago (before 1950)         §  in front of a rule: only where adjectives may follow their noun
    Z two years in one (2023-24)          , . - / as written              F in a rule: any number of filling words
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from etl.extract import words
from etl.extract.periods import figures

# lists of the lexicon that play a role of another name; elsewhere the role has the name of the list
ROLES = {
    "numbers": "number", "articles": "article", "ordinals": "ordinal", "months": "month", "weak_months": "month",
    "weekdays": "weekday", "seasons": "season", "holidays": "holiday", "month": "months", "fillers": "filler",
    "sports_season": "sport", "close_verb": "closing", "fiscal_quarter": "fiscalquarter", "not_time": "nothing",
    "full_year": "whole", "named_quarters": "quarterword",
}  # fmt: skip
LISTS = (
    *ROLES, "quarter", "half", "year", "week", "day", "period", "to", "until", "from", "between", "and", "since",
    "starting", "by", "last", "this", "next", "previous", "same", "that", "ended", "end", "begin", "middle", "ago",
    "ahead", "within",
    "plurals", "earlier", "later", "fiscal", "now", "comparison", "sequential", "relative", "anaphoric",
)  # fmt: skip
VALUE_FIRST = {"months", "weak_months", "weekdays", "seasons", "holidays"}  # value -> words; elsewhere word -> value
FIRST_SIGN = 0xE000  # of Unicode's private use area
LONGEST = 60  # words in a run: keeps reading linear in the length of any text


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of the text: `text[start:end]`, and for each of its roles a value."""

    start: int
    end: int
    sign: str
    values: dict[str, Any]


@dataclass(slots=True)
class Words:
    """The words of one language about time."""

    lang: str
    table: dict[str, Any] = field(default_factory=dict)
    phrases: dict[str, list[tuple[list[str], str, dict[str, Any], bool, str]]] = field(default_factory=dict)
    signs: dict[frozenset[str], str] = field(default_factory=dict)
    lexer: re.Pattern[str] = re.compile("")

    def pattern(self, rule: str) -> re.Pattern[str]:
        """Return a rule as a regular expression over runs of this language."""
        if rule.startswith("§"):
            rule = rule[1:] if self.table.get("adjectives_follow") else "(?!)"
        filling = self._class({"filler", "to", "from", "between", "article"}) + "*"
        rule = re.sub(r"F(?![a-z])", lambda _: filling, rule)
        return re.compile(re.sub(r"(?<!\?P)<([A-Za-z|]+)>", lambda m: self._class(set(m[1].split("|"))), rule))

    def _class(self, roles: set[str]) -> str:
        members = "".join(sign for names, sign in self.signs.items() if names & roles) + "".join(
            filter(str.isupper, roles)
        )
        return f"[{members}]" if members else "(?!)"

    def runs(self, text: str) -> list[list[Token]]:
        """Return the stretches of the text made of words about time only, without those that are all filling."""
        found: list[list[Token]] = []
        run: list[Token] = []
        tokens = self._tokens(text)
        at = 0
        while at < len(tokens):
            kind, start, _, low = tokens[at]
            made, at = self._read(text, tokens, at) if kind != "word" or low in self.phrases else (None, at + 1)
            if made is None:
                if run:
                    _close(found, run)
                    run = []
                continue
            if run and (len(run) >= LONGEST or "\n" in text[run[-1].end : start]):
                _close(found, run)
                run = []
            run.append(made)
        _close(found, run)
        return found

    def _tokens(self, text: str) -> list[tuple[str, int, int, str]]:
        return [
            (str(m.lastgroup), m.start(), m.end(), m[0].lower().replace("’", "'")) for m in self.lexer.finditer(text)
        ]

    def _read(self, text: str, tokens: list[tuple[str, int, int, str]], at: int) -> tuple[Token | None, int]:
        kind, start, end, low = tokens[at]
        for parts, sign, values, exact, written in self.phrases.get(low, ()):
            after = at + len(parts)
            if after <= len(tokens) and all(parts[n] == tokens[at + n][3] for n in range(1, len(parts))):
                stop = tokens[after - 1][2]
                raw = text[start:stop].replace("’", "'")
                if exact and written not in (raw, raw[:1].lower() + raw[1:]):
                    continue
                if values.get("dot") and text[stop : stop + 1] == ".":
                    return Token(start, stop + 1, sign, values), after + 1
                return Token(start, stop, sign, values), after
        if kind == "word":
            return None, at + 1
        return self._figure(text, kind, start, end), at + 1

    def _figure(self, text: str, kind: str, start: int, end: int) -> Token | None:
        read = figures.read(text, kind, start, end, self.table.get("date_order", "dmy"))
        return Token(start, end, read[0], {read[0]: read[1]}) if read else None


def _close(found: list[list[Token]], run: list[Token]) -> None:
    if any(
        token.sign not in ",.-/" and token.values.keys() - {"filler", "dot", "article", "to", "from", "between", "and"}
        for token in run
    ):
        found.append(run)


@cache
def of(lang: str) -> Words:
    """Return the words of one language, ready to read with."""
    table = words.load(lang, "periods")
    made = Words(lang, table, lexer=figures.lexer(table))
    entries: dict[tuple[str, ...], tuple[dict[str, Any], bool, str]] = {}
    for name in LISTS:
        role = ROLES.get(name, name)
        for word, value in _listed(name, table.get(name) or []):
            parts = tuple(m[0].lower() for m in made.lexer.finditer(word.rstrip(".")))
            values, _, _ = entries.setdefault(parts, ({}, word != word.lower(), word.rstrip(".")))
            values.setdefault(role, value)
            if role in ("relative", "anaphoric") and str(value).startswith("year"):
                values["yearly"] = True
            if word.endswith("."):
                values["dot"] = True
    for parts, (values, exact, written) in sorted(entries.items(), key=lambda entry: -len(entry[0])):
        roles = frozenset(values.keys() - {"dot"})
        sign = made.signs.setdefault(roles, chr(FIRST_SIGN + len(made.signs)))
        made.phrases.setdefault(parts[0], []).append((list(parts), sign, values, exact, written))
    return made


def _listed(name: str, content: Any) -> list[tuple[str, Any]]:
    if isinstance(content, list):
        return [(str(word), 1 if name == "articles" else True) for word in content]
    if name in VALUE_FIRST:
        return [(str(word), value) for value, listed in content.items() for word in listed]
    return [(str(word), value) for word, value in content.items()]
