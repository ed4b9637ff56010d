"""The tables that people keep: what is wrong in them is said, and they agree with the words that read the texts."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights

from etl import load
from etl.load import bounds, reference, scripts, vocabulary
from etl.model import Metric

NIGHT = date(2026, 11, 20)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables, to write into."""
    shutil.copytree(scripts.REFERENCE, tmp_path / "reference")
    monkeypatch.setattr(scripts, "REFERENCE", tmp_path / "reference")
    return tmp_path / "reference"


def put(path: Path, **row: str) -> None:
    columns = reference.COLUMNS[path.stem]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerow(row)


RIGHT = {"url": "https://a.test", "quote": "10", "action": "reject", "reason": "r", "reviewed_on": "2026-11-20"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"action": "mend"}, "line 2: action is 'mend'; want accept, reject or fix"),
        ({"reason": ""}, "line 2: url, quote and reason must not be empty"),
        ({"reviewed_on": "20.11.2026"}, "line 2: reviewed_on is '20.11.2026'; want YYYY-MM-DD"),
        ({"action": "fix", "field": "quote"}, "line 2: field is 'quote'; a fix wants one of value, platform"),
    ],
)
def test_a_correction_that_is_none_says_why(kept: Path, changed: dict[str, str], said: str) -> None:
    put(kept / "corrections.csv", **{**RIGHT, **changed})
    with pytest.raises(ValueError, match=said):
        reference.read("corrections")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"check": "no_such_check", "reason": "r", "until": "2026-11-20"}, "there is no check 'no_such_check'"),
        ({"check": "silent_sources", "reason": "r", "until": "soon"}, "a waiver wants a reason, and its last day"),
    ],
)
def test_a_waiver_that_is_none_says_why(kept: Path, row: dict[str, str], said: str) -> None:
    put(kept / "waivers.csv", **row)
    with pytest.raises(ValueError, match=said):
        reference.read("waivers")


def test_bounds_are_learnt_from_official_levels_alone(kept: Path, tmp_path: Path) -> None:
    shutil.rmtree(kept)
    nights.reference(kept, {"official": [{"period": f"2022-Q{n}", "value": 10000000 * n} for n in (1, 2, 3, 4)]})
    papers: list[dict[str, Any]] = [
        {"id": f"p{n}", "source": "loupe", "claims": [{"value": 7, "period": f"2020-Q{n}", "platform": "hulu"}]}
        for n in (1, 2, 3, 4)
    ]
    nights.stage_night(tmp_path / "staging", NIGHT, {"documents": papers})
    load.load(tmp_path / "w.duckdb", tmp_path / "staging", NIGHT)
    path, rows = bounds.learn(tmp_path / "w.duckdb")
    assert (path.parent, rows) == (kept, 1)
    (learnt,) = reference.read("learnt_bounds")
    assert (learnt["platform"], learnt["lowest"], learnt["highest"]) == ("netflix", "5000000", "80000000")
    assert (learnt["figures"], learnt["last_period"], learnt["period_kind"]) == ("4", "2022-Q4", "quarter")


def test_every_metric_is_explained() -> None:
    told = {row["metric"]: row for row in reference.read("metrics")}
    units = {row["metric"]: row for row in vocabulary.rows("metric_units")}
    assert set(told) == set(Metric) == set(units)
    for name, row in told.items():
        assert row["meaning"], name
        assert (row["rate_used"] is not None) == ("money" in str(units[name]["units"]).split()), name


def test_names_in_time_are_of_platforms_and_do_not_overlap() -> None:
    platforms = {row["platform"] for row in vocabulary.rows("platforms")}
    by_platform: dict[str | None, list[reference.Row]] = {}
    for row in reference.read("platform_names"):
        assert row["platform"] in platforms
        by_platform.setdefault(row["platform"], []).append(row)
    for rows in by_platform.values():
        for one, following in pairwise(rows):
            assert one["name_to"] == following["name_from"], (one, following)


def test_everything_official_is_in_the_vocabulary() -> None:
    areas = {row["area"] for row in vocabulary.rows("areas")}
    platforms = {row["platform"] for row in vocabulary.rows("platforms")}
    history = reference.read("official_history")
    assert {row["area"] for row in history} <= areas
    assert {row["platform"] for row in history} <= platforms


def test_the_series_of_today_are_those_of_the_macro(tmp_path: Path) -> None:
    load.load(tmp_path / "w.duckdb", tmp_path / "staging", NIGHT)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as con:
        ((table, macro, both),) = con.execute(
            "SELECT (SELECT count(*) FROM series), (SELECT count(*) FROM series_as_of(as_of := '2026-11-20')), "
            "(SELECT count(*) FROM (FROM series INTERSECT FROM series_as_of(as_of := '2026-11-20')))"
        ).fetchall()
    assert table == macro == both > 600
