"""Which night the tests of the night run, where the project lies, and what the last load left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl import settings

NIGHT = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()  # an older one is over and not collected
ROOT = Path(__file__).resolve().parents[2]


def held() -> tuple[object, ...] | None:
    """Return the hash of all figures with their history, as the last load left it."""
    with duckdb.connect(str(settings.load().working), read_only=True) as connection:
        return connection.execute("FROM core.figures_hash").fetchone()
