"""A night that is over is not collected any more: what the network gives today is of today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from etl.collect.ledger import Ledger
from etl.model import Source
from etl.settings import Settings

LATE = timedelta(days=1)  # how long after its day a night may still be begun, or go on


class NightIsOver(ValueError):
    """A night lies too far back to be collected; the message says what can be done instead."""


def check(source: Source, night: date, settings: Settings, force: bool) -> None:
    """Let a source be collected for a night of today or yesterday (UTC), or be told again when it was collected then.

    Raises:
        NightIsOver: It would ask the network today and pass the answer off as an old one.
    """
    today = datetime.now(UTC).date()
    if today - night <= LATE:
        return
    ledger = Ledger(settings.home / "state" / "nights" / night.isoformat() / f"{source.name}.json")
    if ledger.read().finished and not force:
        return
    raise NightIsOver(
        f"{source.name}: the night of {night} is over; what the network gives on {today} would pass for what it gave "
        f"then. What was archived is read again by `streamledger extract {source.name} {night}`; old news is found by "
        "`streamledger discover`"
    )
