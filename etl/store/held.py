"""What of the store lies here unchanged: for each file its object, and how the file looked then."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from etl.sqlite import Kept

MAKE = """
PRAGMA synchronous = OFF;  -- a help only: what is lost is brought again
CREATE TABLE IF NOT EXISTS held (
    store TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, PRIMARY KEY (store, key)
) WITHOUT ROWID;
"""
ASK = "SELECT etag, sha256, size, mtime FROM held WHERE store = ? AND key = ?"
ALL = "SELECT key, etag, sha256, size, mtime FROM held WHERE store = ?"
KEEP = "INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?)"
FORGET = "DELETE FROM held WHERE store = ? AND key = ?"


@dataclass(frozen=True, slots=True)
class Note:
    """A file as it was when it was the same as its object."""

    etag: str
    sha256: str
    size: int
    mtime: int  # nanoseconds

    def fits(self, path: Path) -> bool:
        """Whether the file is still the one that was noted."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == (self.size, self.mtime)


@dataclass(frozen=True, slots=True)
class Held:
    """The notes of one folder of the home on one store, in the folder itself: they go when it goes."""

    folder: Path
    store: str  # its name

    def note(self, key: str) -> Note | None:
        """Return the note of a file; None when it was never the same as its object."""
        if not self.folder.exists():
            return None
        with closing(self._file()) as file:
            rows = file.ask(ASK, self.store, key)
        return Note(*rows[0]) if rows else None

    def notes(self) -> dict[str, Note]:
        """Return every note, by key."""
        if not self.folder.exists():
            return {}
        with closing(self._file()) as file:
            return {key: Note(*rest) for key, *rest in file.ask(ALL, self.store)}

    def keep(self, key: str, etag: str, sha256: str, path: Path) -> None:
        """Note that a file is the same as its object."""
        stat = path.stat()
        self._change(KEEP, (self.store, key, etag, sha256, stat.st_size, stat.st_mtime_ns))

    def forget(self, key: str) -> None:
        """Forget a file."""
        self._change(FORGET, (self.store, key))

    def _change(self, step: str, row: tuple[object, ...]) -> None:
        with closing(self._file()) as file:
            file.change((step, [row]))

    def _file(self) -> Kept:
        return Kept(self.folder / ".store.db", MAKE)
