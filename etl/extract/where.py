"""Where a figure counts: the area that most speaks for, of those named, the home of its platform, and the world."""

from __future__ import annotations

from etl.extract import whereabouts
from etl.extract import words as lexicon
from etl.extract.cues import measures
from etl.extract.links import Link
from etl.extract.places import Places, Told
from etl.extract.scene import Spot
from etl.model import Metric


def area_of(
    places: Places,
    spot: Spot,
    metric: Metric,
    platform: str,
    link: tuple[Link, str | None] | None = None,
    measured: str | None = None,
) -> str | None:
    """Return the area of a figure; None when it cannot be known. `measured` is the country of its origin."""
    if link is not None and link[0].kind == "again" and link[0].base.metric is metric and link[1]:
        return link[1]  # one statement, said in another currency
    weights: dict[str, float] = lexicon.shared("places")
    best, most = "WW", float("-inf")
    for area, features in whereabouts.weighed(places, spot, metric, platform, link, measured).items():
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        if score > most:
            best, most = area, score
    places.told.append(Told(spot, whereabouts.GROUPS.get(metric, metric.value), platform, best))
    return None if best == "WW" and measures()[metric.value]["reach"] == "none" else best
