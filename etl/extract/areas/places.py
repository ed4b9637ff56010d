"""The areas that a document names, by sentence, with how each is said: where a figure may count."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.phrases import Phrases
from etl.extract.scene import Scene, Spot

JOINED = {frozenset({"US", "CA"}): "UCAN"}
JOINED_COST = 8
PLACED = 3  # words between "in" and its country
LISTED = 4  # words from one country of a list to the next
HEADING = 9  # words of a question that heads a passage
SECTION = 8  # sentences that such a question heads


@dataclass(frozen=True, slots=True)
class Named:
    """An area named by the words `first` to `last`. kind: country | demonym | adjective | group."""

    area: str
    kind: str
    first: int
    last: int
    placed: bool = False  # behind "in", "for", "across"
    firm: bool = False  # it says where a company is from: "the Swedish group"
    listed: bool = False  # one of a list of areas
    excluded: bool = False  # left out: "outside the US"
    of_firm: bool = False  # behind a company: "its sister companies in Germany"
    labels: bool = False  # in a platform's name or as a label: "Canal+ Austria", "Germany: 12.99 euros"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that has found its area: the group of its measure, its platform."""

    spot: Spot
    group: str
    platform: str
    area: str


class Places:
    """The areas of a document by sentence, of its title, and how often each is named."""

    def __init__(self, scene: Scene) -> None:
        """Read the document once."""
        self.scene = scene
        self.told: list[Told] = []
        self.measurers: frozenset[str] = frozenset()  # countries that houses named in the text measure
        self._firms, self._nouns = _nouns(scene.document.lang)
        self._words = frozenset(map(str, lexicon.load(scene.document.lang, "areas").get("place", ())))
        self._nominal = frozenset(map(str, lexicon.load(scene.document.lang, "areas").get("nominal", ())))
        self.leagues = self._leagues()
        self._names = {word for mention in scene.mentions for word in range(mention.first, mention.last + 1)}
        self.by_sentence: dict[int, list[Named]] = {}
        for sentence, named in self._sentences():
            self.by_sentence[sentence] = named
        everywhere = [named for listed in self.by_sentence.values() for named in listed]
        self.counts = Counter(named.area for named in everywhere if not named.firm and len(named.area) == 2)
        self.counts.update(mention.area for mention in scene.title_areas if len(mention.area) == 2)
        self.title = list(dict.fromkeys(mention.area for mention in scene.title_areas if mention.area != "WW"))
        self._questions = self._headings()
        self.most = self.counts.most_common(1)[0][0] if self.counts else None

    def of(self, sentence: int) -> list[Named]:
        """Return the areas named in a sentence, in order."""
        return self.by_sentence.get(sentence, [])

    def spoken_of(self, sentence: int) -> list[Named]:
        """Return the areas that a sentence speaks of: neither left out nor only where a company is from."""
        return [named for named in self.of(sentence) if not named.excluded and not named.firm]

    def asked(self, sentence: int) -> str | None:
        """Return the country of the question that heads a passage: "And in France?"."""
        for back in range(sentence - 1, max(sentence - SECTION, -1), -1):
            if back in self._questions:
                return self._questions[back]
        return None

    def _sentences(self) -> list[tuple[int, list[Named]]]:
        layout, found = self.scene.layout, []
        by_sentence: dict[int, list[tuple[AreaMention, int, int]]] = {}
        for mention in self.scene.areas:
            first = bisect_left(layout.ends, mention.start + 1)
            last = max(bisect_left(layout.starts, mention.end) - 1, first)
            by_sentence.setdefault(layout.sentence[first], []).append((mention, first, last))
        for sentence, rows in by_sentence.items():
            listed = {n for (n, one), (m, other) in pairwise(enumerate(rows)) if other[1] - one[2] <= LISTED}
            listed |= {n + 1 for n in listed}
            named = [self._named(*row, n in listed) for n, row in enumerate(rows)]
            found.append((sentence, [*named, *self._together(named)]))
        return found

    def _leagues(self) -> dict[str, frozenset[int]]:
        """Return the countries whose leagues of sport the text names, with the sentences that do: "la Ligue 1"."""
        layout, found = self.scene.layout, dict[str, set[int]]()
        for hit in _competitions().find(layout.words):
            found.setdefault(hit.name, set()).add(layout.sentence[hit.first])
        return {area: frozenset(sentences) for area, sentences in found.items()}

    def _headings(self) -> dict[int, str]:
        """Return the country that each short question names, by its sentence."""
        layout, found = self.scene.layout, {}
        for sentence in self.by_sentence:
            first, end = layout.sentences[sentence]
            area = next((named.area for named in self.of(sentence) if named.kind == "country"), None)
            if area and end - first <= HEADING and layout.words[end - 1] == "?":
                found[sentence] = area
        return found

    def _named(self, mention: AreaMention, first: int, last: int, listed: bool) -> Named:
        scene, layout = self.scene, self.scene.layout
        before = layout.words[max(first - PLACED, layout.sentences[layout.sentence[first]][0]) : first]
        after = self.scene.layout.words[last + 1 : last + 2]
        seated = [hit for hit in _seats(scene.document.lang).find(before) if hit.last == len(before) - 1]
        return Named(
            area=mention.area,
            kind=mention.kind,
            first=first,
            last=last,
            placed=any(word in self._words for word in before) and mention.kind != "adjective",
            firm=bool(seated) or self._is_nominal(mention, first) or self._is_origin(mention, first, last),
            listed=listed,
            of_firm=any(hit.first >= len(before) - PLACED for hit in self._firms.find(before)),
            excluded=scene.excludes(first),
            labels=after == [":"] or first in self._names,
        )

    def _is_nominal(self, mention: AreaMention, first: int) -> bool:
        """Whether an adjective is used as a noun for a company: "le suédois vise", "la española ganó"."""
        layout = self.scene.layout
        lower = mention.kind == "adjective" and layout.raws[first][0].islower()
        return lower and first > 0 and layout.words[first - 1] in self._nominal

    def _is_origin(self, mention: AreaMention, first: int, last: int) -> bool:
        """Whether an area only says where a company or a thing is from: "the US giant", "le groupe suédois"."""
        layout = self.scene.layout
        after = layout.words[last + 1 : last + 4]
        if after[:1] == ["-"] and layout.starts[last + 1] == layout.ends[last]:
            return not self._nouns.find(after[1:2])
        if mention.kind in ("country", "group"):
            return layout.raws[last].isupper() and any(hit.first == 0 for hit in self._firms.find(after))
        if any(hit.first <= 1 for hit in self._firms.find(after)):
            return True
        if after[1:2] == ["-"] and any(hit.first == 2 for hit in self._firms.find(after)):
            return True  # "der schwedische Audio-Streamingdienst"
        return mention.kind == "adjective" and bool(self._firms.find(layout.words[max(first - 2, 0) : first]))

    def _together(self, named: list[Named]) -> list[Named]:
        """Return the wider areas that two areas named side by side make up."""
        found = []
        for one, other in pairwise(named):
            area = JOINED.get(frozenset({one.area, other.area}))
            if area and self.scene.layout.cost(one.last, other.first) <= JOINED_COST:
                found.append(Named(area, "group", one.first, other.last, one.placed or other.placed))
        return found


@cache
def _seats(lang: str) -> Phrases:
    """Return the words right before the place where a company sits."""
    return Phrases({"seat": [str(word) for word in lexicon.load(lang, "areas").get("seats", ())]})


@cache
def _competitions() -> Phrases:
    """Return the names of national leagues, by country."""
    leagues: dict[str, list[str]] = lexicon.shared("areas")["leagues"]
    return Phrases({area: [str(name) for name in names] for area, names in leagues.items()})


@cache
def _nouns(lang: str) -> tuple[Phrases, Phrases]:
    """Return the nouns that are companies, and those that are markets and their people."""
    areas = lexicon.load(lang, "areas")
    metrics = [word for measure in lexicon.load(lang, "metrics").values() for word in measure.get("nouns", ())]
    markets = [*map(str, areas.get("markets", ())), *map(str, metrics)]
    return Phrases({"firm": [str(word) for word in areas.get("firms", ())]}), Phrases({"market": markets})
