"""Causes become messages, over the channels that the settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from etl import alerts, settings
from etl.alerts.memory import Memory


def tell(causes: Iterable[alerts.Cause], base: str, mailer: Callable[[str, str, str], None]) -> None:
    """Tell what was not told yet; `base` is the address of the UI.

    Raises:
        NoChannel: STREAMLEDGER_ALERTS names none.
        OSError: What was told cannot be noted.
    """
    config = settings.load()
    memory = Memory(config.home / "state" / "alerts", datetime.now(UTC), config.alert_days)
    alerts.tell(causes, base, memory, alerts.channels(config.alerts, config.home / "alerts.log", mailer))
