"""What every step needs: its log, its counts, its errors, and the night it works on."""

from __future__ import annotations

from datetime import UTC, date, datetime

Counts = dict[str, int | str]


class SourceFailed(Exception):
    """Nothing could be collected from a source although it should: a retry may help."""


class SourceRefused(SourceFailed):
    """A source said no (robots.txt, a reservation, a wall): no retry helps."""


class CheckFailed(Exception):
    """A check that guards publication found rows: nothing is published."""


def night_of(day: str | date) -> date:
    """Return the night named by an ISO date.

    Raises:
        ValueError: It is no date, or lies in the future.
    """
    try:
        night = date.fromisoformat(str(day))
    except ValueError:
        raise ValueError(f"night {day!r} is no date; want YYYY-MM-DD, such as {datetime.now(UTC).date()}") from None
    if night > datetime.now(UTC).date():
        raise ValueError(f"night {night} lies in the future; the latest is {datetime.now(UTC).date()}")
    return night
