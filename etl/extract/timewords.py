"""Words about time: a text becomes runs of signs, so that one grammar can read every language.

Each word of `lexicon/<lang>/periods.yaml` plays one or more roles, named by the list it stands in (`month`, `ordinal`,
`end`, `since` ...). A run is a string with one sign a word; `Words.pattern` turns a rule with roles in angle brackets,
`<ordinal>F<quarter>`, into a regular expression over such strings. Signs that need no lexicon:

    Y year   U year of two digits ('24)   D number of one or two digits   O number with the ending of an ordinal (3rd)
    Q H compact quarter, half (Q3, 1H24)  K compact fiscal year (FY23)    I day in figures    J month in figures
    Z two years in one (2023-24)          , . - / as written              F in a rule: any number of filling words
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from etl.extract import words

# list in the lexicon -> role; a mapping gives its key as the value
LISTS = {
    "numbers": "number", "articles": "article", "ordinals": "ordinal", "months": "month", "weak_months": "month",
    "weekdays": "weekday", "seasons": "season", "holidays": "holiday", "quarter": "quarter", "half": "half", "year": "year",
    "month": "months", "week": "week", "day": "day", "sports_season": "sport", "fillers": "filler", "to": "to", "until": "until",
    "from": "from", "between": "between", "and": "and", "since": "since", "by": "by", "last": "last", "this": "this", "next": "next",
    "previous": "previous", "same": "same", "that": "that", "ended": "ended", "end": "end",
    "close_verb": "closing", "begin": "begin", "middle": "middle",
    "ago": "ago",
    "ahead": "ahead", "earlier": "earlier", "later": "later", "fiscal": "fiscal", "fiscal_quarter": "fiscalquarter", "now": "now",
    "comparison": "comparison", "sequential": "sequential", "relative": "relative", "anaphoric": "anaphoric", "period": "period",
}  # fmt: skip
VALUE_FIRST = {"months", "weak_months", "weekdays", "seasons", "holidays"}  # value -> words; elsewhere word -> value
FIRST_SIGN = 0xE000  # of Unicode's private use area
BREAK = "\0"
_LONG_DATE = r"(?P<iso>(?<![\w.,/-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\w/-])|(?<![\w.,/-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?![\w/-]|[.,]\d))"
_PARTS = re.compile(r"\d+")


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
            kind, start, end, low = tokens[at]
            made, at = self._read(text, tokens, at) if kind != "word" or low in self.phrases else (None, at + 1)
            if made is None:
                if run:
                    _close(found, run)
                    run = []
                continue
            if run and (BREAK == made.sign or "\n" in text[run[-1].end : start]):
                _close(found, run)
                run = []
            run.append(made)
        _close(found, run)
        return found

    def _tokens(self, text: str) -> list[tuple[str, int, int, str]]:
        return [(str(m.lastgroup), m.start(), m.end(), m[0].lower()) for m in self.lexer.finditer(text)]

    def _read(self, text: str, tokens: list[tuple[str, int, int, str]], at: int) -> tuple[Token | None, int]:
        kind, start, end, low = tokens[at]
        for parts, sign, values, exact, written in self.phrases.get(low, ()):
            after = at + len(parts)
            if after <= len(tokens) and all(parts[n] == tokens[at + n][3] for n in range(1, len(parts))):
                stop = tokens[after - 1][2]
                if exact and text[start:stop].replace("’", "'") != written:
                    continue
                if values.get("dot") and text[stop : stop + 1] == ".":
                    return Token(start, stop + 1, sign, values), after + 1
                return Token(start, stop, sign, values), after
        if kind == "word":
            return None, at + 1
        return _figure(text, kind, start, end, self.table.get("date_order", "dmy")), at + 1


def _close(found: list[list[Token]], run: list[Token]) -> None:
    if any(
        token.sign not in ",.-/" and token.values.keys() - {"filler", "dot", "article", "to", "from", "between", "and"}
        for token in run
    ):
        found.append(run)


def _figure(text: str, kind: str, start: int, end: int, order: str) -> Token | None:
    """Read a token that is not in the lexicon; None when it has nothing to do with time."""
    raw = text[start:end]
    numbers = [int(part) for part in _PARTS.findall(raw)]
    sign, value = "", None
    if kind == "iso":
        sign, value = "I", _day(raw, numbers, order)
    elif kind == "monthly":
        month, year = sorted(numbers)
        sign, value = "J", ((year, month) if 1 <= month <= 12 and year > 1900 else None)
    elif kind == "pair":
        sign, value = _pair(raw, numbers)
    elif kind == "ordinal":
        sign, value = "O", (numbers[0] if 0 < numbers[0] < 32 else None)
    elif kind in ("compact", "compact2", "compact3"):
        sign, value = _compact(raw, numbers)
    elif kind == "fiscal":
        sign, value = "K", [_century(n) for n in numbers]
    elif kind == "year2":
        sign, value = "U", _century(numbers[0])
    elif kind == "number" and raw.isdigit():
        sign, value = _plain(text, start, end, int(raw), len(raw))
    elif kind == "mark":
        sign, value = _mark(text, raw, start)
    return Token(start, end, sign, {sign: value}) if sign and value is not None else None


def _mark(text: str, raw: str, start: int) -> tuple[str, Any]:
    if raw == "." and not text[max(start - 2, 0) : start].strip().isdigit():
        return "", None
    sign = {"–": "-", "—": "-", "‑": "-", "~": "-"}.get(raw, raw)
    return (sign, sign) if sign in ",.-/" else ("", None)


def _plain(text: str, start: int, end: int, value: int, digits: int) -> tuple[str, Any]:
    if digits <= 2:
        return "D", value
    if digits == 4 and 1950 <= value <= 2060 and _is_alone(text, start, end):
        return "Y", value
    return "", None


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether four digits stand for themselves: no sign of money, decimals or percent beside them."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 3]
    if before.strip()[-1:] in ("$", "€", "£", "¥", "#", "+", "@", "_", "₹") or before[-1:] in ("'", "’", "°"):
        return False
    return not (
        after.lstrip()[:1] in ("%", "€", "$", "£") or re.match(r"[.,'’]\d|°|p\b|px\b|\s?[x×]\s?\d|\s\d{3}(?!\d)", after)
    )


def _day(raw: str, numbers: list[int], order: str) -> tuple[int, int, int] | None:
    a, b, c = numbers
    if len(re.split(r"\D", raw)[0]) == 4:
        year, month, day = a, b, c
    else:
        day, month, year = (b, a, c) if order == "mdy" and a <= 12 else (a, b, c)
        year = _century(year)
        if month > 12:
            day, month = month, day
    return (year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 and 1900 < year < 2100 else None


def _pair(raw: str, numbers: list[int]) -> tuple[str, Any]:
    first, last = numbers
    if last < 100:
        following = (first + 1) % 100 == last
        if not following and 1 <= last <= 12 and "/" not in raw:
            return "J", (first, last)
        last = first // 100 * 100 + last if last >= first % 100 else first // 100 * 100 + 100 + last
    return ("Z", (first, last)) if 1950 <= first < last <= 2060 else ("", None)


def _compact(raw: str, numbers: list[int]) -> tuple[str, Any]:
    letter = next(char for char in raw.upper() if char.isalpha() and char not in "FY")
    index = next(
        n for n in (numbers if raw[:1].isalpha() or len(raw) == 2 or numbers[0] < 5 else reversed(numbers)) if n < 5
    )
    year = next((_century(n) for n in numbers if n > 4), None)
    sign = "H" if letter in "HS" else "Q"
    return (sign, (index, year, "FY" in raw.upper())) if index <= (2 if sign == "H" else 4) else ("", None)


def _century(number: int) -> int:
    return number if number > 99 else 2000 + number if number < 61 else 1900 + number


@cache
def of(lang: str) -> Words:
    """Return the words of one language, ready to read with."""
    table = words.load(lang, "periods")
    made = Words(lang, table, lexer=_lexer(table))
    entries: dict[tuple[str, ...], tuple[dict[str, Any], bool, str]] = {}
    for name, role in LISTS.items():
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


def _lexer(table: dict[str, Any]) -> re.Pattern[str]:
    compact = table.get("compact", {})
    letters = compact.get("quarter", "Q") + compact.get("half", "H")
    fiscal = "|".join(compact.get("fiscal", ["FY"]))
    suffixes = "|".join(sorted(table.get("ordinal_suffixes") or ["(?!)"], key=len, reverse=True))
    year = r"(?:19|20)\d\d"
    return re.compile(
        rf"(?P<word>[^\W\d_]++(?!\d))"
        rf"|(?P<compact>(?<!\w)[{letters}q][1-4](?:(?:[-/]?(?:{fiscal})?|['’ ](?:{fiscal})?)(?:{year}|(?<=['’/-])\d\d|(?<={fiscal[:2]})\d\d))?(?!\w))"
        rf"|(?P<compact2>(?<![\w.,])[1-4][{letters}](?:-?{year}|\d\d)?(?!\w))"
        rf"|(?P<compact3>(?<![\w.,]){year}[-/ ]?[{letters}q][1-4](?!\w))"
        rf"|(?P<fiscal>(?<!\w)(?:{fiscal})['’]?(?:{year}|\d\d)(?:[-/](?:{year}|\d\d))?(?!\w))"
        rf"|{_LONG_DATE}"
        rf"|(?P<monthly>(?<![\w.,/-])(?:\d{{1,2}}\s?[/.-]\s?{year}|{year}\s?/\s?(?:0?[1-9]|1[0-2])(?!\d))(?![\w/-]|[.,]\d))"
        rf"|(?P<pair>(?<![\w.,/-]){year}[-–/](?:{year}|\d\d?)(?![\w/-]|[.,]\d))"
        rf"|(?P<ordinal>\d{{1,2}}(?:{suffixes})(?!\w))"
        rf"|(?P<number>\d+(?:[.,]\d+)*+(?!\w))"
        rf"|(?P<year2>['’]\d\d(?![\w.,]))"
        rf"|(?P<odd>\w+)"
        rf"|(?P<mark>[^\w\s])"
    )
