"""Is a source due tonight? Most are asked every night, some on one day of the week or once a month."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCHEDULES = ("daily", *WEEKDAYS, "monthly", "manual")
LONGEST = {"monthly": 28}  # days after which it is due whatever the day; a weekday that was missed is made up after 7


def is_due(schedule: str, night: date, last: date | None) -> bool:
    """Whether a source is asked tonight; `last` is the latest earlier night on which it answered."""
    if schedule == "manual":
        return False
    if schedule == "daily" or last is None or last >= night:
        return True
    if (night - last).days >= LONGEST.get(schedule, 7):
        return True
    return schedule in WEEKDAYS and night.weekday() == WEEKDAYS.index(schedule)
