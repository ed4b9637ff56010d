"""The time a figure is for: of the periods that anything speaks for, the one for which the most does."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from etl.extract import periods
from etl.extract import words as lexicon
from etl.extract.loglinear import likeliest
from etl.extract.periods import PeriodMention, evidence, heads, report
from etl.extract.periods.context import tense_of
from etl.extract.periods.evidence import Question, Witness
from etl.extract.periods.meanings import Meanings
from etl.extract.periods.report import AIMLESS
from etl.extract.periods.told import Told, carried
from etl.extract.scene import Scene, Spot

OPENING = 3  # sentences in which a text says what it is about
BACK = 3  # sentences of the paragraph that lend their times
LENT = 2  # of the times of such a sentence, the nearest ones


class Times:
    """The periods of a document by word, the one that it reports on, and those of the figures found so far."""

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
        self.report, self.early_report = report.find(scene, self.placed)
        self.heads = heads.find(scene, self.placed)
        self.told: list[Told] = []
        self.meanings = Meanings(self.published, self.month, self.report, self.told)
        self.tenses: dict[int, int] = {}  # of the clause of a figure, by its first word
        self.counts: Counter[str] = Counter()  # how many figures so far each period has

    def of(self, asked: Question) -> tuple[str | None, float]:
        """Return the period of a figure, None when unknown, and how likely it is; ask in the order of the text."""
        found = self.evidence(asked)
        period, chance = (None, 1.0) if self._undated(asked) else choose(found)
        self.tell(asked, period)
        return period, chance

    def tell(self, asked: Question, period: str | None) -> None:
        """Remember the period of a figure for those behind it."""
        first = periods.interval(period)[0] if period else None
        base = periods.interval(asked.base)[0] if asked.base else None
        old = asked.tie == "was" or (first is not None and base is not None and first < base)
        self.told.append(
            Told(
                asked.spot,
                asked.metric,
                asked.transformation,
                asked.platform,
                period,
                asked.mood,
                self._tense(asked.spot),
                old,
            )
        )
        self.counts.update([period] if period else [])

    def _undated(self, asked: Question) -> bool:
        """Whether a price is an old one of which nothing says when it was: "from 9.99 to 10.99"."""
        spot, scene = asked.spot, self.scene
        moved = any(scene.tie_before(other) == "to" for other in scene.in_sentence(spot.sentence) if other != spot)
        old = asked.tie == "was" or (scene.tie_before(spot) == "was" and moved)
        told = any(mention.kind not in AIMLESS for _, mention in self.placed.get(spot.sentence, []))
        return old and asked.group == "price" and not told

    def evidence(self, asked: Question) -> dict[str | None, list[str]]:
        """Return the periods that a figure may be for, each with the names of what speaks for it or against it."""
        found: dict[str | None, list[str]] = {}
        named = "unnamed"
        for period, names in self._named(asked):
            close = "nearest" in names and any(name.endswith("crossing 0") for name in names)
            moved = "said anaphoric" in " ".join(names)
            named = ("moved" if moved else "close") if close else "named" if named == "unnamed" else named
            found.setdefault(period, []).extend(names)
        for period, names in self._around(asked, named):
            found.setdefault(period, []).extend(names)
        for period, names in found.items():
            names += evidence.compared(period, asked, self.report, self.month)
            names += evidence.spoken(period, asked, self.published, self._tense(asked.spot))
        return found

    def _tense(self, spot: Spot) -> int:
        """Return the tense of the clause of a figure."""
        document, quantity = self.scene.document, spot.quantity
        if spot.first not in self.tenses:
            self.tenses[spot.first] = tense_of(document.text, document.lang, quantity.start, quantity.end)
        return self.tenses[spot.first]

    def _named(self, asked: Question) -> Iterator[Witness]:
        """Yield the times of the sentence of a figure."""
        spot, sentence = asked.spot, asked.spot.sentence
        here = self.placed.get(sentence, [])
        nearest = min((abs(self._cost(asked, word)) for word, _ in here), default=0)
        for word, mention in here:
            if asked.group != "price" and evidence.is_founding(self.scene, word, sentence):
                continue
            for period, names in self.meanings.of(mention, asked):
                names += evidence.beside(self.scene, word, sentence, mention, asked)
                if self._cost(asked, word) == nearest:
                    names += ["nearest", f"nearest {mention.kind}", f"nearest {asked.tie}"]
                if any(abs(word - other.last) < abs(word - spot.last) for other in self.scene.in_sentence(sentence)):
                    names.append("nearer to another")
                yield period, names

    def _cost(self, asked: Question, word: int) -> int:
        return self.scene.layout.cost(asked.spot.last if word > asked.spot.last else asked.spot.first, word)

    def _around(self, asked: Question, named: str) -> Iterator[Witness]:
        """Yield the periods that nothing in the sentence names."""
        group, tie, mood = asked.group, asked.tie, asked.mood
        alone = named
        yield from self._before(asked)
        yield from self._after(asked)
        yield from self._twin(asked)
        yield from self._above(asked)
        yield from carried(self.scene, self.told, asked, named, self._tense(asked.spot))
        kind = asked.transformation.value
        if asked.link is not None:
            yield asked.base, [f"base {tie}", f"base {tie} {group}", f"base {tie} {alone}", f"base {tie} {mood}"]
            if asked.base and tie == "was":
                yield periods.before(asked.base, years=1), [f"year before {group}", f"year before {alone}"]
        if self.report:
            names = [f"report {group}", f"report {kind} {alone}", f"report {tie}", f"report {mood}"]
            names += [f"report {evidence.length_of(self.report)} {group}"]
            names += [f"report early {self.early_report} {group} {kind}"]
            names += [f"report rate {asked.spot.quantity.per}", f"report {alone} {group}"]
            yield self.report, names
        if self.month:
            names = [f"month {group} {kind}", f"month {alone}", f"month {tie}", f"month {mood}"]
            names += [f"month reported {self.report is not None} {group}"]
            names += [f"month rate {asked.spot.quantity.per}", f"month {alone} {group}"]
            yield self.month, names
        yield from self._most()
        yield from self._headed(asked, named)
        names = [
            f"open {group} {kind}",
            f"open {tie} {group} {alone}",
            f"open {tie} {group}",
            f"open {mood}",
            f"open {alone}",
        ]
        yield None, names

    def _headed(self, asked: Question, named: str) -> Iterator[Witness]:
        """Yield the time of the entry, of the monthly report and of the survey that a figure belongs to."""
        entry = self.heads.entries.get(asked.spot.sentence)
        if entry is not None:
            for period, _ in self.meanings.of(entry, asked):
                yield period, ["entry", f"entry {asked.group}", f"entry {named}", f"entry {asked.tie}"]
        if self.heads.month:
            told = self.report is not None
            yield (
                self.heads.month,
                [f"monthly {asked.group} {told}", f"monthly {named} {told}", f"monthly {asked.mood}"],
            )
        if self.heads.fieldwork:
            yield self.heads.fieldwork, [f"survey {asked.group}", f"survey {named}", f"survey {asked.mood}"]

    def _most(self) -> Iterator[Witness]:
        """Yield the period that most figures so far are for."""
        for period, count in self.counts.most_common(1):
            if count > 1:
                yield period, ["most", f"most {min(count, 5)}", f"most of them {2 * count > len(self.told)}"]

    def _before(self, asked: Question) -> Iterator[Witness]:
        """Yield the times of the line that announces a list, and of the sentences before."""
        spot, layout = asked.spot, self.scene.layout
        lead = self.scene.lead_in(spot.sentence)
        paragraph = layout.paragraph[spot.first]
        for back in range(1, BACK + 1):
            sentence = spot.sentence - back
            if sentence < 0 or layout.paragraph[layout.sentences[sentence][0]] != paragraph:
                break
            if sentence != lead:
                yield from self._lent(asked, sentence, f"lent {back}")
        if lead is not None:
            yield from self._lent(asked, lead, "lead")
        for sentence in range(min(OPENING, spot.sentence)):
            for period, _ in self._lent(asked, sentence, ""):
                if period:
                    yield period, ["opening", f"opening {evidence.length_of(period)}"]

    def _after(self, asked: Question) -> Iterator[Witness]:
        """Yield the times of the sentence behind, and for a headline those of the opening."""
        spot, layout = asked.spot, self.scene.layout
        for ahead in range(1, OPENING if spot.sentence == 0 else 2):
            sentence = spot.sentence + ahead
            if sentence >= len(layout.sentences):
                return
            same = layout.paragraph[layout.sentences[sentence][0]] == layout.paragraph[spot.first]
            if same or spot.sentence == 0:
                yield from self._lent(asked, sentence, "headline" if spot.sentence == 0 else "behind", first=True)

    def _twin(self, asked: Question) -> Iterator[Witness]:
        """Yield the times around the same quantity said elsewhere: a headline has it from the text."""
        spot, quantity = asked.spot, asked.spot.quantity
        for other in self.scene.spots:
            same = other.quantity.value == quantity.value and other.quantity.unit == quantity.unit
            if not same or other.sentence == spot.sentence or spot.bare:
                continue
            for word, mention in self.placed.get(other.sentence, []):
                crossing = sum(
                    min(word, other.first) < one.first < max(word, other.first)
                    for one in self.scene.in_sentence(other.sentence)
                )
                if crossing:
                    continue
                for period, _ in self.meanings.of(mention, asked):
                    yield period, ["twin", f"twin {'below' if other.first > spot.first else 'above'}"]

    def _above(self, asked: Question) -> Iterator[Witness]:
        """Yield the period of the figure that stands at the same place in the line above."""
        spot, scene = asked.spot, self.scene
        if not scene.is_line(spot.sentence) or spot.sentence == 0:
            return
        place = scene.in_sentence(spot.sentence).index(spot)
        over = scene.in_sentence(spot.sentence - 1)
        if len(over) != len(scene.in_sentence(spot.sentence)):
            return
        for one in self.told:
            if one.spot == over[place]:
                yield one.period, ["line above", f"line above {place > 0}"]

    def _lent(self, asked: Question, sentence: int, where: str, first: bool = False) -> Iterator[Witness]:
        there = self.placed.get(sentence, [])
        for _, mention in there[:LENT] if first else there[-LENT:]:
            if mention.kind in (*AIMLESS, "now", "anaphoric"):
                continue
            for period, names in self.meanings.of(mention, asked):
                length = evidence.length_of(period)
                more = [where, f"{where} {length}", f"{where} {asked.group}", f"{where} {mention.kind}"]
                yield period, [*more, *(name for name in names if name.startswith("lies"))]


def choose(found: dict[str | None, list[str]]) -> tuple[str | None, float]:
    """Return the period for which the most speaks, of equals the one named first, and how likely it is (0 to 1)."""
    worth: dict[str, float] = lexicon.shared("periodweights")["weights"]
    scores = {period: sum(worth.get(name, 0.0) for name in names) for period, names in found.items()}
    return likeliest(scores) if scores else (None, 1.0)
