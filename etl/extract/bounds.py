"""How far the words of a figure leave its value open: the interval that every claim stands for."""

from __future__ import annotations

from decimal import Decimal

from etl.model import Qualifier


def bounds(
    value: Decimal, value_max: Decimal | None, step: Decimal, qualifier: Qualifier
) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and upper end of what a written value can mean; None is open.

    A value stands for what rounds to it: "100 millions" is 95 to 105 million, "139.26 million" is narrow. A hedge
    ("environ") doubles that; "more than" has no upper end and "up to" no lower one, of the size: more than a billion
    lost is at most minus a billion.
    """
    ends = sorted(abs(end) for end in (value, value if value_max is None else value_max))
    half = abs(step) / 2 if qualifier is not Qualifier.APPROX else abs(step)
    low: Decimal | None = max(ends[0] - half, Decimal(0)) if value_max is None else ends[0]
    high: Decimal | None = ends[1] + half if value_max is None else ends[1]
    if qualifier is Qualifier.MIN:
        low, high = ends[0], None
    elif qualifier is Qualifier.MAX:
        low, high = None, ends[1]
    if value < 0 or (value_max is not None and value_max < 0):
        return (None if high is None else -high), (None if low is None else -low)
    return low, high
