"""The time a figure is for: of the periods that anything speaks for, the one for which the most does."""

from __future__ import annotations

from collections.abc import Iterator

from etl.extract import periods
from etl.extract import words as lexicon
from etl.extract.loglinear import likeliest
from etl.extract.periods import clauses, evidence, neighbours
from etl.extract.periods.evidence import Question, Witness
from etl.extract.periods.known import Known
from etl.extract.periods.report import AIMLESS
from etl.extract.periods.told import carried, is_bracketed
from etl.extract.scene import Scene, Spot


class Times:
    """Finds the periods of the figures of a document, asked for in the order of its text."""

    def __init__(self, scene: Scene) -> None:
        """Find out what is known before the first figure."""
        self.known = Known(scene)

    def of(self, asked: Question) -> tuple[str | None, float]:
        """Return the period of a figure, None when unknown, and how likely it is; ask in the order of the text."""
        found = self.evidence(asked)
        period, chance = (None, 1.0) if self._undated(asked) else choose(found)
        self.known.tell(asked, period, self._moved(asked.spot))
        return period, chance

    def evidence(self, asked: Question) -> dict[str | None, list[str]]:
        """Return the periods that a figure may be for, each with the names of what speaks for it or against it."""
        known, found = self.known, dict[str | None, list[str]]()
        role = "old" if self._moved(asked.spot) else "bracket" if self._bracketed(asked.spot) else asked.tie
        named = "unnamed"
        for period, names in self._named(asked):
            close = "nearest" in names and any(name.endswith("crossing 0") for name in names)
            moved = any(name.startswith("said anaphoric") for name in names)
            glued = any(name.endswith(" glued") for name in names)
            if close or glued:
                named = "moved" if moved else "glued" if glued else named if named == "glued" else "close"
            elif named == "unnamed":
                named = "named"
            found.setdefault(period, []).extend(names)
        for period, names in self._around(asked, named, role):
            found.setdefault(period, []).extend(names)
        tense, behind = known.tense(asked.spot), known.behind(asked.spot)
        for period, names in found.items():
            names += evidence.compared(period, asked, known.report, known.month, role)
            names += evidence.spoken(period, asked, known.published, tense)
            if behind:
                names += evidence.deep(period, asked, known.report, known.published, role)
        return found

    def _moved(self, spot: Spot) -> bool:
        """Whether a figure is what another one came from: "from 9.99 to 10.99"."""
        scene = self.known.scene
        after = scene.next_spot(spot)
        if after is None or after.sentence != spot.sentence:
            return False
        if scene.tie_before(spot) == "was":
            return scene.tie_before(after) == "to"
        return clauses.is_way(scene, spot, after)

    def _bracketed(self, spot: Spot) -> bool:
        """Whether a figure stands in brackets behind another of its unit, as an old value does: "17.1 (16.8)"."""
        scene = self.known.scene
        if not is_bracketed(scene, spot):
            return False
        here = scene.in_sentence(spot.sentence)
        at = here.index(spot)
        return at > 0 and here[at - 1].unit == spot.unit != "money"

    def _undated(self, asked: Question) -> bool:
        """Whether a price is an old one of which nothing says when it was: "from 9.99 to 10.99"."""
        spot, scene = asked.spot, self.known.scene
        moved = any(scene.tie_before(other) == "to" for other in scene.in_sentence(spot.sentence) if other != spot)
        other = asked.link is not None and asked.link.base.platform != asked.platform  # "19.99, against 9.99 at Now"
        old = (asked.tie == "was" and not other) or (scene.tie_before(spot) == "was" and moved)
        told = any(mention.kind not in AIMLESS for _, mention in self.known.placed.get(spot.sentence, []))
        return old and asked.group == "price" and not told

    def _named(self, asked: Question) -> Iterator[Witness]:
        """Yield the times of the sentence of a figure."""
        known, scene, spot, sentence = self.known, self.known.scene, asked.spot, asked.spot.sentence
        here = known.placed.get(sentence, [])
        nearest = min((self._cost(spot, word) for word, _ in here), default=0)
        for word, mention in here:
            if asked.group != "price" and evidence.is_founding(scene, word, sentence):
                continue
            where = list(evidence.beside(scene, word, sentence, mention, asked))
            low, high = min(word, spot.first), max(word, spot.last)
            if past := [evidence.kind_of(other) for at, other in here if low < at < high]:
                where += [f"past {'after' if word > spot.last else 'before'} {min(len(past), 2)}", f"past {past[-1]}"]
            if self._cost(spot, word) == nearest:
                where += ["nearest", f"nearest {evidence.kind_of(mention)}", f"nearest {asked.tie}"]
            if any(abs(word - other.last) < abs(word - spot.last) for other in scene.in_sentence(sentence)):
                where.append("nearer to another")
            for period, names in known.meanings.of(mention, asked, own="when inside" in where):
                end, more = self._end_of(period, spot) if mention.grain == "range" else (period, [])
                yield end, [*names, *where, *more]

    def _end_of(self, period: str, spot: Spot) -> tuple[str, list[str]]:
        """Return the beginning of a span for what a figure came from, its end for what it went to, else the span."""
        first, _, last = period.partition("/")
        if last and self._moved(spot):
            return first, ["begins"]
        if last and self.known.scene.tie_before(spot) == "to":
            return last, ["ends"]
        return period, []

    def _cost(self, spot: Spot, word: int) -> int:
        return self.known.scene.layout.cost(spot.last if word > spot.last else spot.first, word)

    def _around(self, asked: Question, named: str, role: str) -> Iterator[Witness]:
        """Yield the periods that nothing in the sentence names."""
        known = self.known
        yield from neighbours.before(known, asked)
        yield from neighbours.behind(known, asked)
        yield from neighbours.twin(known, asked)
        yield from neighbours.above(known, asked)
        yield from carried(known.scene, known.told, asked, named, known.tense(asked.spot))
        group, tie, mood, kind = asked.group, asked.tie, asked.mood, asked.transformation.value
        if asked.link is not None:
            same = f"base {tie} platform {asked.link.base.platform == asked.platform}"
            yield asked.base, [f"base {tie}", f"base {tie} {group}", f"base {tie} {named}", f"base {tie} {mood}", same]
            if asked.base and tie == "was":
                yield periods.before(asked.base, years=1), [f"year before {group}", f"year before {named}"]
        yield from self._reported(asked, named, role)
        if known.month:
            names = [f"month {group} {kind}", f"month {named}", f"month {tie}", f"month {mood}"]
            names += [f"month reported {known.report is not None} {group}", f"month said {known.said} {group}"]
            names += [f"month rate {asked.spot.quantity.per}", f"month {named} {group}"]
            yield known.month, names
        yield from self._most()
        yield from self._headed(asked, named)
        names = [f"open {group} {kind}", f"open {tie} {group} {named}", f"open {tie} {group}", f"open {mood}"]
        yield None, [*names, f"open {named}"]

    def _reported(self, asked: Question, named: str, role: str) -> Iterator[Witness]:
        """Yield the period that the text reports on, and those beside it for what was before and what is to come."""
        report, said, group = self.known.report, self.known.said, asked.group
        if role == "old":
            fresh = next((one.period for one in reversed(self.known.told) if not one.old), None) or self.known.month
            if fresh:
                yield periods.before(fresh, years=1), ["year before told", f"year before told {group}"]
        if report is None:
            return
        kind = asked.transformation.value
        names = [f"report {group}", f"report {kind} {named}", f"report {asked.tie}", f"report {asked.mood}"]
        names += [f"report {evidence.length_of(report)} {group}", f"report said {said} {group} {kind}"]
        names += [f"report rate {asked.spot.quantity.per}", f"report {named} {group}"]
        yield report, names
        if role in ("old", "was", "bracket"):
            yield periods.before(report, years=1), [f"year before report {role}", f"year before report {group}"]
            if evidence.length_of(report) == "quarter":
                yield periods.before(report, quarters=1), [f"quarter before report {role}"]
        elif asked.mood == "ahead":
            yield periods.following(report), [f"next {named}", f"next {group}", f"next {role}"]

    def _headed(self, asked: Question, named: str) -> Iterator[Witness]:
        """Yield the time of the entry, of the monthly report and of the survey that a figure belongs to."""
        heads, told = self.known.heads, self.known.report is not None
        entry = heads.entries.get(asked.spot.sentence)
        if entry is not None:
            for period, _ in self.known.meanings.of(entry, asked):
                yield period, ["entry", f"entry {asked.group}", f"entry {named}", f"entry {asked.tie}"]
        if heads.month:
            yield heads.month, [f"monthly {asked.group} {told}", f"monthly {named} {told}", f"monthly {asked.mood}"]
        if heads.fieldwork:
            yield heads.fieldwork, [f"survey {asked.group}", f"survey {named}", f"survey {asked.mood}"]

    def _most(self) -> Iterator[Witness]:
        """Yield the period that most figures so far are for."""
        for period, count in self.known.counts.most_common(1):
            if count > 1:
                names = ["most", f"most {min(count, 5)}", f"most of them {2 * count > len(self.known.told)}"]
                yield period, names


def choose(found: dict[str | None, list[str]]) -> tuple[str | None, float]:
    """Return the period for which the most speaks, of equals the one named first, and how likely it is (0 to 1)."""
    worth = weights()
    scores = {period: sum(worth.get(name, 0.0) for name in names) for period, names in found.items()}
    return likeliest(scores) if scores else (None, 1.0)


def weights() -> dict[str, float]:
    """Return what each witness is worth."""
    return lexicon.shared("periodweights")
