"""What a page says to screen readers alone: "opens in a new tab", "end of the box". No reader sees it in the text."""

from __future__ import annotations

import re

from lxml import etree

from etl.read.tree import Node

SOUGHT = etree.XPath(
    "//@class[contains(., 'sr-only') or contains(., 'isually') or contains(., 'creen')]/.."
    " | //@style[contains(., 'clip')]/.."
)
SPOKEN = re.compile(r"(?<!not-)\bsr-only|visually-?hidden|screen-?reader|(?<!max-)\bscreen-only-text", re.IGNORECASE)
CLIPPED = re.compile(r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?|clip-path\s*:\s*inset\(\s*(?:50|100)%")
KEPT = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "time", "table", "caption"))
LONGEST = 160  # characters; more of them are content that a script may show


def hush(root: Node) -> None:
    """Empty the elements that are kept for screen readers; headings and times stay, for sites hide the only ones."""
    for node in SOUGHT(root):
        if node.tag in KEPT or not (SPOKEN.search(node.get("class") or "") or CLIPPED.search(node.get("style") or "")):
            continue
        if next(node.iter("h1", "h2", "h3", "time", "table"), None) is None and len(node.text_content()) <= LONGEST:
            node.text = " "  # it parts the words around it
            del node[:]
