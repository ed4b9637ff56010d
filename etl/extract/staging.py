"""The reading of a document up to the point where its figures can be decided: words, names, numbers, times, places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from etl.extract import areas, localmoney, periods, platforms, quantities
from etl.extract import words as lexicon
from etl.extract.areas import AreaMention
from etl.extract.areas.homes import home_of
from etl.extract.grammar import phrases
from etl.extract.layout import Layout, lay_out
from etl.extract.lists import sharing
from etl.extract.phrases import Hit
from etl.extract.platforms import Mention
from etl.extract.scene import Scene, Spot
from etl.model import Document, Quantity

SUBJECTS = ("metrics", "changes", "status", "roles", "sources", "links", "times", "plans")
EXCLUSIVE = frozenset({"metrics", "sources"})  # in these a longer phrase hides what lies in it
SHARES = frozenset({"penetration", "market_share"})  # "of subscribers" still names subscribers
NOTHING = "nothing"  # the name of phrases that look like a cue and are none
OPENING = 3  # sentences
WORDS_A_MENTION = 120


def _cues(lang: str, subject: str, layout: Layout) -> list[Hit]:
    matcher = phrases(lang, subject)
    if subject not in EXCLUSIVE:
        return _seen(matcher.find_each(layout.words))
    found = matcher.find(layout.words)
    of_words = lexicon.listed(lang, "roles", "of")
    for hit in found if subject == "metrics" else ():
        if hit.name.partition(".")[0] in SHARES and layout.words[hit.first] in of_words:
            inner = matcher.find(layout.words[hit.first + 1 : hit.last + 1])
            found = [*found, *(Hit(hit.first + 1 + i.first, hit.first + 1 + i.last, i.name) for i in inner)]
    return sorted(found, key=lambda hit: hit.first)


def _seen(hits: list[Hit]) -> list[Hit]:
    """Return the hits without those in a phrase that only looks like one: the "fall" of "in the fall"."""
    blind = {word for hit in hits if hit.name == NOTHING for word in range(hit.first, hit.last + 1)}
    return [hit for hit in hits if not {hit.first, hit.last} <= blind] if blind else hits


def stage(document: Document) -> Scene:
    """Return a document with everything found in it that a figure can depend on.

    Raises:
        ValueError: The language of the document is not in the lexicon.
    """
    lang, text = document.lang, document.text
    layout = lay_out(text, lang)
    mentions = platforms.find(layout, lang, (document.title or "").lower())
    title = lay_out(document.title or "", lang)
    title_mentions, title_areas = platforms.find(title, lang), areas.find(title.plain, lang)
    sector, titled = platforms.sector_words(layout, lang), platforms.sector_words(title, lang)
    named_areas = areas.find(layout.plain, lang)
    home = home_of(document, layout, [*named_areas, *title_areas], mentions)
    spots = localmoney.settle(layout, _spots(layout, quantities.find(text, lang, home or "")), named_areas)
    scene = Scene(
        document=document,
        layout=layout,
        spots=spots,
        mentions=mentions,
        title_mentions=platforms.find(title, lang, layout.plain.lower()),
        title_areas=title_areas,
        periods=periods.find(text, lang, document.published),
        areas=_outside(named_areas, spots),
        cues={subject: _cues(lang, subject, layout) for subject in SUBJECTS},
        of_words=lexicon.listed(lang, "roles", "of"),
        at_words=lexicon.listed(lang, "roles", "at"),
        joints=lexicon.listed(lang, "roles", "joints"),
        home=home,
        title_sector=bool(titled),
        sector_words=sector,
        relevant=bool(sector or titled)
        or any(mention.kind != "company" and not mention.recalled for mention in mentions + title_mentions),
        focused=bool(title_mentions or titled) or _focused(layout, mentions, sector),
    )
    scene.home = _own_money(document.lang, spots) or home
    scene.money = [spot for spot in spots if spot.unit == "money"]
    for spot in spots:
        scene.spots_by_sentence.setdefault(spot.sentence, []).append(spot)
    scene.counted = frozenset(spot.sentence for spot in spots)
    scene.firsts = [spot.first for spot in spots]
    sums = (spot for spot in spots if spot.unit == "money")
    numbers = {word for spot in sums for word in range(spot.first, spot.last + 1)}
    named = {word for mention in mentions if not mention.described for word in range(mention.first, mention.last + 1)}
    advertised = {(hit.first, hit.last) for hit in scene.cues["metrics"] if hit.name == "ad_revenue.nouns"}
    for subject, hits in scene.cues.items():
        for hit in hits:
            if subject == "metrics" and hit.name.startswith("revenue.") and (hit.first, hit.last) in advertised:
                continue  # "Werbeeinnahmen" are no other "Einnahmen"
            if hit.first in named and hit.last in named:
                continue
            if subject == "metrics" and hit.first in numbers:
                continue
            scene.by_sentence[(subject, layout.sentence[hit.first])].append(hit)
    sharing.share(scene)
    return scene


def _without_bullet(layout: Layout, quantity: Quantity) -> Quantity:
    """Return a quantity without the sign that is only the dash of a list item."""
    first = quantity.start
    if not quantity.signed or layout.plain[first] != "-" or layout.plain[first + 1 : first + 2] != " ":
        return quantity
    line = layout.plain.rfind("\n", 0, first) + 1
    if layout.plain[line:first].strip():
        return quantity
    return replace(quantity, signed=0, value=abs(quantity.value), start=max(quantity.core_start, first + 2))


def _outside(named: list[AreaMention], spots: list[Spot]) -> list[AreaMention]:
    """Return the areas that are no part of a quantity: the US of "US$"."""
    inside = {at for spot in spots for at in range(spot.quantity.start, spot.quantity.end)}
    return [mention for mention in named if mention.start not in inside]


def _spots(layout: Layout, found: list[Quantity]) -> list[Spot]:
    spots = []
    for quantity in found:
        quantity = _without_bullet(layout, quantity)
        start = quantity.core_start if quantity.core_start >= 0 else quantity.start
        end = quantity.core_end if quantity.core_end >= 0 else quantity.end
        first = bisect_left(layout.ends, start + 1)
        last = max(bisect_left(layout.starts, end) - 1, first)
        if first < len(layout.words):
            opening = min(bisect_left(layout.ends, quantity.start + 1), first)
            spots.append(Spot(quantity, first, last, layout.sentence[first], opening))
    return spots


def _own_money(lang: str, spots: list[Spot]) -> str | None:
    """Return the country whose own money a text counts in, among those that write its language."""
    countries = lexicon.load(lang, "clauses").get("countries", [])
    homes = lexicon.shared("metrics")["_money_homes"]
    found = Counter(homes[s.quantity.unit] for s in spots if homes.get(s.quantity.unit) in countries[1:])
    return found.most_common(1)[0][0] if found else None


def _focused(layout: Layout, mentions: list[Mention], sector: list[int]) -> bool:
    """Whether a text is about streaming: a platform or the business in its opening, or named again and again."""
    named = [mention for mention in mentions if mention.kind in ("service", "sector", "broadcaster")]
    opening = layout.sentences[min(OPENING, len(layout.sentences)) - 1][1] if layout.sentences else 0
    if any(mention.first < opening and mention.kind != "broadcaster" for mention in named):
        return True
    if sector and sector[0] < opening:
        return True
    return len(named) + len(sector) >= max(3, len(layout.words) / WORDS_A_MENTION)
