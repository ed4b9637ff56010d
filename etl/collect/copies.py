"""Copies that an archive of the web keeps: whose page each one is, and what that page's own headers said."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.collect import addresses

COPY = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(https?):/+(.+)", re.IGNORECASE | re.DOTALL)
KEPT = "x-archive-orig-"  # begins the names of headers that came with the page itself


def original(url: str) -> str:
    """Return the address that a kept copy is a copy of, "" when it cannot be told."""
    found = COPY.search(url)
    return addresses.clean(f"{found[1].lower()}://{found[2]}") if found else ""


def headers(answered: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a copy together with those that the page itself once came with."""
    found = dict(answered)
    for name, value in answered.items():
        if name.startswith(KEPT):
            own = name.removeprefix(KEPT)
            found[own] = f"{found[own]}\n{value}" if own in found else value
    return found
