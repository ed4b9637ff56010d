"""What a quantity measures: the readings that the words around it allow, weighed, and the one that wins."""

from __future__ import annotations

from etl.extract import amounts, shares
from etl.extract.links import Link
from etl.extract.reading import Reading
from etl.extract.scene import Scene, Spot

__all__ = ["Reading", "weigh"]


def weigh(scene: Scene, spot: Spot, link: Link | None) -> list[Reading]:
    """Return the readings of a quantity, best first; empty when nothing says what it measures."""
    kind = shares if spot.unit in ("percent", "multiple") else amounts
    return sorted(kind.readings(scene, spot, link), key=lambda reading: -reading.score)
