"""Who a figure is about: each platform of a document is weighed by where it stands and what the text speaks of."""

from __future__ import annotations

from collections import Counter

from etl.extract import platforms
from etl.extract import words as lexicon
from etl.extract.lists.links import Link
from etl.extract.loglinear import likeliest, worth
from etl.extract.platforms import MARKET, evidence, measures, pronouns, sector, surroundings
from etl.extract.platforms.discourse import Discourse, title_of
from etl.extract.platforms.evidence import COMPANY_METRICS, DEALS
from etl.extract.platforms.pronouns import Spoken
from etl.extract.platforms.stands import Stands
from etl.extract.platforms.surroundings import Surroundings
from etl.extract.scene import Scene, Spot
from etl.model import Metric


def _only_children(slugs: list[str]) -> dict[str, str]:
    """Return by owner the one service of its that is among the platforms."""
    found: dict[str, list[str]] = {}
    for slug in slugs:
        parent = platforms.registry()[slug].parent
        if parent in slugs:
            found.setdefault(parent, []).append(slug)
    return {parent: own[0] for parent, own in found.items() if len(own) == 1}


def _owners(slugs: list[str]) -> list[str]:
    """Return the owners that a text does not name, though it names several services of theirs."""
    parents = Counter(platforms.registry()[slug].parent for slug in slugs)
    return [parent for parent, own in parents.items() if parent and own > 1 and parent not in slugs]


class Topics:
    """The platforms of a document, and what each of its sentences speaks of."""

    def __init__(self, scene: Scene) -> None:
        """Read the document once."""
        self.scene = scene
        self.stands = Stands(scene)
        self.counts = Counter(mention.slug for mention in scene.mentions)
        self.title = title_of([mention.slug for mention in scene.title_mentions])
        self.candidates = list(dict.fromkeys([*self.title, *self.counts]))
        self.candidates += _owners(self.candidates)
        if scene.relevant and MARKET not in self.candidates:
            self.candidates.append(MARKET)
        self.owners = {platforms.registry()[slug].parent for slug in self.candidates} & set(self.candidates)
        self.only = _only_children(self.candidates)
        self.most = self.counts.most_common(1)[0][0] if self.counts else None
        self.mentioned = max(sum(self.counts.values()), 1)
        self.bought = self.stands.bought(scene.mentions)
        self.lead = surroundings.lead_of(self.stands, bool(self.title))
        self.discourse = Discourse(self.stands, self.title[0] if self.title else None, self.counts)

    def of(self, spot: Spot, link: Link | None, metric: Metric | None) -> tuple[str | None, float]:
        """Return the platform of a quantity and how likely it is (0 to 1)."""
        if not self.candidates:
            return None, 0.0
        weights: dict[str, float] = lexicon.shared("topics")
        return likeliest({slug: worth(weights, found) for slug, found in self.weighed(spot, link, metric)})

    def weighed(self, spot: Spot, link: Link | None, metric: Metric | None) -> list[tuple[str, dict[str, float]]]:
        """Return the platforms that a quantity can be about, each with what speaks for it."""
        ruled = self._ruled(spot, link, metric)
        around, spoken = Surroundings(self.stands, spot), self._spoken(spot)
        owners = measures.of(self.stands, spot, metric)
        found = []
        for slug in self.candidates:
            rules = {rule: 1.0 for rule, meant in ruled.items() if meant == slug}
            if owners:
                rules[f"measure_{owners.get(slug, 'of_another')}"] = 1.0
            found.append((slug, self._features(spot, link, metric, slug, around, spoken) | rules))
        return found

    def _features(
        self, spot: Spot, link: Link | None, metric: Metric | None, slug: str, around: Surroundings, spoken: Spoken
    ) -> dict[str, float]:
        """Return what speaks for a platform as the one a quantity is about."""
        titled = bool(self.scene.document.title) and not self.title
        situation = self._situation(spot, slug)
        found = {
            **self._prior(slug, metric, situation),
            **evidence.of_kind(slug, metric, slug in self.counts, titled, situation),
            **evidence.of_place(self.stands, spot, slug),
            **evidence.of_context(self.stands, spot, slug),
            **self._spoken_of(spot, slug, spoken),
            **surroundings.of_text(self.counts, slug),
            **around.of(slug, self.title[:1] == [slug], slug == self.most),
        }
        if slug == self.lead[0]:
            found[self.lead[1]] = 1.0
        if slug == MARKET:
            since = self.discourse.of_sector[spot.sentence]
            found |= sector.of_sentence(self.stands, spot, situation, since, spoken.opens and bool(spoken.hits))
            found |= sector.of_text(self.stands, titled, self.lead[0], len(self.counts) - (MARKET in self.counts))
        found |= self._family(slug, spot, metric)
        if link is not None and link.base.platform == slug:
            here = link.spot.sentence == spot.sentence
            found[f"link_{link.kind}" if here else "link_back"] = 1.0
            if here and not any(link.spot.last < stand.mention.first for stand in self.stands.before(spot)):
                found["link_unbroken"] = 1.0
        return found

    def _family(self, slug: str, spot: Spot, metric: Metric | None) -> dict[str, float]:
        """Return what a measure says for a service or its owner when the text names both."""
        parent = platforms.registry()[slug].parent
        marks = {
            f"owner_{metric}": slug in self.owners,
            f"owned_{metric}": parent in self.owners,
            f"only_child_{metric}": self.only.get(parent or "") == slug,
        }
        if marks[f"only_child_{metric}"] and self.stands.only_subject(spot) == parent:
            marks[f"child_of_subject_{metric}"] = True
        return {name: 1.0 for name, holds in marks.items() if holds}

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

    def _spoken_of(self, spot: Spot, slug: str, spoken: Spoken) -> dict[str, float]:
        sentence, topic = spot.sentence, spoken.topic
        found: dict[str, float] = {}
        if topic and platforms.registry()[topic].parent == slug:
            found["topic_parent"] = 1.0
            if any(hit.name == "together" for hit in self.scene.hits("roles", sentence)):
                found["topic_parent_together"] = 1.0
        mentioned = any(not stand.aside for stand in self.stands.before(spot))
        if topic == slug:
            found["topic_mentioned" if mentioned else "topic"] = 1.0
        lead = self.scene.lead_in(sentence)
        if lead is not None and self.discourse.last[lead + 1] == slug:
            found["lead_in"] = 1.0
        return found | pronouns.of(slug, spoken)

    def _spoken(self, spot: Spot) -> Spoken:
        """Return what the sentence of a quantity goes on speaking of."""
        sentence = spot.sentence
        hits = self.discourse.pronouns.get(sentence, [])
        start = self.scene.layout.sentences[sentence][0]
        return Spoken(
            topic=self.discourse.last[sentence],
            held=self.discourse.held[sentence],
            lead=self.lead[0],
            title=self.title[0] if self.title else None,
            recent=self.stands.recent(sentence),
            hits=[hit for hit in hits if hit.last < spot.first],
            opens=any(hit.first - start <= 1 for hit in hits),
        )
