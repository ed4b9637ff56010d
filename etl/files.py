"""What every room that writes needs of the file system."""

from __future__ import annotations

import os
from pathlib import Path


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
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_bytes(data)
        sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)
