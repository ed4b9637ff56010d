"""Words and settings that lie beside the code as YAML: read fast, and once however many threads ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_lock = Lock()


def read(path: Path) -> Any:
    """Return what a YAML file holds. It is read once: change nothing in what you get.

    Raises:
        OSError: There is no such file, or it cannot be read.
        yaml.YAMLError: It is no YAML.
    """
    with _lock:  # a cache alone lets all who ask at the same time read
        return _read(path)


@cache
def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_Loader)  # noqa: S506 - a safe loader, the C one where it was built
