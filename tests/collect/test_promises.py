"""The check of what sources promise: items offered against items promised, and no warning where nothing is amiss."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from etl import settings

NIGHT = datetime(2026, 11, 24, tzinfo=UTC)
CHECK = settings.WAREHOUSE / "checks" / "sources_keep_their_promise.sql"
FEED = ("feed", "/feed", "fetched")


def items(*outcomes: str) -> list[tuple[str, str, str]]:
    return [("item", f"/{number}", outcome) for number, outcome in enumerate(outcomes)]


# rows of the ledger (why, path, outcome), items read, keys of the source -> items that the warning counts, or None
CASES: dict[str, tuple[list[tuple[str, str, str]], int, dict[str, Any], int | None]] = {
    "as promised, most of it of no interest": ([FEED, *items(*["not_relevant"] * 4, "fetched")], 1, {}, None),
    "as promised, all of it known": ([FEED, *items(*["unchanged"] * 5)], 0, {}, None),
    "as promised, and none of it came": ([FEED, *items(*["gone"] * 5)], 0, {}, None),
    "too few": ([FEED, *items("fetched", "fetched")], 2, {}, 2),
    "none at all": ([("feed", "/feed", "empty_feed")], 0, {}, 0),
    "a feed that has not changed": ([("feed", "/feed", "unchanged")], 0, {}, None),
    "a feed of the same bytes, with its items": (
        [("feed", "/feed", "unchanged"), *items(*["unchanged"] * 2)],
        0,
        {},
        2,
    ),
    "a feed that did not come is told elsewhere": ([("feed", "/feed", "unreachable")], 0, {}, None),
    "a source that is not due": ([("feed", "/feed", "not_due")], 0, {}, None),
    "an article tried twice is one": ([FEED, ("item", "/0", "unreachable"), *items("fetched", "fetched")], 2, {}, 2),
    "where redirects lead is no item": (
        [FEED, *items("redirected"), ("item", "/x", "fetched"), ("item", "/1", "redirected"), ("item", "/y", "gone")],
        1,
        {},
        2,
    ),
    "all redirects to one wall": (
        [FEED, *(row for n in range(4) for row in (("item", f"/{n}", "redirected"), ("item", "/wall", "fetched")))],
        1,
        {},
        None,
    ),
    "too many": ([FEED, ("feed", "/feed", "too_many_items"), *items(*["fetched"] * 6)], 6, {}, 6),
    "a sitemap": ([("sitemap", "/feed", "fetched"), *items("fetched")], 1, {"kind": "sitemap"}, 1),
    "a feed read as it is": ([FEED], 4, {}, None),
    "a feed read as it is, too short": ([FEED], 1, {}, 1),
    "a page": ([("page", "/page", "fetched")], 1, {"kind": "page", "min_items": 0}, None),
    "a page that has not changed": ([("page", "/page", "unchanged")], 0, {"kind": "page", "min_items": 0}, None),
    "a dataset of too many parts": ([("dataset", "/d", "fetched")], 9, {"kind": "dataset", "min_items": 0}, 9),
    "an archive": ([], 4, {"kind": "archive"}, None),
}


@pytest.fixture
def warehouse() -> duckdb.DuckDBPyConnection:
    """An empty warehouse, and a night before of which nothing counts."""
    con = duckdb.connect()
    for path in sorted((settings.WAREHOUSE / "schema").glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    before = NIGHT - timedelta(days=1)
    con.execute("INSERT INTO raw.nights VALUES (?), (?)", [before.date(), NIGHT.date()])
    put(con, before, [FEED, *items(*["fetched"] * 50)], 50, {})
    return con


def put(
    con: duckdb.DuckDBPyConnection, at: datetime, rows: list[tuple[str, str, str]], read: int, keys: dict[str, Any]
) -> None:
    about = {"kind": "feed", "min_items": 3, "max_items": 6, **keys}
    words = ["paper", "Paper", about["kind"], "https://paper.example/", "en", "GB", "press", "none", False]
    night, numbers = at.date(), [about["min_items"], about["max_items"], 7]
    con.execute(f"INSERT INTO raw.sources VALUES ({', '.join('?' * 14)})", [night, *words, *numbers, ""])  # noqa: S608
    ask = "INSERT INTO raw.requests (night, source, url, why, requested_at, outcome, rule, bytes, digest, "
    ask += "waited_seconds, seconds, detail) VALUES (?, 'paper', ?, ?, ?, ?, '', 0, '', 0, 0, 'x')"
    for number, (why, path, outcome) in enumerate(rows):
        con.execute(ask, [night, f"https://paper.example{path}", why, at + timedelta(seconds=number), outcome])
    for number in range(read):
        values = [night, f"https://paper.example/{number}"]
        con.execute("INSERT INTO raw.outcomes VALUES (?, 'paper', 'read', ?, true, 'article', '', 1, 'paper')", values)


@pytest.mark.parametrize("case", CASES)
def test_promise(warehouse: duckdb.DuckDBPyConnection, case: str) -> None:
    rows, read, keys, wanted = CASES[case]
    put(warehouse, NIGHT, rows, read, keys)
    found = warehouse.execute(CHECK.read_text(encoding="utf-8")).fetchall()
    assert [row[2] for row in found] == ([] if wanted is None else [wanted])
