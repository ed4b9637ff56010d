"""The tables that people keep by hand, `warehouse/reference/`, and those of the lexicon, shown to the models.

Each becomes the view `reference_<name>`, all columns text, empty text null.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.load import scripts, vocabulary
from etl.model import Metric, Qualifier, Status, Transformation

# What the models read of each table; more columns are for people.
COLUMNS = {
    "official_history": (
        *("platform", "metric", "transformation", "segment", "unit", "area", "period", "value", "definition"),
        *("status", "source", "note"),
    ),
    "official_history_left_out": (
        *("platform", "metric", "transformation", "segment", "unit", "area", "period", "value", "reason"),
    ),
    "definition_breaks": ("platform", "metric", "area", "period", "segment_before", "segment_after", "note"),
    "plausible": ("metric", "unit", "lowest", "highest", "times", "years", "why"),
    "rules": ("name", "value", "meaning"),
    "platform_names": ("platform", "name", "name_from", "name_to", "note"),
    "metrics": ("metric", "meaning", "rate_used"),
    "consumer_prices": ("area", "calendar_year", "index_value", "base", "source"),
    "learnt_bounds": (
        *("platform", "metric", "segment", "area", "unit", "per", "period_kind", "lowest", "highest", "figures"),
        "last_period",
    ),
    "corrections": (
        *("url", "quote", "platform", "metric", "action", "field", "was", "becomes", "reason", "reviewed_on"),
    ),
    "waivers": ("check", "column", "value", "reason", "until"),
}
# What `models/core` reads: a change makes all figures anew. The others are only shown.
DECISIVE = (
    *("official_history", "official_history_left_out", "definition_breaks", "plausible", "rules", "corrections"),
)
FIXABLE = (
    *("value", "platform", "metric", "transformation", "segment", "unit", "area", "period", "status", "qualifier"),
)
CLOSED = {"metric": Metric, "transformation": Transformation, "status": Status, "qualifier": Qualifier}
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,6})?")
_ONE = r"[0-9]{4}(-(H[12]|Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?"
PERIOD = re.compile(rf"{_ONE}(/{_ONE})?")
Row = dict[str, str | None]


def show(con: duckdb.DuckDBPyConnection) -> None:
    """Show every table to a connection.

    Raises:
        ValueError: A column is missing, or a correction is not one; the message names file and row.
    """
    for name, rows in shown().items():
        _register(con, name, COLUMNS.get(name) or vocabulary.TABLES[name], rows)


def shown() -> dict[str, list[Row]]:
    """Return the rows of every table, by name."""
    return {name: read(name) for name in COLUMNS} | {name: vocabulary.rows(name) for name in vocabulary.TABLES}


def decisive() -> dict[str, list[Row]]:
    """Return the tables that decide what a figure is, by name, with the columns that the models read."""
    return {name: [{key: row[key] for key in COLUMNS[name]} for row in read(name)] for name in DECISIVE}


def read(name: str) -> list[Row]:
    """Return the rows of one table kept by hand; none when there is no such file.

    Raises:
        ValueError: A column is missing, or a correction or waiver is not one; the message names file and row.
    """
    path = scripts.REFERENCE / f"{name}.csv"
    if not path.is_file():
        return []
    rows = _rows(path.read_bytes())
    missing = [column for column in COLUMNS[name] if rows and column not in rows[0]]
    if missing:
        raise ValueError(f"{path}: no column {', '.join(missing)}; there are {', '.join(rows[0])}")
    wrong = {"corrections": wrong_corrections, "waivers": _wrong_waivers}.get(name)
    for number, what in wrong(rows) if wrong else ():
        raise ValueError(f"{path}, line {number}: {what}")
    return rows


@lru_cache(maxsize=2 * len(COLUMNS))
def _rows(table: bytes) -> list[Row]:
    """Return the rows of a table, which a load asks for three times: to show them, and for two of its digests."""
    lines = io.StringIO(table.decode(), newline="")
    return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(lines)]


def wrong_corrections(rows: list[Row]) -> Iterable[tuple[int, str]]:
    for number, row in enumerate(rows, start=2):
        if row["action"] not in ("accept", "reject", "fix"):
            yield number, f"action is {row['action']!r}; want accept, reject or fix"
        elif not all(row[name] for name in ("url", "quote", "reason")):
            yield number, "url, quote and reason must not be empty"
        elif not _day(row["reviewed_on"]):
            yield number, f"reviewed_on is {row['reviewed_on']!r}; want YYYY-MM-DD"
        elif row["action"] == "fix" and row["field"] not in FIXABLE:
            yield number, f"field is {row['field']!r}; a fix wants one of {', '.join(FIXABLE)}"
        elif row["action"] == "fix" and (wrong := _wrong_value(str(row["field"]), row["becomes"])):
            yield number, f"becomes is {row['becomes']!r}; {row['field']} wants {wrong}"


def _wrong_value(field: str, becomes: str | None) -> str:
    """Return what a field wants to be when it cannot become this."""
    if field == "value":
        return "" if NUMBER.fullmatch(becomes or "") else "a number in base units, such as 301630000"
    if field in CLOSED:
        return "" if becomes in set(CLOSED[field]) else f"one of {', '.join(CLOSED[field])}"
    if field == "period" and becomes:
        return "" if PERIOD.fullmatch(becomes) else "2018, 2017-H1, 2017-Q3, 2017-10, 2017-10-27 or 2019/2021"
    if field in ("platform", "unit") and not becomes:
        return "a word"
    return ""


def _wrong_waivers(rows: list[Row]) -> Iterable[tuple[int, str]]:
    checks = {Path(script).stem for script in scripts.names("checks")}
    for number, row in enumerate(rows, start=2):
        if row["check"] not in checks:
            yield number, f"there is no check {row['check']!r}; there are {', '.join(sorted(checks))}"
        elif not row["reason"] or not _day(row["until"]):
            yield number, "a waiver wants a reason, and its last day in until, YYYY-MM-DD"


def _day(text: str | None) -> bool:
    try:
        return bool(date.fromisoformat(text or ""))
    except ValueError:
        return False


def _register(con: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    schema = pa.schema([(column, pa.string()) for column in columns])
    con.register(f"reference_{name}", pa.Table.from_pylist(rows, schema=schema))
