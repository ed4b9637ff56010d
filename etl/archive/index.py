"""Where the bodies of one source lie, of all nights: an SQLite file that finds them by digest and by address.

A help only: the WARC files say it too, and it is written anew from them when it is lost or garbled.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from etl import store
from etl.archive.records import files_of, records
from etl.model import Page
from etl.sqlite import Kept

MAKE = """
CREATE TABLE IF NOT EXISTS bodies (
    digest TEXT PRIMARY KEY, url TEXT NOT NULL, night TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL,
    content_type TEXT NOT NULL, archive_file TEXT NOT NULL, archive_offset INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bodies_url ON bodies (url);
"""
BY_DIGEST = "SELECT * FROM bodies WHERE digest = ?"
BY_URL = "SELECT * FROM bodies WHERE url = ?"
KEEP = "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
NEW = "INSERT OR IGNORE INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
BATCH = 5000  # rows written at once when it is made anew


@dataclass(slots=True)
class Index:
    """The bodies of one source; nothing of it is held in memory: a source may run for years."""

    root: Path
    source: str
    _file: Kept = field(init=False)
    _is_empty: bool = False  # looked for, and there is nothing to find
    _is_here: bool = False  # as the store has it

    def __post_init__(self) -> None:
        self._file = Kept(self.root / "index" / f"{self.source}.db", MAKE, self._rebuild)

    def find(self, digest: str) -> Page | None:
        """Return the page whose record holds a body, unless its file was removed."""
        return next((page for page in self._ask(BY_DIGEST, digest)), None) if digest else None

    def search(self, digest: str) -> Page | None:
        """Return the page whose record holds a body; when the index knows none, the files themselves are looked at."""
        found = self.find(digest)
        if found is None:  # of a run that was killed before it noted what it had kept
            self._rebuild()
            found = self.find(digest)
        return found

    def versions(self, url: str) -> list[Page]:
        """Return the pages that hold the bodies an address has had, oldest first."""
        return sorted(self._ask(BY_URL, url), key=lambda page: page.fetched_at)

    def append(self, added: Iterable[Page]) -> None:
        """Note the pages whose bodies are new.

        Raises:
            OSError: The disk refuses.
        """
        if new := [_row(page) for page in added if self.find(page.digest) is None]:
            self._is_empty = False
            self._file.change((KEEP, new))
            store.push(self._file.path)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _ask(self, question: str, value: str) -> list[Page]:
        if not self._is_here:
            store.pull(self._file.path)
            self._is_here = True
        if not self._is_empty and not self._file.path.exists():
            self._rebuild()
        rows = [] if self._is_empty else self._file.ask(question, value)
        return [page for page in map(self._page, rows) if store.exists(self.root / page.archive_file)]

    def _rebuild(self) -> None:
        """Write the index anew out of the files: the first record of a digest that holds its own bytes."""
        pages = self._kept()
        first = next(pages, None)
        self._is_empty = first is None
        if first is None:
            self._file.remove()
            return
        draft = Kept(self._file.path.with_name(f".{self.source}.db.{os.getpid()}.part"), MAKE)
        draft.remove()
        rows = map(_row, itertools.chain((first,), pages))
        while some := list(itertools.islice(rows, BATCH)):
            draft.change((NEW, some))
        draft.close()
        self._file.remove()
        store.place(draft.path, self._file.path)

    def _kept(self) -> Iterator[Page]:
        for name in files_of(self.root, self.source):
            for page, record in records(self.root, name):
                if record.rec_type == "response":
                    yield page

    def _page(self, row: tuple[str, str, str, str, int, str, str, int]) -> Page:
        digest, url, night, fetched_at, status, content_type, file, offset = row
        times = (date.fromisoformat(night), datetime.fromisoformat(fetched_at))
        return Page(url, self.source, *times, status, content_type, digest, file, offset)


def _row(page: Page) -> tuple[object, ...]:
    return (
        *(page.digest, page.url, page.night.isoformat(), page.fetched_at.isoformat(), page.status),
        *(page.content_type, page.archive_file, page.archive_offset),
    )
