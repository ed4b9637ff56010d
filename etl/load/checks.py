"""The checks of `warehouse/checks/`: each a SELECT that must return nothing, unless somebody waived what it found.

A waiver (`warehouse/reference/waivers.csv`) names a check, columns and their values, apart by spaces (or none, for all
rows), the reason, and the last day on which it holds. When its day is over, or when nothing is left to waive, the check
`waivers` warns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl import duck
from etl.load import reference, scripts

LEVEL = "-- level: "
IDLE = "A waiver whose last day is over, or that waives nothing any more, must go or be decided again."


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found."""

    name: str
    level: str  # fail: nothing may be published; warn: somebody should look
    why: str
    rows: list[dict[str, Any]]  # without those that were waived
    waived: int = 0


def check(working: Path) -> list[CheckResult]:
    """Run every check on the working file, in the order of their names; the last one is about the waivers.

    Raises:
        ValueError: A check does not say in its first line whether it fails the night or warns, or a waiver is not one.
    """
    with duck.read(working) as con:
        ((night,),) = con.execute("SELECT max(night) FROM raw.nights").fetchall()
        waivers = _Waivers(reference.read("waivers"), night)
        results = [waivers.apply(_run(con, script)) for script in scripts.names("checks")]
    return [*results, CheckResult("waivers", "warn", IDLE, waivers.idle())]


class _Waivers:
    """What was waived, and how often each waiver was of use."""

    def __init__(self, rows: list[reference.Row], night: date | None) -> None:
        self.rows = rows
        self.over = [night is not None and date.fromisoformat(str(row["until"])) < night for row in rows]
        self.used = [0] * len(rows)

    def apply(self, result: CheckResult) -> CheckResult:
        kept = [row for row in result.rows if not self._waived(result.name, row)]
        return CheckResult(result.name, result.level, result.why, kept, len(result.rows) - len(kept))

    def _waived(self, name: str, row: dict[str, Any]) -> bool:
        for number, waiver in enumerate(self.rows):
            found = " ".join(str(row.get(column, "")) for column in (waiver["column"] or "").split())
            fits = found == (waiver["value"] or "")
            if waiver["check"] == name and fits and not self.over[number]:
                self.used[number] += 1
                return True
        return False

    def idle(self) -> list[dict[str, Any]]:
        return [
            {**row, "what": "its last day is over" if over else "waives nothing"}
            for row, over, used in zip(self.rows, self.over, self.used, strict=True)
            if over or not used
        ]


def _run(con: duckdb.DuckDBPyConnection, script: str) -> CheckResult:
    sql = scripts.text(script)
    first, *rest = sql.splitlines()
    level = first.removeprefix(LEVEL)
    if not first.startswith(LEVEL) or level not in ("fail", "warn"):
        raise ValueError(f"warehouse/{script} begins {first!r}; want '{LEVEL}fail' or '{LEVEL}warn'")
    why = " ".join(line.removeprefix("--").strip() for line in _comment(rest))
    found = con.execute(sql)
    columns = [column[0] for column in found.description or ()]
    rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    return CheckResult(Path(script).stem, level, why, rows)


def _comment(lines: list[str]) -> list[str]:
    end = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:end]
