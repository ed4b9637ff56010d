"""Each page of the starter archives, read and extracted, gives what a person reads in it.

The expectations lie beside the pages; what the rooms do not manage yet is listed in `gaps.yaml`, and closing a gap
fails here until `python tests/starter/close_gaps.py` has taken its line out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
import starter_yield as starter

GAPS = starter.gaps()


def _cases(labels: dict[str, Iterable[str]]) -> list[Any]:
    """Return one parameter set a page and label; those listed as gaps are strict xfails."""
    cases = []
    for key, names in labels.items():
        for label in names:
            reason = GAPS.get(key, {}).get(label)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            cases.append(pytest.param(key, label, marks=marks, id=f"{key} {label}"))
    return cases


def _one(label: str) -> list[Any]:
    return _cases({key: [label] for key in starter.PAGES})


@pytest.mark.parametrize(("key", "label"), _one("kind"))
def test_kind(key: str, label: str) -> None:
    document = starter.document(key)
    assert document.kind == starter.PAGES[key].kind, document.evidence


@pytest.mark.parametrize(("key", "label"), _one("date"))
def test_date(key: str, label: str) -> None:
    if starter.PAGES[key].kind.readable:
        document = starter.document(key)
        assert document.published == starter.PAGES[key].published, document.published_from


@pytest.mark.parametrize(("key", "label"), _cases({key: starter.expected(key) for key in starter.PAGES}))
def test_claim(key: str, label: str) -> None:
    assert not starter.nearest(key, starter.expected(key)[label])


@pytest.mark.parametrize(("key", "label"), _one("surplus"))
def test_nothing_else_is_claimed(key: str, label: str) -> None:
    assert not [claim.quote for claim in starter.surplus(key)]


def test_every_gap_names_a_case() -> None:
    for key, gaps in GAPS.items():
        assert gaps.keys() <= {"kind", "date", "surplus", *starter.expected(key)}, key
        assert all(gaps.values()), f"{key}: say what comes instead"
