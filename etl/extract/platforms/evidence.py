"""What speaks for each platform of a document as the one that a quantity is about."""

from __future__ import annotations

from etl.extract import platforms
from etl.extract.platforms import MARKET
from etl.extract.platforms.stands import Stand, Stands
from etl.extract.scene import Spot
from etl.model import Metric

COMPANY_METRICS = frozenset(
    {Metric.REVENUE, Metric.NET_INCOME, Metric.OPERATING_INCOME, Metric.EMPLOYEES, Metric.VALUATION, Metric.OTHER}
)
SERVICE_METRICS = frozenset(
    {Metric.SUBSCRIBERS, Metric.USERS, Metric.PRICE, Metric.TITLES, Metric.WATCH_TIME, Metric.ARPU, Metric.CHURN}
)
DEALS = frozenset({Metric.DEAL_VALUE, Metric.VALUATION, Metric.OTHER})
MARKET_METRICS = frozenset({Metric.PENETRATION, Metric.MARKET_SHARE})
BESIDE = 2  # words
BEHIND = 7  # cost up to a name behind a number
FAR = 60  # cost beyond which distance says no more
OWNED = 4  # words from a possessive to its number
LATELY = 8  # sentences back


def of_kind(slug: str, metric: Metric | None, named: bool, titled: bool, situation: str) -> dict[str, float]:
    """Return how a platform's kind fits a measure.

    Args:
        named: The text names it.
        titled: The text has a title that names no platform.
        situation: What the sentence and its paragraph already speak of.
    """
    kind = platforms.registry()[slug].kind
    found: dict[str, float] = {}
    if kind == "company" and metric is not None:
        found["company_fit" if metric in COMPANY_METRICS else "company_misfit"] = 1.0
    if metric in (Metric.DEAL_VALUE, Metric.VALUATION):
        found[f"deal_{kind}"] = 1.0
    if kind == "service" and metric in SERVICE_METRICS:
        found["service_fit"] = 1.0
    if kind == "sector":
        found["sector"] = 1.0
        found.update({"sector_fit": 1.0} if metric in MARKET_METRICS else {})
    if slug == MARKET:
        found.update({} if named else {"sector_unnamed": 1.0})
        found.update({f"sector_title{situation}": 1.0} if titled else {})
    return found


def of_place(stands: Stands, spot: Spot, slug: str) -> dict[str, float]:
    """Return how a platform stands in the sentence of a quantity."""
    before = stands.before(spot)
    mine = [stand for stand in before if stand.mention.slug == slug]
    if mine:
        return _before(stands, spot, slug, before, mine)
    return _behind(stands, spot, slug, before)


def _before(stands: Stands, spot: Spot, slug: str, before: list[Stand], mine: list[Stand]) -> dict[str, float]:
    stand, layout = mine[-1], stands.scene.layout
    subjects = [other.mention.slug for other in before if other.plain]
    last = stand is before[-1]
    how = "taken" if stands.taken(stand, spot) else stand.how
    suffix = f"_{how}" if how else ""
    inside = stands.inside_relative(stand, spot)
    marks = {
        f"before{suffix}": True,
        f"adjacent{suffix}": spot.opening - stand.mention.last <= BESIDE,
        f"nearest{suffix}" if last else f"covered{suffix}": True,
        "opens": any(other.opens for other in mine),
        "owns": stand.owns,
        "owns_adjacent": stand.owns and spot.opening - stand.mention.last <= OWNED,
        "paren": stands.scene.layout.words[stand.mention.last + 1] == "("
        and spot.opening - stand.mention.last <= BESIDE,
        "label": any(other.label for other in mine),
        "sole_subject": set(subjects) == {slug},
        "last_subject": subjects[-1:] == [slug],
        "first_subject": subjects[:1] == [slug],
        f"relative{suffix}": last and inside,
        "relative_covered": inside and not last,
        "relative_past": stand.relative and not inside,
    }
    found = {name: 1.0 for name, holds in marks.items() if holds}
    found["before_cost"] = min(layout.cost(stand.mention.last, spot.first), FAR) / 20
    return found


def _behind(stands: Stands, spot: Spot, slug: str, before: list[Stand]) -> dict[str, float]:
    after = [stand for stand in stands.of(spot.sentence) if stand.mention.first > spot.last]
    mine = [stand for stand in after if stand.mention.slug == slug]
    if not mine:
        return {}
    stand = mine[0]
    near = stands.scene.layout.cost(spot.last, stand.mention.first) <= BEHIND
    found = {f"after{'_near' if near else ''}{'_oblique' if stand.oblique else ''}": 1.0}
    found.update({"first_after": 1.0} if stand is after[0] and not before else {})
    found.update({"aside_after": 1.0} if stand.aside else {})
    found.update({"right_behind": 1.0} if stand.mention.first <= spot.last + 1 else {})
    return found


def of_context(stands: Stands, spot: Spot, slug: str) -> dict[str, float]:
    """Return how a platform is named before the sentence of a quantity, and with which others in it."""
    found: dict[str, float] = {}
    recent = stands.recent(spot.sentence)
    found.update({"recent": 1.0} if recent[:1] == [slug] else {})
    found.update({"recent_3": 1.0} if slug in recent[:3] else {})
    for back in range(1, LATELY + 1):
        if any(stand.mention.slug == slug for stand in stands.of(spot.sentence - back)):
            found["recency"] = 1.0 / back
            break
    if not stands.has_subject(spot) and stands.paragraph_subject(spot.sentence) == slug:
        found["paragraph_subject"] = 1.0
    whose = [stand.mention.slug for stand in stands.before(spot) if stand.child]
    if whose and slug in platforms.services_of(whose[-1]):
        found["child_of_named"] = 1.0
    said = {hit.name for hit in stands.scene.hits("roles", spot.sentence)}
    if "division" in said:
        found[f"division_{platforms.registry()[slug].kind}"] = 1.0
    if "together" in said:
        if slug == MARKET:
            found["together" if stands.has_subject(spot) else "together_alone"] = 1.0
        elif any(platforms.registry()[s.mention.slug].parent == slug for s in stands.of(spot.sentence)):
            found["together_parent"] = 1.0
    return found
