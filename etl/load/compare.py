"""Two working warehouses side by side: what the second holds otherwise than the first."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from etl.load import scripts

SCRIPT = "compare/figures.sql"


def compare(old: Path, new: Path, report: Path) -> list[str]:
    """Write each figure that differs into a CSV and return one line of words for each.

    Raises:
        duckdb.Error: A file is no working warehouse, or is open for writing elsewhere.
    """
    con = duckdb.connect()
    try:
        con.execute("ATTACH $path AS old (READ_ONLY)", {"path": str(old)})
        con.execute("ATTACH $path AS new (READ_ONLY)", {"path": str(new)})
        found = con.execute(scripts.text(SCRIPT))
        columns = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    finally:
        con.close()
    report.parent.mkdir(parents=True, exist_ok=True)
    with report.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(rows)
    return [_words(dict(zip(columns, row, strict=True))) for row in rows]


def _words(row: dict[str, object]) -> str:
    key = [row[name] for name in ("platform", "metric", "transformation", "segment", "area", "period", "unit")]
    words = " ".join(str(part) for part in key if part is not None)
    old, new = (f"{row[f'{side}_value']} ({row[f'{side}_state']})" for side in ("old", "new"))
    return f"{row['difference']}: {words}: {old} -> {new}"
