"""What a red task says: what happened first, each thing once, the address last."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from collect_zoo import Site, run, source

from etl.collect.reasons import reason
from etl.model import Request

URL = "https://paper.example/feed"
AT = "refused by the robots.txt of paper.example"
INSIDE = "paper.example lies at 10.0.0.1, an address of a private network"
NONE = "the name paper.example has no address"
ROWS = [
    ("unreachable", "HTTP 500", "", 500, f"HTTP 500 from {URL}"),
    ("busy", "HTTP 429, Retry-After: 3600", "", 429, f"busy: HTTP 429, Retry-After: 3600 from {URL}"),
    ("gone", "HTTP 404", "", 404, f"gone: HTTP 404 from {URL}"),
    ("refused_by_robots", "robots.txt: Disallow: /feed", "", None, f"{AT} (Disallow: /feed)"),
    ("refused_by_robots", "robots.txt cannot be read: HTTP 503", "", None, f"{AT} (cannot be read: HTTP 503)"),
    ("unreachable", "robots.txt unreachable", NONE, None, f"unreachable: {NONE}"),
    ("not_a_feed", "", "a page of HTML", 200, f"not a feed: a page of HTML, at {URL}"),
    ("reserved", "header tdm-reservation: 1", "", 200, f"reserved: header tdm-reservation: 1, at {URL}"),
    ("bad_address", "", INSIDE, None, f"bad address: {INSIDE}"),
]


@pytest.mark.parametrize(("outcome", "rule", "detail", "status", "wanted"), ROWS, ids=[row[4][:40] for row in ROWS])
def test_reason(outcome: str, rule: str, detail: str, status: int | None, wanted: str) -> None:
    """Each row gives one line."""
    row = Request(date(2026, 11, 24), "paper", URL, "feed", datetime.now(UTC), outcome, rule, status, detail=detail)
    assert reason(row) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://nowhere.invalid/feed", "unreachable: the name nowhere.invalid has no address"),
        ("http://127.0.0.1:9/feed", "unreachable: 127.0.0.1:9 does not answer (Connection refused)"),
    ],
)
def test_reason_of_a_source(tmp_path: Path, url: str, wanted: str) -> None:
    """What the operator reads has no error number and nothing twice."""
    said = run(tmp_path, source(Site({}), url=url)).reason
    assert said in (wanted, "unreachable: no name server answers where nowhere.invalid is")
