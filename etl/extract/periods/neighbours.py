"""The times named around the sentence of a figure: before it, behind it, in the line above, beside its twin."""

from __future__ import annotations

from collections.abc import Iterator

from etl.extract.periods import evidence
from etl.extract.periods.evidence import Question, Witness
from etl.extract.periods.known import Known
from etl.extract.periods.report import AIMLESS

AHEAD = 3  # sentences that tell when the figures of a headline are of
BACK = 3  # sentences of the paragraph that lend their times
LENT = 2  # of the times of such a sentence, the nearest ones


def before(known: Known, asked: Question) -> Iterator[Witness]:
    """Yield the times of the line that announces a list, of the sentences before, of the opening and the title."""
    spot, layout = asked.spot, known.scene.layout
    lead = known.scene.lead_in(spot.sentence)
    paragraph = layout.paragraph[spot.first]
    for back in range(1, BACK + 1):
        sentence = spot.sentence - back
        if sentence < 0 or layout.paragraph[layout.sentences[sentence][0]] != paragraph:
            break
        if sentence != lead:
            yield from _lent(known, asked, sentence, f"lent {back}")
    if lead is not None:
        yield from _lent(known, asked, lead, "lead")
    for sentence in known.opening:
        if sentence < spot.sentence:
            for period, names in _lent(known, asked, sentence, "opening"):
                more = [name for name in names if name.startswith("opening ") and name.endswith(f" {asked.mood}")]
                if period:
                    yield period, ["opening", f"opening {evidence.length_of(period)}", *more]
    for mention in known.titled:
        for period, _ in known.meanings.of(mention, asked):
            names = ["titled", f"titled {evidence.length_of(period)}", f"titled {asked.group}"]
            if known.published:
                names.append(f"titled {evidence.lies(period, known.published)} {asked.mood}")
            yield period, names


def behind(known: Known, asked: Question) -> Iterator[Witness]:
    """Yield the times of the sentence behind, and for a headline those of the opening."""
    spot, layout = asked.spot, known.scene.layout
    for ahead in range(1, AHEAD if spot.sentence == 0 else 2):
        sentence = spot.sentence + ahead
        if sentence >= len(layout.sentences):
            return
        same = layout.paragraph[layout.sentences[sentence][0]] == layout.paragraph[spot.first]
        if same or spot.sentence == 0:
            yield from _lent(known, asked, sentence, "headline" if spot.sentence == 0 else "behind", first=True)


def twin(known: Known, asked: Question) -> Iterator[Witness]:
    """Yield the times around the same quantity said elsewhere: a headline has it from the text."""
    spot, quantity = asked.spot, asked.spot.quantity
    for other in known.scene.spots:
        same = other.quantity.value == quantity.value and other.quantity.unit == quantity.unit
        if not same or other.sentence == spot.sentence or spot.bare:
            continue
        here = known.scene.in_sentence(other.sentence)
        for word, mention in known.placed.get(other.sentence, []):
            low, high = min(word, other.first), max(word, other.first)
            if any(low < one.first < high for one in here):
                continue
            for period, _ in known.meanings.of(mention, asked):
                yield period, ["twin", f"twin {'below' if other.first > spot.first else 'above'}"]


def above(known: Known, asked: Question) -> Iterator[Witness]:
    """Yield the period of the figure that stands at the same place in the line above."""
    spot, scene = asked.spot, known.scene
    if not scene.is_line(spot.sentence) or spot.sentence == 0:
        return
    place = scene.in_sentence(spot.sentence).index(spot)
    over = scene.in_sentence(spot.sentence - 1)
    if len(over) != len(scene.in_sentence(spot.sentence)):
        return
    for one in known.told:
        if one.spot == over[place]:
            yield one.period, ["line above", f"line above {place > 0}"]


def _lent(known: Known, asked: Question, sentence: int, where: str, first: bool = False) -> Iterator[Witness]:
    there = known.placed.get(sentence, [])
    for _, mention in there[:LENT] if first else there[-LENT:]:
        if mention.kind in (*AIMLESS, "now", "anaphoric"):
            continue
        for period, names in known.meanings.of(mention, asked):
            length = evidence.length_of(period)
            kind = evidence.kind_of(mention)
            more = [where, f"{where} {length}", f"{where} {asked.group}", f"{where} {kind}"]
            more += [f"{where} {kind} {asked.group}", f"{where} {kind} {asked.mood}"]
            yield period, [*more, *(name for name in names if name.startswith("lies"))]
