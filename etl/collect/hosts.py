"""What is known of each host, shared by all sources: its next free moment, its rules, its reservations."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.collect import state

FRESH = 24 * 3600.0  # seconds for which a robots.txt or tdmrep.json is believed
PATIENCE = 120.0  # seconds a request may queue for its host; longer means another night
LONGEST_HOLD = 24 * 3600.0  # seconds; a host asking for more is asked again after a day
MOMENT = 32  # bytes that a moment takes in its file
LOOK = 0.02  # seconds between two looks at whether the one before has done


class Held(Exception):
    """The host wants to be left alone for longer than a night can wait; the message says how long."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The moment at which a request begins, and the seconds it waited for that."""

    at: datetime
    waited: float
    _file: int

    def rest(self, seconds: float) -> None:
        """Leave the host alone for so many seconds from now on; nobody slips in before."""
        _set_moment(self._file, time.time() + min(seconds, LONGEST_HOLD))


@dataclass(frozen=True, slots=True)
class Hosts:
    """Files under `home/state/hosts`, three a host: its turn, its robots.txt, its tdmrep.json."""

    folder: Path

    @contextmanager
    def turn(self, host: str, wait: float) -> Iterator[Turn]:
        """Have a host to oneself, from `wait` seconds after the start of the request before.

        Whoever asks the same host, in this process or another one, queues until the block ends.

        Raises:
            Held: The turn is too far away.
        """
        begun = time.monotonic()
        with self._locked(host, PATIENCE + wait) as file:
            pause = max(0.0, _moment(file) + wait - time.time())
            if pause > PATIENCE + wait:
                raise Held(f"{host} asked for {pause:.0f} s of rest")
            time.sleep(pause)
            at = time.time()
            _set_moment(file, at)  # before asking: a run that is killed now has asked
            yield Turn(datetime.fromtimestamp(at, UTC), time.monotonic() - begun, file)

    def recall(self, host: str, what: str, age: float = FRESH) -> dict[str, Any] | None:
        """Return what was noted of a host if it is not older than `age` seconds."""
        row = state.read(self._path(host, f"{what}.json"))
        return row if 0 <= time.time() - float(row.get("at") or 0) <= age else None

    def note(self, host: str, what: str, row: dict[str, Any]) -> None:
        """Note something of a host, with the time."""
        state.write(self._path(host, f"{what}.json"), {**row, "host": host, "at": time.time()})

    def files(self) -> dict[str, str]:
        """Return the texts of the files that hosts gave about themselves, by their addresses: evidence for `replay`."""
        return {url: str(row.get("text", "")) for url, row in self._notes()}

    def noted(self) -> dict[str, float]:
        """Return when each of these files was read, in seconds since 1970."""
        return {url: float(row.get("at") or 0) for url, row in self._notes()}

    def _notes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for end, path in (("robots", "/robots.txt"), ("tdmrep", "/.well-known/tdmrep.json")):
            for row in (state.read(file) for file in sorted(self.folder.glob(f"*.{end}.json"))):
                if "host" in row:
                    yield row["host"] + path, row

    @contextmanager
    def _locked(self, host: str, patience: float) -> Iterator[int]:
        file, until = _open(self._path(host, "turn")), time.monotonic() + patience
        try:
            while not _lock(file):
                if time.monotonic() > until:
                    raise Held(f"{host} was busy with other sources for {patience:.0f} s")
                time.sleep(LOOK)
            yield file
        finally:
            os.close(file)

    def _path(self, host: str, end: str) -> Path:
        plain = re.sub(r"[^a-z0-9.-]+", "_", host.lower())[:80]
        return self.folder / f"{plain}-{hashlib.sha256(host.encode()).hexdigest()[:8]}.{end}"


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except FileNotFoundError:  # the first host of all
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)


def _lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _moment(file: int) -> float:
    """Return the time (seconds since 1970) in a file; 0 when there is none in it.

    Now, when it lies further ahead than any host can ask for: it was written while this machine's clock was wrong.
    """
    try:
        moment = float(os.pread(file, MOMENT, 0) or 0)
    except ValueError:
        return 0.0
    now = time.time()
    return moment if moment <= now + LONGEST_HOLD else now


def _set_moment(file: int, moment: float) -> None:
    os.pwrite(file, repr(moment).ljust(MOMENT).encode(), 0)
