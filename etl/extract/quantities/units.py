"""The unit of a number: a currency before or after it, percent, points, hours, minutes."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import currencies, scales
from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.numerals import ONE, Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import NUMBER, WORD
from etl.extract.quantities.vocabulary import Money

HUNDREDTH = Decimal("0.01")
SIXTY = Decimal(60)
PARTS_OF_A_POINT = {"basis_points": HUNDREDTH, "tenth_points": Decimal("0.1")}


def attach(p: Passage, atom: Atom) -> None:
    """Give an atom the unit that stands beside its number; without one it stays a count."""
    _before(p, atom)
    if atom.prefixed and not atom.number.scaled:
        _late_letters(p, atom)
    at = atom.last
    hyphen = p.word(at) == "-" and p.at(at).glued and p.at(at + 1).glued
    at += hyphen or (p.word(at) in p.words.of and (atom.number.scaled or not atom.number.digits))
    if atom.prefixed:
        _again(p, atom, at)
    elif not (_scaled_code(p, atom, at) or _money(p, atom, at)):
        _measure(p, atom, at)


def stands(p: Passage, at: int) -> bool:
    """Whether a unit begins at a token."""
    return bool(p.words.units.match(p.tokens, at) or currencies.after(p, at))


def _before(p: Passage, atom: Atom) -> None:
    if scaled := currencies.scaled(p, atom.first - 1):
        (atom.number.scale, atom.unit), _ = scaled
        atom.number.scaled, atom.prefixed, atom.first = True, True, atom.first - 1
        return
    found = currencies.before(p, atom.first) or _sign_outside(p, atom)
    if found and p.at(found[1] - 1).kind == NUMBER and not p.at(atom.first).glued and currencies.after(p, atom.last):
        return  # "5,99 € 7,99 €": the sign is that of the number before
    if found and (atom.number.scaled or not atom.number.article):
        atom.unit, atom.prefixed, atom.first = currencies.code_of(found[0], p.country), True, found[1]


def _sign_outside(p: Passage, atom: Atom) -> tuple[Money, int] | None:
    """Return the currency before the bracket in which accountants write a loss: "$(107)"."""
    inside = p.word(atom.first - 1) == "(" and p.at(atom.first - 1).glued and p.word(atom.last) == ")"
    return currencies.before(p, atom.first - 1) if inside else None


def _again(p: Passage, atom: Atom, at: int) -> None:
    """Pass over a currency said twice: "US$5 million dollars"."""
    again = currencies.after(p, at)
    if again and p.at(again[1]).kind != NUMBER and currencies.code_of(again[0], p.country) == atom.unit:
        atom.last = again[1]


def _late_letters(p: Passage, atom: Atom) -> None:
    """Read "$5 m" and "£8K": beside a currency a lone letter is a scale."""
    written = p.written(atom.last)
    factor = p.words.scale_letters.get(written) or p.words.money_letters.get(written)
    if factor and p.at(atom.last).kind == WORD:
        atom.number.scale, atom.number.scaled, atom.last = factor, True, atom.last + 1
        atom.number.last = atom.last


def _scaled_code(p: Passage, atom: Atom, at: int) -> bool:
    """Read "350 mdd", "120 MEUR"."""
    found = p.words.scaled_units.match(p.tokens, at) or currencies.scaled(p, at)
    if not found or atom.number.scaled:
        return False
    (atom.number.scale, atom.unit), atom.last = found
    atom.number.scaled = True
    return True


# --- money


def _money(p: Passage, atom: Atom, at: int) -> bool:
    found = currencies.after(p, at)
    if found is None:
        return False
    money, end = found
    if p.at(end).kind == NUMBER and p.at(end).glued and not p.at(at).glued:
        return False  # "10 $30": the sign is that of the next number
    atom.unit, atom.last = currencies.code_of(money, p.country), end
    if not atom.number.scaled and (scale := p.words.scales.match(p.tokens, end)):
        atom.number.scale, atom.number.scaled, atom.last = scale[0], True, scale[1]  # "75 USD million"
    if money.minor:
        atom.factor = HUNDREDTH
    elif not atom.number.scaled:
        _coins(p, atom)
    return True


def _coins(p: Passage, atom: Atom) -> None:
    """Read "7€99", "15 dollars 50", "1 USD 23 cents", "zwei Euro fünfzig"."""
    joined = p.word(atom.last) in p.words.number_joins
    following = _small(p, atom.last + joined)
    if following is None or not 1 <= following.bare <= 99 or not following.whole:
        return
    minor = p.words.money.match(p.tokens, following.last)
    if minor and minor[0].minor:
        end = minor[1]
    elif not joined and _two_digits(p, following) and not stands(p, following.last):
        end = following.last
    else:
        return
    atom.extra, atom.last, atom.step_set = following.bare * HUNDREDTH, end, HUNDREDTH


def _small(p: Passage, at: int) -> Numeral | None:
    """Return a number without scale at a token."""
    found = scales.numeral(p, at) if p.at(at).kind in (NUMBER, WORD) else None
    return None if found is None or found.scaled or found.article else found


def _two_digits(p: Passage, number: Numeral) -> bool:
    apart = not p.at(number.first).glued and p.at(number.last).kind == WORD
    counts = apart and p.word(number.last) not in p.words.stop
    return not counts and (p.at(number.first).kind == WORD or len(p.word(number.first)) == 2)


# --- percent, points and time


def _measure(p: Passage, atom: Atom, at: int) -> None:
    found = p.words.units.match(p.tokens, at)
    if found is None and p.word(at) == ")" and p.word(atom.first - 1) == "(":
        found = p.words.units.match(p.tokens, at + 1)
        atom.in_brackets = found is not None
        atom.first -= atom.in_brackets
    if found is None:
        _said_before(p, atom)
    if found is None or _is_other(p, atom, *found):
        return
    atom.unit, atom.last = found
    if atom.unit in PARTS_OF_A_POINT:
        atom.unit, atom.factor = "percentage_points", PARTS_OF_A_POINT[atom.unit]
    if atom.unit == "hours" and not atom.number.scaled:
        _minutes(p, atom)
    if atom.unit in ("hours", "minutes") and (half := p.words.after_number.match(p.tokens, atom.last)):
        atom.number.bare, atom.last = atom.number.bare + half[0], half[1]  # "deux heures et demie"


def _said_before(p: Passage, atom: Atom) -> None:
    """Read "a percentage of 22" and "in percent: 22", where nothing else is counted or shared."""
    named = p.words.units_before.match_before(p.tokens, atom.first)
    if named is None or p.at(atom.last).kind in (NUMBER, WORD):
        return
    shared = p.at(named[1] - 1).kind == NUMBER or p.word(named[1] - 1) in p.words.numbers  # "20 percent of 210"
    if named[1] == 0 or not shared:
        atom.unit, atom.first = named


def _is_other(p: Passage, atom: Atom, unit: str, end: int) -> bool:
    """Whether the unit is a part of something else: "points de vente", "5 hommes" behind "h"."""
    barred = p.words.units_not_before.match(p.tokens, end)
    inside = len(p.word(end - 1)) == 1 and p.at(end).kind == WORD and p.at(end).glued
    other_points = unit == "percentage_points" and end <= atom.last + 1 and _other_points(p, atom, end)
    return bool(barred and barred[0] == unit) or inside or other_points


def _other_points(p: Passage, atom: Atom, end: int) -> bool:
    """Whether bare points are those of an index or a game ("7.934 points", "un point de presse"), not of percent."""
    of_something = p.word(end) in p.words.of and p.names_thing(end + 1)
    return atom.number.value > 100 or of_something or (atom.number.article and p.names_thing(end))


def _minutes(p: Passage, atom: Atom) -> None:
    """Read "1h32", "2 heures 15", "3 hours and 12 minutes" as minutes."""
    joined = p.word(atom.last) in p.words.number_joins
    following = _small(p, atom.last + joined)
    if following is None or following.bare >= SIXTY:
        return
    unit = p.words.units.match(p.tokens, following.last)
    if unit and unit[0] == "minutes":
        end = unit[1]
    elif not joined and following.digits and len(p.word(following.first)) == 2 and not stands(p, following.last):
        end = following.last
    else:
        return
    atom.unit, atom.factor, atom.extra, atom.last, atom.step_set = "minutes", SIXTY, following.bare, end, ONE
