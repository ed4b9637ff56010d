"""Hosts that are never asked, with the reason: the list is `refused.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml


def why(url: str) -> str:
    """Return why an address is on the list of refused hosts, or "" when it is not."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    names = host.split(".")
    for start in range(len(names)):
        entry = _by_host().get(".".join(names[start:]))
        if entry and parts.path.startswith(entry.get("path", "")):
            return f"{entry['ground']}, {entry['why']}"
    return ""


def entries() -> list[dict[str, Any]]:
    """Return the list as it is written."""
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "refused.yaml").read_text(encoding="utf-8"))
    return found


@cache
def _by_host() -> dict[str, dict[str, Any]]:
    return {host: entry for entry in entries() for host in entry["hosts"]}
