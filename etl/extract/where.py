"""Where a figure counts: the area named for it, the home of its platform, or the world."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from etl.extract import platforms
from etl.extract.areas import AreaMention
from etl.extract.cues import measures, weights
from etl.extract.links import Link
from etl.extract.platforms import MARKET
from etl.extract.scene import Scene, Spot
from etl.model import Metric

JOINED = {frozenset({"US", "CA"}): "UCAN"}
HEADING = 9  # words of a question that heads a paragraph
UNPLACED = frozenset({Metric.PRICE, Metric.DEAL_VALUE})
GROUP_METRICS = frozenset(
    {Metric.REVENUE, Metric.AD_REVENUE, Metric.OPERATING_INCOME, Metric.NET_INCOME, Metric.VALUATION, Metric.OTHER}
)
HOME_PLATFORMS = frozenset({MARKET, "tv", "cable", "linear_tv"})


def area_of(
    scene: Scene,
    spot: Spot,
    metric: Metric,
    platform: str,
    link: tuple[Link, str | None] | None,
    measured: str | None = None,
) -> str | None:
    """Return the area of a figure; None when it cannot be known. `measured` is the country of its origin."""
    reach = measures()[metric.value]["reach"]
    if reach == "none":
        return None
    named = _named(scene, spot)
    if named:
        return named
    if link is not None and link[1] and _shares_area(spot, metric, platform, link[0]):
        return link[1]
    if any(hit.name == "home" for hit in scene.hits("roles", spot.sentence)):
        return _focus(scene, spot) or scene.home
    if measured and metric is not Metric.PRICE:
        return measured
    if metric not in UNPLACED and (asked := _asked(scene, spot.sentence)):
        return asked
    return home_area(scene, spot, metric, platform)


def home_area(scene: Scene, spot: Spot, metric: Metric, platform: str) -> str | None:
    """Return the area of a figure for which none is named: the platform's home, the text's country, or the world."""
    reach = measures()[metric.value]["reach"]
    entry = platforms.registry()[platform]
    if reach == "none":
        return None
    if entry.area:
        return "WW" if entry.kind != "service" and metric in GROUP_METRICS else entry.area
    competing = metric is Metric.MARKET_SHARE and any(h.name == "competing" for h in scene.hits("roles", spot.sentence))
    if reach == "home" or competing or platform in HOME_PLATFORMS:
        own_money = _by_currency(spot)
        sure = own_money if own_money and own_money != "US" else None
        return sure or _focus(scene, spot) or own_money or scene.home or _readers(scene)
    return "WW"


def _shares_area(spot: Spot, metric: Metric, platform: str, link: Link) -> bool:
    """Whether a figure counts where the one that it is tied to does."""
    tied = link.kind in ("was", "to", "again", "part", "peer") and link.spot.sentence == spot.sentence
    next_one = spot.sentence - link.spot.sentence == 1 and spot.unit == "count" and not spot.quantity.noun
    return (tied or next_one) and metric is link.base.metric and platform == link.base.platform


def _asked(scene: Scene, sentence: int) -> str | None:
    """Return the country of a heading or question right before: "And in France?"."""
    layout = scene.layout
    for back in (1, 2):
        if sentence - back < 0:
            return None
        first, end = layout.sentences[sentence - back]
        if end - first <= HEADING and layout.words[end - 1] == "?":
            areas = [m.area for m, _ in _in_sentence(scene, sentence - back) if m.kind == "country"]
            return areas[0] if areas else None
    return None


def _named(scene: Scene, spot: Spot) -> str | None:
    """Return the area named in the sentence for this quantity."""
    layout = scene.layout
    best: tuple[float, AreaMention, int] | None = None
    for mention, word in _in_sentence(scene, spot.sentence):
        score = _score(scene, spot, mention, word)
        if score > 0 and (best is None or score > best[0]):
            best = (score, mention, word)
    if best is None:
        return None
    for mention, word in _in_sentence(scene, spot.sentence):
        pair = frozenset({mention.area, best[1].area})
        if pair in JOINED and layout.cost(min(word, best[2]), max(word, best[2])) <= 8:
            return JOINED[pair]
    return best[1].area


def _score(scene: Scene, spot: Spot, mention: AreaMention, word: int) -> float:
    w, layout = weights(), scene.layout
    if scene.excludes(word):
        return 0.0
    here = scene.in_sentence(spot.sentence)
    between = [s for s in here if min(word, spot.first) < s.first < max(word, spot.first) and s is not spot]
    if word > spot.last:
        cost = layout.cost(spot.last, word)
        parted = len(between) + 2 * (";" in layout.words[spot.last + 1 : word])
        score = w["area_after"] - w["area_cost"] * cost - w["area_crossing"] * parted
        beside = word - spot.last <= w["area_beside"]
    else:
        opens = word - layout.sentences[spot.sentence][0] <= 3
        score = w["area_before"] - w["area_cost"] * layout.cost(word, spot.first) * (0.4 if opens else 1.0)
        score -= 0 if opens else w["area_crossing"] * len(between)
        score -= w["area_taken"] if taken(scene, spot, word) else 0
        beside = False
    if mention.kind == "adjective" and not beside:
        score -= w["area_adjective"]
    return score


def taken(scene: Scene, spot: Spot, word: int) -> bool:
    """Whether words before a quantity stand right behind another one, to which they belong."""
    before = [other for other in scene.in_sentence(spot.sentence) if other.last < word]
    return bool(before) and scene.layout.cost(before[-1].last, word) <= weights()["taken_reach"]


def _in_sentence(scene: Scene, sentence: int) -> list[tuple[AreaMention, int]]:
    layout = scene.layout
    first, end = layout.sentences[sentence]
    begin = bisect_left(scene.areas, layout.starts[first], key=lambda mention: mention.start)
    found = []
    for mention in scene.areas[begin:]:
        if mention.start >= layout.ends[end - 1]:
            break
        found.append((mention, bisect_left(layout.ends, mention.start + 1)))
    return found


def _focus(scene: Scene, spot: Spot) -> str | None:
    """Return the country that the last sentences of the paragraph, else the headline, name."""
    layout = scene.layout
    paragraph = layout.paragraph[layout.sentences[spot.sentence][0]]
    for sentence in range(spot.sentence, max(spot.sentence - 3, -1), -1):
        if layout.paragraph[layout.sentences[sentence][0]] != paragraph:
            break
        countries = [m.area for m, _ in _in_sentence(scene, sentence) if m.kind == "country" and len(m.area) == 2]
        if countries:
            return countries[-1]
    first = [m for m, _ in _in_sentence(scene, 0)] if layout.sentences else []
    named = [m.area for m in (*scene.title_areas, *first) if m.kind == "country" and len(m.area) == 2]
    return named[0] if named else None


def _readers(scene: Scene) -> str | None:
    """Return the country that a text without a home speaks of most."""
    counts = Counter(m.area for m in (*scene.title_areas, *scene.areas) if len(m.area) == 2)
    return counts.most_common(1)[0][0] if counts else None


def _by_currency(spot: Spot) -> str | None:
    unit = spot.quantity.unit
    homes: dict[str, str] = measures()["_money_homes"]
    return homes.get(unit) if spot.unit == "money" else None
