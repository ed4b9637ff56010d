"""The period that a text reports on: the quarter, half, year or month that its first times name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from etl.extract import periods
from etl.extract.periods import PeriodMention
from etl.extract.scene import Scene

SENTENCES = 5
DAYS = {"quarter": 130, "half": 200, "year": 400, "months": 200, "range": 200, "period": 200}
BESIDE = 2  # words between an old value and its year
AIMLESS = frozenset({"comparison", "sequential"})
Placed = Mapping[int, Sequence[tuple[int, PeriodMention]]]  # of a sentence: the word of each time and the time


def find(scene: Scene, placed: Placed) -> tuple[str | None, bool]:
    """Return the period that a text reports on, and whether it says so at once."""
    published = scene.document.published
    if published is None:
        return None, False
    platform = scene.title_mentions[0].slug if scene.title_mentions else None
    for sentence in range(len(scene.layout.sentences)):
        for _, mention in placed.get(sentence, []):
            limit = DAYS.get(mention.grain)
            if limit is None or mention.kind in ("deadline", "since", *AIMLESS) or mention.years or mention.year:
                continue
            if sentence >= SENTENCES and mention.grain != "quarter":
                continue
            found = periods.resolve(mention, published, platform)
            if found and timedelta(0) <= published - periods.interval(found)[1] <= timedelta(days=limit):
                return found, sentence <= (1 if mention.grain == "year" else 2)
    return _year_after(scene, placed), False


def _year_after(scene: Scene, placed: Placed) -> str | None:
    """Return the quarter, half or year that follows the one of old values: "297 million (287 million in 2023)"."""
    published = scene.document.published
    for sentence in range(len(scene.layout.sentences)):
        for word, mention in placed.get(sentence, []):
            limit = DAYS.get(mention.grain)
            period = mention.period if mention.kind == "absolute" else None
            if limit is None or period is None or published is None or not (mention.against or _old(scene, word)):
                continue
            found = periods.before(period, years=-1)
            if timedelta(0) <= published - periods.interval(found)[1] <= timedelta(days=limit):
                return found
    return None


def _old(scene: Scene, word: int) -> bool:
    """Whether a time is that of an old value right before it."""
    spots = [spot for spot in scene.in_sentence(scene.layout.sentence[word]) if 0 < word - spot.last <= BESIDE + 1]
    return any(spot.unit == "money" and scene.tie_before(spot) in ("was", "again") for spot in spots)
