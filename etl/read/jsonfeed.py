"""JSON Feed (1.0 and 1.1) in the words that a feed of XML is read by."""

from __future__ import annotations

import json
from html import escape
from typing import Any


def parse(markup: str) -> dict[str, Any] | None:
    """Return a JSON Feed as `feedparser` gives other feeds: `title`, `language`, `entries`; None when it is none."""
    if markup.lstrip()[:1] != "{":
        return None
    try:
        found = json.loads(markup)
    except (ValueError, RecursionError):
        return None
    items = found.get("items")
    if "jsonfeed.org" not in str(found.get("version", "")) or not isinstance(items, list):
        return None
    return {
        "title": _text(found, "title"),
        "language": _text(found, "language"),
        "entries": [_entry(item, found) for item in items if isinstance(item, dict)],
    }


def _entry(item: dict[str, Any], feed: dict[str, Any]) -> dict[str, Any]:
    authors = item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author") or []
    listed = authors if isinstance(authors, list) else [authors]
    plain = "".join(f"<p>{escape(line)}</p>" for line in _text(item, "content_text").splitlines() if line.strip())
    return {
        "title": escape(_text(item, "title")),
        "link": _text(item, "url") or _text(item, "external_url") or _text(item, "id"),
        "content": [{"value": _text(item, "content_html") or plain}],
        "summary": escape(_text(item, "summary")),
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "authors": [author for author in listed if isinstance(author, dict)],
    }


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
