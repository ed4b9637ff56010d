"""The trends at a glance, in one HTML file that can be mailed or opened from disk: it asks no other host for anything.

The charts are Vega-Lite, made by Altair; the programs that draw them stand in the page, once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, select_autoescape

from etl import settings

HERE = Path(__file__).parent
QUERIES = settings.WAREHOUSE / "exports"
Row = dict[str, Any]


def write(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the report of a snapshot.

    Raises:
        OSError: The file cannot be written.
    """
    from etl.publish import charts  # the drawing programs take a second to load: only who draws waits for them

    members = _rows(con, "report_levels.sql", {"metric": "subscribers", "unit": "count", "scale": 1e6})
    money = _rows(con, "report_levels.sql", {"metric": "revenue", "unit": "USD", "scale": 1e9})
    regions = _rows(con, "report_regions.sql")
    drawn = [
        ("members", "Paid members worldwide", "By quarter, in millions.", charts.lines(members, "Members, millions")),
        (
            "regions",
            "Netflix by region",
            "Paid members by quarter, in millions; regions as the company cuts the world.",
            charts.areas(regions),
        ),
        ("revenue", "Revenue worldwide", "By quarter, in billions of dollars.", charts.lines(money, "Billions of USD")),
    ]
    template = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape(["html"]))
    ((night,),) = con.execute("SELECT max(night)::VARCHAR FROM nights").fetchall()
    text = template.get_template("report.html").render(
        night=night or "no night yet",
        charts=[(name, title, about) for name, title, about, spec in drawn if spec],
        script=charts.programs(),
        spec_json=_safe({name: spec for name, _, _, spec in drawn if spec}),
        latest=_rows(con, "report_latest.sql"),
        open_conflicts=_rows(con, "report_conflicts.sql"),
    )
    path.write_text(text, encoding="utf-8")


def _rows(con: duckdb.DuckDBPyConnection, name: str, parameters: Row | None = None) -> list[Row]:
    sql = (QUERIES / name).read_text(encoding="utf-8")
    found = con.execute(sql, parameters) if parameters else con.execute(sql)
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _safe(value: object) -> str:
    """Return JSON that cannot end the script it stands in, whatever a page said."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
