"""Whose number it is: the third party that a sentence names as the origin of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.extract import words as lexicon
from etl.extract.layout import Layout, plain
from etl.extract.phrases import Phrases
from etl.extract.scene import Scene, Spot
from etl.model import Metric

KINDS = ("analysts", "press", "official")
LONGEST = 5
MEASURED = frozenset({Metric.MARKET_SHARE, Metric.PENETRATION, Metric.CHURN})
REACH = 20  # how far behind a figure its origin may be named


@dataclass(frozen=True, slots=True)
class Origin:
    """A named origin. kind: analysts | press | official | named."""

    name: str
    kind: str

    @property
    def home(self) -> str | None:
        """Return the country that it measures, None when it measures several."""
        return _homes().get(self.name)


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


def origins(scene: Scene) -> dict[int, list[tuple[int, Origin]]]:
    """Return by sentence the origins named in it, with the word where each begins."""
    layout = scene.layout
    found: dict[int, list[tuple[int, Origin]]] = {}
    matcher, _ = _houses(scene.document.lang)
    taken: set[int] = set()
    articles = frozenset(map(str, lexicon.load(scene.document.lang, "roles").get("articles", ())))
    for hit in matcher.find(layout.words):
        if not layout.capital(hit.first) and not layout.capital(hit.last):
            continue
        if not _is_origin(scene, hit.first, hit.last):
            continue
        name = layout.text[layout.starts[hit.first] : layout.ends[hit.last]]
        found.setdefault(layout.sentence[hit.first], []).append((hit.first, Origin(_bare(name), hit.name)))
        taken.update(range(hit.first, hit.last + 1))
    for sentence in range(len(layout.sentences)):
        for cue in scene.hits("sources", sentence):
            if cue.name != "before" or cue.last + 1 in taken:
                continue
            origin = _name_after(layout, cue.last + 1, sentence, articles)
            if origin and not any(
                m.first <= cue.last + 3 and m.last > cue.last
                for m in scene.mentions
                if layout.sentence[m.first] == sentence
            ):
                found.setdefault(sentence, []).append((cue.first, Origin(origin, "named")))
    return found


def _is_origin(scene: Scene, first: int, last: int) -> bool:
    """Whether a house is named as origin: after "according to", before a verb of saying, or as a possessive."""
    sentence = scene.layout.sentence[first]
    for cue in scene.hits("sources", sentence):
        if cue.name == "before" and cue.last < first and scene.layout.cost(cue.last, first) <= 8:
            return True
        if cue.name == "verbs" and (0 < cue.first - last <= 8 or 0 < first - cue.last <= 3):
            return True
        if cue.name in KINDS and cue.first == first:
            continue
    following = scene.layout.words[last + 1 : last + 3]
    return following[:2] == ["'", "s"] or following[:1] == [","]


def _name_after(layout: Layout, start: int, sentence: int, articles: frozenset[str]) -> str | None:
    word, end = start, layout.sentences[sentence][1]
    while word < min(end, start + 3) and layout.words[word] in articles:
        word += 1
    first = word
    while word < min(end, first + LONGEST) and layout.capital(word):
        word += 1
    return layout.text[layout.starts[first] : layout.ends[word - 1]] if word > first else None


def _bare(name: str) -> str:
    return name.removeprefix("l'").removeprefix("l’")


def measured(named: dict[int, list[tuple[int, Origin]]], origin: Origin | None, metric: Metric) -> str | None:
    """Return the country that a figure was measured in: by its origin, else, for shares, by the only houses named."""
    if origin is not None and origin.home:
        return origin.home
    homes = {other.home for rows in named.values() for _, other in rows if other.home}
    return homes.pop() if len(homes) == 1 and metric in MEASURED else None


def of(scene: Scene, spot: Spot, named: dict[int, list[tuple[int, Origin]]]) -> Origin | None:
    """Return the origin of a figure, None when its text names none."""
    here = [
        row
        for row in named.get(spot.sentence, [])
        if row[0] < spot.first or scene.layout.cost(spot.last, row[0]) <= REACH
    ]
    if not here:
        return None
    return min(here, key=lambda row: abs(row[0] - spot.first))[1]
