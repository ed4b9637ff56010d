"""Each file of `cases/` proves one thing: these nights, loaded in this order, give these rows.

`nights` are staged and loaded one after the other (`stage: false` only loads; `lost` tables never arrived). Each
expectation names a query on the marts and the rows that it must return; a row needs only the columns that matter.
`reports` are what the loads said of themselves, `failing_checks` the checks that must stop publication, `warnings`
those that must warn; without it, any may.
"""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights
import yaml

from etl import load
from etl.load import scripts

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = yaml.safe_load(case.read_text(encoding="utf-8"))
    folder = nights.reference(tmp_path / "reference", given)
    monkeypatch.setattr(scripts, "REFERENCE", folder)
    reports = []
    for row in given["nights"]:
        if "stage" not in row or row["stage"]:
            nights.stage_night(tmp_path / "staging", row["night"], row)
        for table in row.get("lost", []):
            shutil.rmtree(tmp_path / "staging" / table)
        known_on: date | None = row.get("known_on")
        reports.append(load.load(tmp_path / "w.duckdb", tmp_path / "staging", row["night"], known_on))
    for expected, report in zip(given.get("reports", []), reports, strict=False):
        assert {key: getattr(report, key) for key in expected} == expected
    answers = rows_of_each(tmp_path / "w.duckdb", [expectation["query"] for expectation in given["expect"]])
    for expectation, found in zip(given["expect"], answers, strict=True):
        wanted = [{key: plain(value) for key, value in row.items()} for row in expectation["rows"]]
        keys = [list(row) for row in wanted]
        assert [{key: row[key] for key in keys[min(n, len(keys) - 1)]} for n, row in enumerate(found) if keys] == (
            wanted
        ), (expectation["query"], found)
        assert len(found) == len(wanted), (expectation["query"], found)
    found_by = [result for result in load.check(tmp_path / "w.duckdb") if result.rows]
    assert {result.name for result in found_by if result.level == "fail"} == set(given.get("failing_checks", []))
    if "warnings" in given:
        assert {result.name for result in found_by if result.level == "warn"} == set(given["warnings"])


def rows_of(file: Path, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    with duckdb.connect(str(file), read_only=True) as con:
        return answer(con, query, parameters)


def rows_of_each(file: Path, queries: list[str]) -> list[list[dict[str, Any]]]:
    """Opening a file takes longer than asking it."""
    with duckdb.connect(str(file), read_only=True) as con:
        return [answer(con, query) for query in queries]


def answer(
    con: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    done = con.execute(query, parameters or {})
    columns = [column[0] for column in done.description or ()]
    return [{key: plain(value) for key, value in zip(columns, row, strict=True)} for row in done.fetchall()]


def plain(value: Any) -> Any:
    """Numbers as floats and dates as text, so that a case need not care."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal | int):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return value
