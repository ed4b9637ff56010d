"""Everything found in a document before any figure is decided: the stage on which quantities get their meaning."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Protocol

from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.grammar import grammar, phrases
from etl.extract.layout import Layout
from etl.extract.periods import PeriodMention
from etl.extract.phrases import Hit
from etl.extract.platforms import Mention
from etl.model import Document, Quantity

BARE = 10_000  # a count below, without a scale, may count anything
CENTS = -2  # the exponent of a price
SHARED_GAP = 4  # words up to the next number
LOOK_BACK = 3  # words between a tie and its number


class Words(Protocol):
    """Anything that stands in a text from one word to another, both included."""

    @property
    def first(self) -> int:
        """Return the number of the first word."""

    @property
    def last(self) -> int:
        """Return the number of the last word."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity and where it stands: words `first` to `last` of its core, in a sentence; hedges begin at `opening`."""

    quantity: Quantity
    first: int
    last: int
    sentence: int
    opening: int

    @property
    def unit(self) -> str:
        """Return the family of its unit: count, money, percent, time or multiple."""
        unit = self.quantity.unit
        if unit in ("count", "percent", "multiple"):
            return unit
        if unit == "percentage_points":
            return "percent"
        return "time" if unit in ("hours", "minutes") else "money"

    @property
    def bare(self) -> bool:
        """Whether it is a small count, which may count anything."""
        return self.unit == "count" and abs(self.quantity.value) < BARE

    @property
    def to_the_cent(self) -> bool:
        """Whether it is written like a price, with two places: "27.90"."""
        return self.quantity.step.as_tuple().exponent == CENTS


