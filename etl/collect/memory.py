"""What is remembered of the addresses of one source: an SQLite file, of which only tonight's part is in memory."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from pathlib import Path

from etl.sqlite import Kept

FORGET = timedelta(days=90)  # an address not met for so long is forgotten

MAKE = """
CREATE TABLE IF NOT EXISTS addresses (
    url TEXT PRIMARY KEY, met TEXT NOT NULL, digest TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    stamp TEXT NOT NULL, night TEXT NOT NULL, outcome TEXT NOT NULL
) WITHOUT ROWID
"""
FIND = "SELECT met, digest, etag, modified, stamp, night, outcome FROM addresses WHERE url = ?"
KEEP = "INSERT OR REPLACE INTO addresses VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
DROP = "DELETE FROM addresses WHERE url = ?"
FORGET_OLD = "DELETE FROM addresses WHERE met < ?"


@dataclass(slots=True)
class Seen:
    """What is known of one address."""

    met: str  # the last night it was met, ISO
    digest: str = ""
    etag: str = ""
    modified: str = ""  # the Last-Modified header, as sent
    stamp: str = ""  # what the feed said of the item's time
    night: str = ""  # when it was last fetched, or refused for what it is
    outcome: str = ""  # the ledger's word for that

    @property
    def conditions(self) -> dict[str, str]:
        """Return the headers that ask only for what has changed."""
        wanted = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in wanted.items() if value}


NAMES = [each.name for each in fields(Seen)]


@dataclass(slots=True)
class Memory(MutableMapping[str, Seen]):
    """The addresses of one source that were met before; changes are kept by `save`.

    A garbled file, or one of another version, is made anew: losing it costs only repeated requests.
    """

    path: Path
    _near: dict[str, Seen | None] = field(default_factory=dict)  # those looked at; None is not there
    _file: Kept = field(init=False)

    def __post_init__(self) -> None:
        self._file = Kept(self.path, MAKE)

    def __getitem__(self, url: str) -> Seen:
        if url not in self._near:
            rows = self._file.ask(FIND, url)
            self._near[url] = Seen(*rows[0]) if rows else None
        seen = self._near[url]
        if seen is None:
            raise KeyError(url)
        return seen

    def __setitem__(self, url: str, seen: Seen) -> None:
        self._near[url] = seen

    def __delitem__(self, url: str) -> None:
        if url not in self:
            raise KeyError(url)
        self._near[url] = None

    def __iter__(self) -> Iterator[str]:
        kept = {row[0] for row in self._file.ask("SELECT url FROM addresses")}
        return iter(sorted(url for url in kept | set(self._near) if url in self))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def save(self, night: date) -> None:
        """Write it down, all or nothing, and forget what was not met for long.

        Raises:
            OSError: The disk refuses.
        """
        kept = [(url, *(getattr(seen, name) for name in NAMES)) for url, seen in self._near.items() if seen]
        gone = [(url,) for url, seen in self._near.items() if not seen]
        forgotten = [((night - FORGET).isoformat(),)]
        self._file.change((KEEP, kept), (DROP, gone), (FORGET_OLD, forgotten))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
