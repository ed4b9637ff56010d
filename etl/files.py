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
