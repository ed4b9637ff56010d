"""Resolving only what a night touches gives what resolving everything gives, row for row."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights

from etl import load
from etl.load import scripts

FIRST = date(2026, 9, 1)
SOURCES: dict[str, dict[str, Any]] = {
    **{name: {} for name in ("loupe", "ecran", "gazette")},
    "regulator": {"authority": "official"},
    "starter": {"sample": True},
}
SENTENCES = [
    f"La rédaction numéro {n} a consulté le document {n * 7}, qui décrit le marché de la région {n * 13} "
    f"pendant l'exercice {1990 + n}, ses abonnés, ses recettes et ses dépenses."
    for n in range(12)
]
OFFICIAL = [
    {"platform": name, "period": period, "value": 10000000}
    for name in ("netflix", "disney_plus")
    for period in ("2022-Q4", "2023-Q4")
]
CORRECTIONS = [
    {
        "url": "https://loupe.test/1",
        "quote": "900000000",
        "reason": "a zero too many",
        "reviewed_on": "2026-09-18",
        "action": "fix",
        "field": "value",
        "was": "900000000",
        "becomes": "9000000",
    },
    {"url": "https://ecran.test/2", "quote": "9000000", "action": "reject", "reason": "x", "reviewed_on": "2026-09-16"},
]
KEPT = {"built", "loads", "touches", "migrations", "publication"}  # say from what the tables were made, and when


def document(chance: random.Random, name: str) -> dict[str, Any]:
    """One page: a new one, another version of an address, a copy of a text, or a wall."""
    source = chance.choice(list(SOURCES))
    wall = chance.random() < 0.1
    claims = [
        {
            "platform": chance.choice(["netflix", "disney_plus"]),
            "value": chance.choice([9000000, 9500000, 10000000, 12000000, 900000000]),
            "qualifier": chance.choice(["exact", "exact", "approx", "min"]),
            "status": chance.choice(["actual", "actual", "estimate", "forecast", "rumour"]),
            "period": chance.choice(["2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q4", None]),
            "confidence": chance.choice([0.3, 0.9, 0.9]),
            "attributed_to": chance.choice([None, None, "NPA Conseil"]),
        }
        for _ in range(0 if wall else chance.randint(0, 3))
    ]
    told = " ".join(chance.sample(SENTENCES, chance.randint(0, 3)))
    return {
        "id": name,
        "source": source,
        "url": f"https://{source}.test/{chance.randint(1, 8)}",
        "kind": "consent_wall" if wall else "article",
        "wire": chance.choice(["", "", "AFP"]),
        "published": FIRST + timedelta(days=chance.randint(-20, 5)),
        "title": chance.choice(["Un titre", "Un autre"]),
        "text": f"{told} " + " | ".join(str(claim["value"]) for claim in claims),
        "claims": claims,
    }


def simulated(seed: int, count: int) -> list[dict[str, Any]]:
    """Nights in order, with old ones read again, others that come late, and sources of another authority or realm."""
    chance = random.Random(seed)  # noqa: S311
    made: list[dict[str, Any]] = []
    given: dict[date, dict[str, Any]] = {}
    for n in range(count):
        kind = chance.choice(["new", "new", "new", "late", "again", "shorter"]) if n > 2 else "new"
        day = FIRST + timedelta(days=10 + 2 * n)
        if kind == "late":
            day = FIRST + timedelta(days=11 + 2 * chance.randrange(n))
        documents = [document(chance, f"{n}-{k}") for k in range(chance.randint(2, 5))]
        if kind in ("again", "shorter"):
            day = chance.choice(list(given))
            documents = given[day]["documents"][: None if kind == "again" else 1]
        if kind == "again":
            documents = [{**row, "claims": row["claims"][:1]} for row in documents]
        sources = {
            **SOURCES,
            "gazette": {"authority": "aggregator" if n > count // 2 else "press"},
            "starter": {"sample": n < 2 * count // 3},
        }
        told = {
            "outcomes": [
                {"source": row["source"], "item": row["url"], "outcome": "read", "count": n} for row in documents
            ],
            "rates": [{"day": FIRST, "currency": "USD", "rate": chance.choice(["1.1", "1.2"])}],
        }
        given[day] = {"night": day, "sources": sources, "documents": documents, **told}
        made.append({**given[day], "known_on": FIRST + timedelta(days=90 + n) if kind == "again" else None})
    return made


def contents(working: Path) -> dict[str, list[str]]:
    """Every row of every table that the models make, as text, in order."""
    con = duckdb.connect(str(working), read_only=True)
    try:
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('core', 'main')"
        ).fetchall()
        return {
            f"{schema}.{name}": sorted(str(row) for row in con.table(f"{schema}.{name}").fetchall())
            for schema, name in tables
            if name not in KEPT
        }
    finally:
        con.close()


def play(folder: Path, seed: int, count: int) -> tuple[Path, dict[str, Any]]:
    """Load the nights one after the other; return the working file and the last night."""
    working, staging = folder / "w.duckdb", folder / "staging"
    night: dict[str, Any] = {}
    for night in simulated(seed, count):
        nights.stage_night(staging, night["night"], night)
        load.load(working, staging, night["night"], night["known_on"])
    return working, night


@pytest.mark.parametrize(("seed", "count"), [(1, 6), *(pytest.param(n, 14, marks=pytest.mark.slow) for n in (2, 3))])
def test_what_is_touched_gives_what_everything_gives(
    seed: int, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"official": OFFICIAL, "corrections": CORRECTIONS}
    monkeypatch.setattr(scripts, "REFERENCE", nights.reference(tmp_path / "reference", given))
    working, last = play(tmp_path, seed, count)
    again = shutil.copyfile(working, tmp_path / "again.duckdb")
    with duckdb.connect(str(again)) as con:
        con.execute("DELETE FROM core.built")
    load.load(again, tmp_path / "staging", last["night"], last["known_on"])
    one, other = contents(working), contents(again)
    assert one["main.figures"], "there is something to compare"
    assert one.keys() == other.keys()
    for name, rows in one.items():
        assert rows == other[name], name
