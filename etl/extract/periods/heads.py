"""Times that hold for more than their sentence: of a dated entry, of a month's report, of a survey's fieldwork."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta

from etl.extract import periods
from etl.extract.periods import PeriodMention
from etl.extract.periods.report import AIMLESS, Placed
from etl.extract.scene import Scene

SENTENCES = 4  # in which a text names the month that it reports on
MONTHLY = timedelta(days=75)
HEAD = frozenset(".:-|,;(")
EVENTS = 3  # dated entries that make a chronicle
SHORT = 4  # words of an entry's head


@dataclass
class Heads:
    """The times above the sentences of a document.

    entries: of a sentence: the time that opens its paragraph, or the line above it, in a text of dated entries.
    month: the month that the text reports on, when its opening names one.
    fieldwork: when the people were asked of whom the text tells.
    """

    entries: dict[int, PeriodMention] = field(default_factory=dict)
    month: str | None = None
    fieldwork: str | None = None


def find(scene: Scene, placed: Placed) -> Heads:
    """Return the times that hold for more than their sentence."""
    return Heads(_entries(scene, placed), _month(scene, placed), _fieldwork(scene, placed))


def _entries(scene: Scene, placed: Placed) -> dict[int, PeriodMention]:
    """Return the time of each entry of a chronicle by sentence; none when fewer paragraphs open with one."""
    layout, found = scene.layout, {}
    current, heads, paragraph = None, 0, -1
    for sentence, (first, _) in enumerate(layout.sentences):
        if layout.paragraph[first] != paragraph:
            paragraph = layout.paragraph[first]
            head = _head(scene, placed, sentence)
            if head is not None:
                current, heads = head, heads + 1
            elif current is not None and not _headline_only(scene, placed, sentence - 1):
                current = None
        if current is not None:
            found[sentence] = current
    return found if heads >= EVENTS else {}


def _head(scene: Scene, placed: Placed, sentence: int) -> PeriodMention | None:
    """Return the time with which a paragraph opens like an entry: "March 2021. The first rise", "2019: launch"."""
    layout = scene.layout
    first, end = layout.sentences[sentence]
    while first < end - 1 and layout.words[first] in ("*", "-", "•"):
        first += 1
    for word, mention in placed.get(sentence, [])[:1]:
        if mention.kind in (*AIMLESS, "anaphoric", "since", "deadline") or word > first + SHORT - 1:
            continue
        last = bisect_left(layout.ends, mention.end)
        if word == first and (last + 1 >= end or layout.words[last + 1] in HEAD):
            return mention
    return None


def _headline_only(scene: Scene, placed: Placed, sentence: int) -> bool:
    """Whether a sentence is nothing but a time, which holds for the paragraphs below it."""
    if sentence < 0 or not placed.get(sentence):
        return False
    first, end = scene.layout.sentences[sentence]
    return end - first <= SHORT + 1


def _month(scene: Scene, placed: Placed) -> str | None:
    """Return the month that ended lately and that the opening names."""
    published = scene.document.published
    for sentence in range(min(SENTENCES, len(scene.layout.sentences)) if published else 0):
        for _, mention in placed.get(sentence, []):
            if mention.grain != "month" or mention.edge or mention.kind not in ("absolute", "relative"):
                continue
            period = periods.resolve(mention, published)
            if period and published and _just_ended(period, published):
                return period
    return None


def _just_ended(period: str, published: date) -> bool:
    return timedelta(0) <= published - periods.interval(period)[1] <= MONTHLY


def _fieldwork(scene: Scene, placed: Placed) -> str | None:
    """Return when a survey asked its people: the time in a sentence about its sample."""
    published = scene.document.published
    sentences = sorted({scene.layout.sentence[hit.first] for hit in scene.cues["roles"] if hit.name == "sample"})
    for sentence in sentences:
        for _, mention in placed.get(sentence, []):
            if mention.kind in (*AIMLESS, "anaphoric", "now", "since", "deadline"):
                continue
            period = periods.resolve(mention, published)
            if period and (published is None or periods.interval(period)[0] <= published):
                return period
    return None
