"""Datasets: columns are found by name, offsets are exact, a changed layout is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from etl.extract import datasets
from etl.extract.datasets import mappings, rates
from etl.model import Block, Claim, Document

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
        "Date\tUSD\tJPY\tHRK\n2026-10-30\t1.1172\t175.68\tN/A\n",
        "Date\tUSD\tJPY\n30 October 2026\t1.1172\t175.68\n",
        "<Cube><Cube time='2026-10-30'><Cube currency='USD' rate='1.1172'/><Cube currency='JPY' rate='175.68'/>"
        "</Cube></Cube>",
    ],
    ids=["history", "day", "day in XML"],
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


# --- columns of other people's files --------------------------------------------------------------------------------


def claims_of(monkeypatch: pytest.MonkeyPatch, rules: dict[str, Any], text: str, **more: Any) -> list[Claim]:
    """Return the claims of a text by a mapping written for the test, each with its quote where it says."""
    mappings.check("test.yaml", rules)
    monkeypatch.setattr(datasets, "mapping", lambda _: rules)
    found = datasets.extract_dataset(replace(document(text), **more), "test")
    assert all(text[claim.quote_start : claim.quote_end] == claim.quote for claim in found)
    return found


QUARTERLY = (
    "Sales of music services, in millions\nDate\tPaid Members\tTotal Revenue\n"
    "31-03-2023\t210\t3042\n31-12-2022\t205\t3,166\n"
)


def test_a_column_in_millions_with_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head may stand below some words, names are compared without case, thousands may be parted."""
    rules = {
        "platform": "spotify",
        "area": "WW",
        "period": {"column": "date", "form": "%d-%m-%Y", "span": "quarter"},
        "claims": [
            {"column": "Total revenue", "metric": "revenue", "unit": "EUR", "times": 1_000_000},
            {"column": "Paid Members", "metric": "subscribers", "unit": "count", "times": 1_000_000},
        ],
    }
    found = claims_of(monkeypatch, rules, QUARTERLY)
    assert [(c.metric, c.period, c.value, c.low, c.high, c.quote) for c in found] == [
        ("revenue", "2023-Q1", 3_042_000_000, 3_041_500_000, 3_042_500_000, "3042"),
        ("subscribers", "2023-Q1", 210_000_000, 209_500_000, 210_500_000, "210"),
        ("revenue", "2022-Q4", 3_166_000_000, 3_165_500_000, 3_166_500_000, "3,166"),
        ("subscribers", "2022-Q4", 205_000_000, 204_500_000, 205_500_000, "205"),
    ]


