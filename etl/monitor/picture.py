"""A line chart as the points of an SVG; the template draws it."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 860, 240, 56, 40, 28, 14
LINES = 4  # behind the values, at least
ROUND = (1, 2, 2.5, 5, 10, 20, 25)  # what they are apart, times a power of ten
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One value: where it stands in the picture, in pixels, and what it says."""

    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A series of points with its path, the lines behind it, and the years under it."""

    width: int
    height: int
    left: int
    points: list[Point]
    path: str
    grid: list[tuple[float, str]]
    years: list[tuple[float, str]]


def line_chart(series: list[tuple[str, float]]) -> Chart:
    """Return the chart of a series of (quarter, value), each at its own time: `2023-Q4`, oldest first."""
    apart = _apart(max((value for _, value in series), default=1.0) or 1.0)
    top = max((value for _, value in series), default=1.0) * 1.04 or 1.0
    first, last = (_quarter(series[end][0]) for end in (0, -1)) if series else (0, 0)
    across = (WIDTH - LEFT - RIGHT) / max(1, last - first)

    def height(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP), 1)

    def place(quarter: int) -> float:
        return round(LEFT + (quarter - first) * across, 1)

    points = [Point(place(_quarter(label)), height(value), label, value) for label, value in series]
    path = " ".join(f"{'L' if i else 'M'}{point.x},{point.y}" for i, point in enumerate(points))
    grid = [(height(step * apart), f"{step * apart:,.0f}") for step in range(int(top / apart) + 1)]
    years = [(place(quarter), str(quarter // QUARTERS)) for quarter in range(first, last + 1) if not quarter % QUARTERS]
    return Chart(WIDTH, HEIGHT, LEFT, points, path, grid, years)


def sparkline(values: list[int]) -> list[tuple[int, float, bool]]:
    """Return a bar for each night: where it stands, how high it is (0 to 16), and whether anything came."""
    top = max(values, default=0) or 1
    return [(3 * n, round(max(2.0, 16 * value / top), 1), value > 0) for n, value in enumerate(values)]


def _quarter(label: str) -> int:
    """Return which quarter it is, counted from the year 0."""
    year, _, number = label.partition("-Q")
    return int(year) * QUARTERS + int(number) - 1


def _apart(top: float) -> float:
    """Return a round distance that fits into `top` four times at least."""
    size: float = 10.0 ** (len(str(int(top))) - 2)
    return max((size * each for each in ROUND if size * each * LINES <= top), default=size)
