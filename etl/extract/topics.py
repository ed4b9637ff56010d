"""Who a figure is about: each platform of a document is weighed by where it stands and what the text speaks of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from etl.extract import platforms
from etl.extract import words as lexicon
from etl.extract.links import Link
from etl.extract.phrases import Hit, Phrases
from etl.extract.platforms import MARKET, Mention
from etl.extract.scene import Scene, Spot
from etl.model import Metric

COMPANY_METRICS = frozenset(
    {Metric.REVENUE, Metric.NET_INCOME, Metric.OPERATING_INCOME, Metric.EMPLOYEES, Metric.VALUATION, Metric.OTHER}
)
DEALS = frozenset({Metric.DEAL_VALUE, Metric.VALUATION, Metric.OTHER})
MARKET_METRICS = frozenset({Metric.PENETRATION, Metric.MARKET_SHARE})
NEAR_LABEL = 4
BEHIND = 7
BESIDE = 2  # words
PLAIN_LEAD = 0.9


@dataclass(frozen=True, slots=True)
class Stand:
    """A mention and how it stands in its sentence."""

    mention: Mention
    oblique: bool  # behind a preposition: "chez Netflix"
    aside: bool  # behind words that push it aside: "rival de Netflix"
    owns: bool  # possessive: "Netflix's"
    label: bool  # opens a line and is followed by a colon, dash or bar
    opens: bool  # first words of the sentence


@cache
def _anaphora(lang: str) -> Phrases:
    return Phrases(dict(platforms.anaphora(lang)))


class Topics:
    """The platforms of a document, how they stand, and what each sentence speaks of."""

    def __init__(self, scene: Scene) -> None:
        """Read the document once."""
        self.scene = scene
        lang = scene.document.lang
        roles = lexicon.load(lang, "roles")
        self.prepositions = frozenset(map(str, roles.get("prepositions", ())))
        self.belongs = frozenset(map(str, roles.get("belongs", ())))
        self.belongs_share = frozenset(map(str, roles.get("belongs_share", ())))
        self.articles = frozenset(map(str, roles.get("articles", ())))
        self.asides = frozenset(hit.last for hit in scene.cues["roles"] if hit.name == "aside")
        self.stands: dict[int, list[Stand]] = {}
        for mention in scene.mentions:
            self.stands.setdefault(scene.layout.sentence[mention.first], []).append(self._stand(mention))
        self.pronouns: dict[int, list[Hit]] = {}
        for hit in _anaphora(lang).find(scene.layout.words):
            self.pronouns.setdefault(scene.layout.sentence[hit.first], []).append(hit)
        self.counts = Counter(mention.slug for mention in scene.mentions)
        self.title = [mention.slug for mention in scene.title_mentions]
        self.candidates = list(dict.fromkeys([*self.title, *self.counts]))
        if scene.relevant and MARKET not in self.candidates:
            self.candidates.append(MARKET)
        self.bought = self._bought()
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
            score = sum(
                weights.get(name, 0.0) * value for name, value in self.features(spot, link, metric, slug).items()
            )
            scored.append((score, slug))
        scored.sort(key=lambda row: -row[0])
        lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 5.0
        return scored[0][1], min(1.0, lead / 5.0)

    def _owner(self, spot: Spot) -> str | None:
        """Return the platform that a number is said to belong to right behind it: "8 % pour Netflix"."""
        words = self.scene.layout.words
        for stand in self.stands.get(spot.sentence, []):
            between = words[spot.last + 1 : stand.mention.first]
            if 0 < len(between) <= 2 and stand.mention.first > spot.last:
                joints = self.belongs | (self.belongs_share if spot.unit == "percent" else frozenset())
                if between[0] in joints:
                    return stand.mention.slug
        return None

    def _beside(self, spot: Spot) -> str | None:
        """Return the platform that stands right before a quantity as its subject: "Hulu costs $7.99"."""
        near = [s for s in self.stands.get(spot.sentence, []) if 0 < spot.opening - s.mention.last <= BESIDE]
        return near[-1].mention.slug if near and self._plain(near[-1]) else None

    def plain(self, spot: Spot, link: Link | None, metric: Metric | None) -> str | None:
        """Return the platform of a quantity where the grammar leaves no choice; None when all must be weighed."""
        owner = self._owner(spot)
        if owner is None and link is not None and link.kind in ("was", "to", "again", "part"):
            owner = None if self._named_between(link, spot) else link.base.platform
        if owner is None:
            owner = self._beside(spot)
        if owner is None and metric not in DEALS:
            owner = self._only_subject(spot)
        return owner

    def _only_subject(self, spot: Spot) -> str | None:
        """Return the one platform that the sentence has as its subject, when none is named behind it."""
        before = [s for s in self.stands.get(spot.sentence, []) if s.mention.last < spot.first]
        subjects = {s.mention.slug for s in before if self._plain(s)}
        return subjects.pop() if len(subjects) == 1 and self._plain(before[-1]) else None

    def _named_between(self, link: Link, spot: Spot) -> bool:
        """Whether another platform comes between two tied figures, or they are sentences apart."""
        if link.spot.sentence != spot.sentence:
            return True
        stands = self.stands.get(spot.sentence, [])
        return any(link.spot.last < stand.mention.first < spot.first and not stand.aside for stand in stands)

    def features(self, spot: Spot, link: Link | None, metric: Metric | None, slug: str) -> dict[str, float]:
        """Return what speaks for a platform as the one a quantity is about."""
        found = self._prior(slug, metric, self._situation(spot, slug))
        found.update(self._standing(spot, slug))
        found.update(self._spoken_of(spot, slug))
        if link is not None and link.base.platform == slug:
            here = link.spot.sentence == spot.sentence
            found[f"link_{link.kind}" if here else "link_back"] = 1.0
            if here:
                between = [
                    s for s in self.stands.get(spot.sentence, []) if link.spot.last < s.mention.first < spot.first
                ]
                if not between:
                    found["link_unbroken"] = 1.0
        return found

    def _has_subject(self, spot: Spot) -> bool:
        """Whether the sentence names a platform as its subject before the quantity."""
        return any(
            self._plain(stand) and stand.mention.last < spot.first for stand in self.stands.get(spot.sentence, [])
        )

    def _plain(self, stand: Stand) -> bool:
        return not stand.oblique and not stand.aside and stand.mention.slug != MARKET

    def _situation(self, spot: Spot, slug: str) -> str:
        """Return whether the sentence has a subject of its own, or its paragraph one that is another platform."""
        if self._has_subject(spot):
            return "_against"
        subject = None if self.scene.is_item(spot.sentence) else self._paragraph_subject(spot.sentence)
        if subject is None:
            return ""
        return "_kept" if subject == slug else "_left"

    def _prior(self, slug: str, metric: Metric | None, suffix: str) -> dict[str, float]:
        total = max(sum(self.counts.values()), 1)
        kind = platforms.registry()[slug].kind
        found = {"share": self.counts[slug] / total}
        if self.title[:1] == [slug]:
            found[f"title_first{suffix}"] = 1.0
        elif slug in self.title:
            found[f"title{suffix}"] = 1.0
        if self.counts and self.counts.most_common(1)[0][0] == slug:
            found[f"most{suffix}"] = 1.0
        if metric in DEALS and slug in self.bought:
            found["bought"] = 1.0
        if kind == "company" and metric is not None:
            found["company_fit" if metric in COMPANY_METRICS else "company_misfit"] = 1.0
        if kind == "sector":
            found["sector"] = 1.0
            if metric in MARKET_METRICS:
                found["sector_fit"] = 1.0
            if slug == MARKET and not self.counts[MARKET]:
                found["sector_unnamed"] = 1.0
            if slug == MARKET and not self.title and self.scene.document.title:
                found["sector_title"] = 1.0
        return found

    def _standing(self, spot: Spot, slug: str) -> dict[str, float]:
        layout = self.scene.layout
        stands = self.stands.get(spot.sentence, [])
        before = [s for s in stands if s.mention.last < spot.first]
        after = [s for s in stands if s.mention.first > spot.last]
        found: dict[str, float] = {}
        mine = [s for s in before if s.mention.slug == slug]
        if mine:
            stand = mine[-1]
            found["before_oblique" if stand.oblique else "before"] = 1.0
            found["before_cost"] = min(layout.cost(stand.mention.last, spot.first), 60) / 20
            if spot.opening - stand.mention.last <= 2:
                found["adjacent"] = 1.0
            found.update({"nearest": 1.0} if stand is before[-1] else {"covered": 1.0})
            found.update({"opens": 1.0} if any(s.opens for s in mine) else {})
            found.update({"owns": 1.0} if stand.owns else {})
            found.update({"aside": 1.0} if stand.aside else {})
            found.update({"label": 1.0} if any(s.label for s in mine) else {})
            plain = [s for s in before if self._plain(s)]
            if {s.mention.slug for s in plain} == {slug}:
                found["sole_subject"] = 1.0
            found.update({"last_subject": 1.0} if plain and plain[-1].mention.slug == slug else {})
            found.update({"first_subject": 1.0} if plain and plain[0].mention.slug == slug else {})
        else:
            behind = [s for s in after if s.mention.slug == slug]
            if behind:
                stand = behind[0]
                near = layout.cost(spot.last, stand.mention.first) <= BEHIND
                name = f"after{'_near' if near else ''}{'_oblique' if stand.oblique else ''}"
                found[name] = 1.0
                found.update({"first_after": 1.0} if stand is after[0] and not before else {})
                found.update({"aside_after": 1.0} if stand.aside else {})
        return found

    def _spoken_of(self, spot: Spot, slug: str) -> dict[str, float]:
        found: dict[str, float] = {}
        sentence = spot.sentence
        topic = self.topic[sentence]
        mentioned = any(not s.aside and s.mention.last < spot.first for s in self.stands.get(sentence, []))
        if topic == slug:
            found["topic_mentioned" if mentioned else "topic"] = 1.0
        recent = [] if self.scene.is_item(sentence) else self._recent(sentence)
        found.update(self._pronoun(spot, slug, topic, recent))
        if recent[:1] == [slug]:
            found["recent"] = 1.0
        back = next(
            (n for n in range(1, 9) if any(s.mention.slug == slug for s in self.stands.get(sentence - n, []))), None
        )
        if back is not None:
            found["recency"] = 1.0 / back
        if not self._has_subject(spot) and self._paragraph_subject(sentence) == slug:
            found["paragraph_subject"] = 1.0
        if slug in recent[:3]:
            found["recent_3"] = 1.0
        lead = self.scene.lead_in(sentence)
        if lead is not None and self.topic_of(lead) == slug:
            found["lead_in"] = 1.0
        if any(h.name == "together" for h in self.scene.hits("roles", sentence)):
            if slug == MARKET:
                found["together_alone" if not self._has_subject(spot) else "together"] = 1.0
            elif any(platforms.registry()[s.mention.slug].parent == slug for s in self.stands.get(sentence, [])):
                found["together_parent"] = 1.0
        return found

    def _pronoun(self, spot: Spot, slug: str, topic: str | None, recent: list[str]) -> dict[str, float]:
        """Return what "the service", "the group" or "it" before a quantity says for a platform."""
        found: dict[str, float] = {}
        meant = [hit.name for hit in self.pronouns.get(spot.sentence, []) if hit.last < spot.first]
        if not meant:
            return found
        kind = meant[-1]
        first, _ = self.scene.layout.sentences[spot.sentence]
        if any(hit.first - first <= 1 for hit in self.pronouns.get(spot.sentence, [])) and topic == slug:
            found["pronoun_opens"] = 1.0
        if topic == slug:
            found[f"pronoun_{kind}_topic"] = 1.0
        if [s for s in recent if _fits(s, kind)][:1] == [slug]:
            found[f"pronoun_{kind}_recent"] = 1.0
        if kind == "company" and topic and platforms.registry()[topic].parent == slug:
            found["pronoun_parent"] = 1.0
        if kind == "company" and platforms.registry()[slug].kind == "service":
            found["pronoun_company_misfit"] = 1.0
        return found

    def _bought(self) -> frozenset[str]:
        """Return the platforms that the text says are bought, sold or valued."""
        ends = {hit.last for hit in self.scene.cues["roles"] if hit.name == "bought"}
        found = set()
        for mention in self.scene.mentions:
            before = mention.first - 1
            while before >= 0 and self.scene.layout.words[before] in self.articles:
                before -= 1
            if before in ends or mention.first - 1 in ends:
                found.add(mention.slug)
        return frozenset(found)

    def topic_of(self, sentence: int) -> str | None:
        """Return what a sentence itself speaks of."""
        return self.topic[sentence + 1] if sentence + 1 < len(self.topic) else None

    def _paragraph_subject(self, sentence: int) -> str | None:
        """Return the last subject named in the paragraph before a sentence."""
        layout = self.scene.layout
        paragraph = layout.paragraph[layout.sentences[sentence][0]]
        for earlier in range(sentence - 1, -1, -1):
            if layout.paragraph[layout.sentences[earlier][0]] != paragraph:
                return None
            plain = [stand for stand in self.stands.get(earlier, []) if self._plain(stand)]
            if plain:
                return plain[-1].mention.slug
        return None

    def _recent(self, sentence: int) -> list[str]:
        """Return the platforms named before a sentence, last first, up to three sentences back."""
        found: list[str] = []
        for back in range(1, 4):
            for stand in reversed(self.stands.get(sentence - back, [])):
                if stand.mention.slug not in found:
                    found.append(stand.mention.slug)
        return found

    def _chain(self) -> list[str | None]:
        """Return the topic that each sentence inherits; one more than there are sentences."""
        topic = self.title[0] if self.title else None
        chain = [topic]
        for sentence in range(len(self.scene.layout.sentences)):
            if self.scene.is_item(sentence):
                chain.append(topic)
                continue
            plain = [s for s in self.stands.get(sentence, []) if not s.aside and s.mention.slug != MARKET]
            subjects = [s for s in plain if not s.oblique] or plain
            pronoun = self.pronouns.get(sentence, [])
            if subjects and not (pronoun and pronoun[0].first < subjects[0].mention.first and topic):
                topic = subjects[0].mention.slug
            elif topic is None and self.stands.get(sentence):
                topic = self.stands[sentence][0].mention.slug
            chain.append(topic)
        return chain

    def _stand(self, mention: Mention) -> Stand:
        layout = self.scene.layout
        before = mention.first - 1
        first = layout.sentences[layout.sentence[mention.first]][0]
        while before >= first and layout.words[before] in self.articles:
            before -= 1
        oblique = before >= first and layout.words[before] in self.prepositions
        aside = (before >= first and before in self.asides) or mention.first - 1 in self.asides
        following = layout.words[mention.last + 1 : mention.last + 3]
        start = first
        while start < mention.first and not layout.raws[start][0].isalnum():
            start += 1
        opens = mention.first - start <= 1
        aside = aside or (following[:1] == ["-"] and layout.starts[mention.last + 1] == layout.ends[mention.last])
        label = opens and bool(following) and following[0] in (":", "-", "|")
        owns = following[:2] == ["'", "s"] or following[:1] == ["'"]
        return Stand(mention, oblique, aside, owns, label, opens)


def _fits(slug: str, kind: str) -> bool:
    """Whether a platform can be meant by "the service" or "the group"."""
    own = platforms.registry()[slug].kind
    if kind == "service":
        return own in ("service", "broadcaster")
    return own in ("company", "broadcaster") if kind == "company" else own != "sector"
