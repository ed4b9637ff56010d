"""The decision on each quantity of a running text: figure or not, what it measures, and who it is about."""

from __future__ import annotations

from dataclasses import dataclass

from etl.extract.lists import links
from etl.extract.lists.elided import small_words
from etl.extract.lists.links import Base, Link
from etl.extract.phrases import Hit
from etl.extract.platforms.topics import Topics
from etl.extract.readings import Reading, weigh
from etl.extract.readings.beside import whole_of
from etl.extract.readings.cues import weights
from etl.extract.scene import Scene, Spot
from etl.model import Metric

PASSING = frozenset({Metric.USERS, Metric.TITLES, Metric.PRICE, Metric.OTHER})  # said of any broadcast match
SAMPLE = 14  # how far from the size of a survey the word for it may stand
PHONE = 6  # words between the word for a telephone and its number
LISTED = 6  # words from one small number of a list to the next: "dont 27 en France, 20 en Espagne"
LEAST_ALONE = 100  # a smaller number that counts nothing is a figure only when it is tied to one


@dataclass(frozen=True, slots=True)
class Decision:
    """A quantity with the readings weighed, and the one that won, if any did."""

    spot: Spot
    link: Link | None
    readings: list[Reading]
    chosen: Reading | None
    platform: str | None
    lead: float  # how likely the platform is, 0 to 1
    area: str | None = None  # when a list of countries gives it


def decide(scene: Scene, topics: Topics, taken: set[Spot]) -> list[Decision]:
    """Return what each quantity of a document is, figure or not; those that a table has taken are left out."""
    earlier: list[Base] = []
    found = []
    whole = whole_of(scene)
    for spot in scene.spots:
        if spot in taken or _idle(scene, spot, earlier):
            continue
        link = links.find(scene, spot, earlier)
        weighed = weigh(scene, spot, link, whole)
        chosen = weighed[0] if weighed and weighed[0].score > 0 else None
        tied = link is not None and link.spot.sentence == spot.sentence
        if chosen is not None and not scene.focused and not tied and not _evident(scene, topics, spot, chosen):
            chosen = None
        platform, lead = topics.of(spot, link, chosen.metric if chosen else None)
        found.append(Decision(spot, link, weighed, chosen, platform, lead))
        if chosen and platform and (chosen.metric is not Metric.OTHER or chosen.first >= 0):
            unit = chosen.unit or ("percent" if spot.unit == "multiple" else spot.quantity.unit)
            earlier.append(Base(spot, chosen.metric, chosen.transformation, chosen.sign, unit, platform))
    return found


def _evident(scene: Scene, topics: Topics, spot: Spot, chosen: Reading) -> bool:
    """Whether, in a text about something else, a figure stands beside a platform and its own measure."""
    layout = scene.layout
    paragraph = layout.paragraph[layout.sentences[spot.sentence][0]]
    beside = any(not stand.aside for stand in topics.stands.of(spot.sentence))
    for sentence in range(max(spot.sentence - 2, 0), spot.sentence):
        if layout.paragraph[layout.sentences[sentence][0]] == paragraph:
            beside |= any(stand.mention.kind == "service" for stand in topics.stands.of(sentence))
    if chosen.metric in PASSING and not any(mention.kind in ("service", "sector") for mention in scene.mentions):
        return False
    return beside and chosen.first >= 0 and chosen.score >= weights()["evident"]


def _is_phone(scene: Scene, spot: Spot) -> bool:
    """Whether a number is a telephone number or a part of one."""
    written = scene.document.text[spot.quantity.core_start : spot.quantity.core_end]
    if written.startswith("0") and len(written) > 1 and (written[1].isalnum() or written[1].isspace()):
        return True
    if any(letter.isalpha() for letter in written) or spot.quantity.value % 1:
        return False  # "en línea con lo previsto, 3,2 millones"
    near = (hit for hit in scene.hits("roles", spot.sentence) if hit.name == "phone" and hit.last < spot.first)
    return spot.quantity.noun is None and any(spot.first - hit.last <= PHONE for hit in near)


def _apart(scene: Scene, spot: Spot, hit: Hit) -> bool:
    """Whether a noun belongs to a number or an article of its own: "lost 417 one year earlier"."""
    between = scene.layout.words[spot.last + 1 : hit.first]
    return any(word in small_words(scene.document.lang) for word in between)


def _idle(scene: Scene, spot: Spot, earlier: list[Base]) -> bool:
    """Whether a bare number counts what is never a figure: years, seasons, screens."""
    if spot.unit == "count" and _is_phone(scene, spot):
        return True
    if not spot.bare:
        return False
    if any(
        h.name == "sample" and scene.layout.cost(h.first, spot.first) <= SAMPLE
        for h in scene.hits("roles", spot.sentence)
    ):
        return True
    for hit in scene.hits("roles", spot.sentence):
        if hit.name == "not_counted" and spot.last < hit.first <= spot.last + 2 and not _apart(scene, spot, hit):
            return True
        if hit.name == "hundred" and hit.first <= spot.first <= hit.last:
            return True
    if spot.quantity.noun or spot.quantity.value >= LEAST_ALONE or scene.shared_currency(spot) or scene.is_sum(spot):
        return False
    if not earlier or earlier[-1].spot.sentence != spot.sentence:
        return True
    tie, before = scene.tie_before(spot), earlier[-1].spot
    listed = tie == "part" or spot.opening - before.last <= LISTED
    return tie not in ("was", "to", "again") and not (before.bare and listed)
