"""A line chart as the points of an SVG; the template draws it."""

from __future__ import annotations

from dataclasses import dataclass

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


def line_chart(series: list[tuple[str, float]]) -> Chart:
    """Return the chart of a series of (label, value)."""
    top = max((value for _, value in series), default=1.0) * 1.08 or 1.0
    across = (WIDTH - LEFT - 40) / max(1, len(series) - 1)

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP), 1)

    points = [
        Point(round(LEFT + i * across, 1), height(value), label, value) for i, (label, value) in enumerate(series)
    ]
    path = " ".join(f"{'L' if i else 'M'}{point.x},{point.y}" for i, point in enumerate(points))
    grid = [(height(top * step / STEPS), f"{top * step / STEPS:,.0f}") for step in range(STEPS + 1)]
    return Chart(WIDTH, HEIGHT, LEFT, points, path, grid)


def sparkline(values: list[int]) -> list[tuple[int, float, bool]]:
    """Return a bar for each night: where it stands, how high it is (0 to 16), and whether anything came."""
    top = max(values, default=0) or 1
    return [(3 * n, round(max(1.0, 16 * value / top), 1), value > 0) for n, value in enumerate(values)]
