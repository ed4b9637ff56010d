"""What collecting leaves under `home/state` and nobody needs any more, so that a home can run for years."""

from __future__ import annotations

import fcntl
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from etl.collect.ledger import Ledger

HOSTS = 3  # what is noted of a host is kept so many times as long as a ledger
MARK = "tidied-until"  # the latest night that was looked at: no night is looked at twice


def tidy(state: Path, today: date, days: int) -> int:
    """Take the rows out of ledgers of nights more than `days` ago, and forget hosts not asked for three times as long.

    The rows lie in staging and in the warehouse. What a finished night tells when it is run again stays: what was
    kept, its problems, that it is finished. Ledgers and journals of nights that never finished go: such a night is
    over and cannot go on. Returns how many files were changed or removed.

    Raises:
        OSError: The disk refuses.
    """
    count, mark = 0, state / "nights" / MARK
    until = (today - timedelta(days=days)).isoformat()
    since = mark.read_text(encoding="ascii") if mark.exists() else ""
    nights = [path for path in state.glob("nights/????-??-??") if since < path.name < until]
    for night in sorted(nights):
        count += sum(_slimmed(path) for path in sorted(night.iterdir()))
        if not any(night.iterdir()):
            night.rmdir()
    if nights:
        mark.write_text(max(path.name for path in nights), encoding="ascii")
    old = datetime.combine(today - timedelta(days=HOSTS * days), datetime.min.time()).timestamp()
    return count + sum(_forgotten(path) for path in state.glob("hosts/*") if path.stat().st_mtime < old)


def _slimmed(path: Path) -> bool:
    if path.suffix == ".lock":  # stood for a run that is long over
        path.unlink()
        return False
    ledger = Ledger(path)
    told = ledger.read() if path.suffix == ".json" else None
    if told is None or not told.finished:
        path.unlink()
    elif told.requests:
        ledger.write(replace(told, requests=[]))
    else:
        return False
    return True


def _forgotten(path: Path) -> bool:
    """Remove a note on a host, unless somebody is asking the host just now."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        path.unlink()
    return True
