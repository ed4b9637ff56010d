"""Vega-Lite charts by Altair, as plain specifications, and the programs that draw them.

A chart is made once a process and filled with rows each time: Altair checks it against the schema of Vega-Lite, which
takes longer than all tables of a night.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import vl_convert

COLOURS = ["#3b5bdb", "#c2410c", "#0f766e", "#7c3aed", "#a16207", "#be185d", "#475569", "#15803d"]
HEIGHT = 320
Row = dict[str, Any]


def lines(rows: list[Row], unit: str) -> dict[str, Any]:
    """Return a line for each platform over time, broken where a value is missing; nothing without rows."""
    return {**_lines(unit), "data": {"values": rows}} if rows else {}


def areas(rows: list[Row]) -> dict[str, Any]:
    """Return the regions of one platform over time, stacked; nothing without rows."""
    return {**_areas(), "data": {"values": rows}} if rows else {}


@cache
def programs() -> str:
    """Return the JavaScript that draws: Vega, Vega-Lite and Vega-Embed in one piece, put together once a process."""
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle.replace("</script", "<\\/script")


@cache
def _lines(unit: str) -> dict[str, Any]:
    base = alt.Chart(alt.InlineData(values=[])).encode(
        x=_days(),
        y=alt.Y("value:Q", title=unit),
        color=_platforms("stroke"),
        tooltip=_tooltip(),
    )
    return _finished(base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=28))


@cache
def _areas() -> dict[str, Any]:
    chart = alt.Chart(alt.InlineData(values=[])).mark_bar(size=9)
    return _finished(
        chart.encode(
            x=_days(),
            y=alt.Y("value:Q", title="Members, millions", stack="zero"),
            color=_platforms("square"),
            tooltip=_tooltip(),
        )
    )


def _days() -> Any:
    return alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=False))


def _platforms(symbol: str) -> Any:
    legend = alt.Legend(orient="bottom", columns=3, symbolType=symbol, labelLimit=140)
    return alt.Color("platform:N", title=None, scale=alt.Scale(range=COLOURS), legend=legend)


def _tooltip() -> list[Any]:
    return [
        alt.Tooltip("platform:N", title="Who"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("value:Q", title="Value", format=",.2f"),
        alt.Tooltip("hedge:N", title="Said"),
        alt.Tooltip("state:N", title="Standing"),
        alt.Tooltip("said_by:N", title="By"),
    ]


def _finished(chart: Any) -> dict[str, Any]:
    """Return the specification, as wide as its place."""
    made: dict[str, Any] = (
        chart.properties(width="container", height=HEIGHT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12, titleFontWeight="normal", gridColor="#e5e7eb")
        .configure(font="system-ui, sans-serif", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .to_dict()
    )
    made.pop("$schema", None)  # names a host; the programs in the page know their own version
    made.pop("datasets", None)  # the rows come later
    return made
