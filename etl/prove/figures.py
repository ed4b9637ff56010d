"""Figures as published, weighed again by the claims that they rest on: in Python what the warehouse does in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb

from etl.prove.rows import Row, ask

KEY = ("platform", "metric", "transformation", "area", "period", "unit", "per")
VALUE = ("value", "value_max", "low", "high", "qualifier")
OPEN = ("contested", "unclear")
SPEAKERS = {"official": 2, "press": 4, "aggregator": 5}  # the history that people keep is 0
KINDS = {"actual": 0, "estimate": 2, "forecast": 20, "plan": 20, "rumour": 40}
ENDLESS = Decimal(10) ** 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure held today, with the claims for and against it."""

    figure_id: str
    row: Row
    claims: list[Row]

    @property
    def name(self) -> str:
        """Its key, as people write it."""
        parts = [self.row[name] for name in ("platform", "metric", "transformation", "area", "period", "segment")]
        return " ".join(str(part) for part in parts if part)

    @property
    def rests_on(self) -> list[str]:
        """The claims without which it would not be held."""
        return [row["claim_id"] for row in self.claims if row["standing"] in ("decides", "supports") or row["is_open"]]


def figures(con: duckdb.DuckDBPyConnection) -> Iterator[Figure]:
    """Yield the figures of a snapshot, each with its claims."""
    for figure_id, same in groupby(ask(con, "figures"), key=lambda row: row["figure_id"]):
        listed = list(same)
        yield Figure(figure_id, listed[0], [row for row in listed if row["claim_id"] is not None])


def faults(figure: Figure) -> list[str]:
    """Return why the claims of a figure do not give it; nothing when they do."""
    deciding = [row for row in figure.claims if row["standing"] == "decides"]
    found = [
        f"claim {row['claim_id'][:8]} is of another key: {name} {row[f'claim_{name}']}, not {figure.row[name]}"
        for row in figure.claims
        for name in KEY
        if row[f"claim_{name}"] != figure.row[name]
    ]
    if figure.row["state"] in OPEN:
        return found + _of_open(figure, deciding)
    if len(deciding) != 1 or deciding[0]["claim_id"] != figure.row["decided_by"]:
        return [*found, f"{len(deciding)} claims decide it, and {figure.row['decided_by']} is named"]
    return found + _of_settled(figure, deciding[0])


def _of_open(figure: Figure, deciding: list[Row]) -> list[str]:
    """An open figure has no value, and its candidates are the values of its open claims."""
    found = [
        f"it is {figure.row['state']} and has the {name} {figure.row[name]}" for name in VALUE[:4] if figure.row[name]
    ]
    if deciding:
        found.append(f"it is {figure.row['state']} and claim {deciding[0]['claim_id'][:8]} decides it")
    listed = {(one["value"], one["value_max"], one["qualifier"]) for one in figure.row["candidates"] or ()}
    said = {
        (row["claim_value"], row["claim_value_max"], row["claim_qualifier"]) for row in figure.claims if row["is_open"]
    }
    if listed != said:
        found.append(f"its candidates are {sorted(map(str, listed))}, its open claims say {sorted(map(str, said))}")
    return found


def _of_settled(figure: Figure, deciding: Row) -> list[str]:
    """A settled figure is its deciding claim; all that support it meet it; none that is stronger says otherwise."""
    found = [
        f"its {name} is {figure.row[name]}, its deciding claim has {deciding[f'claim_{name}']}"
        for name in VALUE
        if figure.row[name] != deciding[f"claim_{name}"]
    ]
    for row in figure.claims:
        meets = _low(row) <= _high(deciding) and _low(deciding) <= _high(row)
        if row["standing"] == "supports" and not meets:
            found.append(f"claim {row['claim_id'][:8]} supports it and says {row['claim_value']}")
        if row["standing"] == "outranked" and _rank(row) < _rank(deciding):
            found.append(f"claim {row['claim_id'][:8]} is outranked and is the stronger one")
    return found


def _low(row: Row) -> Decimal:
    return -ENDLESS if row["claim_low"] is None else row["claim_low"]


def _high(row: Row) -> Decimal:
    return ENDLESS if row["claim_high"] is None else row["claim_high"]


def _rank(row: Row) -> int:
    """Official before press before aggregators; what happened before what was expected, and that before a rumour."""
    rank = KINDS.get(row["claim_status"], max(KINDS.values()))
    if not row["claim_is_history"]:
        rank += SPEAKERS.get(row["claim_authority"], max(SPEAKERS.values()))
    if row["claim_status"] == "estimate" and row["claim_authority"] == "official":
        rank -= 1
    return rank
