"""What was told already, a small file for each cause and channel, so that nobody is told the same every morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from etl import files
from etl.alerts.cause import Cause

KEPT = 5  # so many times the pause; after that nobody remembers


class Memory:
    """The folder of what was told; whoever tells at the same time writes other files, or the same thing."""

    def __init__(self, folder: Path, now: datetime, days: int) -> None:
        self.folder = folder
        self.now = now
        self.pause = timedelta(days=days)

    def is_new(self, channel: str, cause: Cause) -> bool:
        """Return whether a channel never had a cause, had another one, or had it longer ago than the pause."""
        told = self._told(self._path(channel, cause))
        return told is None or self.now - told >= self.pause

    def keep(self, channel: str, cause: Cause) -> None:
        """Note that a channel has a cause now; forget those of long ago."""
        files.write(self._path(channel, cause), self.now.isoformat().encode())
        for path in self.folder.iterdir():
            told = self._told(path)
            if told and self.now - told > KEPT * self.pause:
                path.unlink(missing_ok=True)

    def _path(self, channel: str, cause: Cause) -> Path:
        return self.folder / f"{channel}-{cause.key}"

    @staticmethod
    def _told(path: Path) -> datetime | None:
        try:
            return datetime.fromisoformat(path.read_text(encoding="ascii"))
        except (OSError, ValueError):  # not there, or half a file of an older program: told again
            return None
