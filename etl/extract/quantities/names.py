"""Numbers that are no quantities: parts of names, dates, years, ordinals, labels, times of day."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import currencies
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.numerals import Numeral
from etl.extract.quantities.tokens import BREAK, END, NUMBER, SIGN, WORD, Token

FIRST_YEAR, LAST_YEAR = 1800, 2100


def inside(text: str, tokens: list[Token], number: Numeral, words: Words) -> bool:
    """Whether the digits are part of a name: "MP3", "Covid-19", "4K", "G20", "3rd"."""
    if not number.digits:
        return False
    first = tokens[number.first]
    before = tokens[number.first - 1] if number.first else END
    if first.glued and currencies.before(text, tokens, number.first) is None:
        if before.kind == WORD:
            return not before.word.endswith("'")
        if (
            before.word in ("-_/" if number.scaled else "-_/.")
            and before.glued
            and number.first > 1
            and tokens[number.first - 2].kind == WORD
        ):
            return before.word != "/" and currencies.before(text, tokens, number.first - 1) is None
    after = tokens[number.first + 1] if number.first + 1 < len(tokens) else END
    if after.kind == WORD and after.glued:
        money = currencies.before(text, tokens, number.first) is not None
        return (first.word + after.word in words.names and not money) or after.word in words.ordinals
    return False


def meaningless(
    text: str, tokens: list[Token], number: Numeral, last: int, unit: str, begin: int, words: Words
) -> bool:
    """Whether a number without scale or unit is a date, a year, a label, or part of a longer name."""
    before = tokens[begin - 1] if begin else END
    after = tokens[last] if last < len(tokens) else END
    if after.glued and after.kind == WORD and number.digits and tokens[last - 1].kind == NUMBER:
        return after.word not in words.times
    if unit in ("hours", "minutes") and _clock(tokens, begin, last, number, words):
        return True
    compound = after.word == "-" and after.glued and last + 1 < len(tokens)  # "seven-figure", "12-digit"
    if unit == "count" and not number.scaled and compound and tokens[last + 1].word in words.never_before:
        return True
    if unit != "count" or number.scaled or not number.digits:
        return False
    return (
        after.word in words.clock_after
        or _date(tokens, begin, last, number, words)
        or _year(tokens, number, before, after, words)
        or _label(text, tokens, before, after, number, words)
        or _ordinal(tokens, last, number, words)
    )


def _date(tokens: list[Token], begin: int, last: int, number: Numeral, words: Words) -> bool:
    """Whether a small number is a day: "12 mars", "Feb. 3", "du 3 au 9 juin", "30 de junio"."""
    if number.value > 31 or number.value != int(number.value):
        return False
    before = begin - 1 - (begin > 1 and tokens[begin - 1].word == ".")
    if before >= 0 and tokens[before].word in words.months:
        return True
    at = last
    for _ in range(3):
        at += at < len(tokens) and (tokens[at].word in words.of or tokens[at].word == ".")
        if at < len(tokens) and tokens[at].word in words.months:
            return True
        if at + 1 >= len(tokens) or tokens[at + 1].kind != NUMBER or tokens[at].kind not in (WORD, SIGN):
            return False
        at += 2
    return False


def _year(tokens: list[Token], number: Numeral, before: Token, after: Token, words: Words) -> bool:
    written = tokens[number.first].word
    if len(written) != 4 or not written.isdigit() or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        return False
    counted = after.kind == WORD and after.word not in words.stop and not after.glued
    round_number = int(written) % 50 == 0
    return not (counted and round_number and before.word not in words.label_years and before.word not in words.months)


def _label(text: str, tokens: list[Token], before: Token, after: Token, number: Numeral, words: Words) -> bool:
    """Whether the number is that of a season, a chapter, a footnote, or ends a name ("Stranger Things 4")."""
    whole = number.value == int(number.value)
    if before.word in words.labels and whole and number.value < 10000:
        return True
    if before.word == "[" and after.word == "]":
        return True
    if before.kind == BREAK and after.word in (")", ".") and after.glued and whole:
        following = number.last + 1
        return following < len(tokens) and tokens[following].kind == WORD
    counted = after.kind == WORD and after.word not in words.stop
    capital = before.kind == WORD and text[before.start : before.start + 1].isupper() and not before.word.endswith("'")
    begins = number.first < 2 or tokens[number.first - 2].kind in (BREAK, SIGN)
    return capital and not begins and whole and number.value <= 30 and not counted and not words.nouns_in_capitals


def _ordinal(tokens: list[Token], last: int, number: Numeral, words: Words) -> bool:
    """Whether a point makes an ordinal: "3. Quartal"."""
    if not words.ordinal_point or number.value > 31 or last + 1 >= len(tokens) or not tokens[last].glued:
        return False
    day_and_month = tokens[number.first].word.count(".") == 1  # "12.3."
    return tokens[last].word == "." and (tokens[last + 1].kind == WORD or day_and_month)


def _clock(tokens: list[Token], begin: int, last: int, number: Numeral, words: Words) -> bool:
    """Whether hours are a time of day: "à 20 h", "le 20 heures", "8h30"; few things last longer than five hours."""
    if not number.digits or number.scaled or not Decimal(5) <= number.bare <= Decimal(24):
        return False
    after = tokens[last] if last < len(tokens) else END
    with_minutes = tokens[last - 1].kind == NUMBER and not words.per.match(tokens, last)
    slash = after.word == "/" and last + 1 < len(tokens) and tokens[last + 1].kind == NUMBER
    before = words.clock_before.match_before(tokens, begin) is not None
    return before or with_minutes or slash or after.word in words.clock_after
