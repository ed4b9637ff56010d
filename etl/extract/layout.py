"""A text laid out for reading: its words, sentences and paragraphs, and what it costs to look from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.extract import words as lexicon
from etl.extract.phrases import Phrases

TOKEN = re.compile(r"\w+|[^\w\s]|\n+")
# Signs that printers vary and readers do not: every one is replaced by one of the same length.
PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200a": " ", "\t": " ", "\u2011": "-",
        "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u00ab": '"', "\u00bb": '"', "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2022": "*", "\u00b7": "*",
    }
)  # fmt: skip
TOLLS = {",": 3, ";": 9, ":": 2, "(": 3, ")": 3, "-": 2, "|": 3, '"': 1}
FENCES = {"light": 2, "heavy": 7, "relative": 3}  # what joints between clauses cost
SENTENCE_TOLL = 30
PARAGRAPH_TOLL = 30
CLOSERS = frozenset("\"')]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a text by number. `toll[b] - toll[a]` is the cost of looking from word a to word b."""

    text: str
    plain: str  # the text with plain signs, of the same length
    words: list[str]  # lower case
    raws: list[str]  # as written
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    sentences: list[tuple[int, int]]  # first word, word after the last
    paragraph: list[int]
    toll: list[int]

    def cost(self, one: int, other: int) -> int:
        """Return what it costs to look from one word to another; never negative."""
        return abs(self.toll[min(other, len(self.toll) - 1)] - self.toll[min(one, len(self.toll) - 1)])

    def capital(self, word: int) -> bool:
        """Whether a word begins with a capital letter."""
        return 0 <= word < len(self.raws) and self.raws[word][0].isupper()

    def opens_sentence(self, word: int) -> bool:
        """Whether a word is the first of its sentence, opening quotes aside."""
        first = self.sentences[self.sentence[word]][0]
        return all(not self.raws[other][0].isalnum() for other in range(first, word))


def plain(text: str) -> str:
    """Return the text with plain blanks, quotes and dashes; every offset stays."""
    return text.translate(PLAIN)


def lay_out(text: str, lang: str) -> Layout:
    """Return the words of a text with their sentences, paragraphs and tolls.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    grammar = lexicon.load(lang, "clauses")
    simple = plain(text)
    raws: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: dict[int, int] = {}  # number of the word after a break -> how many line ends
    for match in TOKEN.finditer(simple):
        if match[0][0] == "\n":
            breaks[len(raws)] = len(match[0])
            continue
        raws.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    words = [raw.lower() for raw in raws]
    spaced = [n == len(starts) - 1 or starts[n + 1] > ends[n] for n in range(len(starts))]
    short, starters = (frozenset(map(str, grammar.get(name, ()))) for name in ("abbreviations", "starters"))
    sentence, sentences = _sentences(raws, words, spaced, breaks, short, starters)
    toll = _tolls(words, sentence, breaks, lang)
    paragraph, number = [], 0
    for index in range(len(raws)):
        number += index in breaks
        paragraph.append(number)
    return Layout(text, simple, words, raws, starts, ends, sentence, sentences, paragraph, toll)


def _sentences(
    raws: list[str],
    words: list[str],
    spaced: list[bool],
    breaks: dict[int, int],
    abbreviations: frozenset[str],
    starters: frozenset[str],
) -> tuple[list[int], list[tuple[int, int]]]:
    ends: list[int] = []
    for index in range(1, len(raws)):
        ends_here = (
            spaced[index - 1]
            and raws[index] not in CLOSERS
            and _closes(raws, words, index - 1, abbreviations, starters)
        )
        if index in breaks or ends_here:
            ends.append(index)
    ends.append(len(raws))
    sentence: list[int] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for end in ends:
        if end > start:
            sentence.extend([len(spans)] * (end - start))
            spans.append((start, end))
            start = end
    return sentence, spans


def _closes(
    raws: list[str], words: list[str], index: int, abbreviations: frozenset[str], starters: frozenset[str]
) -> bool:
    """Whether a word ends its sentence, given what follows it: "2,3 Mrd. Der" does, "2,3 Mrd. Euro" does not."""
    while index > 0 and raws[index] in CLOSERS:
        index -= 1
    if raws[index] in "!?\u2026":
        return True
    if raws[index] != "." or index == 0:
        return False
    following = next((raw for raw in raws[index + 1 : index + 5] if raw not in CLOSERS), "")
    before = words[index - 1]
    if not following or not (following[0].isupper() or following[0].isdigit() or following[0] in "$\u20ac\u00a3-"):
        return False
    if before in abbreviations or (len(before) == 1 and before.isalpha()):
        return following[0].isupper() and following.lower() in starters
    return True


@cache
def _joints(lang: str) -> Phrases:
    grammar = lexicon.load(lang, "clauses")
    return Phrases({name: list(map(str, grammar.get(name, []))) for name in FENCES})


def _tolls(words: list[str], sentence: list[int], breaks: dict[int, int], lang: str) -> list[int]:
    fences: dict[int, int] = {}
    for hit in _joints(lang).find(words):
        fences[hit.first] = FENCES[hit.name]
    total, tolls = 0, []
    for index, word in enumerate(words):
        total += fences.get(index, 0) + (TOLLS.get(word, 1) if not word.isdigit() else 0)
        if index and sentence[index] != sentence[index - 1]:
            total += SENTENCE_TOLL + (PARAGRAPH_TOLL if breaks.get(index, 0) > 1 else 0)
        tolls.append(total)
    return tolls
