"""A bounded part of `python -m tests.bench.mutations`: broken pages neither stop nor slow the reader."""

from __future__ import annotations

import pytest

from etl import read
from etl.model import Kind
from tests.bench.mutations import Limits, run


@pytest.mark.slow
def test_broken_pages_are_read_or_refused_with_a_reason() -> None:
    found = run(range(150), Limits(seed=3, seconds=10, megabytes=2000, large=False))
    assert not found.bad, str(found)


@pytest.mark.parametrize("body", [b"<p>" * 200_000, b"word " * 2_000_000], ids=["tags", "characters"])
def test_what_is_more_than_a_page_is_refused_with_its_size(body: bytes) -> None:
    found = read.read(body)
    assert found.kind is Kind.UNREADABLE
    assert "more than a page has" in found.evidence
