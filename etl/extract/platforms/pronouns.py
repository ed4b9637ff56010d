"""Whom "the service", "the group", "we" or "it" before a quantity can mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract import platforms
from etl.extract.phrases import Hit
from etl.extract.platforms.discourse import OWNERS

PLAIN = frozenset({"service", "company", "any", "own"})  # the others say more, and are told apart


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a sentence goes on speaking of, and the words in it that stand for a platform, up to a quantity."""

    topic: str | None  # the platform named last
    held: str | None  # the last that a sentence was about
    lead: str  # the platform that the opening of the text names first
    title: str | None
    recent: Sequence[str]
    hits: Sequence[Hit]
    opens: bool  # such a word opens the sentence


def of(slug: str, spoken: Spoken) -> dict[str, float]:
    """Return what the last word that stands for a platform says for one."""
    if not spoken.hits:
        return {}
    kind = spoken.hits[-1].name
    family = _family(kind)
    found = _carried(slug, family, spoken)
    if family == "company":
        found += _as_owner(slug, spoken)
    elif family == "service":
        found += _as_service(slug, spoken)
    if kind not in PLAIN:
        found.append(f"pronoun_{kind}_as_{_sort(slug)}")
        found += [f"pronoun_{kind}_title"] if spoken.title == slug else []
        found += [f"pronoun_{kind}_lead"] if spoken.lead == slug else []
    return dict.fromkeys(found, 1.0)


def _carried(slug: str, family: str, spoken: Spoken) -> list[str]:
    """Return how a platform was spoken of before."""
    found = []
    if spoken.topic == slug:
        found += [f"pronoun_{family}_topic", "pronoun_opens"] if spoken.opens else [f"pronoun_{family}_topic"]
    if spoken.held == slug:
        found.append(f"pronoun_{family}_held")
    if slug in spoken.recent and next((one for one in spoken.recent if _fits(one, family)), None) == slug:
        found.append(f"pronoun_{family}_recent")
    return found


def _as_owner(slug: str, spoken: Spoken) -> list[str]:
    """Return how a platform fits "the group", "the operator", "the shares"."""
    known = platforms.registry()
    own, topic = known[slug].kind, spoken.topic
    if own == "service":
        found = ["pronoun_company_misfit"]
    elif own in ("company", "broadcaster"):
        found = ["pronoun_company_fit", "pronoun_company_opens"] if spoken.opens else ["pronoun_company_fit"]
    else:
        found = []
    if topic and known[topic].parent == slug:
        found.append("pronoun_parent")
    if any(known[other].parent == slug for other in spoken.recent):
        found.append("pronoun_company_parent")
    return found


def _as_service(slug: str, spoken: Spoken) -> list[str]:
    """Return how a platform fits "the service"."""
    entry = platforms.registry()[slug]
    if entry.kind == "service":
        found = ["pronoun_service_fit", "pronoun_service_opens"] if spoken.opens else ["pronoun_service_fit"]
    else:
        found = {"company": ["pronoun_service_misfit"], "broadcaster": ["pronoun_service_broad"]}.get(entry.kind, [])
    return [*found, "pronoun_service_child"] if spoken.topic and entry.parent == spoken.topic else found


def _family(kind: str) -> str:
    return "company" if kind in OWNERS else kind


def _sort(slug: str) -> str:
    """Return what a platform is: an operator of telephone lines, or its kind."""
    entry = platforms.registry()[slug]
    return entry.sort or entry.kind


def _fits(slug: str, family: str) -> bool:
    """Whether a platform can be meant by "the service" or "the group"."""
    own = platforms.registry()[slug].kind
    if family == "service":
        return own in ("service", "broadcaster")
    return own in ("company", "broadcaster") if family == "company" else own != "sector"
