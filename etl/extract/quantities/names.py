"""Numbers that are no quantities: parts of names, dates, years, ordinals, labels, times of day."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import currencies
from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.numerals import Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import BREAK, NUMBER, SIGN, WORD

FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTH_DAYS = 31
LARGEST_LABEL = 10000
LARGEST_SEQUEL = 30
SHORT_LABEL = 4


def inside(p: Passage, number: Numeral) -> bool:
    """Whether the digits are part of a name: "MP3", "Covid-19", "4K", "G20", "3rd"."""
    if not number.digits:
        return False
    first = p.tokens[number.first]
    priced = currencies.before(p, number.first) is not None
    if first.glued and not priced and _hangs_on(p, number):
        return True
    after = p.at(number.first + 1)
    named = first.word + after.word in p.words.names and not priced
    return after.kind == WORD and after.glued and (named or after.word in p.words.ordinals)


def _hangs_on(p: Passage, number: Numeral) -> bool:
    """Whether letters stand right before the digits, with or without a hyphen."""
    before = p.at(number.first - 1)
    if before.kind == WORD:
        return not before.word.endswith("'")
    joined = before.word in ("-_" if number.scaled else "-_.") and before.glued
    if joined and p.at(number.first - 2).kind == NUMBER and p.at(number.first - 2).glued:
        return p.at(number.first - 3).kind == WORD and currencies.before(p, number.first - 2) is None  # "E24-30"
    if not joined or p.at(number.first - 2).kind != WORD or currencies.before(p, number.first - 1) is not None:
        return False
    return not _measures(p, number.first - 2)  # "2 million-3 million", "€5m-6m"


def _measures(p: Passage, at: int) -> bool:
    tries = (p.words.scales, p.words.units, p.words.money)
    return any(p.word(at) in trie.root for trie in tries) or p.written(at) in p.words.scale_letters


def meaningless(p: Passage, atom: Atom) -> bool:
    """Whether a number is a date, a year, a label, a time of day, or part of a longer name."""
    number, after = atom.number, p.at(atom.last)
    if after.glued and after.kind == WORD and number.digits and p.tokens[atom.last - 1].kind == NUMBER:
        return after.word not in p.words.times
    if atom.unit in ("hours", "minutes"):
        return _clock(p, atom)
    if not number.digits and p.word(atom.first - 1) in p.words.vague:
        return True  # "several hundred thousand"
    if atom.bare_count and p.word(atom.last - 1) in p.words.ambiguous and not p.names_thing(atom.last):
        return True  # "remis à neuf"
    if not atom.bare_count:
        return False
    if after.word == "-" and after.glued and p.word(atom.last + 1) in p.words.never_before:
        return True  # "seven-figure", "12-digit"
    if not number.digits:
        return number.value <= LARGEST_SEQUEL and _label(p, atom)  # "season two", "numéro un"
    return _oclock(p, atom) or any(test(p, atom) for test in (_date, _year, _label, _sequel, _ordinal))


def _date(p: Passage, atom: Atom) -> bool:
    """Whether a small number is a day: "12 mars", "Feb. 3", "du 3 au 9 juin", "30 de junio"."""
    if atom.number.value > MONTH_DAYS or not atom.number.whole:
        return False
    before = atom.first - 1 - (p.word(atom.first - 1) == ".")
    if p.word(before) in p.words.months:
        return True
    at = atom.last
    for _ in range(3):
        at += p.word(at) in p.words.of or p.word(at) == "."
        if p.word(at) in p.words.months:
            return True
        if p.at(at + 1).kind != NUMBER or p.at(at).kind not in (WORD, SIGN):
            return False
        at += 2
    return False


def _year(p: Passage, atom: Atom) -> bool:
    """Whether four digits are a year; "2000 salariés" counts, "en 2000" and "1998" do not."""
    written = p.word(atom.number.first)
    if len(written) != 4 or not written.isdecimal() or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        return False
    before = p.word(atom.first - 1)
    dated = before in p.words.label_years or before in p.words.months
    return dated or int(written) % 50 != 0 or not p.names_thing(atom.last)


def _label(p: Passage, atom: Atom) -> bool:
    """Whether the number is that of a season, a chapter, an index, a footnote, or of a paragraph."""
    before, after = p.at(atom.first - 1), p.at(atom.last)
    if not atom.number.whole:
        return False
    short = before.word == "." and before.glued and len(p.word(atom.first - 2)) <= SHORT_LABEL  # "No. 1", "Vol. 2"
    if p.word(atom.first - 1 - short) in p.words.labels and (atom.number.value < LARGEST_LABEL or before.word == "#"):
        return True
    if before.kind == BREAK and after.word in (")", ".") and after.glued:
        return p.at(atom.last + 1).kind == WORD
    return before.word == "[" and after.word == "]"


def _sequel(p: Passage, atom: Atom) -> bool:
    """Whether the number ends a name: "Stranger Things 4"."""
    before = p.at(atom.first - 1)
    capital = before.kind == WORD and p.written(atom.first - 1)[:1].isupper() and not before.word.endswith("'")
    if not capital or p.words.nouns_in_capitals or not atom.number.whole or atom.number.value > LARGEST_SEQUEL:
        return False
    begins = atom.first < 2 or p.at(atom.first - 2).kind in (BREAK, SIGN)
    return not begins and not p.names_thing(atom.last)


def _ordinal(p: Passage, atom: Atom) -> bool:
    """Whether a point makes an ordinal or a day: "3. Quartal", "12.3."."""
    if not p.words.ordinal_point or atom.number.value > MONTH_DAYS:
        return False
    if not atom.number.whole and "," in p.word(atom.number.first):
        return False  # "7,5." ends a sentence
    day_and_month = p.word(atom.number.first).count(".") == 1
    point = p.word(atom.last) == "." and p.at(atom.last).glued and atom.last + 1 < len(p.tokens)
    return point and (p.at(atom.last + 1).kind == WORD or day_and_month)


def _clock(p: Passage, atom: Atom) -> bool:
    """Whether hours are a time of day: "à 20 h", "le 20 heures", "8h30"; few things last longer than five hours."""
    number, last = atom.number, atom.last
    if not number.digits or number.scaled or not Decimal(5) <= number.bare <= Decimal(24):
        return False
    with_minutes = p.tokens[last - 1].kind == NUMBER and not p.words.per.match(p.tokens, last)
    slash = p.word(last) == "/" and p.at(last + 1).kind == NUMBER
    before = p.words.clock_before.match_before(p.tokens, atom.first) is not None
    return before or with_minutes or slash or _oclock(p, atom)


def _oclock(p: Passage, atom: Atom) -> bool:
    return p.words.clock_after.match(p.tokens, atom.last) is not None
