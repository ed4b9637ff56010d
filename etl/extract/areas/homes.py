"""For the readers of which country a text is written."""

from __future__ import annotations

from collections import Counter
from functools import cache

from etl.extract import platforms
from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.layout import Layout
from etl.extract.phrases import Phrases
from etl.extract.platforms import Mention
from etl.model import Document

AMBIGUOUS = frozenset({"en"})  # languages whose first country is not taken for granted
DATELINE = 3  # what a city at the head of a report is worth, in countries named
DIALECT = 2  # what each word of one country only is worth
HEAD = 3  # sentences in which a report names its city


def home_of(document: Document, layout: Layout, named: list[AreaMention], mentions: list[Mention]) -> str | None:
    """Return the country whose readers a text is for, as far as it shows; None when it does not."""
    if document.country and document.country != "WW":
        return document.country
    countries: list[str] = lexicon.load(document.lang, "clauses").get("countries", [])
    counts = Counter(mention.area for mention in named if mention.area in countries)
    counts.update(area for mention in mentions if (area := platforms.registry()[mention.slug].area) in countries)
    for area, worth in _own_words(layout, document.lang).items():
        counts[area] += worth
    likeliest = countries[0] if countries else None
    best = max(countries, key=lambda area: counts[area], default=None)
    if best is not None and best != likeliest and counts[best] > max(counts[likeliest or ""], 1):
        return best
    return None if document.lang in AMBIGUOUS else likeliest


def _own_words(layout: Layout, lang: str) -> Counter[str]:
    """Return what the city at the head of a text and the words of one country only say."""
    found: Counter[str] = Counter()
    for hit in {hit.name: hit for hit in _phrases(lang, "dialect").find_each(layout.words)}.values():
        found[hit.name] += DIALECT
    for first, end in layout.sentences[:HEAD]:
        hits = _phrases(lang, "datelines").find_each(layout.words[first : min(end, first + 4)])
        found.update({hit.name: DATELINE for hit in hits if hit.first == 0 and layout.capital(first)})
    return found


@cache
def _phrases(lang: str, name: str) -> Phrases:
    listed: dict[str, list[str]] = lexicon.load(lang, "areas").get(name, {})
    return Phrases({area: [str(word).lower() for word in words] for area, words in listed.items()})
