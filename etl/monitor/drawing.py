"""One series as a picture: Vega-Lite by Altair, drawn to SVG on the server, so that the page needs no program.

Each value is a link to its figure, with its words for those who do not see it; its interval is a bar, an open conflict
a bar without a point; a change of what is counted is a dashed line, and no line crosses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert

Row = dict[str, Any]
WIDTH, HEIGHT = 900, 320
SCALES = ((1e9, "billions"), (1e6, "millions"), (1e3, "thousands"))
COLOURS = ["#2563eb", "#c2410c", "#0f766e", "#7c3aed", "#a16207", "#be185d", "#475569", "#15803d"]
GREY = "#94a3b8"
HERE = "https://here.invalid/"  # Vega would put a host of its own before a link that has none
LEGEND = alt.Legend(orient="bottom", labelLimit=320, symbolOpacity=1, columnPadding=16)
STYLE = re.compile(r' style="[^"]*"')  # the policy of the pages lets none in


def trend(rows: Sequence[Row]) -> tuple[str, str]:
    """Return the SVG of a series and what its values are in, such as "millions of EUR"; nothing without values.

    A row has `period_end`, `value` (None while it is open), `low`, `high`, `unit`, `line` (its name in the picture),
    `stretch` (of the line, which ends where what is counted changes), `break_note`, `says` (in words) and `href`.
    """
    sizes = [abs(float(row["value"] or row["high"] or 0)) for row in rows]
    if not any(sizes):
        return "", ""
    scale, word = next(((size, word) for size, word in SCALES if max(sizes) >= size), (1.0, ""))
    values = [_point(row, scale) for row in rows]
    units = sorted({str(row["unit"]) for row in rows if row["unit"] != "count"})
    named = " of ".join(part for part in (word, ", ".join(units)) if part)
    svg: str = vl_convert.vegalite_to_svg({**_chart(named or "number"), "data": {"values": values}})
    return STYLE.sub("", svg).replace(HERE, ""), named


def _point(row: Row, scale: float) -> Row:
    """Return one row as the chart wants it."""
    point = {name: row[name] for name in ("line", "stretch", "says")}
    point |= {"day": str(row["period_end"]), "note": row["break_note"], "href": f"{HERE}{row['href']}"}
    for name in ("value", "low", "high"):
        point[name] = None if row[name] is None else float(row[name]) / scale
    # an open end is drawn to the value itself: what is not known has no length
    point["low"] = point["value"] if point["low"] is None else point["low"]
    point["high"] = point["value"] if point["high"] is None else point["high"]
    return point


@cache
def _chart(unit: str) -> dict[str, Any]:
    day = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=False))
    colour = alt.Color(
        "line:N",
        title=None,
        scale=alt.Scale(range=COLOURS),
        legend=LEGEND,
    )
    base = alt.Chart(alt.InlineData(values=[])).encode(x=day)
    worded = {"href": "href:N", "description": "says:N"}
    line = base.mark_line(strokeWidth=2).encode(
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False)), color=colour, detail="stretch:N"
    )
    interval = base.mark_rule(strokeWidth=5, opacity=0.3).encode(y="low:Q", y2="high:Q", color=colour, **worded)
    point = base.mark_circle(size=50, opacity=1).encode(y="value:Q", color=colour, **worded)
    note = base.transform_filter("datum.note != null").mark_rule(strokeDash=[4, 4], color="#64748b", aria=False)
    chart = (note + interval + line + point).properties(width=WIDTH, height=HEIGHT)
    made: dict[str, Any] = (
        chart.configure(font="system-ui, sans-serif", background="transparent")  # first: it forgets what was before
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=GREY,
            gridOpacity=0.35,
            domainColor=GREY,
            tickColor=GREY,
        )
        .to_dict()
    )
    made.pop("datasets", None)
    return made
