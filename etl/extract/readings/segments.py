"""What tells two figures of one key apart: the plan of a price, the unit of a count, the kind of works."""

from __future__ import annotations

from etl.extract.readings.cues import weights
from etl.extract.scene import Scene, Spot
from etl.model import Metric

KINDS = {
    Metric.PRICE: "price",
    Metric.SUBSCRIBERS: "count",
    Metric.USERS: "count",
    Metric.PENETRATION: "count",
    Metric.TITLES: "works",
}


def segment_of(scene: Scene, spot: Spot, metric: Metric) -> str | None:
    """Return the segment of a figure, None when its text names none."""
    kind = KINDS.get(metric)
    if kind is None:
        return None
    layout, reach = scene.layout, weights()["plan_reach" if kind == "price" else "counted_reach"]
    best: tuple[float, str] | None = None
    for hit in scene.hits("plans", spot.sentence):
        group, _, name = hit.name.partition(".")
        before = hit.last < spot.first
        if group != kind or (before and kind != "price"):
            continue
        cost = float(layout.cost(hit.last, spot.first) if before else layout.cost(spot.last, hit.first))
        cost += weights()["plan_before"] if before else 0.0
        cost += weights()["plan_crossing"] * scene.spots_between(spot, hit)
        if cost <= reach + 1 and (best is None or cost < best[0]):
            best = (cost, name)
    return best[1] if best else None
