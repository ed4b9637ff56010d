"""Bounds learnt from the history: written as a table that people review before they keep it."""

from __future__ import annotations

import csv
from pathlib import Path

from etl import duck
from etl.load import scripts

SCRIPT = "learn/bounds.sql"


def learn(working: Path) -> tuple[Path, int]:
    """Write `reference/learnt_bounds.csv` anew from the working file; return the file and its number of rows.

    Raises:
        duckdb.Error: The working file does not exist, or is open for writing elsewhere.
    """
    with duck.read(working) as con:
        found = con.execute(scripts.text(SCRIPT))
        columns = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    path = scripts.REFERENCE / "learnt_bounds.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_shown(cell) for cell in row] for row in rows)
    return path, len(rows)


def _shown(cell: object) -> object:
    """Three digits are enough for a bound, and change less often."""
    return f"{float(f'{cell:.3g}'):.12g}" if isinstance(cell, float) else cell
