"""What a page states of itself and no Document keeps: its canonical address, and who says when it was changed."""

from __future__ import annotations

from datetime import date
from urllib.parse import urljoin

from etl.read import jsonld
from etl.read.dates import MODIFIED_METAS
from etl.read.days import machine_day
from etl.read.tree import Node, meta


def canonical(root: Node, url: str = "") -> str:
    """Return the address that a page states as its own, absolute where `url` allows it; "" when it states none."""
    links = [str(node.get("href") or "") for node in root.iter("link") if "canonical" in str(node.get("rel")).lower()]
    stated = next((link.strip() for link in links if link.strip()), "") or meta(root).get("og:url", "")
    try:
        return urljoin(url, stated) if stated else ""
    except ValueError:
        return stated


def changed_by(root: Node, modified: date) -> str:
    """Return the witness of a day of change: json-ld, meta, or text when neither states it."""
    article, metas = jsonld.article(jsonld.entries(root)), meta(root)
    if _states(jsonld.text_of(article.get("dateModified")), modified):
        return "json-ld"
    return "meta" if any(_states(metas.get(name, ""), modified) for name in MODIFIED_METAS) else "text"


def _states(text: str, day: date) -> bool:
    return bool(text) and machine_day(text, day) == day
