"""Each page of the starter archives, read and extracted, gives what a person reads in it.

The expectations lie beside the pages; what the rooms do not manage yet is listed in `gaps.yaml`, and closing a gap
fails here until its line is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.extract import extract
from etl.model import Claim, Document
from etl.read import read
from etl.starter import listing

GAPS: dict[str, dict[str, str]] = (
    yaml.safe_load((Path(__file__).parent / "gaps.yaml").read_text(encoding="utf-8")) or {}
)
DEFAULTS = {"transformation": "level", "status": "actual", "qualifier": "exact"}
COMPARED = ["platform", "metric", "transformation", "value", "unit", "period", "area", "status", "qualifier"]
PAGES = {f"{name}/{page.file}": page for name in listing.names() for page in listing.pages(name)}


@cache
def _language(source: str) -> str:
    path = listing.FOLDER.parent / "sources" / f"{source}.yaml"
    return str(yaml.safe_load(path.read_text(encoding="utf-8"))["language"])


@cache
def _document(key: str) -> Document:
    from dataclasses import replace

    page = PAGES[key]
    document = read(
        page.body,
        url=page.url,
        content_type=page.content_type,
        language=_language(page.source),
        fetched_at=page.fetched_at,
    )
    return replace(document, source=page.source, country=_country(page.source))


@cache
def _country(source: str) -> str:
    path = listing.FOLDER.parent / "sources" / f"{source}.yaml"
    return str(yaml.safe_load(path.read_text(encoding="utf-8"))["country"])


@cache
def _claims(key: str) -> tuple[Claim, ...]:
    document = _document(key)
    return tuple(extract(document)) if document.kind.readable else ()


def _agrees(claim: Claim, expected: dict[str, Any]) -> bool:
    """Whether a claim says what is expected; a list holds readings that are all right."""
    wanted = {**DEFAULTS, **expected}
    fields = [*COMPARED, *(field for field in ("value_max", "per", "segment", "attributed_to") if field in expected)]
    return all(_same(getattr(claim, field), wanted[field]) for field in fields)


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, list):
        return any(_same(found, one) for one in wanted)
    if isinstance(found, Decimal) and isinstance(wanted, int | float):
        return found == Decimal(str(wanted))
    return found is None if wanted is None else found is not None and str(found) == str(wanted)


def _unclaimed(key: str) -> Iterator[Claim]:
    """Yield claims that no expectation covers; the same figure said twice on a page is covered twice."""
    for claim in _claims(key):
        if not any(_agrees(claim, expected) for expected in PAGES[key].claims):
            yield claim


def _name(expected: dict[str, Any]) -> str:
    parts = (expected[field] for field in ("platform", "metric", "value", "unit"))
    return " ".join("|".join(map(str, part)) if isinstance(part, list) else str(part) for part in parts)


def _cases(what: str) -> list[Any]:
    """Return one case a page, or one an expected claim; those listed as gaps are strict xfails."""
    cases = []
    for key, page in PAGES.items():
        gaps = GAPS.get(key, {})
        for number, expected in enumerate(page.claims, 1) if what == "claim" else [(0, {})]:
            if expected.get("optional"):  # right when it is given: a headline that says a figure again
                continue
            label = f"claim {number}" if number else what
            marks = [pytest.mark.xfail(strict=True, reason=gaps[label])] if label in gaps else []
            arguments = (key, number) if number else (key,)
            name = f"{key} {label}" + (f" {_name(expected)}" if number else "")
            cases.append(pytest.param(*arguments, marks=marks, id=name))
    return cases


@pytest.mark.parametrize("key", _cases("kind"))
def test_kind(key: str) -> None:
    document = _document(key)
    assert document.kind == PAGES[key].kind, document.evidence


@pytest.mark.parametrize("key", _cases("date"))
def test_date(key: str) -> None:
    if PAGES[key].kind.readable:
        assert _document(key).published == PAGES[key].published, _document(key).published_from


@pytest.mark.parametrize(("key", "number"), _cases("claim"))
def test_claim(key: str, number: int) -> None:
    expected = PAGES[key].claims[number - 1]
    assert any(_agrees(claim, expected) for claim in _claims(key)), _seen(key)


@pytest.mark.parametrize("key", _cases("surplus"))
def test_nothing_else_is_claimed(key: str) -> None:
    surplus = list(_unclaimed(key))
    assert not surplus, [claim.quote for claim in surplus]


def test_every_gap_names_a_case() -> None:
    for key, gaps in GAPS.items():
        labels = {"kind", "date", "surplus", *(f"claim {n}" for n in range(1, len(PAGES[key].claims) + 1))}
        assert gaps.keys() <= labels, key
        assert all(gaps.values()), f"{key}: say what goes wrong"


def _seen(key: str) -> str:
    return "\n".join(
        " ".join(str(getattr(claim, field)) for field in COMPARED) + f"  <- {claim.quote!r}" for claim in _claims(key)
    )
