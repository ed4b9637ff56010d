"""Every page written for the project is what it is; the real ones are measured by `python -m tests.bench.kinds`."""

from __future__ import annotations

import pytest
from labelled import Labelled, pages

from etl import read
from etl.model import Kind

PAGES = list(pages())
DATA = ["week,title,hours\n2024-01-07,A,10\n2024-01-14,B,12\n2024-01-21,C,9\n", '{"items": [{"title": "A"}]}']


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_kind(page: Labelled) -> None:
    found = read.read(page.body, url=page.url)
    assert found.kind is page.kind, found.evidence
    assert found.evidence


def test_enough_pages() -> None:
    assert len(PAGES) >= 200
    assert len({page.text for page in PAGES if page.kind is not Kind.ARTICLE}) >= 80


@pytest.mark.parametrize("text", DATA)
def test_a_data_file_in_the_place_of_a_page_is_no_article(text: str) -> None:
    found = read.read(text.encode(), url="https://a.example/2024/05/article-of-the-day")
    assert found.kind is Kind.DATASET
    assert "in the place of a page" in found.evidence
