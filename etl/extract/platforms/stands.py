"""How the platforms of a document stand in their sentences: as subject, behind a preposition, pushed aside."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etl.extract import attribution
from etl.extract import words as lexicon
from etl.extract.lists.links import Link
from etl.extract.platforms import MARKET, Mention, epithets
from etl.extract.scene import Scene, Spot

BESIDE = 2  # words between a name and its number
JOINED = 5  # words
SIGNS = frozenset(",:(")
LONG = 4  # letters of a participle
BACK = 3  # sentences in which a platform counts as named lately


@dataclass(frozen=True, slots=True)
class Stand:
    """A mention and how it stands in its sentence."""

    mention: Mention
    oblique: bool  # behind a preposition: "chez Netflix"
    aside: bool  # behind words that push it aside: "rival de Netflix"
    owns: bool  # possessive: "Netflix's"
    label: bool  # opens a line and is followed by a colon, dash or bar
    opens: bool  # first words of the sentence
    relative: bool = False  # a relative or participle clause follows: "Netflix, which has", "Prime Video, facturé"
    child: bool = False  # it only says whose: "la filiale d'Orange", "the Disney-owned service"
    attributive: bool = False  # it only says which: "the Disney contract"
    serves: bool = False  # its service is spoken of: "Apple's streaming service"
    rival: bool = False  # it is measured against the one spoken of: "son rival suédois Spotify"
    bracketed: bool = False  # it stands alone in brackets: "Blue TV (Swisscom)"
    excluded: bool = False  # it is left out: "hors Hotstar"

    @property
    def plain(self) -> bool:
        """Whether it can be the subject."""
        return not self.oblique and not self.aside and self.mention.slug != MARKET

    @property
    def how(self) -> str:
        """Return what keeps it from being the subject: excluded, child, aside, oblique, or nothing."""
        marks = {"excluded": self.excluded, "child": self.child, "aside": self.aside, "oblique": self.oblique}
        return next((name for name, holds in marks.items() if holds), "")


class Stands:
    """The mentions of a document by sentence, with what the grammar around them says."""

    def __init__(self, scene: Scene) -> None:
        """Look at every mention once."""
        self.scene = scene
        roles = lexicon.load(scene.document.lang, "roles")
        self._words = {name: frozenset(map(str, listed)) for name, listed in roles.items()}
        self._excluding = frozenset(hit.last for hit in scene.cues["roles"] if hit.name == "excluding")
        self._asides = frozenset(hit.last for hit in scene.cues["roles"] if hit.name == "aside") | self._excluding
        self._participles = tuple(map(str, roles.get("participles", ())))
        starts = {area.start for area in scene.areas if area.kind != "country"}
        self._demonyms = frozenset(word for word, start in enumerate(scene.layout.starts) if start in starts)
        self.origins = attribution.origins(scene)
        self._by_sentence: dict[int, list[Stand]] = {}
        self._before: dict[int, list[Stand]] = {}  # a quantity's first word: the mentions before it
        self._recent: dict[int, list[str]] = {}
        self._paragraph: dict[int, str | None] = {}
        for mention in scene.mentions:
            here = self._by_sentence.setdefault(scene.layout.sentence[mention.first], [])
            here.append(self._coordinated(here[-1:], self._stand(mention)))

    def of(self, sentence: int) -> list[Stand]:
        """Return the mentions of a sentence in order."""
        return self._by_sentence.get(sentence, [])

    def before(self, spot: Spot) -> list[Stand]:
        """Return the mentions of its sentence before a quantity."""
        if spot.first not in self._before:
            self._before[spot.first] = [s for s in self.of(spot.sentence) if s.mention.last < spot.first]
        return self._before[spot.first]

    def has_subject(self, spot: Spot) -> bool:
        """Whether the sentence names a platform as its subject before the quantity."""
        return any(stand.plain for stand in self.before(spot))

    def only_subject(self, spot: Spot) -> str | None:
        """Return the one platform that the sentence has as its subject, when no other is named behind it."""
        before = self.before(spot)
        subjects = {stand.mention.slug for stand in before if stand.plain}
        return subjects.pop() if len(subjects) == 1 and before[-1].plain else None

    def owner(self, spot: Spot) -> str | None:
        """Return the platform that a number is said to belong to right behind it: "8 % pour Netflix"."""
        joints = self.role("belongs") | (self.role("belongs_share") if spot.unit == "percent" else frozenset())
        for stand in self.of(spot.sentence):
            between = self.scene.layout.words[spot.last + 1 : stand.mention.first]
            if spot.unit == "percent" and stand.mention.first == spot.last + 1:
                return stand.mention.slug
            if stand.mention.first > spot.last and 0 < len(between) <= BESIDE and between[0] in joints:
                return stand.mention.slug
        return None

    def taken(self, stand: Stand, spot: Spot) -> bool:
        """Whether a name belongs to the number before it: "17,99 € an Netflix, 8,99 € an Disney+"."""
        here = [other for other in self.scene.in_sentence(spot.sentence) if other.last < stand.mention.first]
        return bool(here) and here[-1] is not spot and self.owner(here[-1]) == stand.mention.slug

    def beside(self, spot: Spot) -> str | None:
        """Return the platform that stands right before a quantity: "Hulu costs $7.99", "Prime Video (25 %)"."""
        near = [stand for stand in self.of(spot.sentence) if 0 < spot.opening - stand.mention.last <= BESIDE]
        if near and self.scene.layout.words[near[-1].mention.last + 1] == "(":
            return near[-1].mention.slug
        if near and near[-1].plain:
            return near[-1].mention.slug
        return self._joined(spot) if spot.unit == "percent" else None

    def _joined(self, spot: Spot) -> str | None:
        """Return the platform with only small words up to a share: "Prime Video, con un 42 %"."""
        before = self.before(spot)
        if not before or not before[-1].plain or spot.opening - before[-1].mention.last > JOINED:
            return None
        between = self.scene.layout.words[before[-1].mention.last + 1 : spot.opening]
        small = self.role("prepositions") | self.role("articles") | SIGNS
        return before[-1].mention.slug if all(word in small for word in between) else None

    def since_last(self, spot: Spot) -> str | None:
        """Return the one platform named, as a subject, between the quantity before and this one."""
        here = self.scene.in_sentence(spot.sentence)
        earlier = [other.last for other in here if other.last < spot.first]
        if not earlier:
            return None
        named = [stand for stand in self.before(spot) if stand.mention.first > earlier[-1]]
        return named[0].mention.slug if len(named) == 1 and named[0].plain else None

    def named_between(self, link: Link, spot: Spot) -> bool:
        """Whether another platform comes between two tied figures, or they are sentences apart."""
        if link.spot.sentence != spot.sentence:
            return True
        return any(link.spot.last < stand.mention.first and not stand.aside for stand in self.before(spot))

    def paragraph_subject(self, sentence: int) -> str | None:
        """Return the last subject named in the paragraph before a sentence."""
        if sentence not in self._paragraph:
            self._paragraph[sentence] = self._subject_before(sentence)
        return self._paragraph[sentence]

    def _subject_before(self, sentence: int) -> str | None:
        layout = self.scene.layout
        paragraph = layout.paragraph[layout.sentences[sentence][0]]
        for earlier in range(sentence - 1, -1, -1):
            if layout.paragraph[layout.sentences[earlier][0]] != paragraph:
                return None
            plain = [stand for stand in self.of(earlier) if stand.plain]
            if plain:
                return plain[-1].mention.slug
        return None

    def recent(self, sentence: int) -> list[str]:
        """Return the platforms named in the sentences before, last first; none for an item of a list."""
        if sentence not in self._recent:
            backs = range(1, BACK + 1) if not self.scene.is_item(sentence) else ()
            slugs = [s.mention.slug for back in backs for s in reversed(self.of(sentence - back)) if not s.aside]
            self._recent[sentence] = list(dict.fromkeys(slugs))
        return self._recent[sentence]

    def bought_in(self, sentence: int) -> str | None:
        """Return the one platform that a sentence says is bought, sold or valued."""
        found = self.bought([stand.mention for stand in self.of(sentence)])
        return next(iter(found)) if len(found) == 1 else None

    def bought(self, mentions: list[Mention]) -> frozenset[str]:
        """Return those of the platforms that the text says are bought, sold or valued."""
        ends = {hit.last for hit in self.scene.cues["roles"] if hit.name == "bought"}
        found = set()
        for mention in mentions:
            if self._word_before(mention, 0) in ends or mention.first - 1 in ends:
                found.add(mention.slug)
        return frozenset(found)

    def inside_relative(self, stand: Stand, spot: Spot) -> bool:
        """Whether a quantity stands in the relative or participle clause that follows a name."""
        if not stand.relative:
            return False
        words = self.scene.layout.words[stand.mention.last + 2 : spot.first]
        return words.count(",") == 0 and ")" not in words and ";" not in words

    def _relative(self, mention: Mention) -> bool:
        words = self.scene.layout.words[mention.last + 1 : mention.last + 4]
        if words[:1] in ([","], ["("], ["-"]):
            words = words[1:]
            closed = True
        else:
            closed = False
        if not words:
            return False
        if words[0] in self.role("relatives"):
            return True
        return closed and len(words[0]) > LONG and words[0].endswith(self._participles)

    def _coordinated(self, before: list[Stand], stand: Stand) -> Stand:
        """Return a name as the one before it stands, when the two are joined: "devant CanalPlay et OCS"."""
        if not before or not before[0].aside or stand.aside:
            return stand
        between = self.scene.layout.words[before[0].mention.last + 1 : stand.mention.first]
        joined = 0 < len(between) <= BESIDE and all(word in self.scene.grammar("joints") for word in between)
        return replace(stand, aside=joined)

    def role(self, name: str) -> frozenset[str]:
        """Return the words of a role in the grammar of names."""
        return self._words.get(name, frozenset())

    def _word_before(self, mention: Mention, first: int) -> int:
        """Return the number of the word before a mention and its articles."""
        before = mention.first - 1
        while before >= first and (
            self.scene.layout.words[before] in self.role("articles") or before in self._demonyms
        ):
            before -= 1
        return before

    def _stand(self, mention: Mention) -> Stand:
        layout = self.scene.layout
        first = layout.sentences[layout.sentence[mention.first]][0]
        before = self._word_before(mention, first)
        oblique = before >= first and layout.words[before] in self.role("prepositions")
        aside = (before >= first and before in self._asides) or mention.first - 1 in self._asides
        following = layout.words[mention.last + 1 : mention.last + 3]
        start = first
        while start < mention.first and not layout.raws[start][0].isalnum():
            start += 1
        opens = mention.first - start <= 1
        hyphened = following[:1] == ["-"] and layout.starts[mention.last + 1] == layout.ends[mention.last]
        return Stand(
            mention,
            oblique,
            aside or hyphened,
            owns=following[:2] == ["'", "s"] or following[:1] == ["'"],
            relative=self._relative(mention),
            child=epithets.is_child(layout, self._words, mention),
            attributive=epithets.is_attributive(layout, self._words, mention),
            serves=epithets.serves(layout, self._words, mention),
            rival=epithets.is_rival(layout, self._words, mention),
            bracketed=epithets.is_bracketed(layout, mention),
            excluded=before >= first and before in self._excluding,
            label=opens and bool(following) and following[0] in (":", "-", "|"),
            opens=opens,
        )
