"""The checks of `warehouse/checks/`: each a SELECT that must return nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.load import scripts

LEVEL = "-- level: "


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found."""

    name: str
    level: str  # fail: nothing may be published; warn: somebody should look
    why: str
    rows: list[dict[str, Any]]


def check(working: Path) -> list[CheckResult]:
    """Run every check on the working file, in the order of their names.

    Raises:
        ValueError: A check does not say in its first line whether it fails the night or warns.
    """
    con = duckdb.connect(str(working), read_only=True)
    try:
        con.execute("SET TimeZone = 'UTC'")
        return [_run(con, script) for script in scripts.names("checks")]
    finally:
        con.close()


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
