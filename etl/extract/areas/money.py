"""What the currency of a sum says for the area in which it counts."""

from __future__ import annotations

from etl.extract.readings.cues import measures
from etl.extract.scene import Spot


def of(spot: Spot, area: str, home: str | None, group: str) -> dict[str, float]:
    """Return what the currency of a sum says for an area; `home` is the country whose money it is."""
    if spot.unit != "money" or area == "WW":
        return {}
    own = measures()["_home_money"].get(area)
    if home == area:
        return {"money_us" if area == "US" else "money": 1.0, f"money_{group}": 1.0}
    if own is None:
        return {}
    name = "money_fits" if own == spot.quantity.unit else "money_differs"
    return {name: 1.0, f"{name}_price": 1.0} if group == "price" else {name: 1.0}


def home_of(spot: Spot) -> str | None:
    """Return the country whose money a sum is in, where it is one country's."""
    homes: dict[str, str] = measures()["_money_homes"]
    return homes.get(spot.quantity.unit) if spot.unit == "money" else None
