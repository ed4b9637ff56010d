"""What speaks for each area as the one in which a figure counts."""

from __future__ import annotations

from etl.extract import platforms
from etl.extract.areas import memory, money
from etl.extract.areas.memory import Features
from etl.extract.areas.places import Named, Places
from etl.extract.lists.links import Link
from etl.extract.phrases import Hit
from etl.extract.scene import Spot
from etl.model import Metric

GROUPS = {
    Metric.SUBSCRIBERS: "people",
    Metric.USERS: "people",
    Metric.REVENUE: "money",
    Metric.AD_REVENUE: "money",
    Metric.OPERATING_INCOME: "money",
    Metric.NET_INCOME: "money",
    Metric.VALUATION: "money",
    Metric.CONTENT_SPEND: "spend",
    Metric.PRICE: "price",
    Metric.MARKET_SHARE: "share",
    Metric.PENETRATION: "share",
    Metric.CHURN: "share",
    Metric.DEAL_VALUE: "deal",
    Metric.TITLES: "works",
    Metric.EMPLOYEES: "staff",
    Metric.COUNTRIES: "lands",
}  # the others go by their own names
FAR = 40  # cost beyond which distance says no more
BESIDE = 5  # words
CROSSED = 3  # other quantities between, at most
OPENS = 3  # words
TAKEN = 5  # cost from another quantity to the area that belongs to it
BACK = 3  # sentences of the same paragraph
HOME = 14  # cost up to a word for the country of the readers


def weighed(
    places: Places,
    spot: Spot,
    metric: Metric,
    platform: str,
    link: tuple[Link, str | None] | None,
    measured: str | None,
) -> dict[str, Features]:
    """Return the areas in which a figure can count, each with what speaks for it."""
    here = places.of(spot.sentence)
    entry = platforms.registry()[platform]
    coined = money.home_of(spot)
    base = (link[1] or "WW") if link is not None else None
    areas = ["WW", *(named.area for named in here), *places.title, *places.counts, *places.leagues]
    areas += filter(None, (places.scene.home, entry.area, coined, measured, base))
    for back in range(1, BACK + 1):
        areas += [named.area for named in places.spoken_of(spot.sentence - back)]
    group = GROUPS.get(metric, metric.value)
    against = "_against" if places.spoken_of(spot.sentence) else ""
    found: dict[str, Features] = {}
    for area in dict.fromkeys(areas):
        features = {
            **_prior(places, spot, area, group, platform),
            **_context(places, spot, area, group, against),
            **_said(places, spot, area, group),
            **memory.remembered(places, spot, area, group, platform, against),
        }
        if link is not None and base == area:
            features.update(memory.tied(link[0], spot, metric, platform, area))
        if measured == area:
            features[f"origin_{group}"] = 1.0
        features.update(money.of(spot, area, coined, group))
        if area == "WW":
            features.update({f"ww{against}": 1.0, f"ww{against}_{group}": 1.0})
        found[area] = features
    return found


def _prior(places: Places, spot: Spot, area: str, group: str, platform: str) -> Features:
    """Return what platform, measure and readers say, before any area is named."""
    scene, entry = places.scene, platforms.registry()[platform]
    found: Features = {}
    if area == scene.home:
        kind = entry.kind if not entry.area else f"own_{entry.kind}"
        found.update({f"home_{group}": 1.0, f"home_{kind}": 1.0})
        hits = scene.hits("roles", spot.sentence)
        roles = {hit.name for hit in hits}
        found.update({"home_said": 1.0} if "home" in roles else {})
        said = any(hit.name == "home" and _is_beside(places, spot, hit) for hit in hits)
        found.update({"home_beside": 1.0} if said else {})
        found.update({f"home_public_{group}": 1.0} if "public" in roles else {})
        found.update({"home_competing": 1.0} if "competing" in roles and group == "share" else {})
        if area in places.counts:
            found["home_named"] = 1.0
    if area in places.measurers:
        found[f"measurer_{group}"] = 1.0
    if area in places.leagues:
        here = "here" if spot.sentence in places.leagues[area] else "elsewhere"
        found.update({f"league_{group}": 1.0, f"league_{here}_{len(places.leagues)}": 1.0})
    if area == entry.area:
        found.update({f"own_{group}": 1.0, f"own_{entry.kind}": 1.0, f"own_{entry.kind}_{group}": 1.0})
    if area == "WW":
        own = "_own" if entry.area else ""
        found.update({f"ww_{entry.kind}{own}": 1.0, f"ww_{entry.kind}{own}_{group}": 1.0})
        found.update({"ww_title": 1.0} if places.title else {})
        hits = [hit for hit in scene.hits("roles", spot.sentence) if hit.name == "abroad"]
        found.update({"ww_abroad": 1.0} if any(_is_beside(places, spot, hit) for hit in hits) else {})
        found["ww_spread"] = len(places.counts) / 5 if len(places.counts) < 5 else 1.0
    return found


def _is_beside(places: Places, spot: Spot, hit: Hit) -> bool:
    """Whether a word stands beside a figure, no other one between them: "domestic additions: 550,000"."""
    layout = places.scene.layout
    cost = layout.cost(hit.last, spot.first) if hit.last < spot.first else layout.cost(spot.last, hit.first)
    return cost <= HOME and not places.scene.spots_between(spot, hit)