@dataclass(slots=True)
class Scene:
    """A document with all its mentions by word number."""

    document: Document
    layout: Layout
    spots: list[Spot]
    mentions: list[Mention]
    title_mentions: list[Mention]
    title_areas: list[AreaMention]
    periods: list[PeriodMention]
    areas: list[AreaMention]
    cues: dict[str, list[Hit]]
    home: str | None
    title_sector: bool  # the title speaks of the business
    sector_words: list[int]  # words that speak of the business without naming a platform
    relevant: bool
    focused: bool  # the text is about streaming, not only touching on it
    of_words: frozenset[str]
    at_words: frozenset[str]  # before a rate: "stands at 5 %"
    joints: frozenset[str]  # between a verb of change and its number: "hausse de 2 euros"
    by_sentence: dict[tuple[str, int], list[Hit]] = field(default_factory=lambda: defaultdict(list))
    counted: frozenset[int] = frozenset()  # the sentences that hold a quantity
    money: list[Spot] = field(default_factory=list)
    spots_by_sentence: dict[int, list[Spot]] = field(default_factory=dict)
    firsts: list[int] = field(default_factory=list)  # the first words of the spots

    def grammar(self, name: str) -> frozenset[str]:
        """Return the words of one role in the grammar of clauses: joints, openers, fences, light."""
        return grammar(self.document.lang, name)

    def hits(self, subject: str, sentence: int) -> list[Hit]:
        """Return the cues of a subject in a sentence."""
        return self.by_sentence.get((subject, sentence), [])

    def spots_between(self, spot: Spot, hit: Words) -> int:
        """Return how many other quantities stand between a quantity and a cue."""
        if hit.first > spot.last:
            return bisect_left(self.firsts, hit.first) - bisect_right(self.firsts, spot.first)
        if hit.last < spot.first:
            return bisect_left(self.firsts, spot.first) - bisect_right(self.firsts, hit.last)
        return 0

    def currency(self, spot: Spot) -> str | None:
        """Return the currency of a sum that names none: that of the sum before it, of the next, of the country."""
        if not self.money:
            homes: dict[str, str] = lexicon.shared("metrics")["_home_money"]
            return homes.get(self.home or "")
        nearest = max(bisect_left(self.money, spot.first, key=lambda other: other.first) - 1, 0)
        return self.money[self._converted(nearest)].quantity.unit

    def _converted(self, number: int) -> int:
        """Return the sum that a sum says once more in another currency: "365 million yuan (46 million euros)"."""
        sum_, before = self.money[number], self.money[max(number - 1, 0)]
        again = before.sentence == sum_.sentence and before.quantity.unit != sum_.quantity.unit
        return number - 1 if again and self.tie_before(sum_) == "again" else number

    def in_sentence(self, sentence: int) -> list[Spot]:
        """Return the quantities of a sentence, in order."""
        return self.spots_by_sentence.get(sentence, [])

    def next_spot(self, spot: Spot) -> Spot | None:
        """Return the quantity behind another, None when it is the last."""
        index = bisect_right(self.firsts, spot.last)
        return self.spots[index] if index < len(self.spots) else None

    def shared_currency(self, spot: Spot) -> str | None:
        """Return the currency that the next number names for both: "13,99 statt 12,99 Euro"."""
        following = self.next_spot(spot)
        if (
            not spot.bare
            or following is None
            or following.unit != "money"
            or following.opening - spot.last > SHARED_GAP
        ):
            return None
        if spot.quantity.noun and not any(h.first == spot.last + 1 for h in self.hits("links", spot.sentence)):
            return None
        near = abs(following.quantity.value) / 8 < abs(spot.quantity.value) < abs(following.quantity.value) * 8
        return following.quantity.unit if near and following.sentence == spot.sentence else None

    def is_sum(self, spot: Spot) -> bool:
        """Whether a bare number is written like a price, to the cent, behind a price of its sentence."""
        if not spot.bare or not spot.to_the_cent:
            return False
        before = [other for other in self.in_sentence(spot.sentence) if other.last < spot.first]
        return any(other.unit == "money" and other.quantity.value < spot.quantity.value * 10 for other in before)

    def context(self, sentence: int) -> list[tuple[int, float]]:
        """Return the sentences that lend a sentence their words, with what that costs: lead-in, last, headline."""
        weights, layout = lexicon.shared("weights"), self.layout
        found: list[tuple[int, float]] = []
        lead = self.lead_in(sentence)
        if lead is not None:
            found.append((lead, weights["lead_in"]))
        items = sentence > 0 and self.is_item(sentence) and self.is_item(sentence - 1)
        if sentence > 0 and sentence - 1 != lead and not items:
            same = (
                layout.paragraph[layout.sentences[sentence][0]] == layout.paragraph[layout.sentences[sentence - 1][0]]
            )
            found.append((sentence - 1, weights["last_sentence"] if same else weights["last_paragraph"]))
        elif lead is not None and lead > 0:
            found.append((lead - 1, weights["last_paragraph"]))
        if sentence > 1 and lead != 0:
            found.append((0, weights["headline"]))
        return found

    def lead_in(self, sentence: int) -> int | None:
        """Return the line that announces a list with a colon, for a line of that list."""
        layout = self.layout
        for back in range(1, 16):
            number = sentence - back
            if number < 0:
                return None
            last = layout.sentences[number][1] - 1
            if layout.words[last] == ":":
                return number
            headed = self.is_line(number) and not self.is_item(number) and number not in self.counted
            if headed and not self.is_item(sentence):
                return number
            if not self.is_line(number):
                return None
        return None

    def is_item(self, sentence: int) -> bool:
        """Whether a sentence begins as an item of a list."""
        return self.layout.words[self.layout.sentences[sentence][0]] in ("*", "-", "•")

    def is_line(self, sentence: int) -> bool:
        """Whether a sentence is a line of a list or table: short, and alone in its paragraph."""
        first, end = self.layout.sentences[sentence]
        return (end - first <= 45 and self.layout.raws[end - 1] not in ".!?") or self.layout.words[first] in (
            "*",
            "-",
            "•",
        )

    def is_of(self, words: list[str]) -> bool:
        """Whether words between a share and a name say only "of"."""
        return 0 < len(words) <= 3 and all(word in self.of_words for word in words)

    def is_income(self, first: int, last: int) -> bool:
        """Whether words name an income, whole or inside a longer phrase."""
        found = phrases(self.document.lang, "metrics").find_each(self.layout.words[first : last + 1])
        return any(hit.name == "revenue.nouns" for hit in found)

    def stands_at(self, spot: Spot) -> bool:
        """Whether a number is where a rate stands, came from or went to, not by how much it moved."""
        before = self.layout.words[spot.opening - 1] if spot.opening else ""
        return before in self.at_words or self.tie_before(spot) in ("was", "to")

    def excludes(self, word: int) -> bool:
        """Whether words right before a place leave it out: "hors Inde"."""
        hits = self.hits("roles", self.layout.sentence[word])
        return any(hit.name == "excluding" and 0 < word - hit.last <= LOOK_BACK - 1 for hit in hits)

    def was_between(self, first: int, last: int) -> bool:
        """Whether words that announce an old value stand between two words."""
        hits = self.hits("links", self.layout.sentence[first])
        return any(hit.name == "was" and first < hit.first and hit.last < last for hit in hits)

    def tie_before(self, spot: Spot) -> str | None:
        """Return what ties a quantity to one before it: was, to, part or again."""
        layout = self.layout
        best: tuple[int, str] | None = None
        if spot.quantity.value_max is not None:
            return None
        for hit in (hits := self.hits("links", spot.sentence)):
            if hit.name == "part" and hit.first == spot.last + 1:
                return "part"
            gap = spot.opening - hit.last - 1
            if hit.last < spot.first and (gap <= 0 or (hit.name == "was" and gap <= LOOK_BACK)):
                rank = max(gap, 0)
                inside = any(one.first < hit.first and hit.last <= one.last for one in hits if one.name != hit.name)
                if not inside and (best is None or rank <= best[0]):  # "with" in "compared with" is no tie of its own
                    best = (rank, hit.name)
        if best is not None:
            return best[1]
        before = spot.opening - 1
        if before < 0 or layout.words[before] != "(":
            return None
        decimal = spot.quantity.value != spot.quantity.value.to_integral_value()
        return "again" if spot.unit == "money" or (spot.unit == "count" and decimal) else None
