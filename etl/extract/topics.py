"""Who a figure is about: the platform named nearest, or the one that the text is speaking of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.extract import platforms
from etl.extract.layout import Layout
from etl.extract.links import Link
from etl.extract.phrases import Phrases
from etl.extract.platforms import MARKET, Mention
from etl.extract.scene import Scene, Spot


@dataclass(frozen=True, slots=True)
class Subject:
    """A platform at a place: named, described or meant by a pronoun."""

    first: int
    last: int
    slug: str
    named: bool
    aside: bool


@cache
def _anaphora(lang: str) -> Phrases:
    return Phrases(platforms.anaphora(lang))


class Topics:
    """The platforms of a document in order, pronouns resolved, and the topic before each sentence."""

    def __init__(self, scene: Scene) -> None:
        """Read the document once, from its title on."""
        self.scene = scene
        layout = scene.layout
        self.by_sentence: dict[int, list[Subject]] = {}
        self.before: list[str | None] = []  # the topic when a sentence begins
        self.parents: dict[str, str | None] = {slug: entry.parent for slug, entry in platforms.registry().items()}
        kinds = platforms.registry()
        topic = scene.title_mentions[0].slug if scene.title_mentions else None
        company = service = topic
        named: dict[int, list[Mention]] = {}
        for mention in scene.mentions:
            named.setdefault(layout.sentence[mention.first], []).append(mention)
        meant: dict[int, list] = {}
        for hit in _anaphora(scene.document.lang).find(layout.words):
            meant.setdefault(layout.sentence[hit.first], []).append(hit)
        asides = {hit.last + 1 for hit in scene.cues["roles"] if hit.name == "aside"}
        for number in range(len(layout.sentences)):
            self.before.append(topic)
            subjects: list[Subject] = []
            rows = [(m.first, m) for m in named.get(number, [])] + [(h.first, h) for h in meant.get(number, [])]
            for _, row in sorted(rows, key=lambda pair: pair[0]):
                if isinstance(row, Mention):
                    aside = row.first in asides or (
                        row.first - 1 in asides and layout.words[row.first - 1] in ("the", "l", "la", "le", "'")
                    )
                    subject = Subject(row.first, row.last, row.slug, True, aside)
                    subjects.append(subject)
                    if row.kind in ("company", "broadcaster"):
                        company = row.slug
                    elif row.kind == "service":
                        service = row.slug
                    continue
                if any(s.first <= row.first <= s.last for s in subjects):
                    continue
                local = [s for s in subjects if s.named and not s.aside and s.slug != MARKET]
                if row.name == "any":
                    slug = local[-1].slug if local else topic
                elif row.name == "service":
                    near = [s for s in local if kinds[s.slug].kind != "company"]
                    slug = near[-1].slug if near else (topic if topic and kinds[topic].kind != "company" else service)
                else:
                    near = [s for s in local if kinds[s.slug].kind != "service"]
                    slug = near[-1].slug if near else topic
                if slug:
                    subjects.append(Subject(row.first, row.last, slug, False, False))
            self.by_sentence[number] = subjects
            topic = self._topic(subjects, topic)

    def _topic(self, subjects: list[Subject], topic: str | None) -> str | None:
        plain = [s for s in subjects if not s.aside]
        named = [s for s in plain if s.named]
        services = [s for s in named if s.slug not in (MARKET, "tv")]
        if services:
            return services[0].slug
        if named:
            return named[0].slug
        return plain[0].slug if plain else topic

    def of(self, spot: Spot, link: Link | None = None) -> tuple[str | None, float]:
        """Return the platform of a quantity and how sure that is (0 to 1)."""
        if link and link.kind in ("was", "to", "part", "again") and link.spot.sentence == spot.sentence:
            return link.base.platform, 0.9
        layout = self.scene.layout
        best: tuple[float, str] | None = None
        for subject in self.by_sentence[spot.sentence]:
            score = self._score(layout, spot, subject)
            if best is None or score > best[0]:
                best = (score, subject.slug)
        if best is not None and best[0] > 0:
            return best[1], min(1.0, 0.6 + best[0] / 25)
        topic = self.before[spot.sentence]
        if topic:
            return topic, 0.6
        if best is not None:
            return best[1], 0.4
        first = self.scene.mentions[0].slug if self.scene.mentions else None
        return (first, 0.3) if first else (MARKET if self.scene.relevant else None, 0.3)

    def _score(self, layout: Layout, spot: Spot, subject: Subject) -> float:
        if subject.last < spot.first:
            score = 14 - 0.35 * layout.cost(subject.last, spot.first)
        else:
            score = 7 - 0.8 * layout.cost(spot.last, subject.first)
            if layout.words[subject.first - 1] in ("for", "of", "at", "pour", "chez", "de", "'", "by", "to"):
                score += 3
        score -= 10 * subject.aside
        score -= 0 if subject.named else 2
        if subject.slug == MARKET:
            score -= 3
        return score
