"""What was believed on a day stays what was believed on that day, whatever sixty nights bring."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights
from test_warehouse_properties import core_only

from etl import load
from etl.load import scripts

NIGHTS = 60
SOURCES = {
    **{name: {} for name in ("loupe", "ecran", "gazette")},
    "regulator": {"authority": "official"},
    "basket": {"authority": "aggregator"},
}
HASHES = """
SELECT d.day, md5(coalesce(string_agg(concat_ws(
    '|', figure_id, state, value, value_max, low, high, qualifier, status, authority, origins, candidates
), ' ' ORDER BY figure_id), ''))
FROM (SELECT unnest($days::DATE[]) AS day) AS d
LEFT JOIN figure_history AS f ON f.known_from <= d.day AND (f.known_to IS NULL OR f.known_to > d.day)
GROUP BY d.day
"""


def simulated() -> list[dict[str, Any]]:
    """New pages, corrected ones, walls in the place of pages, several values on one page."""
    chance = random.Random(60)  # noqa: S311
    first = date(2026, 9, 1)
    made = []
    for n in range(NIGHTS):
        documents = []
        for k in range(chance.randint(2, 5)):
            name = chance.choice(list(SOURCES))
            claims = [
                {
                    "value": chance.choice([9000000, 9500000, 10000000, 12000000, 900000000]),
                    "qualifier": chance.choice(["exact", "exact", "approx", "min"]),
                    "status": chance.choice(["actual", "actual", "estimate", "forecast", "rumour"]),
                    "period": chance.choice(["2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]),
                    "confidence": chance.choice([0.3, 0.9, 0.9]),
                }
                for _ in range(chance.randint(0, 3))
            ]
            wall = chance.random() < 0.1
            documents.append(
                {
                    "id": f"{n}-{k}",
                    "source": name,
                    "url": f"https://{name}.test/{chance.randint(1, 25)}",
                    "kind": "consent_wall" if wall else "article",
                    "published": first + timedelta(days=n),
                    "claims": [] if wall else claims,
                }
            )
        sources = {row["source"]: SOURCES[row["source"]] for row in documents}
        made.append({"night": first + timedelta(days=n), "sources": sources, "documents": documents})
    return made


def believed(working: Path, days: list[date]) -> dict[date, str]:
    """Return a hash of all figures as they were held on each day."""
    with duckdb.connect(str(working), read_only=True) as con:
        return dict(con.execute(HASHES, {"days": days}).fetchall())


@pytest.mark.slow
def test_every_night_is_remembered_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "REFERENCE", nights.reference(tmp_path / "reference"))
    monkeypatch.setattr(scripts, "run_folder", core_only)
    working, staging = tmp_path / "w.duckdb", tmp_path / "staging"
    told: dict[date, str] = {}
    for night in simulated():
        nights.stage_night(staging, night["night"], night)
        load.load(working, staging, night["night"])
        told |= believed(working, [night["night"]])
    assert len(set(told.values())) > NIGHTS / 2, "the nights differ"
    assert believed(working, list(told)) == told
    for day in list(told)[::12]:
        again = load.load(working, staging, day)
        assert (again.added, again.changed, again.closed) == (0, 0, 0)
    assert believed(working, list(told)) == told
