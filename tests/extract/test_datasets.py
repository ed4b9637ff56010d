"""Datasets: columns are found by name, offsets are exact, a changed layout is named."""

from datetime import date
from decimal import Decimal

import pytest

from etl.extract import datasets, rates
from etl.model import Document

TOP10 = (
    "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\n"
    "2026-07-19\tFilms\t1\tA Film\tN/A\t16600000\n"
    "2026-07-19\tTV\t1\tA Series\tA Series: Season 2\t148720000\n"
)


def document(text: str) -> Document:
    return Document(document_id="d", lang="en", text=text, url="https://data.example/file")


def test_a_row_is_a_claim_with_exact_offsets() -> None:
    claims = datasets.extract_dataset(document(TOP10), "netflix_top10_global")
    assert [(c.value, c.segment, c.period, c.low, c.high) for c in claims] == [
        (16600000, "A Film", "2026-07-13/2026-07-19", 16550000, 16650000),
        (148720000, "A Series: Season 2", "2026-07-13/2026-07-19", 148715000, 148725000),
    ]
    assert all(TOP10[c.quote_start : c.quote_end] == c.quote for c in claims)


def test_columns_are_found_by_name_not_by_place() -> None:
    moved = "weekly_hours_viewed\tshow_title\tweek\n100000\tA Film\t2023-01-01\n"
    (claim,) = datasets.extract_dataset(document(moved), "netflix_top10_global")
    assert (claim.value, claim.segment, claim.period) == (100000, "A Film", "2022-12-26/2023-01-01")


def test_the_window_of_most_popular_titles_is_part_of_the_series() -> None:
    text = "show_title\thours_viewed_first_28_days\nA Film\t282020000\n"
    (claim,) = datasets.extract_dataset(document(text), "netflix_top10_most_popular")
    assert claim.segment == "A Film, first 28 days"


def test_a_changed_layout_is_named() -> None:
    with pytest.raises(ValueError, match="none of the columns weekly_hours_viewed in the header \\(a, b\\)"):
        datasets.extract_dataset(document("a\tb\n1\t2\n"), "netflix_top10_global")


@pytest.mark.parametrize(
    "text",
    [
        "Date,USD,JPY,HRK,\n2026-10-30,1.1172,175.68,N/A,\n",
        "Date, USD, JPY, \n30 October 2026, 1.1172, 175.68, \n",
        "<Cube><Cube time='2026-10-30'><Cube currency='USD' rate='1.1172'/><Cube currency='JPY' rate='175.68'/>"
        "</Cube></Cube>",
    ],
    ids=["history", "daily csv", "daily xml"],
)
def test_each_shape_of_the_euro_rates_reads_alike(text: str) -> None:
    found = rates.rates(document(text))
    assert [(r.day, r.currency, r.rate) for r in found] == [
        (date(2026, 10, 30), "USD", Decimal("1.1172")),
        (date(2026, 10, 30), "JPY", Decimal("175.68")),
    ]


def test_a_page_without_rates_is_refused() -> None:
    with pytest.raises(ValueError, match="no rate in it; the text begins '<html>'"):
        rates.rates(document("<html>"))
