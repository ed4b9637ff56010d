"""Every query of the cookbook answers its question on a small warehouse, and every one is asked here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights
import yaml
from test_warehouse_cases import answer, plain

from etl import load, publish
from etl.load import scripts

HERE = Path(__file__).parent
QUERIES = sorted((scripts.WAREHOUSE / "queries").glob("*.sql"))
PARAMETER = re.compile(r"^-- param (\w+) = ?(.*)$", re.MULTILINE)
GIVEN: dict[str, Any] = yaml.safe_load((HERE / "cookbook.yaml").read_text(encoding="utf-8"))
ASKED = [(name, asked) for name, questions in GIVEN["answers"].items() for asked in questions]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The opened snapshot; each test has a session of its own, which is what `cursor` gives."""
    folder = tmp_path_factory.mktemp("cookbook")
    for night in GIVEN["nights"]:
        nights.stage_night(folder / "staging", night["night"], night)
        load.load(folder / "w.duckdb", folder / "staging", night["night"])
    publish.publish(folder / "w.duckdb", folder / "s.duckdb")
    with duckdb.connect(str(folder / "s.duckdb"), read_only=True) as con:
        yield con


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(ASKED)])
def test_a_query_answers(name: str, asked: dict[str, Any], snapshot: duckdb.DuckDBPyConnection) -> None:
    sql = (scripts.WAREHOUSE / "queries" / f"{name}.sql").read_text(encoding="utf-8")
    found = answer(snapshot.cursor(), sql, {**dict(PARAMETER.findall(sql)), **asked.get("parameters", {})})
    for row in asked["rows"]:
        wanted = {key: plain(value) for key, value in row.items()}
        assert any(wanted == {key: got[key] for key in wanted} for got in found), (wanted, found)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_is_asked_and_says_its_question(path: Path, snapshot: duckdb.DuckDBPyConnection) -> None:
    sql = path.read_text(encoding="utf-8")
    assert re.match(r"-- [A-Z].*", sql), "the first line is the question"
    given = PARAMETER.findall(sql)
    assert {name for name, _ in given} == set(re.findall(r"\$(\w+)", sql))
    snapshot.cursor().execute(sql, dict(given)).fetchall()
    assert path.stem in GIVEN["answers"], "ask it in cookbook.yaml"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_is_listed_for_analysts(path: Path) -> None:
    assert f"`{path.stem}`" in (scripts.WAREHOUSE / "README.md").read_text(encoding="utf-8")
