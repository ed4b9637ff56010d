"""What is known of each host, shared by all sources: its next free moment, its rules, its reservations."""

from __future__ import annotations

import fcntl
import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.collect import state

FRESH = 24 * 3600.0  # seconds for which a robots.txt or tdmrep.json is believed
STALE = 30 * 24 * 3600.0  # seconds for which an old one stands in while the host does not answer
PATIENCE = 120.0  # seconds a request may queue for its host; longer means another night
LONGEST_HOLD = 24 * 3600.0  # seconds; a host asking for more is asked again after a day


class Held(Exception):
    """The host wants to be left alone for longer than a night can wait; the message says how long."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Files under `home/state/hosts`, two a host."""

    folder: Path

    def take_turn(self, host: str, wait: float) -> float:
        """Take the host's next free moment, `wait` seconds after the one before, and sleep until then.

        Returns the seconds slept. Other processes that ask the same host queue behind.

        Raises:
            Held: The turn is too far away.
        """
        with self._moment(host) as moment:
            now = time.time()
            free = min(moment.value + wait, now + LONGEST_HOLD + wait)
            pause = max(0.0, free - now)
            if pause > PATIENCE + wait:
                raise Held(f"{host} asked for {pause:.0f} s of rest")
            moment.value = now + pause
        time.sleep(pause)
        return pause

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so many seconds from now on."""
        with self._moment(host) as moment:
            moment.value = max(moment.value, time.time() + min(seconds, LONGEST_HOLD))

    def recall(self, host: str, what: str, age: float = FRESH) -> dict[str, Any] | None:
        """Return what was noted of a host if it is not older than `age` seconds."""
        row = state.read(self._path(host, f"{what}.json"))
        return row if 0 <= time.time() - float(row.get("at") or 0) <= age else None

    def note(self, host: str, what: str, row: dict[str, Any]) -> None:
        """Note something of a host, with the time."""
        state.write(self._path(host, f"{what}.json"), {**row, "at": time.time()})

    def _moment(self, host: str) -> _Moment:
        return _Moment(self._path(host, "turn"))

    def _path(self, host: str, end: str) -> Path:
        plain = re.sub(r"[^a-z0-9.-]+", "_", host.lower())[:80]
        return self.folder / f"{plain}-{hashlib.sha256(host.encode()).hexdigest()[:8]}.{end}"


class _Moment:
    """A time (seconds since 1970) in a file that one process at a time may change."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+", encoding="ascii")
        self.value = 0.0

    def __enter__(self) -> _Moment:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._file.seek(0)
        try:
            self.value = float(self._file.read() or 0)
        except ValueError:  # a half-written one of a run that was killed
            self.value = 0.0
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0] is None:
            self._file.truncate(0)
            self._file.write(f"{self.value:.3f}")
        self._file.close()
