"""Numbers as digits and as words: their value before any unit.

A numeral is a run of groups, each with a scale ("1 milliard 200 millions", "trois millions et demi").
Runs of number words are read by text2num; it never sees mixed text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from text_to_num import text2num

from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.tokens import NUMBER, SIGN, VULGAR, WORD, Token

ONE = Decimal(1)
THOUSAND = Decimal(1000)
MILLION = Decimal(1000000)
MILLIARD = Decimal(1000000000)
VULGAR_VALUES = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667", "⅛": "0.125"}


@dataclass(slots=True)
class Numeral:
    """A number from token `first` to before token `last`: `bare` times `scale`."""

    first: int
    last: int
    bare: Decimal
    scale: Decimal = ONE
    scaled: bool = False  # a scale is written
    digits: bool = False
    article: bool = False  # the number is only "one" or an article
    approx: bool = False
    ambiguous: Decimal | None = None  # the other reading of "12,500"

    @property
    def value(self) -> Decimal:
        """The number in units."""
        return self.bare * self.scale

    @property
    def step(self) -> Decimal:
        """The worth of the last digit that is meant."""
        return step(self.bare) * self.scale


def step(value: Decimal) -> Decimal:
    """Return the worth of the last digit meant: trailing zeros are rounding while two significant digits stay."""
    _, digits, exponent = value.as_tuple()
    exponent = int(exponent)
    if exponent < 0 or not any(digits):
        return ONE.scaleb(min(exponent, 0))
    kept = len(digits)
    while kept > 2 and digits[kept - 1] == 0:
        kept -= 1
    return ONE.scaleb(exponent + len(digits) - kept)


def read_digits(written: str, decimal: str) -> tuple[Decimal, Decimal | None] | None:
    """Return the value of digits with marks, and a second reading when three digits after one mark leave a doubt.

    The language's decimal mark decides; None when the marks make no number ("1.2.3").
    """
    written = written.replace(" ", "").replace("'", "")
    points, commas = written.count("."), written.count(",")
    if not points and not commas:
        return Decimal(written), None
    if points and commas:
        mark = max(".", ",", key=written.rfind)
        whole, _, part = written.rpartition(mark)
        if mark in whole or not _grouped(whole):
            return None
        return Decimal(whole.replace(".", "").replace(",", "") + "." + part), None
    mark = "." if points else ","
    whole, _, part = written.rpartition(mark)
    if points + commas > 1:
        return (Decimal(written.replace(mark, "")), None) if _grouped(written) else None
    as_decimal = Decimal(f"{whole or 0}.{part}")
    if len(part) != 3 or not 1 <= len(whole) <= 3 or whole == "0":
        return as_decimal, None
    as_thousands = Decimal(whole + part)
    return (as_decimal, as_thousands) if mark == decimal else (as_thousands, as_decimal)


def _grouped(written: str) -> bool:
    head, *groups = written.replace(",", ".").split(".")
    return (
        1 <= len(head) <= 3 and all(len(group) == 3 for group in groups[-1:]) and all(2 <= len(g) <= 3 for g in groups)
    )


@cache
def _spoken(run: str, lang: str) -> int | None:
    """Return the value of a run of number words, None when it is none."""
    try:
        return int(text2num(run, lang))
    except ValueError:
        return None


class NumeralReader:
    """Reads numerals from the tokens of one text."""

    def __init__(self, text: str, tokens: list[Token], words: Words, decimal: str) -> None:
        """Take the text, its tokens, and the decimal mark of its country."""
        self.text, self.tokens, self.words, self.decimal = text, tokens, words, decimal

    def read(self, at: int) -> Numeral | None:
        """Return the numeral that begins at a token, None when there is none."""
        found = self.part_scale(at) or self._group(at)
        if found is None:
            return None
        self._scale(found)
        self._more_groups(found)
        if half := self.words.after_number.match(self.tokens, found.last):
            found.bare, found.last = found.bare + half[0], half[1]
            self._scale(found)
        return found

    # --- groups

    def _group(self, at: int) -> Numeral | None:
        token = self.tokens[at]
        if token.kind == NUMBER:
            return self._digits(at)
        if token.kind == VULGAR:
            return Numeral(at, at + 1, Decimal(VULGAR_VALUES[token.word]), digits=True)
        return self._collective(at) or self._word_run(at) or self._article(at)

    def _digits(self, at: int) -> Numeral | None:
        values = read_digits(self.tokens[at].word, self.decimal)
        if values is None:
            return None
        found = Numeral(at, at + 1, values[0], digits=True, ambiguous=values[1])
        if self._kind(at + 1) == VULGAR and self.tokens[at + 1].glued:
            found.bare += Decimal(VULGAR_VALUES[self.tokens[at + 1].word])
            found.last += 1
        return found

    def _collective(self, at: int) -> Numeral | None:
        """Read "une centaine", "la petite trentaine", "two dozen", "a dozen"."""
        words = self.words
        end = at + (self._word(at) in words.collective_openers)
        factor = words.collectives.get(self._word(end))
        if factor is None or (end == at and not self._opened(at)):
            return None
        exact = self._word(end) in words.exact_collectives
        return Numeral(at, end + 1, factor, approx=not exact)

    def _opened(self, at: int) -> bool:
        before = self._word(at - 1)
        return before in self.words.articles or before in self.words.collective_adjectives

    def _word_run(self, at: int) -> Numeral | None:
        """Read the longest run of number words below a million."""
        ends, run, end = [], "", at
        while end < len(self.tokens) and end < at + 16:
            token = self.tokens[end]
            if self._counts(token.word):
                run += ("" if not run or run[-1] == "-" else " ") + token.word
                ends.append((end + 1, run))
            elif run and token.word in self.words.number_joins and not run.endswith(f" {token.word}"):
                run += " " + token.word
            elif run and token.word == "-" and token.glued and self._glued(end + 1):
                run += "-"
            else:
                break
            end += 1
        for last, spoken in reversed(ends):
            if self._is_minor(at, last):
                continue
            value = self._value(spoken)
            if value is not None:
                article = last == at + 1 and self.tokens[at].word in self.words.ones
                return self._spoken_decimals(self._times_dozen(Numeral(at, last, value, article=article)))
        return None

    def _spoken_decimals(self, found: Numeral) -> Numeral:
        """Read "deux virgule cinq" and "two point two five"."""
        if self._word(found.last) not in self.words.decimal_words:
            return found
        at, digits = found.last + 1, ""
        while at < len(self.tokens) and self._counts(self._word(at)) and len(digits) < 8:
            value = self._value(self._word(at))
            if value is None or (digits and value > 9):
                break
            digits, at = digits + f"{value:f}", at + 1
        if digits.isdigit():
            found.bare, found.last, found.article = found.bare + Decimal(f"0.{digits}"), at, False
        return found

    def _is_minor(self, at: int, last: int) -> bool:
        """Whether the last word is a coin and no number: "cinq cents par action", not "cinq cents films"."""
        if last == at + 1 or not (money := self.words.money.root.get(self._word(last - 1))):
            return False
        coin = money.get("")
        counted = self._kind(last) == WORD and self._word(last) not in self.words.stop
        return coin is not None and coin.minor and not counted and not self.words.scales.match(self.tokens, last)

    def _value(self, spoken: str) -> Decimal | None:
        if spoken in self.words.number_values:
            return self.words.number_values[spoken]
        for ending, part in self.words.compound_halves.items():
            if spoken.endswith(ending) and (whole := _spoken(spoken[: -len(ending)], self.words.lang)) is not None:
                return whole + part
        whole = _spoken(spoken.replace("-", " ") if " " in spoken else spoken, self.words.lang)
        if whole is None and spoken in self.words.ones:
            return ONE
        return None if whole is None else Decimal(whole)

    def _counts(self, word: str) -> bool:
        """Whether a word is part of a number below a million."""
        words = self.words
        if word in words.number_joins:
            return False
        if word in words.numbers:
            found = words.scales.root.get(word)
            return not found or found.get("", ONE) < MILLION
        if words.compound is None or word in words.number_values:
            return word in words.number_values
        return bool(words.compound.fullmatch(word)) or any(
            word.endswith(ending) and words.compound.fullmatch(word[: -len(ending)])
            for ending in words.compound_halves
            if len(word) > len(ending)
        )

    def _times_dozen(self, found: Numeral) -> Numeral:
        """Read "deux douzaines" and "two dozen"; "a hundred" stays what it is."""
        word = self._word(found.last)
        factor = self.words.collectives_many.get(word)
        if factor:
            found.approx = word not in self.words.exact_collectives
            found.bare, found.last, found.article = found.bare * factor, found.last + 1, False
        return found

    def _article(self, at: int) -> Numeral | None:
        """Read "le million", "a billion-dollar": a scale in the singular that only an article counts."""
        token = self.tokens[at]
        if token.kind != WORD:
            return None
        if token.word in self.words.articles and (scale := self.words.scales.match(self.tokens, at + 1)):
            first = at if token.word in self.words.ones else at + 1
            return Numeral(first, at + 1, ONE, article=True) if self._one(at + 1, scale[0]) else None
        scale = self.words.scales.match(self.tokens, at)
        if scale and self._one(at, scale[0]) and self._opened(at):
            return Numeral(at, at, ONE, article=True)
        return None

    def _one(self, at: int, scale: Decimal) -> bool:
        singular = self.words.singular_scales
        return scale >= MILLION and (not singular or self._word(at) in singular)

    def part_scale(self, at: int) -> Numeral | None:
        """Read "un demi-million", "half a billion", "un quart de milliard", "Viertelmillion"."""
        if (value := self.words.part_words.get(self.tokens[at].word)) is not None:
            return Numeral(at, at + 1, value, scaled=True)
        part = self.words.part_scales.match(self.tokens, at)
        if part is None:
            return None
        end = part[1] + (1 if self._word(part[1]) == "-" else 0)
        scale = self.words.scales.match(self.tokens, end)
        if scale is None or scale[0] < MILLION:
            return None
        return Numeral(at, end, part[0])

    # --- scales

    def _scale(self, found: Numeral) -> None:
        """Multiply by the scales that follow ("mil millones", "centaine de milliers", "-million")."""
        while True:
            end = found.last
            if (self._word(end) == "-" and self.tokens[end].glued) or (
                self._word(end) in self.words.of and (not found.digits or found.scaled)
            ):
                end += 1
            scale = self.words.scales.match(self.tokens, end)
            if scale is None and end == found.last and not found.scaled:
                scale = self._letters(end, found)
            if scale is None or not self._fits(found, scale[0]):
                return
            found.scale *= scale[0]
            found.scaled, found.last = True, scale[1]
            self._settle(found, scale[1] - 1)

    def _fits(self, found: Numeral, scale: Decimal) -> bool:
        return not found.scaled or (found.scale <= THOUSAND and scale >= THOUSAND)

    def _settle(self, found: Numeral, at: int) -> None:
        """Choose the reading of "1.175 milliard" and "7.926 millones": nobody counts thousands of milliards."""
        if found.ambiguous is None:
            return
        fraction = min(found.bare, found.ambiguous)
        singular = fraction < 2 and self.tokens[at].word in self.words.singular_scales
        if found.scale >= MILLIARD or found.scale == THOUSAND or singular:
            found.bare = fraction
        found.ambiguous = None

    def _letters(self, at: int, found: Numeral) -> tuple[Decimal, int] | None:
        """Read "M", "bn", "Md", "k" glued to the digits, or apart when they cannot be a unit of measure."""
        if at >= len(self.tokens) or not found.digits or self.tokens[at].kind != WORD:
            return None
        token = self.tokens[at]
        factor = self.words.scale_letters.get(self.text[token.start : token.end])
        if factor is None:
            return None
        written = self.text[token.start : token.end]
        money = self._word(at + 1) in ("€", "$", "£", "¥")
        if not (token.glued or money or len(written) > 1 or written.isupper()):
            return None
        if at + 1 < len(self.tokens) and self.tokens[at + 1].glued and self._kind(at + 1) == NUMBER:
            return None  # "2 G8"
        return factor, at + 1

    def _more_groups(self, found: Numeral) -> None:
        """Add the smaller groups that follow: "3 millions 600 mille", "4 mil 850 millones"."""
        while found.scaled and found.scale >= THOUSAND and found.last < len(self.tokens):
            token = self.tokens[found.last]
            if token.kind not in (NUMBER, WORD):
                return
            following = self._group(found.last)
            if following is None or following.article or following.digits != found.digits:
                return
            self._scale(following)
            if following.scale > found.scale and found.scale == THOUSAND and following.bare < THOUSAND:
                found.bare, found.scale = found.bare * THOUSAND + following.bare, following.scale
                found.last = following.last
            elif following.value < found.scale and (following.scaled or not found.digits):
                found.bare += following.value / found.scale
                found.last = following.last
            else:
                return

    # --- tokens

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else SIGN

    def _glued(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].glued and self._counts(self.tokens[at].word)
