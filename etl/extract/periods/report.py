"""The period that a text reports on: the quarter, half, year or month that its first times name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from etl.extract import periods
from etl.extract import words as lexicon
from etl.extract.periods import PeriodMention, calendars
from etl.extract.scene import Scene

SENTENCES = 5
DAYS = {"quarter": 160, "half": 200, "year": 400, "months": 200, "range": 200, "period": 200}
REVIEWED = timedelta(days=31)  # a year is looked back upon before it ends
BESIDE = 2  # words between an old value and its year
AIMLESS = frozenset({"comparison", "sequential"})
Placed = Mapping[int, Sequence[tuple[int, PeriodMention]]]  # of a sentence: the word of each time and the time


def titled(scene: Scene) -> list[PeriodMention]:
    """Return the times of the title that name a period."""
    document = scene.document
    found = periods.find(document.title, document.lang, document.published) if document.title else []
    return [mention for mention in found if mention.kind not in (*AIMLESS, "now", "anaphoric")]


def find(scene: Scene, placed: Placed, title: Sequence[PeriodMention]) -> tuple[str | None, str]:
    """Return the period that a text reports on, and how it says so.

    early (in its first sentences) | title | late | before (it names the period before) | meant (it tells of a quarter
    without saying which) | none.
    """
    found, early = _named(scene, placed)
    if found and early:
        return found, "early"
    for mention in title:
        period = _ended(scene, mention)
        if period:
            return period, "title"
    if found:
        return found, "late"
    found = _year_after(scene, placed)
    if found:
        return found, "before"
    found = _meant(scene)
    return found, "meant" if found else "none"


def _named(scene: Scene, placed: Placed) -> tuple[str | None, bool]:
    for sentence in range(len(scene.layout.sentences)):
        for word, mention in placed.get(sentence, []):
            if (sentence >= SENTENCES and mention.grain != "quarter") or _old(scene, word):
                continue
            found = _ended(scene, mention)
            if found:
                return found, sentence <= (1 if mention.grain == "year" else 2)
    return None, False


def _ended(scene: Scene, mention: PeriodMention) -> str | None:
    """Return the period of a mention when it ended lately, so that news of it is a report."""
    published, limit = scene.document.published, DAYS.get(mention.grain)
    if published is None or limit is None or mention.kind in ("deadline", "since", *AIMLESS):
        return None
    if mention.years or mention.year or mention.against or _labelled(scene, mention):
        return None
    platform = scene.title_mentions[0].slug if scene.title_mentions else None
    found = periods.resolve(mention, published, platform)
    gap = published - periods.interval(found)[1] if found else None
    ended = -REVIEWED if mention.grain == "year" else timedelta(0)
    return found if gap is not None and ended <= gap <= timedelta(days=limit) else None


def _meant(scene: Scene) -> str | None:
    """Return the quarter, half or year that ended last, when the text tells of results of one: "quarterly sales"."""
    document = scene.document
    if document.published is None:
        return None
    for grain, rule in _lengths(document.lang).items():
        if rule.search(document.text) or rule.search(document.title or ""):
            platform = scene.title_mentions[0].slug if scene.title_mentions else None
            calendar = calendars.of(platform, document.published) or calendars.Calendar()
            return calendar.ended(document.published, grain)
    return None


@cache
def _lengths(lang: str) -> dict[str, re.Pattern[str]]:
    """Return the words that tell of a period by its length alone, by length, the longest first."""
    told: dict[str, list[str]] = lexicon.load(lang, "periods").get("reported", {})
    return {grain: re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE) for grain, listed in told.items()}


def _year_after(scene: Scene, placed: Placed) -> str | None:
    """Return the quarter, half or year that follows the one of old values: "297 million (287 million in 2023)"."""
    published = scene.document.published
    for sentence in range(len(scene.layout.sentences)):
        for word, mention in placed.get(sentence, []):
            limit = DAYS.get(mention.grain)
            period = mention.period if mention.kind == "absolute" else None
            old = mention.against or _labelled(scene, mention) or _old(scene, word)
            if limit is None or period is None or published is None or not old:
                continue
            found = periods.before(period, years=-1)
            if timedelta(0) <= published - periods.interval(found)[1] <= timedelta(days=limit):
                return found
    return None


def _labelled(scene: Scene, mention: PeriodMention) -> bool:
    """Whether a time is that of an old value in brackets: "(2022: 43 percent)"."""
    text = scene.layout.plain
    return text[mention.start - 1 : mention.start] == "(" and text[mention.end : mention.end + 1] == ":"


def _old(scene: Scene, word: int) -> bool:
    """Whether a time is that of an old value right before it."""
    spots = [spot for spot in scene.in_sentence(scene.layout.sentence[word]) if 0 < word - spot.last <= BESIDE + 1]
    return any(
        scene.tie_before(spot) == "was" or (spot.unit == "money" and scene.tie_before(spot) == "again")
        for spot in spots
    )
