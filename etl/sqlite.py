"""SQLite files that a room keeps as a help to itself: opened when asked, made anew when garbled, let go of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds for another run to have written what it has to
GARBLED = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)  # no SQLite, or not of these tables
BESIDE = ("", "-journal", "-wal", "-shm")  # ends of the names of the files that are one

Row = tuple[Any, ...]


def _nothing() -> None:
    """Heal nothing: what was lost comes again by itself."""


@dataclass(slots=True)
class Kept:
    """One file with its tables; what it holds can be had again, so a garbled one is removed."""

    path: Path
    make: str  # the SQL that makes its tables where there are none
    heal: Callable[[], None] = _nothing  # called after a garbled file was removed, before the work is tried again
    _file: sqlite3.Connection | None = None

    def ask(self, question: str, *values: object) -> list[Row]:
        """Return the rows that answer a question.

        Raises:
            OSError: The disk refuses.
        """
        return self._done(lambda file: file.execute(question, values).fetchall())

    def change(self, *steps: tuple[str, Sequence[Row]]) -> None:
        """Do each step once a row, all or nothing.

        Raises:
            OSError: The disk refuses; nothing was changed.
        """

        def work(file: sqlite3.Connection) -> list[Row]:
            for step, rows in steps:
                file.executemany(step, rows)
            return []

        self._done(work)

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()
        self._file = None

    def remove(self) -> None:
        """Remove the file, with what SQLite keeps beside it."""
        self.close()
        for end in BESIDE:
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    def _done(self, work: Callable[[sqlite3.Connection], list[Row]]) -> list[Row]:
        try:
            return self._tried(work)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in GARBLED:
                raise OSError(f"{self.path}: {error}") from error
        self.remove()
        self.heal()
        try:
            return self._tried(work)
        except sqlite3.Error as error:
            raise OSError(f"{self.path}: {error}") from error

    def _tried(self, work: Callable[[sqlite3.Connection], list[Row]]) -> list[Row]:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self.path, timeout=PATIENCE)
            self._file.executescript(self.make)
        with self._file:  # one transaction
            return work(self._file)
