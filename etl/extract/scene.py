"""Everything that was found in a document before any figure is decided: the stage on which quantities get their meaning."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from etl.extract import areas, periods, platforms, quantities
from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.layout import Layout, lay_out, plain
from etl.extract.periods import PeriodMention
from etl.extract.phrases import Hit, Phrases
from etl.extract.platforms import Mention
from etl.model import Document, Quantity

HOME = {"fr": "FR", "de": "DE", "es": "ES"}
DOLLARS = frozenset({"CA", "AU", "NZ", "HK", "SG", "MX", "TW"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity and where it stands: words `first` to `last` of its core, in a sentence."""

    quantity: Quantity
    first: int
    last: int
    sentence: int

    @property
    def unit(self) -> str:
        """Return the family of its unit: count, money, percent, time or multiple."""
        unit = self.quantity.unit
        if unit in ("count", "percent", "multiple"):
            return unit
        if unit == "percentage_points":
            return "percent"
        return "time" if unit in ("hours", "minutes") else "money"


@dataclass(slots=True)
class Scene:
    """A document with all its mentions by word number."""

    document: Document
    layout: Layout
    spots: list[Spot]
    mentions: list[Mention]
    title_mentions: list[Mention]
    periods: list[PeriodMention]
    areas: list[AreaMention]
    cues: dict[str, list[Hit]]
    home: str | None
    relevant: bool
    by_sentence: dict[tuple[str, int], list[Hit]] = field(default_factory=lambda: defaultdict(list))

    def hits(self, subject: str, sentence: int) -> list[Hit]:
        """Return the cues of a subject in a sentence."""
        return self.by_sentence[(subject, sentence)]


@cache
def _phrases(lang: str, subject: str) -> Phrases:
    found: dict[str, list[str]] = {}
    for name, entry in lexicon.load(lang, subject).items():
        if isinstance(entry, dict):
            for strength, phrases in entry.items():
                found[f"{name}.{strength}"] = phrases
        else:
            found[name] = entry
    return Phrases(found)


SUBJECTS = ("metrics", "changes", "status", "roles", "sources", "plans")


def stage(document: Document) -> Scene:
    """Return a document with everything found in it that a figure can depend on.

    Raises:
        ValueError: The language of the document is not in the lexicon.
    """
    lang, text = document.lang, document.text
    layout = lay_out(text, lang)
    mentions = platforms.find(layout, lang)
    title = lay_out(document.title or "", lang)
    named_areas = areas.find(layout.plain, lang)
    home = _home(document, named_areas)
    cues = {subject: _phrases(lang, subject).find(layout.words) for subject in SUBJECTS}
    scene = Scene(
        document=document,
        layout=layout,
        spots=_spots(layout, quantities.find(text, lang, home or "")),
        mentions=mentions,
        title_mentions=platforms.find(title, lang),
        periods=_periods(document),
        areas=named_areas,
        cues=cues,
        home=home,
        relevant=_relevant(layout, lang, mentions, title),
    )
    for subject, hits in cues.items():
        for hit in hits:
            scene.by_sentence[(subject, layout.sentence[hit.first])].append(hit)
    return scene


def _periods(document: Document) -> list[PeriodMention]:
    try:
        return periods.find(document.text, document.lang, document.published)
    except KeyError:
        return []


def _spots(layout: Layout, found: list[Quantity]) -> list[Spot]:
    spots = []
    for quantity in found:
        start = quantity.core_start if quantity.core_start >= 0 else quantity.start
        end = quantity.core_end if quantity.core_end >= 0 else quantity.end
        first = bisect_left(layout.ends, start + 1)
        last = max(bisect_left(layout.starts, end) - 1, first)
        if first < len(layout.words):
            spots.append(Spot(quantity, first, last, layout.sentence[first]))
    return spots


def _home(document: Document, named: list[AreaMention]) -> str | None:
    """Return the country whose readers a text is for, as far as it shows."""
    if document.country and document.country != "WW":
        return document.country
    counts = Counter(mention.area for mention in named if len(mention.area) == 2 and mention.kind != "group")
    default = HOME.get(document.lang)
    if default is None:
        for area, count in counts.most_common(2):
            if area in DOLLARS and count >= max(2, counts["US"]):
                return area
        return None
    return default


def _relevant(layout: Layout, lang: str, mentions: list[Mention], title: Layout) -> bool:
    named = [m for m in mentions if m.kind in ("service", "sector") or m.described]
    return (
        bool(named)
        or bool(platforms.sector_words(layout, lang))
        or bool(platforms.sector_words(title, lang))
        or (len({m.slug for m in mentions}) > 0)
    )


def published_or_none(document: Document) -> date | None:
    """Return the day of publication."""
    return document.published


__all__ = ["Scene", "Spot", "plain", "stage"]
