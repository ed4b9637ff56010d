"""Who a figure is about: each platform of a document is weighed by where it stands and what the text speaks of."""

from __future__ import annotations

from collections import Counter
from functools import cache

from etl.extract import platforms
from etl.extract import words as lexicon
from etl.extract.lists.links import Link
from etl.extract.loglinear import likeliest, worth
from etl.extract.phrases import Hit, Phrases
from etl.extract.platforms import MARKET, evidence, surroundings
from etl.extract.platforms.evidence import COMPANY_METRICS, DEALS
from etl.extract.platforms.stands import Stand, Stands
from etl.extract.platforms.surroundings import Surroundings
from etl.extract.scene import Scene, Spot
from etl.model import Metric

OPENING = 3  # words


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
        self.most = self.counts.most_common(1)[0][0] if self.counts else None
        self.mentioned = max(sum(self.counts.values()), 1)
        self.bought = self.stands.bought(scene.mentions)
        self.lead = surroundings.lead_of(self.stands, bool(self.title))
        self.topic = self._chain()

    def of(self, spot: Spot, link: Link | None, metric: Metric | None) -> tuple[str | None, float]:
        """Return the platform of a quantity and how likely it is (0 to 1)."""
        if not self.candidates:
            return None, 0.0
        weights: dict[str, float] = lexicon.shared("topics")
        return likeliest({slug: worth(weights, found) for slug, found in self.weighed(spot, link, metric)})

    def weighed(self, spot: Spot, link: Link | None, metric: Metric | None) -> list[tuple[str, dict[str, float]]]:
        """Return the platforms that a quantity can be about, each with what speaks for it."""
        ruled = self._ruled(spot, link, metric)
        around = Surroundings(self.stands, spot)
        found = []
        for slug in self.candidates:
            rules = {rule: 1.0 for rule, meant in ruled.items() if meant == slug}
            found.append((slug, self._features(spot, link, metric, slug, around) | rules))
        return found

    def _features(
        self, spot: Spot, link: Link | None, metric: Metric | None, slug: str, around: Surroundings
    ) -> dict[str, float]:
        """Return what speaks for a platform as the one a quantity is about."""
        titled = bool(self.scene.document.title) and not self.title
        situation = self._situation(spot, slug)
        found = {
            **self._prior(slug, metric, situation),
            **evidence.of_kind(slug, metric, slug in self.counts, titled, situation),
            **evidence.of_place(self.stands, spot, slug),
            **evidence.of_context(self.stands, spot, slug, situation),
            **self._spoken_of(spot, slug),
            **surroundings.of_text(self.counts, slug),
            **around.of(slug, self.title[:1] == [slug], slug == self.most),
        }
        if slug == self.lead[0]:
            found[self.lead[1]] = 1.0
        if link is not None and link.base.platform == slug:
            here = link.spot.sentence == spot.sentence
            found[f"link_{link.kind}" if here else "link_back"] = 1.0
            if here and not any(link.spot.last < stand.mention.first for stand in self.stands.before(spot)):
                found["link_unbroken"] = 1.0
        return found

    def _ruled(self, spot: Spot, link: Link | None, metric: Metric | None) -> dict[str, str | None]:
        """Return the platform that each rule of grammar gives a quantity, by the name of the rule."""
        stands, deal = self.stands, "_deal" if metric in DEALS else ""
        tied = link if link and link.kind in ("was", "to", "again", "part") else None
        return {
            "g_bought": stands.bought_in(spot.sentence) if metric in (Metric.DEAL_VALUE, Metric.VALUATION) else None,
            "g_owner": stands.owner(spot),
            "g_tied": tied.base.platform if tied and not stands.named_between(tied, spot) else None,
            "g_beside": stands.beside(spot),
            f"g_since{deal}": stands.since_last(spot),
            f"g_only{deal}": stands.only_subject(spot),
        }

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
        found = {"share": self.counts[slug] / self.mentioned}
        if slug in self.title:
            found[f"title{'_first' if self.title[0] == slug else ''}{situation}"] = 1.0
        if slug == self.most:
            found[f"most{situation}"] = 1.0
        if metric in DEALS:
            found.update({f"deal_{name}": value for name, value in found.items() if name.startswith("title")})
            found.update({"bought": 1.0} if slug in self.bought else {})
            found.update({"bought_none": 1.0} if not self.bought and slug in self.title[:1] else {})
        if metric in COMPANY_METRICS and self.title and platforms.registry()[self.title[0]].parent == slug:
            found["title_parent"] = 1.0
        return found

    def _spoken_of(self, spot: Spot, slug: str) -> dict[str, float]:
        sentence = spot.sentence
        topic = self.topic[sentence]
        found: dict[str, float] = {}
        if topic and platforms.registry()[topic].parent == slug:
            found["topic_parent"] = 1.0
            if any(hit.name == "together" for hit in self.scene.hits("roles", sentence)):
                found["topic_parent_together"] = 1.0
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
            found.update(evidence.of_pronoun(slug, meant[-1], topic, recent, opens))
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

    def _meant(self, kind: str, topic: str) -> str:
        """Return who "the group" or "the service" is after a sentence about a platform: it, its owner, its service."""
        entry = platforms.registry()[topic]
        if kind == "company" and entry.kind == "service" and entry.parent in self.candidates:
            return str(entry.parent)
        if kind == "service" and entry.kind == "company":
            own = [slug for slug in self.candidates if platforms.registry()[slug].parent == topic]
            return max(own, key=lambda slug: self.counts[slug], default=topic)
        return topic

    def _served(self, stand: Stand) -> str:
        """Return whom a name speaks of: itself, or the service that it owns."""
        return self._meant("service", stand.mention.slug) if stand.serves else stand.mention.slug

    def _next(self, sentence: int, topic: str | None) -> str | None:
        """Return what the text speaks of after a sentence."""
        stands = self.stands.of(sentence)
        named = [stand for stand in stands if not stand.aside and stand.mention.slug != MARKET]
        subjects = [stand for stand in named if not stand.oblique and not stand.child] or named
        pronouns = [hit for hit in self.pronouns.get(sentence, []) if hit.name != "own"]
        opening = self.scene.layout.sentences[sentence][0] + OPENING
        opens = bool(pronouns) and pronouns[0].first <= opening and topic is not None
        if subjects and not (opens and pronouns[0].first < subjects[0].mention.first):
            return self._served(subjects[0])
        if opens and topic is not None:
            return self._meant(pronouns[0].name, topic)
        if topic is None and stands:
            return stands[0].mention.slug
        return topic
