"""A line chart as the points of an SVG; the template draws it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.monitor.queries import Answer

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 860, 240, 56, 28, 14
STEPS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One value: where it stands in the picture, in pixels, and what it says."""

    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A series of points with its path and the lines behind it."""

    width: int
    height: int
    left: int
    points: list[Point]
    path: str
    grid: list[tuple[float, str]]


def line_chart(answer: Answer, unit: float = 1e6) -> Chart:
    """Return the chart of the columns `period` and `value`, values over `unit`; rows without one are left out."""
    place = {name: index for index, name in enumerate(answer.columns)}
    known = [
        (str(row[place["period"]]), float(value) / unit)
        for row in answer.rows
        if isinstance(value := row[place["value"]], int | float | Decimal)
    ]
    top = max((value for _, value in known), default=1.0) * 1.08 or 1.0
    across = (WIDTH - LEFT - 40) / max(1, len(known) - 1)

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP), 1)

    points = [Point(round(LEFT + i * across, 1), height(value), label, value) for i, (label, value) in enumerate(known)]
    path = " ".join(f"{'L' if i else 'M'}{point.x},{point.y}" for i, point in enumerate(points))
    grid = [(height(top * step / STEPS), f"{top * step / STEPS:,.0f}") for step in range(STEPS + 1)]
    return Chart(WIDTH, HEIGHT, LEFT, points, path, grid)
