"""What every room that writes needs of the file system."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

LEFT = 3600.0  # seconds after which a draft that was not put in place is nobody's any more


def sync(path: Path) -> None:
    """See a file, or the names in a folder, safe on the disk.

    Raises:
        OSError: The disk refuses.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, data: bytes) -> None:
    """Put a file in its place whole: who reads meanwhile finds the old one, a killed writer leaves it.

    Raises:
        OSError: The disk refuses; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*.draft"):  # of writers that were killed
        with contextlib.suppress(FileNotFoundError):  # put in place just now
            if time.time() - left.stat().st_mtime > LEFT:
                left.unlink()
    draft = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.draft")
    try:
        draft.write_bytes(data)
        sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


@contextlib.contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Let one after the other, process or thread, change the files of a folder, each what the one before left.

    Raises:
        OSError: The disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
