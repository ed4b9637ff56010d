"""Which sources of a night were collected and never read: the task that reads them died, or was never run."""

from __future__ import annotations

from datetime import date

from etl import settings, stage
from etl.steps import progress


def dropped(night: date) -> list[str]:
    """Return the sources that gave pages and have no outcome of reading, once the night has gone on to its load."""
    if not progress.of(night).counts.keys() & {"documents", "claims"}:
        return []
    root = settings.load().staging
    left = set(stage.names(root, "outcomes", night))
    collected = sorted(name.removesuffix(".collect") for name in left if name.endswith(".collect"))
    unread = [name for name in collected if f"{name}.extract" not in left]
    return [
        name
        for name in unread
        if any(row["ok"] and row["count"] for row in stage.read(root, "outcomes", night, f"{name}.collect"))
    ]
