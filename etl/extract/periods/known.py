"""What is known of a document before the period of a figure is asked for: its times, its report, the figures so far."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from etl.extract import periods
from etl.extract.periods import PeriodMention, heads, report
from etl.extract.periods.context import is_behind, tense_of
from etl.extract.periods.evidence import Question
from etl.extract.periods.meanings import Meanings
from etl.extract.periods.told import Told
from etl.extract.scene import Scene, Spot

OPENING = 3  # sentences in which a text says what it is about
SENTENCE = 8  # words; what is shorter is a headline or the line of place and day


class Known:
    """The times of a document by sentence, the period that it reports on, and those of the figures found so far."""

    def __init__(self, scene: Scene) -> None:
        """Place the mentions and find the period of the report."""
        self.scene = scene
        self.published = scene.document.published
        self.month = periods.month_of(self.published) if self.published else None
        layout = scene.layout
        self.placed: dict[int, list[tuple[int, PeriodMention]]] = {}
        for mention in scene.periods:
            word = min(bisect_left(layout.ends, mention.start + 1), len(layout.words) - 1)
            self.placed.setdefault(layout.sentence[word], []).append((word, mention))
        self.titled = report.titled(scene)
        self.report, self.said = report.find(scene, self.placed, self.titled)
        self.heads = heads.find(scene, self.placed)
        self.told: list[Told] = []
        self.counts: Counter[str] = Counter()  # how many figures so far each period has
        self.meanings = Meanings(self.published, self.month, self.report, self.told, scene.periods)
        self.opening = self._opening()
        self._tenses: dict[int, int] = {}  # of the clause of a figure, by its first word
        self._behind: dict[int, bool] = {}

    def tell(self, asked: Question, period: str | None, moved: bool) -> None:
        """Remember the period of a figure for those behind it; `moved` says that it is what another one came from."""
        first = periods.interval(period)[0] if period else None
        base = periods.interval(asked.base)[0] if asked.base else None
        old = moved or asked.tie == "was" or (first is not None and base is not None and first < base)
        self.told.append(Told(asked, period, self.tense(asked.spot), old))
        self.counts.update([period] if period else [])

    def tense(self, spot: Spot) -> int:
        """Return the tense of the clause of a figure."""
        document, quantity = self.scene.document, spot.quantity
        if spot.first not in self._tenses:
            self._tenses[spot.first] = tense_of(document.text, document.lang, quantity.start, quantity.end)
        return self._tenses[spot.first]

    def behind(self, spot: Spot) -> bool:
        """Return whether the verb of a figure tells what was before something else in the past."""
        document = self.scene.document
        if spot.first not in self._behind:
            self._behind[spot.first] = is_behind(document.text, document.lang, spot.quantity.start)
        return self._behind[spot.first]

    def _opening(self) -> list[int]:
        """Return the sentences that say what the text is about, those of headline and place before them included."""
        found, full = [], 0
        for sentence, (first, end) in enumerate(self.scene.layout.sentences):
            if full == OPENING:
                break
            found.append(sentence)
            full += end - first >= SENTENCE
        return found[: 2 * OPENING]
