"""The official history: closed lists, one row a key, sums that add up, no jump without its reason."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from etl.model import Metric, Status, Transformation

REFERENCE = Path(__file__).resolve().parents[1] / "warehouse" / "reference"
KEY = ["platform", "metric", "transformation", "segment", "unit", "area", "period"]
COLUMNS = [*KEY, "value", "definition", "status", "source", "note"]
AREAS = re.compile(r"[A-Z]{2}|WW|UCAN|EMEA|LATAM|APAC|EU|EUROPE")
UNITS = re.compile(r"count|percent|percentage_points|hours|minutes|[A-Z]{3}")
PERIODS = re.compile(r"\d{4}(-Q[1-4]|-H[12]|-(0[1-9]|1[0-2])(/\d{4}-(0[1-9]|1[0-2]))?)?")
NO_REASON = re.compile(r"fiscal quarter [^;]*|stated [^;]*|every market [^;]*|[; ]+")  # notes that explain no jump
LARGEST_RISE, LARGEST_FALL = 1.25, 0.85  # from one quarter to the next, without a note

Row = dict[str, str]


def _rows(name: str) -> list[Row]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HISTORY = _rows("official_history.csv")
LEFT_OUT = _rows("official_history_left_out.csv")
BREAKS = _rows("definition_breaks.csv")
BY_KEY = {tuple(row[c] for c in KEY): row for row in HISTORY}


def _value(
    platform: str, metric: str, area: str, period: str, segment: str = "", unit: str = "count"
) -> Decimal | None:
    row = BY_KEY.get((platform, metric, "level", segment, unit, area, period))
    return Decimal(row["value"]) if row else None


def _quarters() -> list[str]:
    return sorted({row["period"] for row in HISTORY if "Q" in row["period"]})


def test_columns_are_the_agreed_ones() -> None:
    assert list(HISTORY[0]) == COLUMNS
    assert list(LEFT_OUT[0]) == [*COLUMNS, "reason"]
    assert list(BREAKS[0]) == ["platform", "metric", "area", "period", "segment_before", "segment_after", "note"]


def test_history_is_whole() -> None:
    assert len(HISTORY) > 600
    assert {row["platform"] for row in HISTORY} >= {"netflix", "disney_plus", "spotify", "canal_plus", "market"}


@pytest.mark.parametrize("row", HISTORY, ids=lambda row: "-".join(row[c] for c in KEY if row[c]))
def test_row_speaks_the_vocabulary(row: Row) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", row["platform"])
    assert row["metric"] in set(Metric)
    assert row["transformation"] in set(Transformation)
    assert row["status"] in set(Status)
    assert AREAS.fullmatch(row["area"])
    assert UNITS.fullmatch(row["unit"])
    assert PERIODS.fullmatch(row["period"])
    assert row["metric"] != "subscribers" or "Q" in row["period"], "a stock has the quarter at whose end it was counted"
    assert Decimal(row["value"]) > 0
    assert row["definition"].strip()
    assert row["source"].strip()


def test_one_row_a_key() -> None:
    assert len(BY_KEY) == len(HISTORY)


def test_a_left_out_value_has_a_reason_and_is_not_in_the_history() -> None:
    for row in LEFT_OUT:
        assert row["reason"].strip()
        kept = BY_KEY.get(tuple(row[c] for c in KEY))
        assert kept is None or Decimal(kept["value"]) != Decimal(row["value"])


@pytest.mark.parametrize("period", _quarters())
def test_parts_add_up(period: str) -> None:
    """Regions to the world; core and Hotstar to all of Disney+ (each stated to 0.1 million)."""
    regions = [_value("netflix", "subscribers", area, period) for area in ("UCAN", "EMEA", "LATAM", "APAC")]
    world = _value("netflix", "subscribers", "WW", period)
    if world and all(regions):
        assert sum(filter(None, regions)) == world
    regions = [_value("netflix", "revenue", area, period, unit="USD") for area in ("UCAN", "EMEA", "LATAM", "APAC")]
    world = _value("netflix", "revenue", "WW", period, unit="USD")
    if world and all(regions):
        rest = world - sum(filter(None, regions))  # the DVD service, closed in September 2023
        assert rest == 0 if period >= "2023-Q4" else 0 < rest < Decimal("0.02") * world
    core, hotstar = (
        _value("disney_plus", "subscribers", "WW", period, "core"),
        _value("hotstar", "subscribers", "WW", period),
    )
    total = _value("disney_plus", "subscribers", "WW", period)
    if core and hotstar and total:
        assert abs(core + hotstar - total) <= 150_000


@pytest.mark.parametrize("metric", ["revenue", "content_spend"])
def test_quarters_add_up_to_the_year(metric: str) -> None:
    checked = 0
    for row in HISTORY:
        if (row["platform"], row["metric"], row["segment"], row["area"]) != ("netflix", metric, "", "WW"):
            continue
        parts = [_value("netflix", metric, "WW", f"{row['period']}-Q{n}", unit="USD") for n in range(1, 5)]
        if len(row["period"]) == 4 and all(parts):
            checked += 1
            assert abs(sum(filter(None, parts)) - Decimal(row["value"])) <= Decimal("0.001") * Decimal(row["value"])
    assert checked


def _time(period: str) -> float:
    """Return the end of a period in years."""
    year, rest = int(period[:4]), period[5:]
    if not rest:
        return year + 1
    size = {"Q": 4, "H": 2}.get(rest[0])
    return year + (int(rest[1:]) / size if size else int(rest[:2]) / 12)


def test_no_jump_without_a_note() -> None:
    series: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in HISTORY:
        if "/" not in row["period"]:
            series[(*(row[c] for c in KEY[:-1]), str(len(row["period"])))].append(row)
    breaks = {(b["platform"], b["metric"], b["area"], b["period"]) for b in BREAKS}
    for rows in series.values():
        rows.sort(key=lambda row: _time(row["period"]))
        for before, after in pairwise(rows):
            gap = max(1.0, 4 * (_time(after["period"]) - _time(before["period"])))
            ratio = float(Decimal(after["value"]) / Decimal(before["value"]))
            broken = (after["platform"], after["metric"], after["area"], after["period"]) in breaks
            plausible = LARGEST_FALL**gap <= ratio <= LARGEST_RISE**gap
            assert plausible or broken or NO_REASON.sub("", after["note"]), (
                f"{after}: {ratio:.2f} times {before['period']}, without a note"
            )


@pytest.mark.parametrize("row", BREAKS, ids=lambda row: f"{row['platform']}-{row['area']}-{row['period']}")
def test_a_break_refers_to_the_history(row: Row) -> None:
    keys = {(r["platform"], r["metric"], r["area"], r["segment"]) for r in HISTORY}
    series = (row["platform"], row["metric"], row["area"])
    assert (*series, row["segment_before"]) in keys
    assert (*series, row["segment_after"]) in keys
    assert any(
        (r["platform"], r["metric"], r["area"], r["period"]) == (*series, row["period"])
        and r["segment"] in (row["segment_before"], row["segment_after"])
        for r in HISTORY
    )
    assert row["note"].strip()
