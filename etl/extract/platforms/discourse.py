"""What each sentence of a text goes on speaking of: the platform last named, the one held to, the sector."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from etl.extract import platforms
from etl.extract.phrases import Hit, Phrases
from etl.extract.platforms import MARKET
from etl.extract.platforms.stands import Stand, Stands

OPENING = 3  # words
OWNERS = frozenset({"company", "operator", "broadcaster", "stock"})  # kinds of words that mean an owner


@cache
def _anaphora(lang: str) -> Phrases:
    return Phrases(dict(platforms.anaphora(lang)))


class Discourse:
    """The topics of a document, sentence by sentence; a list of them has one more than there are sentences."""

    def __init__(self, stands: Stands, title: str | None, counts: Mapping[str, int]) -> None:
        """Follow a text from its title on.

        Args:
            title: The first platform of the title.
            counts: How often the text names each platform.
        """
        self._stands = stands
        self._counts = counts
        self.pronouns: dict[int, list[Hit]] = {}
        layout = stands.scene.layout
        for hit in _anaphora(stands.scene.document.lang).find(layout.words):
            self.pronouns.setdefault(layout.sentence[hit.first], []).append(hit)
        self.last = self._chain(title, holds=False)  # the platform named last, in whatever part
        self.held = self._chain(title, holds=True)  # the last that a sentence was about: no object, no rival
        self.of_sector = self._sector()  # how many sentences ago the sector was spoken of without a platform

    def _chain(self, title: str | None, *, holds: bool) -> list[str | None]:
        topic = title
        chain = [topic]
        for sentence in range(len(self._stands.scene.layout.sentences)):
            if not self._stands.scene.is_item(sentence):
                topic = self._next(sentence, topic, holds)
            chain.append(topic)
        return chain

    def _next(self, sentence: int, topic: str | None, holds: bool) -> str | None:
        """Return what the text speaks of after a sentence."""
        stands = self._stands.of(sentence)
        named = [stand for stand in stands if not stand.aside and stand.mention.slug != MARKET]
        subjects = [stand for stand in named if not stand.oblique and not stand.child]
        if holds and topic is not None:
            subjects = [stand for stand in subjects if not stand.rival and not stand.attributive]
            subjects = subjects or [stand for stand in named if stand.opens]
        else:
            subjects = subjects or named
        pronouns = [hit for hit in self.pronouns.get(sentence, []) if hit.name != "own"]
        opening = self._stands.scene.layout.sentences[sentence][0] + OPENING
        opens = bool(pronouns) and pronouns[0].first <= opening and topic is not None
        if subjects and not (opens and pronouns[0].first < subjects[0].mention.first):
            return self._served(subjects[0])
        if opens and topic is not None:
            return self.meant(pronouns[0].name, topic)
        if topic is None and stands:
            return stands[0].mention.slug
        return topic

    def meant(self, kind: str, topic: str) -> str:
        """Return who "the group" or "the service" is after a sentence about a platform: it, its owner, its service."""
        entry = platforms.registry()[topic]
        if kind in OWNERS and entry.kind == "service" and entry.parent in self._counts:
            return str(entry.parent)
        if kind == "service" and entry.kind == "company":
            own = [slug for slug in self._counts if platforms.registry()[slug].parent == topic]
            return max(own, key=lambda slug: self._counts[slug], default=topic)
        return topic

    def _served(self, stand: Stand) -> str:
        """Return whom a name speaks of: itself, or the service that it owns."""
        return self.meant("service", stand.mention.slug) if stand.serves else stand.mention.slug

    def _sector(self) -> list[int]:
        """Return for each sentence how many sentences of its paragraph ago the sector was the subject; 0 for never."""
        layout, words = self._stands.scene.layout, self._stands.scene.sector_words
        spoken = {layout.sentence[word] for word in words}
        found, since = [0], 0
        for sentence, (first, _) in enumerate(layout.sentences):
            if sentence and layout.paragraph[first] != layout.paragraph[first - 1]:
                since = 0
                found[-1] = 0
            stands = self._stands.of(sentence)
            if any(stand.plain for stand in stands):
                since = 0
            elif sentence in spoken or any(stand.mention.slug == MARKET and not stand.aside for stand in stands):
                since = 1
            elif since:
                since += 1
            found.append(since)
        return found


def title_of(slugs: list[str]) -> list[str]:
    """Return the platforms of a title in order, the sector last: "Streaming musical : Spotify rentable"."""
    return sorted(dict.fromkeys(slugs), key=lambda slug: slug == MARKET)
