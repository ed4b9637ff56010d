"""JSON Feed (1.0 and 1.1)."""

from __future__ import annotations

import json
from typing import Any

from etl.collect import addresses
from etl.collect.items import Item, Listing, once

TEXTS = ("title", "summary", "content_text", "content_html")


def read(body: bytes, url: str) -> Listing | None:
    """Return what a JSON Feed lists; None when the body is none."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if "jsonfeed.org" not in str(found.get("version", "")) or not isinstance(found.get("items"), list):
        return None
    return Listing(once(_item(row, url) for row in found["items"] if isinstance(row, dict)), [])


def _item(row: dict[str, Any], base: str) -> Item:
    link = row.get("url") or row.get("external_url") or row.get("id") or ""
    tags = row.get("tags") if isinstance(row.get("tags"), list) else []
    words = [str(row[key]) for key in TEXTS if row.get(key)] + [str(tag) for tag in tags or []]
    stamp = str(row.get("date_modified") or row.get("date_published") or "")
    address = addresses.clean(link, base) if isinstance(link, str) else ""
    return Item(address, " \n".join(words), stamp)
