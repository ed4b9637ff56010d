"""The watch for silent sources: right however long the home has run, and no slower for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import settings, stage
from etl.model import Outcome
from etl.steps import watchdog
from etl.steps.watchdog_base import Alarm

pytestmark = pytest.mark.usefixtures("watched")
TODAY = datetime.now(UTC).date()


@pytest.fixture
def outcome() -> Callable[..., None]:
    """Say how nights of so many days ago ended for a source."""

    def write(name: str, days: range, ok: bool) -> None:
        for ago in days:
            night = TODAY - timedelta(days=ago)
            row = Outcome(night, name, "collect", name, ok=ok, outcome="collected", reason="")
            stage.write(settings.load().staging, "outcomes", night, f"{name}.collect", [row])

    return write


NOW = f"{TODAY}T07:00:00+00:00"
QUIET = {"watch": "no_source_is_silent", "seen": "2 sources, none silent for too long"}


def test_who_gave_a_page_lately_is_not_silent(outcome: Callable[..., None]) -> None:
    outcome("paper", range(14), ok=False)
    outcome("paper", range(14, 16), ok=True)
    outcome("page", range(3), ok=False)  # new, and never gave one: not silent for long yet
    assert watchdog.watch("no_source_is_silent", NOW) == QUIET


def test_who_gave_none_for_long_is_silent_since_then(outcome: Callable[..., None]) -> None:
    outcome("paper", range(20), ok=False)
    outcome("paper", range(20, 22), ok=True)
    outcome("page", range(30), ok=False)
    with pytest.raises(Alarm) as alarm:
        watchdog.watch("no_source_is_silent", NOW)
    since = {cause.subject: cause.why for cause in alarm.value.causes}
    assert since == {
        "page": f"silent since {TODAY - timedelta(days=29)}, more than 14 days",
        "paper": f"silent since {TODAY - timedelta(days=20)}, more than 14 days",
    }


def test_a_broken_source_file_is_told_beside(home: Path, outcome: Callable[..., None]) -> None:
    outcome("paper", range(2), ok=True)
    (home / "sources" / "torn.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(Alarm, match=r"torn\.yaml"):
        watchdog.watch("no_source_is_silent", NOW)


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
    assert watchdog.watch("no_source_is_silent", NOW) == QUIET
    assert len(read) == 4
