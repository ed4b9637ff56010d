"""The words that a claim quotes: the quantity, with the words that give it its meaning when they stand close."""

from __future__ import annotations

from etl.extract.readings.reading import Reading
from etl.extract.scene import Scene, Spot

REACH = 7  # words between a quantity and its cue


def span(scene: Scene, spot: Spot, reading: Reading) -> tuple[int, int]:
    """Return the offsets of the words to quote."""
    layout, quantity = scene.layout, spot.quantity
    start, end = quantity.start, quantity.end
    if reading.first < 0:
        return start, end
    if 0 < reading.first - spot.last <= REACH and not scene.spots_between(spot, reading):
        end = max(end, layout.ends[reading.last])
    elif 0 < spot.opening - reading.last <= REACH and not scene.spots_between(spot, reading):
        start = min(start, layout.starts[reading.first])
    return start, end
