"""The alarm for silent sources: right however long the home has run, and no slower for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import settings, stage
from etl.model import Outcome
from etl.steps import watchdog

TODAY = date(2026, 11, 24)
NOW = f"{TODAY}T07:00:00+00:00"


@pytest.fixture
def outcome(
    home: Path, source: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., None]:
    """Say how nights of so many days ago ended for a source; `paper` and `page` may be silent for 14 days."""
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    for name in ("paper", "page"):
        source(name, f"https://{name}.example/")

    def write(name: str, days: range, ok: bool) -> None:
        for ago in days:
            night = TODAY - timedelta(days=ago)
            row = Outcome(night, name, "collect", name, ok=ok, outcome="collected", reason="")
            stage.write(settings.load().staging, "outcomes", night, f"{name}.collect", [row])

    return write


def test_who_gave_a_page_lately_is_not_silent(outcome: Callable[..., None]) -> None:
    outcome("paper", range(14), ok=False)
    outcome("paper", range(14, 16), ok=True)
    outcome("page", range(3), ok=False)  # new, and never gave one: not silent for long yet
    assert watchdog.no_source_is_silent(NOW) == {"sources": 2}


def test_who_gave_none_for_long_is_silent_since_then(outcome: Callable[..., None]) -> None:
    outcome("paper", range(20), ok=False)
    outcome("paper", range(20, 22), ok=True)
    outcome("page", range(30), ok=False)
    with pytest.raises(watchdog.Alarm, match=r"page since 2026-10-26; .*paper since 2026-11-04"):
        watchdog.no_source_is_silent(NOW)


def test_years_of_nights_cost_nothing(outcome: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two hundred nights only the newest that decide are read."""
    outcome("paper", range(200), ok=True)
    outcome("page", range(2), ok=False)
    outcome("page", range(2, 100), ok=True)
    read, real = [], stage.read

    def counted(*arguments: Any) -> list[dict[str, Any]]:
        read.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(stage, "read", counted)
    assert watchdog.no_source_is_silent(NOW) == {"sources": 2}
    assert len(read) == 4
