"""Whose number it is: the third party that a sentence names as the origin of a figure."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from etl.extract import platforms
from etl.extract import words as lexicon
from etl.extract.layout import Layout, plain
from etl.extract.phrases import Phrases
from etl.extract.scene import Scene, Spot
from etl.model import Metric

KINDS = ("analysts", "press", "official")
LONGEST = 5
MEASURED = frozenset({Metric.MARKET_SHARE, Metric.PENETRATION, Metric.CHURN})
REACH = 20  # how far behind a figure its origin may be named
CARRIED = 30  # sentences over which a survey speaks on
STUDY = 14  # cost from the word for a study to the house that made it
PASSED = 7  # words between "according to" and a name


@dataclass(frozen=True, slots=True)
class Origin:
    """A named origin. kind: analysts | press | official | named."""

    name: str
    kind: str

    @property
    def home(self) -> str | None:
        """Return the country that it measures, None when it measures several."""
        return _homes().get(self.name)


Origins = dict[int, list[tuple[int, Origin]]]  # by sentence: the word where each begins, and the origin


@cache
def _homes() -> dict[str, str]:
    listed: dict[str, list[str]] = lexicon.shared("houses")["homes"]
    return {str(name): str(area) for area, names in listed.items() for name in names}


@cache
def _houses(lang: str) -> tuple[Phrases, dict[str, str]]:
    names: dict[str, list[str]] = {}
    for kind in KINDS:
        for name in lexicon.load(lang, "sources").get(kind, []):
            names.setdefault(kind, []).append(plain(str(name)))
    return Phrases(dict(names)), {}


def origins(scene: Scene) -> Origins:
    """Return by sentence the origins named in it, with the word where each begins."""
    layout = scene.layout
    found: Origins = {}
    matcher, _ = _houses(scene.document.lang)
    taken: set[int] = set()
    articles = lexicon.listed(scene.document.lang, "roles", "articles")
    for hit in matcher.find(layout.words):
        small = not layout.capital(hit.first)
        if small and (not layout.capital(hit.last) or layout.words[hit.first] in articles):
            continue
        if not _is_origin(scene, hit.first, hit.last):
            continue
        name = layout.text[layout.starts[hit.first] : layout.ends[hit.last]]
        found.setdefault(layout.sentence[hit.first], []).append((hit.first, Origin(_bare(name), hit.name)))
        taken.update(range(hit.first, hit.last + 1))
    for sentence in range(len(layout.sentences)):
        for cue in scene.hits("sources", sentence):
            start = _past_kinds(scene, cue.last + 1, articles) if cue.name in ("before", "verbs") else cue.last + 1
            told = cue.name == "before" or (cue.name == "verbs" and _names_kind(scene, cue.last + 1, start))
            if not told or not taken.isdisjoint(range(cue.last + 1, start + 1)):
                continue
            origin = _name_after(layout, start, sentence, articles)
            if origin and not _of_platform(scene, sentence, cue.last, start):
                found.setdefault(sentence, []).append((cue.first, Origin(origin, "named")))
    return found


def _of_platform(scene: Scene, sentence: int, last: int, start: int) -> bool:
    """Whether the name behind a cue is a platform's."""
    begin = bisect_left(scene.mentions, last + 1, key=lambda mention: mention.last)
    behind = scene.mentions[begin] if begin < len(scene.mentions) else None
    return behind is not None and behind.first <= start + 2 and scene.layout.sentence[behind.first] == sentence


def _past_kinds(scene: Scene, start: int, articles: frozenset[str]) -> int:
    """Return the word behind the nouns that say what kind of house is named: "the research firm"."""
    layout, kinds = scene.layout, _kinds(scene.document.lang)
    word, most = start, min(start + PASSED, len(layout.words))
    while word < most:
        hits = kinds.at(layout.words, word)
        if hits:
            word = max(hit.last for hit in hits) + 1
        elif layout.words[word] in articles or layout.words[word] in scene.of_words or layout.words[word] == '"':
            word += 1
        else:
            break
    return word if word < most else start


