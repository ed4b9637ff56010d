"""A snapshot that takes only what loads touched holds what a snapshot made whole holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights
from test_warehouse_touched import CORRECTIONS, OFFICIAL, simulated

from etl import load, publish
from etl.load import scripts
from etl.publish import changes


def contents(snapshot: Path) -> dict[str, list[str]]:
    """Every row, comment and macro of a snapshot as text."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        found = {name: sorted(str(row) for row in con.table(name).fetchall()) for name in tables}
        words = con.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal UNION ALL "
            "SELECT function_name, macro_definition, comment FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()
    return {**found, "words": sorted(str(row) for row in words)}


def test_a_changed_snapshot_holds_what_a_whole_one_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"official": OFFICIAL, "corrections": CORRECTIONS}
    monkeypatch.setattr(scripts, "REFERENCE", nights.reference(tmp_path / "reference", given))
    working, staging, snapshot = tmp_path / "w.duckdb", tmp_path / "staging", tmp_path / "p" / "s.duckdb"
    brought: list[bool] = []
    plain = changes.bring

    def watched(*paths: Any) -> bool:
        brought.append(plain(*paths))
        return brought[-1]

    monkeypatch.setattr(changes, "bring", watched)
    for number, night in enumerate(simulated(5, 5)):
        nights.stage_night(staging, night["night"], night)
        load.load(working, staging, night["night"], night["known_on"])
        if number != 2:  # two loads in one publication
            publish.publish(working, snapshot)
    publish.publish(working, tmp_path / "whole" / "s.duckdb")
    assert brought == [False, True, True, True, False]
    one, other = contents(snapshot), contents(tmp_path / "whole" / "s.duckdb")
    assert one["figures"], "there is something to compare"
    assert one == other
