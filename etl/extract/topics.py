"""Who a figure is about: each platform of a document is weighed by where it stands and what the text speaks of."""

from __future__ import annotations

from collections import Counter
from functools import cache

from etl.extract import circumstances, platforms
from etl.extract import words as lexicon
from etl.extract.circumstances import DEALS
from etl.extract.links import Link
from etl.extract.phrases import Hit, Phrases
from etl.extract.platforms import MARKET
from etl.extract.scene import Scene, Spot
from etl.extract.stands import Stands
from etl.model import Metric

PLAIN_LEAD = 0.9  # how sure the grammar is
CLEAR_LEAD = 5.0  # score by which a platform leads for sure


@cache
def _anaphora(lang: str) -> Phrases:
    return Phrases(dict(platforms.anaphora(lang)))


class Topics:
    """The platforms of a document, and what each of its sentences speaks of."""

    def __init__(self, scene: Scene) -> None:
        """Read the document once."""
        self.scene = scene
        self.stands = Stands(scene)
        self.pronouns: dict[int, list[Hit]] = {}
        for hit in _anaphora(scene.document.lang).find(scene.layout.words):
            self.pronouns.setdefault(scene.layout.sentence[hit.first], []).append(hit)
        self.counts = Counter(mention.slug for mention in scene.mentions)
        self.title = [mention.slug for mention in scene.title_mentions]
        self.candidates = list(dict.fromkeys([*self.title, *self.counts]))
        if scene.relevant and MARKET not in self.candidates:
            self.candidates.append(MARKET)
        self.bought = self.stands.bought(scene.mentions)
        self.topic = self._chain()

    def of(self, spot: Spot, link: Link | None, metric: Metric | None) -> tuple[str | None, float]:
        """Return the platform of a quantity and how far it leads (0 to 1)."""
        if not self.candidates:
            return None, 0.0
        if (plain := self.plain(spot, link, metric)) is not None:
            return plain, PLAIN_LEAD
        weights: dict[str, float] = lexicon.shared("topics")
        scored = []
        for slug in self.candidates:
            found = self.features(spot, link, metric, slug)
            scored.append((sum(weights.get(name, 0.0) * value for name, value in found.items()), slug))
        scored.sort(key=lambda row: -row[0])
        lead = scored[0][0] - scored[1][0] if len(scored) > 1 else CLEAR_LEAD
        return scored[0][1], min(1.0, lead / CLEAR_LEAD)

    def plain(self, spot: Spot, link: Link | None, metric: Metric | None) -> str | None:
        """Return the platform of a quantity where the grammar leaves no choice; None when all must be weighed."""
        owner = self.stands.bought_in(spot.sentence) if metric in (Metric.DEAL_VALUE, Metric.VALUATION) else None
        owner = owner or self.stands.owner(spot)
        if owner is None and link is not None and link.kind in ("was", "to", "again", "part"):
            owner = None if self.stands.named_between(link, spot) else link.base.platform
        if owner is None:
            owner = self.stands.beside(spot)
        if owner is None and metric not in DEALS:
            owner = self.stands.since_last(spot) or self.stands.only_subject(spot)
        return owner

    def features(self, spot: Spot, link: Link | None, metric: Metric | None, slug: str) -> dict[str, float]:
        """Return what speaks for a platform as the one a quantity is about."""
        titled = bool(self.scene.document.title) and not self.title
        found = {
            **self._prior(slug, metric, self._situation(spot, slug)),
            **circumstances.of_kind(slug, metric, slug in self.counts, titled),
            **circumstances.of_place(self.stands, spot, slug),
            **circumstances.of_context(self.stands, spot, slug),
            **self._spoken_of(spot, slug),
        }
        if link is not None and link.base.platform == slug:
            here = link.spot.sentence == spot.sentence
            found[f"link_{link.kind}" if here else "link_back"] = 1.0
            if here and not any(link.spot.last < stand.mention.first for stand in self.stands.before(spot)):
                found["link_unbroken"] = 1.0
        return found

    def _situation(self, spot: Spot, slug: str) -> str:
        """Return whether the sentence has a subject of its own, or its paragraph one that is another platform."""
        if self.stands.has_subject(spot):
            return "_against"
        item = self.scene.is_item(spot.sentence)
        subject = None if item else self.stands.paragraph_subject(spot.sentence)
        if subject is None:
            return ""
        return "_kept" if subject == slug else "_left"

    def _prior(self, slug: str, metric: Metric | None, situation: str) -> dict[str, float]:
        found = {"share": self.counts[slug] / max(sum(self.counts.values()), 1)}
        if slug in self.title:
            found[f"title{'_first' if self.title[0] == slug else ''}{situation}"] = 1.0
        if self.counts and self.counts.most_common(1)[0][0] == slug:
            found[f"most{situation}"] = 1.0
        if metric in DEALS and slug in self.bought:
            found["bought"] = 1.0
        return found

    def _spoken_of(self, spot: Spot, slug: str) -> dict[str, float]:
        sentence = spot.sentence
        topic = self.topic[sentence]
        found: dict[str, float] = {}
        if topic == slug:
            mentioned = any(not stand.aside for stand in self.stands.before(spot))
            found["topic_mentioned" if mentioned else "topic"] = 1.0
        lead = self.scene.lead_in(sentence)
        if lead is not None and self.topic[lead + 1] == slug:
            found["lead_in"] = 1.0
        hits = self.pronouns.get(sentence, [])
        meant = [hit.name for hit in hits if hit.last < spot.first]
        if meant:
            opens = any(hit.first - self.scene.layout.sentences[sentence][0] <= 1 for hit in hits)
            recent = self.stands.recent(sentence)
            found.update(circumstances.of_pronoun(slug, meant[-1], topic, recent, opens))
        return found

    def _chain(self) -> list[str | None]:
        """Return the topic that each sentence inherits; one more than there are sentences."""
        topic = self.title[0] if self.title else None
        chain = [topic]
        for sentence in range(len(self.scene.layout.sentences)):
            if not self.scene.is_item(sentence):
                topic = self._next(sentence, topic)
            chain.append(topic)
        return chain

    def _next(self, sentence: int, topic: str | None) -> str | None:
        """Return what the text speaks of after a sentence."""
        stands = self.stands.of(sentence)
        named = [stand for stand in stands if not stand.aside and stand.mention.slug != MARKET]
        subjects = [stand for stand in named if not stand.oblique] or named
        pronouns = self.pronouns.get(sentence, [])
        if subjects and not (pronouns and pronouns[0].first < subjects[0].mention.first and topic):
            return subjects[0].mention.slug
        if topic is None and stands:
            return stands[0].mention.slug
        return topic
