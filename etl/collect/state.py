"""Small files under `home/state`, each replaced whole."""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl import files


def read(path: Path) -> dict[str, Any]:
    """Return what a file remembers; {} when there is none or it cannot be read, which costs only repeated requests."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


class Busy(OSError):
    """Another run is at work on it."""


@contextlib.contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Be the only run that works on something until the block ends; `path` is a file for that alone.

    Raises:
        Busy: Another run is at work; the message names what it works on.
        OSError: The disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"another run is collecting {what}") from None
        yield


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace a file whole.

    Raises:
        OSError: The disk refuses; the earlier file stays.
    """
    files.write(path, json.dumps(content, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace"))
