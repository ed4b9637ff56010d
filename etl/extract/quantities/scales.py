"""Numbers with their scales: "5,9 millions", "1 milliard 200 millions", "un demi-million", "trois millions et demi"."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import digits, spoken
from etl.extract.quantities.numerals import MILLIARD, MILLION, ONE, THOUSAND, Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import NUMBER, VULGAR, WORD

SIGNS = ("€", "$", "£", "¥")
HUNDREDS = 3  # digits
PARTED = ("percentage_points",)


def numeral(p: Passage, at: int) -> Numeral | None:
    """Return the number that begins at a token with its scales, None when there is none."""
    found = part(p, at) or _group(p, at)
    if found is None:
        return None
    _digits_behind(p, found)
    _scale(p, found)
    _more_groups(p, found)
    if half := p.words.after_number.match(p.tokens, found.last):
        found.bare, found.last = found.bare + half[0], half[1]
        _scale(p, found)
    return found


def _digits_behind(p: Passage, found: Numeral) -> None:
    """Add three digits behind thousands in words: "mil 148 millones", "dos mil 300 pesos"."""
    written, after = p.word(found.last), p.at(found.last)
    thousands = not found.digits and found.value >= THOUSAND and found.value < MILLION and found.value % THOUSAND == 0
    if thousands and after.kind == NUMBER and len(written) == HUNDREDS and written.isdigit():
        found.bare, found.scale, found.scaled = found.value + int(written), ONE, False
        found.digits, found.last = True, found.last + 1


def part(p: Passage, at: int) -> Numeral | None:
    """Return the part of a scale at a token: "un demi-million", "a quarter of a billion", "half a dozen"."""
    if (value := p.words.part_words.get(p.word(at))) is not None:
        return Numeral(at, at + 1, value, scaled=True)
    found = p.words.part_scales.match(p.tokens, at)
    if found is None:
        return None
    end = found[1] + (p.word(found[1]) == "-")
    if dozen := p.words.collectives.get(p.word(end)):
        return Numeral(at, end + 1, found[0] * dozen, approx=p.word(end) not in p.words.exact_collectives)
    scale = p.words.scales.match(p.tokens, end)
    unit = p.words.units.match(p.tokens, end)  # "un demi-point", "half a percentage point"
    return Numeral(at, end, found[0]) if (scale and scale[0] >= MILLION) or (unit and unit[0] in PARTED) else None


def _group(p: Passage, at: int) -> Numeral | None:
    return digits.numeral(p, at) if p.at(at).kind in (NUMBER, VULGAR) else spoken.numeral(p, at)


def _scale(p: Passage, found: Numeral) -> None:
    """Multiply by the scales that follow ("mil millones", "centaine de milliers", "-million")."""
    while True:
        end = found.last
        hyphen = p.word(end) == "-" and p.at(end).glued
        end += hyphen or (p.word(end) in p.words.of and (not found.digits or found.scaled))
        scale = p.words.scales.match(p.tokens, end)
        if scale is None and end == found.last and not found.scaled:
            scale = _letters(p, end, found)
        if scale is None or (found.scaled and (found.scale > THOUSAND or scale[0] < THOUSAND)):
            return
        found.scale *= scale[0]
        found.scaled, found.last = True, scale[1]
        _settle(p, found)


def _settle(p: Passage, found: Numeral) -> None:
    """Choose the reading of "1.175 milliard" and "7.926 millones": nobody counts thousands of milliards."""
    if found.ambiguous is None:
        return
    fraction = min(found.bare, found.ambiguous)
    singular = fraction < 2 and p.word(found.last - 1) in p.words.singular_scales
    if found.scale >= MILLIARD or found.scale == THOUSAND or singular:
        found.bare = fraction
    found.ambiguous = None


def _letters(p: Passage, at: int, found: Numeral) -> tuple[Decimal, int] | None:
    """Read "M", "bn", "Md", "k" glued to the digits, or apart when they cannot be a unit of measure."""
    written = p.written(at)
    factor = p.words.scale_letters.get(written)
    if factor is None or not found.digits or p.at(at).kind != WORD:
        return None
    sure = p.at(at).glued or len(written) > 1 or written.isupper() or p.word(at + 1) in SIGNS
    name = p.at(at + 1).glued and p.at(at + 1).kind == NUMBER  # "2 G8"
    return (factor, at + 1) if sure and not name else None


def _hundreds(p: Passage, found: Numeral) -> bool:
    """Whether three digits follow a thousand in words: "3 mil 500"."""
    return found.scale == THOUSAND and len(p.word(found.last - 1)) > 1 and len(p.word(found.last)) == digits.GROUP


def _more_groups(p: Passage, found: Numeral) -> None:
    """Add the smaller groups that follow: "3 millions 600 mille", "4 mil 850 millones"."""
    while found.scaled and found.scale >= THOUSAND and p.at(found.last).kind in (NUMBER, WORD):
        following = _group(p, found.last)
        if following is None or following.article or following.digits != found.digits:
            return
        _scale(p, following)
        thousands = found.scale == THOUSAND and following.bare < THOUSAND
        if following.scale > found.scale and thousands:
            found.bare, found.scale = found.bare * THOUSAND + following.bare, following.scale
        elif following.value < found.scale and (following.scaled or not found.digits or _hundreds(p, found)):
            found.bare += following.value / found.scale
        else:
            return
        found.last = following.last
