"""The clauses of a sentence that part a figure from a time, or tie it to one: "in 2021, when it had five million"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from etl.extract import words as lexicon
from etl.extract.periods import PeriodMention
from etl.extract.scene import Scene, Spot

WAY = 4  # words between the ends of a way
SHORT = 3  # words before the time in the stretch that opens a sentence: "At the end of 2020,"


def of(scene: Scene, word: int, mention: PeriodMention, spot: Spot, place: str) -> Iterator[str]:
    """Yield what the commas and the words like "when" around a time make of it for a figure."""
    words, (first, end) = scene.layout.words, scene.layout.sentences[spot.sentence]
    last = min(bisect_left(scene.layout.ends, mention.end), end - 1)
    opened = next((at for at in range(word - 1, first - 1, -1) if _parts(words, at)), None)
    closed = next((at for at in range(last + 1, end) if _parts(words, at)), end)
    whens = lexicon.listed(scene.document.lang, "periods", "when")
    told = last + 2 if closed == last + 1 else last + 1
    if told < end and words[told] in whens:
        inside = "before" if spot.last < word else "behind" if _commas(words, told, spot.first) else "inside"
        yield f"when {inside}"
    if word > spot.last:
        if opened is not None and opened > spot.last:
            yield f"apart {_relative(scene, opened + 1)}"
        else:
            yield f"{place} together"
    elif closed >= spot.opening:
        yield f"{place} together"
    elif opened is None:
        yield f"fronted {word - first <= SHORT}"
    else:
        yield f"inserted {_relative(scene, opened + 1)}"


def is_way(scene: Scene, spot: Spot, after: Spot) -> bool:
    """Whether two figures are the ends of a way that one measure went: "del 7,4 % al 5,2 %", "from 22 to 31"."""
    words, lang = scene.layout.words, scene.document.lang
    begins = spot.opening > 0 and words[spot.opening - 1] in lexicon.listed(lang, "periods", "from")
    near = after.opening - spot.last - 1 <= WAY
    if not (begins and near and words[after.opening - 1] in lexicon.listed(lang, "periods", "way")):
        return False
    return spot.unit == after.unit or (spot.unit == "count" and not spot.quantity.noun)


def _parts(words: list[str], at: int) -> bool:
    """Whether a word is a comma that parts clauses, none inside of a number."""
    return words[at] == "," and not (words[at - 1].isdigit() and words[at + 1 : at + 2] and words[at + 1].isdigit())


def _commas(words: list[str], first: int, end: int) -> bool:
    return any(_parts(words, at) for at in range(first, end))


def _relative(scene: Scene, word: int) -> bool:
    """Whether a word opens a clause that tells more of what stands before it: "which it bought in 2021"."""
    return scene.layout.words[word] in scene.grammar("relative")
