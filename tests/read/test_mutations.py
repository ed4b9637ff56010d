"""A bounded part of `python -m tests.bench.mutations`: broken pages neither stop nor slow the reader."""

from __future__ import annotations

import time

import pytest

from etl import read
from etl.model import Kind
from tests.bench.mutations import Limits, run
from tests.bench.read_speed import held, samples


@pytest.mark.slow
def test_broken_pages_are_read_or_refused_with_a_reason() -> None:
    found = run(range(40), Limits(seed=3, seconds=10, megabytes=2000, large=False))
    assert not found.bad, str(found)


@pytest.mark.parametrize("body", [b"<p>" * 200_000, b"word " * 2_000_000], ids=["tags", "characters"])
def test_what_is_more_than_a_page_is_refused_with_its_size(body: bytes) -> None:
    found = read.read(body)
    assert found.kind is Kind.UNREADABLE
    assert "more than a page has" in found.evidence


def test_a_line_said_twenty_thousand_times_asks_for_no_second_opinion() -> None:
    """jusText looks from each paragraph for the next good one: the square of their number."""
    page = b"<html><body><h1>Netflix gains</h1><p>" + b"It gained 5 million members in the quarter. " * 5 + b"</p>"
    before = time.process_time()
    found = read.read(page + b"<p>by by by by</p>" * 20_000)
    assert time.process_time() - before < 10, "seconds of computing"
    assert found.kind is Kind.ARTICLE


STORY = b"<p>" + b"It gained 5 million members in the quarter, its owner said. " * 5 + b"</p>"
COSTLY = {
    "paragraphs in a paragraph": b"<h1>Netflix gains</h1>" + STORY * 9 + b"<p><x-box>" + b"<p>by by</p>" * 20_000,
    "a cell of digits": b"<table><tr><td>a<td>b</tr>" + b"<tr><td>" + b"9" * 300_000 + b"<td>.,.,</tr></table>",
    "a cell of marks": b"<table><tr><td>a<td>b</tr>" + b"<tr><td>" + b". " * 100_000 + b"9<td>x</tr></table>",
}


@pytest.mark.parametrize("page", COSTLY)
def test_no_page_takes_time_by_the_square_of_its_parts(page: str) -> None:
    before = time.process_time()
    found = read.read(b"<html><body>" + COSTLY[page] + b"</body></html>")
    assert time.process_time() - before < 10, "seconds of computing"
    assert found.kind is not Kind.UNREADABLE, found.evidence


LIGHT = 50_000  # bytes of a page; a heavy one takes longer and holds nothing more afterwards


@pytest.mark.slow
def test_memory_stays_flat() -> None:
    """The caches are full after some hundred pages; what comes after holds no more."""
    pages = [(body, url) for body, url in samples() if len(body) < LIGHT]
    (_, first), (_, last) = held(pages, 400, 200)
    assert last < first * 1.15, f"{first} MB after 200 pages, {last} MB after 400"
