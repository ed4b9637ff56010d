"""What the rooms make of the starter's pages, held against what a person reads in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.collect import sources
from etl.extract import extract
from etl.model import Claim, Document
from etl.read import read
from etl.settings import CODE
from etl.starter import listing

GAPS = Path(__file__).parent / "gaps.yaml"
DEFAULTS = {"transformation": "level", "status": "actual", "qualifier": "exact"}
COMPARED = ["platform", "metric", "transformation", "value", "unit", "period", "area", "status", "qualifier"]
MORE = ["value_max", "per", "segment", "attributed_to"]  # compared where the expectation speaks of them
PAGES = {f"{name}/{page.file}": page for name in listing.names() for page in listing.pages(name)}


def gaps() -> dict[str, dict[str, str]]:
    """Return what is known not to work: page -> case -> what comes instead."""
    return yaml.safe_load(GAPS.read_text(encoding="utf-8")) or {}


@cache
def document(key: str) -> Document:
    """Read a page as the night does."""
    page = PAGES[key]
    source = sources.load(CODE / "sources", page.source)
    found = read(
        page.body,
        url=page.url,
        content_type=page.content_type,
        language=source.language,
        fetched_at=page.fetched_at,
    )
    return replace(found, source=source.name, country=source.country)


@cache
def claims(key: str) -> tuple[Claim, ...]:
    """Return what is extracted; from a page that is no article or table, nothing."""
    found = document(key)
    return tuple(extract(found)) if found.kind.readable else ()


def expected(key: str) -> dict[str, dict[str, Any]]:
    """Return the claims that must be found, by the name of their case."""
    return {
        f"claim {number}": claim
        for number, claim in enumerate(PAGES[key].claims, 1)
        if not claim.get("optional")  # a headline that says a figure again may be read or not
    }


def differences(claim: Claim, wanted: dict[str, Any]) -> list[str]:
    """Return the fields in which a claim says something else; a list holds readings that are all right."""
    fields = [*COMPARED, *(field for field in MORE if field in wanted)]
    return [field for field in fields if not _same(getattr(claim, field), (DEFAULTS | wanted)[field])]


def surplus(key: str) -> Iterator[Claim]:
    """Yield claims that no expectation covers; a figure said twice on a page is covered twice."""
    for claim in claims(key):
        if all(differences(claim, wanted) for wanted in PAGES[key].claims):
            yield claim


def nearest(key: str, wanted: dict[str, Any]) -> str:
    """Return in words what comes instead of an expected claim; empty when it is there."""
    values = wanted["value"] if isinstance(wanted["value"], list) else [wanted["value"]]
    near = [claim for claim in claims(key) if any(abs(claim.value) == abs(Decimal(str(value))) for value in values)]
    if not near:
        return "no claim of this value"
    best = min(near, key=lambda claim: len(differences(claim, wanted)))
    return ", ".join(f"{field} {getattr(best, field)}" for field in differences(best, wanted))


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, list):
        return any(_same(found, one) for one in wanted)
    if isinstance(found, Decimal) and isinstance(wanted, int | float):
        return found == Decimal(str(wanted))
    return found is None if wanted is None else found is not None and str(found).casefold() == str(wanted).casefold()
