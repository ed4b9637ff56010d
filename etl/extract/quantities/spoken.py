"""Numbers in words below a million, and words that stand for a number: "une centaine", "two dozen", "anderthalb".

Runs of number words are read by text2num; it never sees anything else.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from text_to_num import text2num

from etl.extract.quantities.numerals import MILLION, ONE, Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import WORD
from etl.extract.quantities.vocabulary import Words

LONGEST = 16  # tokens of a number in words
DECIMALS = 8  # digits after a spoken decimal mark


def numeral(p: Passage, at: int) -> Numeral | None:
    """Return the number in words at a token, None when there is none."""
    return _collective(p, at) or _run(p, at) or _article(p, at)


def counts(words: Words, word: str) -> bool:
    """Whether a word is part of a number below a million."""
    if word in words.number_joins:
        return False
    if word in words.numbers:
        scale = words.scales.root.get(word)
        return not scale or bool(scale.get("", ONE) < MILLION)
    if words.compound is None or word in words.number_values:
        return word in words.number_values
    halves = (word[: -len(half)] for half in words.compound_halves if word.endswith(half) and word != half)
    return any(words.compound.fullmatch(part) for part in (word, *halves))


def _collective(p: Passage, at: int) -> Numeral | None:
    """Read "une centaine", "la petite trentaine", "a dozen"."""
    words = p.words
    end = at + (p.word(at) in words.collective_openers)
    factor = words.collectives.get(p.word(end))
    if factor is None or (end == at and not _opened(p, at)):
        return None
    return Numeral(at, end + 1, factor, approx=p.word(end) not in words.exact_collectives)


def _opened(p: Passage, at: int) -> bool:
    return p.word(at - 1) in p.words.articles or p.word(at - 1) in p.words.collective_adjectives


def _run(p: Passage, at: int) -> Numeral | None:
    """Read the longest run of number words that has a value."""
    for last, spoken in reversed(_runs(p, at)):
        value = None if _is_coin(p, at, last) else _value(p.words, spoken)
        if value is not None:
            article = last == at + 1 and p.word(at) in p.words.ones
            return _decimals(p, _dozens(p, Numeral(at, last, value, article=article)))
    return None


def _runs(p: Passage, at: int) -> list[tuple[int, str]]:
    """Return the end and the words of every run of number words that begins at a token, shortest first."""
    ends, run, end = [], "", at
    if p.word(at) in p.words.ones and p.word(at + 1) in p.words.one_before:
        run, end = next(one for one in p.words.ones if one in p.words.numbers), at + 1
    while end < len(p.tokens) and end < at + LONGEST:
        token = p.tokens[end]
        if counts(p.words, token.word):
            run += ("" if not run or run[-1] == "-" else " ") + token.word
            ends.append((end + 1, run))
        elif run and token.word in p.words.number_joins and not run.endswith(f" {token.word}"):
            run += ("" if run[-1] == "-" else " ") + token.word
        elif run and token.word == "-" and token.glued and p.at(end + 1).glued and _goes_on(p.words, p.word(end + 1)):
            run += "-"
        else:
            break
        end += 1
    return ends


def _goes_on(words: Words, word: str) -> bool:
    return word in words.number_joins or counts(words, word)


def _is_coin(p: Passage, at: int, last: int) -> bool:
    """Whether the last word is a coin and no number: "cinq cents par action", not "cinq cents films"."""
    if last != at + 2 or not (p.word(last) in p.words.per_word or p.word(last) in p.words.articles):
        return False
    money = p.words.money.match(p.tokens, last - 1)
    return money is not None and money[0].minor


def _value(words: Words, spoken: str) -> Decimal | None:
    if spoken in words.number_values:
        return words.number_values[spoken]
    for half, part in words.compound_halves.items():
        if spoken.endswith(half) and (whole := _read(spoken[: -len(half)], words.lang)) is not None:
            return whole + part
    whole = _read(spoken, words.lang)
    if whole is None and "-" in spoken:
        whole = _read(spoken.replace("-", " "), words.lang)
    if whole is None and spoken in words.ones:
        return ONE
    return None if whole is None else Decimal(whole)


@cache
def _read(run: str, lang: str) -> int | None:
    try:
        return int(text2num(run, lang))
    except ValueError:
        return None


def _dozens(p: Passage, found: Numeral) -> Numeral:
    """Read "deux douzaines" and "two dozen"."""
    word = p.word(found.last)
    if factor := p.words.collectives_many.get(word):
        found.approx = word not in p.words.exact_collectives
        found.bare, found.last, found.article = found.bare * factor, found.last + 1, False
    return found


def _decimals(p: Passage, found: Numeral) -> Numeral:
    """Read "deux virgule cinq" and "two point two five"."""
    if p.word(found.last) not in p.words.decimal_words:
        return found
    at, digits = found.last + 1, ""
    while len(digits) < DECIMALS:
        read = [(end, value) for end, run in _runs(p, at) if (value := _value(p.words, run)) is not None]
        read = read[:1] if read and not read[0][1] else read  # "zéro cinq" is two digits
        if not read or (digits and read[-1][1] > 9 and digits.strip("0")):
            break
        at, value = read[-1]
        digits += f"{value:f}"
    if digits.isdecimal():
        found.bare, found.last, found.article = found.bare + Decimal(f"0.{digits}"), at, False
    return found


def _article(p: Passage, at: int) -> Numeral | None:
    """Read "le million", "a billion-dollar": a scale in the singular that only an article counts."""
    if p.at(at).kind != WORD:
        return None
    if p.word(at) in p.words.articles and _one(p, at + 1):
        return Numeral(at if p.word(at) in p.words.ones else at + 1, at + 1, ONE, article=True)
    if p.word(at) in p.words.ones and p.word(at - 1) in p.words.by and p.words.money.match(p.tokens, at + 1):
        return Numeral(at, at + 1, ONE, article=True)  # "by a pound"
    return Numeral(at, at, ONE, article=True) if _one(p, at) and _opened(p, at) else None


def _one(p: Passage, at: int) -> bool:
    scale = p.words.scales.match(p.tokens, at)
    singular = p.words.singular_scales
    return bool(scale and scale[0] >= MILLION and (not singular or p.word(at) in singular))
