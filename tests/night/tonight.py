"""Which night the tests of the night run, and where the project lies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

NIGHT = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()  # an older one is over and not collected
ROOT = Path(__file__).resolve().parents[2]
