"""What speaks for each platform of a document as the one that a quantity is about."""

from __future__ import annotations

from etl.extract import platforms
from etl.extract.platforms import MARKET
from etl.extract.scene import Spot
from etl.extract.stands import Stand, Stands
from etl.model import Metric

COMPANY_METRICS = frozenset(
    {Metric.REVENUE, Metric.NET_INCOME, Metric.OPERATING_INCOME, Metric.EMPLOYEES, Metric.VALUATION, Metric.OTHER}
)
DEALS = frozenset({Metric.DEAL_VALUE, Metric.VALUATION, Metric.OTHER})
MARKET_METRICS = frozenset({Metric.PENETRATION, Metric.MARKET_SHARE})
BEHIND = 7  # cost up to a name behind a number
FAR = 60  # cost beyond which distance says no more
LATELY = 8  # sentences back


def of_kind(slug: str, metric: Metric | None, named: bool, titled: bool) -> dict[str, float]:
    """Return how a platform's kind fits a measure.

    Args:
        named: The text names it.
        titled: The text has a title that names no platform.
    """
    kind = platforms.registry()[slug].kind
    found: dict[str, float] = {}
    if kind == "company" and metric is not None:
        found["company_fit" if metric in COMPANY_METRICS else "company_misfit"] = 1.0
    if kind == "sector":
        found["sector"] = 1.0
        found.update({"sector_fit": 1.0} if metric in MARKET_METRICS else {})
    if slug == MARKET:
        found.update({} if named else {"sector_unnamed": 1.0})
        found.update({"sector_title": 1.0} if titled else {})
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
    marks = {
        "before_oblique" if stand.oblique else "before": True,
        "adjacent": spot.opening - stand.mention.last <= 2,
        "nearest" if stand is before[-1] else "covered": True,
        "opens": any(other.opens for other in mine),
        "owns": stand.owns,
        "aside": stand.aside,
        "label": any(other.label for other in mine),
        "sole_subject": set(subjects) == {slug},
        "last_subject": subjects[-1:] == [slug],
        "first_subject": subjects[:1] == [slug],
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
    if any(hit.name == "together" for hit in stands.scene.hits("roles", spot.sentence)):
        if slug == MARKET:
            found["together" if stands.has_subject(spot) else "together_alone"] = 1.0
        elif any(platforms.registry()[s.mention.slug].parent == slug for s in stands.of(spot.sentence)):
            found["together_parent"] = 1.0
    return found


def of_pronoun(slug: str, kind: str, topic: str | None, recent: list[str], opens: bool) -> dict[str, float]:
    """Return what "the service", "the group" or "it" before a quantity says for a platform.

    Args:
        kind: service, company or any.
        opens: Such a word opens the sentence.
    """
    own = platforms.registry()[slug].kind
    marks = {
        "pronoun_opens": opens and topic == slug,
        f"pronoun_{kind}_topic": topic == slug,
        f"pronoun_{kind}_recent": [other for other in recent if _fits(other, kind)][:1] == [slug],
        "pronoun_parent": kind == "company" and bool(topic) and platforms.registry()[topic or slug].parent == slug,
        "pronoun_company_misfit": kind == "company" and own == "service",
    }
    return {name: 1.0 for name, holds in marks.items() if holds}


def _fits(slug: str, kind: str) -> bool:
    """Whether a platform can be meant by "the service" or "the group"."""
    own = platforms.registry()[slug].kind
    if kind == "service":
        return own in ("service", "broadcaster")
    return own in ("company", "broadcaster") if kind == "company" else own != "sector"
