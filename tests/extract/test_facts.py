"""XBRL facts of companies: from the authority's JSON to claims, by tag, unit and days."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from etl import read
from etl.extract import datasets
from etl.extract.datasets import cells
from etl.model import Claim

NETFLIX, DISNEY, SPOTIFY = 1065280, 1744489, 1639920


def fact(value: float, start: str, end: str, filed: str = "2024-04-20", **more: Any) -> dict[str, Any]:
    row = {"end": end, "val": value, "accn": f"x-{filed}", "form": "10-Q", "fy": 2024, "fp": "Q1", "filed": filed}
    return {**row, **({"start": start} if start else {}), **more}


def claims(company: int, tags: dict[str, list[dict[str, Any]]], unit: str = "USD") -> list[Claim]:
    """Return the claims of facts by `taxonomy:Tag`, filing after filing, each with its quote where it says."""
    found: dict[str, dict[str, Any]] = {}
    for name, rows in tags.items():
        taxonomy, tag = name.split(":")
        found.setdefault(taxonomy, {})[tag] = {"label": tag, "units": {unit: rows}}
    body = json.dumps({"cik": company, "entityName": "Example", "facts": found}).encode()
    made: list[Claim] = []
    for document in read.dataset(body, url="https://data.sec.example/facts.json"):
        of_one = datasets.extract_dataset(document, "sec_companyfacts")
        assert all(document.text[c.quote_start : c.quote_end] == c.quote for c in of_one)
        made += of_one
    return made


SPANS = [  # start, end, period: quarters, halves, nine months and years are told apart by their days
    ("2023-04-01", "2023-06-30", "2023-Q2"),
    ("2023-01-01", "2023-06-30", "2023-H1"),
    ("2023-01-01", "2023-09-30", "2023-01/2023-09"),
    ("2023-01-01", "2023-12-31", "2023"),
    ("2022-04-03", "2022-07-02", "2022-Q2"),  # a fiscal third quarter that ends on a Saturday
    ("2021-10-03", "2022-10-01", "2021-10/2022-09"),  # a fiscal year of 52 weeks
    ("2022-09-25", "2023-09-30", "2022-10/2023-09"),  # and one of 53
    ("2022-04-01", "2023-03-31", "2022-04/2023-03"),
    ("2022-10-02", "2023-04-01", "2022-10/2023-03"),
    ("2023-02-05", "2023-04-29", "2023-02/2023-04"),  # a quarter of a year that begins in February
    ("2023-02-12", "2023-05-13", None),  # no whole months
    ("2023-01-01", "2023-01-31", None),
    ("2019-01-01", "2023-12-31", None),  # since the company began
    ("2023-06-30", "2023-04-01", None),
    ("2023-13-01", "2023-06-30", None),
    ("", "2023-06-30", "2023-Q2"),  # a stock
    ("", "2022-07-02", "2022-Q2"),
    ("", "2023-12-31", "2023-Q4"),
    ("", "2023-01-31", "2023-01"),
    ("", "2023-07-18", "2023-07-18"),
]


@pytest.mark.parametrize(("start", "end", "period"), SPANS)
def test_the_period_of_a_fact(start: str, end: str, period: str | None) -> None:
    found = claims(NETFLIX, {"us-gaap:Revenues": [fact(8187301000, start, end)]})
    assert [claim.period for claim in found] == ([period] if period else [])


FRAMES = [  # what the authority itself calls quarters that end on odd days
    ("2021-01-03", "2021-04-03", "CY2021Q1"),
    ("2020-09-27", "2020-12-26", "CY2020Q4"),
    ("2022-12-25", "2023-04-01", "CY2023Q1"),
    ("2023-07-02", "2023-09-30", "CY2023Q3"),
    ("2024-01-01", "2024-03-31", "CY2024Q1"),
]


@pytest.mark.parametrize(("start", "end", "frame"), FRAMES)
def test_a_quarter_is_that_of_its_frame(start: str, end: str, frame: str) -> None:
    """Frames of years say less: they put a year from October to September where most of it lies."""
    period = cells.calendar(date.fromisoformat(start), date.fromisoformat(end))
    assert period == f"{frame[2:6]}-{frame[6:]}"


def test_what_a_claim_says() -> None:
    (claim,) = claims(NETFLIX, {"us-gaap:Revenues": [fact(8187301000, "2023-04-01", "2023-06-30")]})
    assert (claim.platform, claim.metric, claim.transformation, claim.value, claim.unit, claim.area) == (
        *("netflix", "revenue", "level"),
        *(8187301000, "USD", "WW"),
    )
    assert (claim.low, claim.high, claim.quote, claim.segment) == (8187300500, 8187301500, "8187301000", None)


def test_a_restated_value_stands_in_the_later_filing() -> None:
    """Both are claims, each of the day on which its filing was made: the warehouse takes the later word."""
    year = ("2022-01-01", "2022-12-31")
    rows = [fact(31615550000, *year, "2023-01-26"), fact(31615000000, *year, "2024-01-26", form="10-K/A")]
    found = claims(NETFLIX, {"us-gaap:Revenues": rows})
    assert [(claim.period, claim.value) for claim in found] == [("2022", 31615550000), ("2022", 31615000000)]
    assert len({claim.document_id for claim in found}) == 2


def test_the_total_counts_not_its_part() -> None:
    """Of two tags of one metric the first of the mapping counts, period by period."""
    quarter, half = ("2023-04-01", "2023-06-30"), ("2023-01-01", "2023-06-30")
    tags = {
        "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax": [fact(700, *quarter), fact(1400, *half)],
        "us-gaap:Revenues": [fact(800, *quarter)],
    }
    assert {claim.period: claim.value for claim in claims(DISNEY, tags)} == {"2023-Q2": 800, "2023-H1": 1400}


def test_the_same_with_fewer_digits_is_one_claim() -> None:
    """Values that contradict each other in one filing stay both: nothing is chosen for the reader."""
    quarter = ("2023-04-01", "2023-06-30")
    rounded = claims(NETFLIX, {"us-gaap:Revenues": [fact(8187000000, *quarter), fact(8187301000, *quarter)]})
    assert [claim.value for claim in rounded] == [8187301000]
    apart = claims(NETFLIX, {"us-gaap:Revenues": [fact(8187301000, *quarter), fact(9000000000, *quarter)]})
    assert [claim.value for claim in apart] == [8187301000, 9000000000]


def test_losses_other_currencies_and_other_standards() -> None:
    quarter = ("2023-04-01", "2023-06-30")
    (loss,) = claims(SPOTIFY, {"ifrs-full:ProfitLoss": [fact(-302000000, *quarter)]}, "EUR")
    assert (loss.metric, loss.value, loss.low, loss.high, loss.unit) == (
        *("net_income", -302000000),
        *(-302500000, -301500000, "EUR"),
    )


@pytest.mark.parametrize("unit", ["subscriber", "pure", "membership"])
def test_subscribers_where_a_company_tags_them(unit: str) -> None:
    (claim,) = claims(NETFLIX, {"custom:NumberOfPaidMemberships": [fact(238390000, "", "2023-06-30")]}, unit)
    assert (claim.metric, claim.value, claim.unit, claim.period) == ("subscribers", 238390000, "count", "2023-Q2")


@pytest.mark.parametrize("unit", ["USD/shares", "shares", "usd", "Year"])
def test_what_has_another_unit_is_no_claim(unit: str) -> None:
    assert claims(NETFLIX, {"us-gaap:Revenues": [fact(5, "2023-04-01", "2023-06-30")]}, unit) == []


def test_other_tags_are_no_claims() -> None:
    assert claims(NETFLIX, {"us-gaap:Assets": [fact(5, "", "2023-06-30")]}) == []


def test_an_unknown_company_is_named() -> None:
    with pytest.raises(ValueError, match=r"company 7 in facts; .*sec_companyfacts.yaml knows 1065280 \(netflix\)"):
        claims(7, {"us-gaap:Revenues": [fact(5, "2023-04-01", "2023-06-30")]})


def test_another_layout_is_named() -> None:
    (document,) = read.dataset(b"cik\ttag\n1065280\tRevenues\n", url="https://data.sec.example/x")
    with pytest.raises(ValueError, match=r"want the columns cik, end, .* in the header \(cik, tag\)"):
        datasets.extract_dataset(document, "sec_companyfacts")
