"""What a page states of itself and no Document keeps: its canonical address."""

from __future__ import annotations

from urllib.parse import urljoin

from etl.read.tree import Node, meta


def canonical(root: Node, url: str = "") -> str:
    """Return the address that a page states as its own, absolute where `url` allows it; "" when it states none."""
    links = [str(node.get("href") or "") for node in root.iter("link") if "canonical" in str(node.get("rel")).lower()]
    stated = next((link.strip() for link in links if link.strip()), "") or meta(root).get("og:url", "")
    try:
        return urljoin(url, stated) if stated else ""
    except ValueError:
        return stated
