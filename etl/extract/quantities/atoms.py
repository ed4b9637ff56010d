"""One quantity at a place of the text: a number with its unit, a share or a multiple, without hedge."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.extract.quantities import currencies, names
from etl.extract.quantities.lexicon import Money, Words
from etl.extract.quantities.numerals import ONE, THOUSAND, Numeral, NumeralReader
from etl.extract.quantities.tokens import BREAK, NUMBER, OPAQUE, SIGN, VULGAR, WORD, Token

TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")
SIXTY = Decimal(60)


@dataclass(slots=True)
class Atom:
    """A number and its unit, from token `first` to before token `last`."""

    first: int
    last: int
    number: Numeral
    unit: str = "count"
    factor: Decimal = ONE  # of the unit: a cent is a hundredth
    step: Decimal | None = None  # when it is not that of the number
    prefixed: bool = False
    extra: Decimal = Decimal(0)  # "1 h 32": the minutes
    per: str | None = None
    value_max: Decimal | None = None
    approx: bool = False
    moved: bool = False  # the old or new value of a move
    follows: bool = False  # shares a hedge with the one before: "unos 650.000 y 160.000"
    weak: bool = False  # a bare "one": counts only beside "or two million"
    in_brackets: bool = False  # "(3)%": a loss as accountants write it

    @property
    def value(self) -> Decimal:
        """The value in base units."""
        return self.number.value * self.factor + self.extra

    @property
    def bare_count(self) -> bool:
        """Whether neither scale nor unit is written."""
        return self.unit == "count" and not self.number.scaled


class AtomReader:
    """Reads atoms from the tokens of one text."""

    def __init__(self, text: str, tokens: list[Token], words: Words, country: str) -> None:
        """Take the text, its tokens, the words of its language, and its country for "$" and decimal marks."""
        self.text, self.tokens, self.words, self.country = text, tokens, words, country
        decimal = "." if country in words.point_countries else words.decimal
        self.numerals = NumeralReader(text, tokens, words, decimal)

    def read(self, at: int) -> Atom | None:
        """Return the atom whose number begins at a token, None when there is none."""
        if self.words.idioms.match(self.tokens, at):
            return None
        special = self._multiple(at) or (None if self.numerals.part_scale(at) else self._share(at))
        if special:
            return special
        number = self.numerals.read(at)
        if number is None or names.inside(self.text, self.tokens, number, self.words):
            return None
        atom = Atom(number.first, number.last, number, approx=number.approx)
        self._prefix(atom)
        self._suffix(atom)
        if atom.unit == "count" and atom.number.ambiguous is not None:
            self._settle(atom)
        if names.meaningless(self.text, self.tokens, atom.number, atom.last, atom.unit, atom.first, self.words):
            return None
        atom.weak = number.article and not number.scaled and atom.unit == "count" and not self._ratio_follows(atom)
        return atom

    def _settle(self, atom: Atom) -> None:
        """Read "12,500 abonnés" as thousands: nobody counts thousandths of a subscriber."""
        number = atom.number
        assert number.ambiguous is not None  # noqa: S101 - for the type checker
        following = self._at(atom.last)
        if not number.scaled and following.kind == WORD and max(number.bare, number.ambiguous) % 10 == 0:
            number.bare = max(number.bare, number.ambiguous)
        number.ambiguous = None

    # --- units

    def _prefix(self, atom: Atom) -> None:
        if scaled := currencies.scaled(self.text, self.tokens, atom.first - 1):
            atom.number.scale, atom.unit = scaled[0]
            atom.number.scaled, atom.prefixed, atom.first = True, True, atom.first - 1
            return
        found = currencies.before(self.text, self.tokens, atom.first)
        if found and (atom.number.scaled or not atom.number.article):
            atom.unit, atom.prefixed = currencies.code_of(found[0], self.country), True
            atom.first = found[1]

    def _suffix(self, atom: Atom) -> None:
        if atom.prefixed and not atom.number.scaled:
            self._late_letters(atom)
        at = atom.last
        if (self._at(at).word == "-" and self._at(at).glued and self._at(at + 1).glued) or (
            self._at(at).word in self.words.of and (atom.number.scaled or not atom.number.digits)
        ):
            at += 1
        if atom.prefixed:
            again = currencies.after(self.text, self.tokens, at, self.words)
            follows = again is not None and self._at(again[1]).kind == NUMBER  # "$5 $6"
            if again and not follows and currencies.code_of(again[0], self.country) == atom.unit:
                atom.last = again[1]
            return
        if self._scaled_unit(atom, at) or self._money(atom, at):
            return
        self._measure(atom, at)

    def _late_letters(self, atom: Atom) -> None:
        """Read "$5 m" and "£8K": beside a currency a lone letter is a scale."""
        token = self._at(atom.last)
        written = self.text[token.start : token.end]
        factor = self.words.scale_letters.get(written) or self.words.money_letters.get(written)
        if factor and token.kind == WORD:
            atom.number.scale, atom.number.scaled, atom.last = factor, True, atom.last + 1
            atom.number.last = atom.last

    def _scaled_unit(self, atom: Atom, at: int) -> bool:
        found = self.words.scaled_units.match(self.tokens, at) or currencies.scaled(self.text, self.tokens, at)
        if not found or atom.number.scaled:
            return False
        (factor, atom.unit), atom.last = found
        atom.number.scale, atom.number.scaled = factor, True
        return True

    def _money(self, atom: Atom, at: int) -> bool:
        found = currencies.after(self.text, self.tokens, at, self.words)
        if found is None:
            return False
        money, end = found
        if self._at(end).kind == NUMBER and self._at(end).glued and not self._at(at).glued:
            return False  # "10 $30": the sign is that of the next number
        atom.unit, atom.last = currencies.code_of(money, self.country), end
        if not atom.number.scaled and (scale := self.words.scales.match(self.tokens, end)):
            atom.number.scale, atom.number.scaled, atom.last = scale[0], True, scale[1]  # "75 USD million"
        if money.minor:
            atom.factor = HUNDREDTH
        else:
            self._minor_part(atom)
        return True

    def _minor_part(self, atom: Atom) -> None:
        """Read "7€99", "15 dollars 50", "1 USD 23 cents", "zwei Euro fünfzig"."""
        at = atom.last
        joined = self._at(at).word in self.words.number_joins
        following = self.numerals.read(at + joined) if self._at(at + joined).kind in (NUMBER, WORD) else None
        if following is None or following.scaled or following.article or not 1 <= following.bare <= 99:
            return
        if following.bare != int(following.bare) or atom.number.scaled:
            return
        minor = self.words.money.match(self.tokens, following.last)
        if minor and minor[0].minor:
            atom.extra, atom.last = following.bare * HUNDREDTH, minor[1]
        elif not joined and self._two_digits(following) and not self._unit_at(following.last):
            atom.extra, atom.last = following.bare * HUNDREDTH, following.last
        if atom.extra:
            atom.step = HUNDREDTH

    def _two_digits(self, number: Numeral) -> bool:
        token = self.tokens[number.first]
        apart = not token.glued and self._at(number.last).kind == WORD
        apart = apart and self._at(number.last).word not in self.words.stop
        return not apart and (token.kind == WORD or len(token.word) == 2)

    def _unit_at(self, at: int) -> bool:
        return bool(self.words.units.match(self.tokens, at) or currencies.after(self.text, self.tokens, at, self.words))

    def _measure(self, atom: Atom, at: int) -> None:
        found = self.words.units.match(self.tokens, at)
        if found is None and self._at(at).word == ")" and self._at(atom.first - 1).word == "(":
            found = self.words.units.match(self.tokens, at + 1)
            atom.in_brackets = found is not None
            atom.first -= atom.in_brackets
        if found is None:
            return
        unit, end = found
        if unit == "percentage_points" and self._other_points(atom, end):
            return
        barred = self.words.units_not_before.match(self.tokens, end)
        if barred and barred[0] == unit:
            return
        if len(self._at(end - 1).word) == 1 and self._at(end).kind == WORD and self._at(end).glued:
            return
        atom.last = end
        if unit == "basis_points":
            atom.unit, atom.factor = "percentage_points", HUNDREDTH
        else:
            atom.unit = unit
        if unit == "hours":
            self._minutes(atom)

    def _other_points(self, atom: Atom, end: int) -> bool:
        """Whether points are those of an index or a game ("7.934 points", "un point de presse"), not of percent."""
        if end > atom.last + 1:
            return False
        then = self._at(end + 1) if self._at(end).word in self.words.of else self._at(end)
        of_something = then is not self._at(end) and then.kind == WORD and then.word not in self.words.stop
        one = atom.number.article and then.kind == WORD and then.word not in self.words.stop
        return atom.number.value > 100 or of_something or one

    def _minutes(self, atom: Atom) -> None:
        """Read "1h32", "2 heures 15", "3 hours and 12 minutes" as minutes."""
        at = atom.last
        joined = self._at(at).word in self.words.number_joins
        following = self.numerals.read(at + joined) if self._at(at + joined).kind in (NUMBER, WORD) else None
        if following is None or following.scaled or following.article or following.bare >= SIXTY or atom.number.scaled:
            return
        unit = self.words.units.match(self.tokens, following.last)
        if unit and unit[0] == "minutes":
            end = unit[1]
        elif (
            not joined
            and following.digits
            and len(self.tokens[following.first].word) == 2
            and not self._unit_at(following.last)
        ):
            end = following.last
        else:
            return
        atom.unit, atom.factor, atom.extra, atom.last, atom.step = "minutes", SIXTY, following.bare, end, ONE

    # --- shares and multiples

    def _share(self, at: int) -> Atom | None:
        words = self.words
        if found := words.shares.match(self.tokens, at):
            value, end = found
            after = self._at(end)
            then = self._at(end + 1) if after.word in words.of else after
            follows = not words.share_followers or after.word in words.share_followers or after.kind == BREAK
            if (
                follows
                and then.word not in words.share_not_before
                and self._at(at - 1).word not in words.share_not_after
            ):
                return self._made(at, end, value, "percent")
        return self._every(at)

    def _every(self, at: int) -> Atom | None:
        """Read "jeder Dritte"; "jeden dritten Tag" is no share."""
        words = self.words
        if self._at(at).word not in words.every or self._at(at + 2).word in words.every_not_before:
            return None
        value = words.every_ordinals.get(self._at(at + 1).word)
        return None if value is None else self._made(at, at + 2, value, "percent")

    def _multiple(self, at: int) -> Atom | None:
        words = self.words
        if words.multiple_not.match(self.tokens, at) or (self._at(at).glued and self._at(at - 1).word == "-"):
            return None
        if found := words.multiples.match(self.tokens, at):
            return self._made(at, found[1], found[0], "multiple", TENTH)
        if by := words.multiplied_by.match(self.tokens, at):
            number = self.numerals.read(by[1]) if by[1] < len(self.tokens) else None
            if number and number.value:
                return self._made(at, number.last, number.value if by[0] else _inverse(number.value), "multiple", TENTH)
        return None

    def times(self, atom: Atom) -> None:
        """Turn "three times as many", "trois fois plus", "3x" into a multiple."""
        if not atom.bare_count:
            return
        at = atom.last + (self._at(atom.last).word == "-")
        if self._at(at).word not in self.words.times:
            return
        following = self._at(at + 1).word
        if following in self.words.times_less and atom.number.value:
            atom.number.bare, atom.number.scale = _inverse(atom.number.value), ONE
        elif following not in self.words.times_more and not self._factor(at):
            return
        atom.unit, atom.last, atom.step = "multiple", at + 1, TENTH

    def _factor(self, at: int) -> bool:
        """Whether "x" or "fold" is glued to its number: "3x", never the "11 x 4" of a size."""
        last = len(self._at(at).word) == 1 or self._at(at - 1).word == "-"
        return last and self._at(at).glued and self._at(at + 1).kind != NUMBER

    def one_in(self, atom: Atom) -> None:
        """Turn "one in four", "un Français sur cinq", "siete de cada diez" into percent."""
        at, words = atom.last, self.words
        if atom.number.scaled or atom.number.value != int(atom.number.value):
            return
        for skipped in range(3 if words.out_of_noun else 1):
            found = words.out_of.match(self.tokens, at + skipped)
            if found:
                break
            if self._at(at + skipped).kind != WORD:
                return
        else:
            return
        whole = self.numerals.read(found[1]) if found[1] < len(self.tokens) else None
        if whole is None or whole.scaled or whole.value not in words.out_of_wholes or atom.number.value >= whole.value:
            return
        if whole.value != int(whole.value) or self._unit_at(whole.last) or self._at(whole.last).word in words.durations:
            return
        percent = (atom.number.value * 100 / whole.value).quantize(HUNDREDTH).normalize()
        atom.number.bare, atom.number.scale, atom.unit = Decimal(f"{percent:f}"), ONE, "percent"
        atom.last, atom.step, atom.factor = whole.last, ONE, ONE

    def _ratio_follows(self, atom: Atom) -> bool:
        self.one_in(atom)
        return atom.unit == "percent"

    def _made(self, first: int, last: int, value: Decimal, unit: str, step: Decimal = ONE) -> Atom:
        return Atom(first, last, Numeral(first, last, value), unit, step=step)

    def _at(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NOTHING


def _inverse(value: Decimal) -> Decimal:
    return (ONE / value).quantize(Decimal("0.0001"))


_NOTHING = Token("", -1, -1, BREAK, False)
__all__ = ["OPAQUE", "SIGN", "THOUSAND", "VULGAR", "Atom", "AtomReader", "Money"]