def _context(places: Places, spot: Spot, area: str, group: str, against: str) -> Features:
    """Return how an area is named outside of the sentence of the figure."""
    layout, sentence = places.scene.layout, spot.sentence
    marks: dict[str, bool] = {}
    paragraph = layout.paragraph[layout.sentences[sentence][0]]
    nearest = True
    for back in range(1, BACK + 1):
        before = sentence - back
        if before < 0:
            break
        spoken = [named for named in places.spoken_of(before) if named.area != "WW"]
        mine = [named for named in spoken if named.area == area]
        same = layout.paragraph[layout.sentences[before][0]] == paragraph
        if mine:
            name = ("near" if same else "over") + str(back)
            marks[name] = True
            marks[name + "_placed"] = any(named.placed for named in mine)
            marks["latest" if nearest and same else "latest_over"] = nearest and not mine[0].listed
        nearest = nearest and not spoken
        if not same and back > 1:
            break
    lead = places.scene.lead_in(sentence)
    marks["lead"] = lead is not None and any(named.area == area for named in places.spoken_of(lead))
    marks["asked"] = places.asked(sentence) == area
    marks["first"] = any(named.area == area for named in places.spoken_of(0))
    marks["title"] = area in places.title
    marks["title_only"] = places.title == [area]
    marks["most"] = places.most == area
    found = {f"{name}{against}": 1.0 for name, holds in marks.items() if holds}
    for name in ("title", "most", "near1", "lead"):
        found.update({f"{name}_{group}{against}": 1.0} if marks.get(name) else {})
    if area in places.counts:
        found["often" + against] = places.counts[area] / sum(places.counts.values())
    return found


def _said(places: Places, spot: Spot, area: str, group: str) -> Features:
    """Return how an area is named in the sentence of the figure."""
    here = places.of(spot.sentence)
    mine = [named for named in here if named.area == area]
    here = [named for named in here if not named.firm]
    if not mine:
        return {}
    mine = [named for named in mine if not named.firm] or mine
    named = min(mine, key=lambda one: _cost(places, spot, one) + 6 * places.scene.spots_between(spot, one))
    left_out = named.excluded or any(one.excluded and _is_right_behind(places, spot, one) for one in mine)
    if left_out or named.firm:
        return {"excluded" if left_out else "firm": 1.0}
    layout, behind = places.scene.layout, named.first > spot.last
    side = "a" if behind else "b"
    crossed = min(places.scene.spots_between(spot, named), CROSSED)
    opens = named.first - layout.sentences[spot.sentence][0] <= OPENS
    closer = [one for one in here if one.area != area and _cost(places, spot, one) < _cost(places, spot, named)]
    between = layout.words[min(named.last, spot.last) : max(named.first, spot.first)]
    marks = {
        "crossed": bool(crossed),
        named.kind: True,
        "placed": named.placed,
        "listed": named.listed,
        "labels": named.labels,
        "nearest": not closer,
        "semicolon": ";" in between,
        "only": len({one.area for one in here}) == 1,
        "adjacent": not behind and spot.opening - named.last <= 2,
        "of_firm": named.of_firm,
        "opens_line": opens and not behind and places.scene.is_line(spot.sentence),
        "beside": behind and named.first - spot.last <= BESIDE,
        "adjective_beside": behind and named.kind == "adjective" and named.first - spot.last <= BESIDE,
        "opens": opens and not behind,
        "opens_placed": opens and not behind and named.placed,
        "taken": not behind and _taken(places, spot, named),
        "enclosed": not behind and _enclosed(places, spot, named),
        "WW": area == "WW",
        group: True,
    }
    found = {f"{side}_{name}": 1.0 for name, holds in marks.items() if holds}
    cost = min(_cost(places, spot, named), FAR) / 10
    found[f"{side}_cost"] = cost
    found[f"{side}_crossings"] = float(crossed)
    if marks["opens"]:
        found.update({f"{side}_cost_opens": cost, f"{side}_crossings_opens": float(crossed)})
    return found


def _is_right_behind(places: Places, spot: Spot, named: Named) -> bool:
    return 0 < named.first - spot.last <= BESIDE and not places.scene.spots_between(spot, named)


def _cost(places: Places, spot: Spot, named: Named) -> int:
    layout = places.scene.layout
    return layout.cost(spot.last, named.first) if named.first > spot.last else layout.cost(named.last, spot.first)


def _taken(places: Places, spot: Spot, named: Named) -> bool:
    """Whether words before a quantity stand right behind another one, to which they belong."""
    before = [other for other in places.scene.in_sentence(spot.sentence) if other.last < named.first]
    return bool(before) and places.scene.layout.cost(before[-1].last, named.first) <= TAKEN


def _enclosed(places: Places, spot: Spot, named: Named) -> bool:
    """Whether an area stands in a clause closed before a quantity: "Disney+, which is sold in India too, has"."""
    words = places.scene.layout.words
    first = places.scene.layout.sentences[spot.sentence][0]
    comma = next((word for word in range(named.first - 1, first, -1) if words[word] == ","), None)
    closed = "," in words[named.last + 1 : spot.opening]
    return comma is not None and closed and words[comma + 1] in places.scene.grammar("fences")