def _names_kind(scene: Scene, start: int, end: int) -> bool:
    """Whether words between a verb of saying and a name say what kind of house it is, or nothing but the name."""
    layout, kinds = scene.layout, _kinds(scene.document.lang)
    if any(kinds.at(layout.words, word) for word in range(start, end)):
        return True
    before = layout.words[start - 2] if start > 1 else ""
    return end == start and before == "," and layout.capital(start)


@cache
def _kinds(lang: str) -> Phrases:
    return Phrases({"kind": [str(word) for word in lexicon.load(lang, "sources").get("kinds", ())]})


def _is_origin(scene: Scene, first: int, last: int) -> bool:
    """Whether a house is named as origin: after "according to", before a verb of saying, or as a possessive."""
    sentence = scene.layout.sentence[first]
    for cue in scene.hits("sources", sentence):
        if cue.name == "before" and cue.last < first and scene.layout.cost(cue.last, first) <= 8:
            return True
        if cue.name == "verbs" and (0 < cue.first - last <= 8 or 0 < first - cue.last <= 3):
            return True
    studies = (hit for hit in scene.hits("status", sentence) if hit.name == "estimate" and hit.last < first)
    if any(scene.layout.cost(hit.last, first) <= STUDY for hit in studies):
        return True
    following = scene.layout.words[last + 1 : last + 3]
    return following[:2] == ["'", "s"] or following[:1] == [","]


def _name_after(layout: Layout, start: int, sentence: int, articles: frozenset[str]) -> str | None:
    word, end = start, layout.sentences[sentence][1]
    while word < min(end, start + 3) and (layout.words[word] in articles or layout.words[word] == '"'):
        word += 1
    first = word
    while word < min(end, first + LONGEST) and layout.capital(word):
        word += 1
    joined = word < end and layout.words[word] == "-" and layout.starts[word] == layout.ends[word - 1]
    if word == first or joined:
        return None  # the first part of a compound: "Streaming-Marktführer"
    return layout.text[layout.starts[first] : layout.ends[word - 1]]


def _bare(name: str) -> str:
    return name.removeprefix("l'").removeprefix("l’")


def measured(named: Origins, origin: Origin | None, metric: Metric) -> str | None:
    """Return the country that a figure was measured in: by its origin, else, for shares, by the only houses named."""
    if origin is not None and origin.home:
        return origin.home
    found = homes(named)
    return next(iter(found)) if len(found) == 1 and metric in MEASURED else None


def homes(named: Origins) -> frozenset[str]:
    """Return the countries that the houses named in a text measure."""
    return frozenset(other.home for rows in named.values() for _, other in rows if other.home)


def of(scene: Scene, spot: Spot, named: Origins, metric: Metric, platform: str) -> Origin | None:
    """Return the origin of a figure, None when its text names none; a survey speaks on in the sentences after it."""
    here = [
        row
        for row in named.get(spot.sentence, [])
        if row[0] < spot.first or scene.layout.cost(spot.last, row[0]) <= REACH
    ]
    if here:
        return min(here, key=lambda row: abs(row[0] - spot.first))[1]
    surveyed = metric in MEASURED or metric is Metric.WATCH_TIME or platforms.registry()[platform].kind == "sector"
    return _carried(spot, named) if surveyed else None


def _carried(spot: Spot, named: Origins) -> Origin | None:
    """Return the house that the sentences before quote for what they measure, if it is the only one."""
    back = range(max(spot.sentence - CARRIED, 0), spot.sentence)
    before = [origin for sentence in back for _, origin in named.get(sentence, [])]
    houses = {origin.name: origin for origin in before if origin.kind in ("analysts", "official", "named")}
    return next(iter(houses.values())) if len(houses) == 1 else None
