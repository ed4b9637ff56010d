"""What the figures told before say for an area: the last one, those of the same measure, the one it is tied to."""

from __future__ import annotations

from etl.extract.areas.places import Places
from etl.extract.lists.links import Link
from etl.extract.scene import Spot
from etl.model import Metric

STRONG = frozenset({"was", "to", "again", "part", "peer"})  # ties within one measure

Features = dict[str, float]


def remembered(places: Places, spot: Spot, area: str, group: str, platform: str, against: str) -> Features:
    """Return what the areas of the figures before say."""
    found: Features = {}
    world = "_world" if area == "WW" else ""
    before = [told for told in places.told if told.spot.first < spot.first]
    if not before:
        return found
    last = before[-1]
    layout = places.scene.layout
    same_paragraph = layout.paragraph[last.spot.first] == layout.paragraph[spot.first]
    reach = "_here" if last.spot.sentence == spot.sentence else "_near" if same_paragraph else "_far"
    if last.area == area and (last.group == group or area != "WW"):
        like = "_alike" if last.group == group else ""
        found[f"last{like}{world}{reach}{against}"] = 1.0
    own = next((told for told in reversed(before) if told.platform == platform and told.group == group), None)
    if own is not None and own.area == area:
        found[f"own_last{world}{against}"] = 1.0
    alike = [told for told in before if told.group == group]
    if alike:
        found[f"alike{world}{against}"] = sum(told.area == area for told in alike) / len(alike)
    return found


def tied(link: Link, spot: Spot, metric: Metric, platform: str, area: str) -> Features:
    """Return what it says that the figure this one is tied to counts in an area."""
    gap = spot.sentence - link.spot.sentence
    reach = ("_world" if area == "WW" else "") + ("_here" if gap == 0 else "_next" if gap == 1 else "_far")
    same = metric is link.base.metric and platform == link.base.platform
    if same and link.kind in STRONG:
        return {f"tied{reach}": 1.0}
    like = "same" if same else "peer" if metric is link.base.metric else "other"
    return {f"link_{like}{reach}": 1.0}
