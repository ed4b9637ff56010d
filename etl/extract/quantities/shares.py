"""Shares in words, as percent: "la moitié", "two thirds", "one in four", "un Français sur cinq", "jeder Dritte"."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities import scales, units
from etl.extract.quantities.atoms import Atom, made
from etl.extract.quantities.numerals import ONE
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import BREAK, WORD

HUNDREDTH = Decimal("0.01")
NOUNS = 4  # words that may stand inside "un abonné de la plateforme sur cinq"


def share(p: Passage, at: int) -> Atom | None:
    """Return the share that words make at a token."""
    found = None if scales.part(p, at) else p.words.shares.match(p.tokens, at)
    if found is None:
        return _every(p, at)
    value, end = found
    then = p.word(end + 1) if p.word(end) in p.words.of else p.word(end)
    followers = p.words.share_followers
    follows = not followers or p.word(end) in followers or p.at(end).kind == BREAK
    barred = then in p.words.share_not_before or p.word(at - 1) in p.words.share_not_after
    return made(at, end, value, "percent", ONE) if follows and not barred else None


def _every(p: Passage, at: int) -> Atom | None:
    """Read "jeder Dritte"; "jeden dritten Tag" is no share."""
    if p.word(at) not in p.words.every or p.word(at + 2) in p.words.every_not_before:
        return None
    value = p.words.every_ordinals.get(p.word(at + 1))
    return None if value is None else made(at, at + 2, value, "percent", ONE)


def one_in(p: Passage, atom: Atom) -> bool:
    """Turn "one in four", "un Français sur cinq", "siete de cada diez" into percent; return whether it was."""
    start = None if atom.number.scaled or not atom.number.whole else _ratio(p, atom.last)
    whole = scales.numeral(p, start) if start is not None and start < len(p.tokens) else None
    if whole is None or whole.scaled or whole.value not in p.words.out_of_wholes or atom.number.value >= whole.value:
        return False
    if units.stands(p, whole.last) or p.word(whole.last) in p.words.durations:
        return False  # "un film sur dix ans"
    percent = (atom.number.value * 100 / whole.value).quantize(HUNDREDTH).normalize()
    atom.becomes("percent", Decimal(f"{percent:f}"), whole.last, ONE)
    return True


def _ratio(p: Passage, at: int) -> int | None:
    """Return where the whole of a ratio begins: behind "in", "sur", "von", "de cada"."""
    for skipped in range(NOUNS + 1 if p.words.out_of_noun else 1):
        if found := p.words.out_of.match(p.tokens, at + skipped):
            return found[1]
        if p.at(at + skipped).kind != WORD:
            return None
    return None
