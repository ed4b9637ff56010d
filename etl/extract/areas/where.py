"""Where a figure counts: the area that most speaks for, of those named, the home of its platform, and the world."""

from __future__ import annotations

from etl.extract import words as lexicon
from etl.extract.areas import evidence
from etl.extract.areas.places import Places, Told
from etl.extract.lists.links import Link
from etl.extract.loglinear import likeliest, worth
from etl.extract.readings.cues import measures
from etl.extract.scene import Spot
from etl.model import Metric


def area_of(
    places: Places,
    spot: Spot,
    metric: Metric,
    platform: str,
    link: tuple[Link, str | None] | None = None,
    measured: str | None = None,
) -> tuple[str | None, float]:
    """Return the area of a figure and how likely it is (0 to 1); `measured` is the country of its origin.

    The area is None when it cannot be known.
    """
    if link is not None and link[0].kind == "again" and link[0].base.metric is metric and link[1]:
        return link[1], 1.0  # one statement, said in another currency
    weights: dict[str, float] = lexicon.shared("places")
    asked = evidence.weighed(places, spot, metric, platform, link, measured)
    best, chance = likeliest({area: worth(weights, found) for area, found in asked.items()} or {"WW": 0.0})
    places.told.append(Told(spot, evidence.GROUPS.get(metric, metric.value), platform, best))
    unknown = best == "WW" and measures()[metric.value]["reach"] == "none"
    return None if unknown else best, chance
