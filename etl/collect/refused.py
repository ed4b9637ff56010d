"""Hosts that are never asked, with the reason: the list is `refused.yaml`.

A publisher's leave lifts a refusal for the hosts that it names, and their subdomains, and for no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from etl import yamls

PERMISSION = re.compile(r"([a-z0-9.-]+(?:, ?[a-z0-9.-]+)*): +(\S.*)", re.DOTALL)  # hosts, then who allowed it, and when


def why(url: str, permission: str = "") -> str:
    """Return why an address is on the list of refused hosts, or "" when it is not, or a permission names its host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if any(host == name or host.endswith(f".{name}") for name in permitted(permission)):
        return ""
    return next((_words(entry) for entry in _entries(host) if parts.path.startswith(entry.get("path", ""))), "")


def permitted(permission: str) -> list[str]:
    """Return the hosts that a permission names: `paper.example: its editor, by letter of 2026-11-01`."""
    found = PERMISSION.fullmatch(permission.strip())
    return found[1].replace(" ", "").split(",") if found else []


def lifted(permission: str) -> Iterator[tuple[str, str]]:
    """Yield the refused hosts that a permission opens, each with why it is refused."""
    for host in permitted(permission):
        for entry in _entries(host)[:1]:
            yield host, _words(entry)


def _entries(host: str) -> list[dict[str, Any]]:
    """Return what the list says of a host and of the sites above it."""
    names = host.split(".")
    above = (".".join(names[start:]) for start in range(len(names)))
    return [_by_host()[name] for name in above if name in _by_host()]


def _words(entry: dict[str, Any]) -> str:
    return f"{entry['ground']}, {entry['why']}"


def entries() -> list[dict[str, Any]]:
    """Return the list as it is written."""
    found: list[dict[str, Any]] = yamls.read(Path(__file__).with_name("refused.yaml"))
    return found


@cache
def _by_host() -> dict[str, dict[str, Any]]:
    return {host: entry for entry in entries() for host in entry["hosts"]}
