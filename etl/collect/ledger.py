"""What was done for one source in one night: kept so that a finished night is told again instead of done again."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.collect import state
from etl.model import Request


@dataclass(slots=True)
class Told:
    """The story of a night so far; a second run of the night goes on with it."""

    requests: list[Request] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # addresses of which something was kept this night
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    reason: str = ""
    refused: bool = False
    finished: bool = False


NAMES = [each.name for each in fields(Request)]
STORY = [each.name for each in fields(Told)]


def row_of(request: Request) -> dict[str, Any]:
    """Return a row as it is written down."""
    return {name: getattr(request, name) for name in NAMES}


def request_of(item: dict[str, Any]) -> Request:
    """Return a row as it was written down."""
    night, at = date.fromisoformat(item["night"]), datetime.fromisoformat(item["requested_at"])
    return Request(**{**item, "night": night, "requested_at": at})


@dataclass(frozen=True, slots=True)
class Ledger:
    """The file of one source and night."""

    path: Path

    def read(self) -> Told:
        """Return the story so far; an empty one when nothing was told, or not in words of today."""
        row = state.read(self.path)
        try:
            requests = [request_of(item) for item in row.get("requests", [])]
            return Told(**{**row, "requests": requests, "kept": set(row.get("kept", []))})
        except (TypeError, KeyError, ValueError):
            return Told()

    def write(self, told: Told) -> None:
        """Keep the story.

        Raises:
            OSError: The disk refuses.
        """
        story = {name: getattr(told, name) for name in STORY}
        state.write(self.path, {**story, "requests": [*map(row_of, told.requests)], "kept": sorted(told.kept)})
