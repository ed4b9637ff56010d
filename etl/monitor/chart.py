"""A small chart of bars for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 44
EIGHTHS = " ▏▎▍▌▋▊▉█"


def bars(points: Sequence[tuple[str, float, str]], width: int = WIDTH) -> list[str]:
    """Return one line for each (label, value, remark): the bar's length is the value's share of the largest."""
    if not points:
        return []
    largest = max(value for _, value, _ in points) or 1.0
    margin = max(len(label) for label, _, _ in points)
    return [
        f"  {label:<{margin}} {_bar(value / largest * width):<{width}} {value:8,.1f}  {remark}".rstrip()
        for label, value, remark in points
    ]


def _bar(cells: float) -> str:
    whole, rest = divmod(round(max(cells, 0) * 8), 8)
    return "█" * whole + (EIGHTHS[rest] if rest else "")