def test_platform_area_and_unit_by_column(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row whose word the mapping does not know is no claim."""
    rules = {
        "platform": {"column": "service", "is": {"Netflix": "netflix", "Disney+": "disney_plus"}},
        "area": {"column": "land"},
        "period": {"column": "when"},
        "segment": ["plan"],
        "decimal": ",",
        "claims": [{"column": "price", "metric": "price", "unit": {"column": "currency"}, "per": "month"}],
    }
    text = (
        "service\tland\twhen\tplan\tprice\tcurrency\nNetflix\tDE\t2024-Q1\tstandard\t13,99\tEUR\n"
        "Disney+\tGB\tOctober 2023\tads\t4,99\tGBP\nUnknown\tGB\t2023\tads\t1,00\tGBP\n"
        "Netflix\tFR\t2024\tads\tn/a\tEUR\n"
    )
    assert [
        (c.platform, c.area, c.period, c.segment, c.value, c.unit, c.per) for c in claims_of(monkeypatch, rules, text)
    ] == [
        ("netflix", "DE", "2024-Q1", "standard", Decimal("13.99"), "EUR", "month"),
        ("disney_plus", "GB", "2023-10", "ads", Decimal("4.99"), "GBP", "month"),
    ]


def test_growth_and_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {
        "platform": "netflix",
        "claims": [
            {"column": "growth", "metric": "revenue", "transformation": "growth", "unit": "percent"},
            {"column": "income", "metric": "net_income", "unit": "USD", "times": 1000},
        ],
    }
    found = claims_of(monkeypatch, rules, "growth\tincome\n12.5 %\t(1,250)\n-3 %\t–\n")
    assert [(c.transformation, c.value, c.low, c.high) for c in found] == [
        ("growth", Decimal("12.5"), Decimal("12.45"), Decimal("12.55")),
        ("level", -1_250_000, -1_250_500, -1_249_500),
        ("growth", -3, Decimal("-3.5"), Decimal("-2.5")),
    ]


# --- a workbook -----------------------------------------------------------------------------------------------------


def workbook(*above: str) -> Document:
    """Return a report as the reader gives it: two sheets, words above the table, the first column empty."""
    parts, blocks = [], []
    for name, title in (("TV", "A Series: Season 1"), ("Film", "A Film")):
        rows = [*above, "\tTitle\tAvailable Globally?\tHours Viewed", f"\t{title}\tYes\t555100000"]
        for kind, part in (("heading", name), ("table", "\n".join(rows))):
            at = sum(len(part) + 1 for part in parts)
            blocks.append(Block(kind, at, at + len(part)))
            parts.append(part)
    text = "".join(f"{part}\n" for part in parts)
    return replace(document(text), blocks=tuple(blocks))


FILE = "https://files.example/What_We_Watched_A_Netflix_Engagement_Report_"
HALVES = [
    (["\tWhat We Watched", "\tJanuary - June 2025"], "https://files.example/a.xlsx", "2025-H1"),
    (["\tWhat We Watched"], f"{FILE}2025Jan-Jun.xlsx", "2025-H1"),
    (["\tWhat We Watched"], f"{FILE}2025Jul-Dec__6_.xlsx", "2025-H2"),
    (["\tJanuary - June 2025, published in December 2025"], f"{FILE}2024Jan-Jun.xlsx", "2024-H1"),
    (["\tWhat We Watched"], "https://files.example/report.xlsx", None),
]


@pytest.mark.parametrize(("above", "url", "period"), HALVES)
def test_the_half_year_of_an_engagement_report(above: list[str], url: str, period: str | None) -> None:
    """It stands above the table, else in the file's name; of two that stand there none is chosen."""
    found = datasets.extract_dataset(replace(workbook(*above), url=url), "netflix_engagement")
    assert [(c.segment, c.value, c.unit, c.period) for c in found] == [
        ("A Series: Season 1", 555_100_000, "hours", period),
        ("A Film", 555_100_000, "hours", period),
    ]
    assert all(c.quote == "555100000" for c in found)


# --- mappings -------------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {"platform": "netflix", "claims": [{"column": "x", "metric": "revenue", "unit": "USD"}]}
WRONG: list[tuple[Any, list[str]]] = [
    (["x"], ["keys and values"]),
    ({**GOOD, "plattform": "x"}, ["unknown key plattform", "platform, area"]),
    ({**GOOD, "platform": "netflicks"}, ["platform is 'netflicks'", "slug"]),
    ({**GOOD, "platform": {"column": "s", "is": {"N": "netflicks"}}}, ["netflicks"]),
    ({**GOOD, "platform": {"is": {}}}, ["platform.column is missing"]),
    ({"claims": []}, ["platform is missing"]),
    ({"platform": "netflix"}, ["claims is missing", "a list"]),
    ({**GOOD, "decimal": ";"}, ["decimal is ';'"]),
    ({**GOOD, "segment": "Title"}, ["segment is 'Title'", "list"]),
    ({**GOOD, "period": "week"}, ["period is 'week'", "column, days"]),
    ({**GOOD, "period": {"column": "a", "above": True}}, ["either"]),
    ({**GOOD, "period": {"column": "a", "days": 0}}, ["period.days is 0", "1 to 400"]),
    ({**GOOD, "period": {"column": "a", "span": "decade"}}, ["'decade'", "quarter"]),
    (
        {**GOOD, "claims": [{"column": "x", "metric": "sales", "unit": "USD"}]},
        ["claims 1: metric", "'sales'", "revenue"],
    ),
    ({**GOOD, "claims": [{"column": "x", "metric": "revenue", "unit": "dollars"}]}, ["'dollars'", "currency"]),
    ({**GOOD, "claims": [{"metric": "revenue", "unit": "USD"}]}, ["claims 1: column is missing"]),
    ({**GOOD, "claims": [{**GOOD["claims"][0], "times": "million"}]}, ["times", "'million'", "1000000"]),
    ({**GOOD, "claims": [{**GOOD["claims"][0], "per": "week"}]}, ["per is 'week'", "month"]),
    ({"facts": {"companies": {"x": "netflix"}}}, ["facts.companies", "CIK"]),
    ({"facts": {"companies": {1: "netflicks"}}}, ["netflicks"]),
    ({"facts": {"companies": {1: "netflix"}, "metrics": {"sales": []}}}, ["'sales'", "revenue"]),
    ({"facts": {"companies": {1: "netflix"}, "metrics": {"revenue": ["Revenues"]}}}, ["us-gaap:Revenues"]),
]


@pytest.mark.parametrize(("rules", "words"), WRONG, ids=[str(words) for _, words in WRONG])
def test_a_wrong_mapping_is_said(rules: Any, words: list[str]) -> None:
    """The message names file, key, value and what is allowed."""
    with pytest.raises(ValueError, match=r"^test\.yaml: ") as caught:
        mappings.check("test.yaml", rules)
    assert [word for word in words if word not in str(caught.value)] == []


@pytest.mark.parametrize("name", datasets.names())
def test_the_project_s_own_mappings(name: str) -> None:
    assert datasets.mapping(name)


def test_an_unknown_mapping_lists_the_known() -> None:
    with pytest.raises(ValueError, match="there are ecb_rates, netflix_engagement"):
        datasets.mapping("ecb")
