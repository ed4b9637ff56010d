"""What the reader is measured beside: trafilatura as it comes, run here, and the best scores that others were given.

A score given was measured once, on the same pages; it stands here to be shown beside ours.
"""

from __future__ import annotations

from typing import Any

from trafilatura import bare_extraction

# set -> best text F1 of another reader and its name; a reader that is its own gold does not count
GIVEN = {
    "zyte": (0.973, "trafilatura, fast"),
    "fundus_eval": (0.972, "fundus"),
    "fundus": (0.954, "trafilatura"),
    "wcxb": (0.895, "trafilatura"),
}


def trafilatura(body: bytes, url: str) -> dict[str, Any]:
    """Return what trafilatura reads from a page by its default settings, with metadata, as a scorer's row."""
    found = bare_extraction(body, url=url or None, with_metadata=True)
    return {
        "text": getattr(found, "text", None),
        "title": getattr(found, "title", None),
        "published": getattr(found, "date", None),
        "lang": getattr(found, "language", None),
    }
