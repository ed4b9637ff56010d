"""What a page holds and shows to nobody who reads it: boxes out of sight, words for screen readers alone.

Numbers stand there that no reader sees, by a template's carelessness or by somebody's intent. What a style sheet hides
is not known here, only what an element says of itself. The attribute `hidden` does not count: it is on boxes that a
click opens.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from etl.read.tree import Node

SPOKEN_TO = etree.XPath(
    "//@class[contains(., 'sr-only') or contains(., 'isually') or contains(., 'creen')]/.."
    " | //@style[contains(., 'clip')]/.."
)
SPOKEN = re.compile(r"(?<!not-)\bsr-only|visually-?hidden|screen-?reader|(?<!max-)\bscreen-only-text", re.IGNORECASE)
CLIPPED = re.compile(r"clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?|clip-path\s*:\s*inset\(\s*(?:50|100)%")
KEPT = frozenset(("html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "time", "table", "caption"))
LONGEST = 160  # characters; more of them are content that a script may show

MAYBE_OUT_OF_SIGHT = etree.XPath("//@style/.. | //dialog[not(@open)] | //textarea")
ZERO = r"\s*:\s*0*(?:\.0+)?(?:px|r?em|pt|%)?\s*(?:;|!|$)"
OUT_OF_SIGHT = re.compile(
    rf"\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?<!-)opacity{ZERO}|font-size{ZERO}"
    r"|font-size\s*:\s*0*1px|(?<![\w-])color\s*:\s*transparent"
    r"|(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{4,}(?:\.\d+)?px|text-indent\s*:\s*-\d{3,}(?:em|%)"
    r"|transform\s*:\s*scale\(\s*0\s*[,)])",
    re.IGNORECASE,
)
NO_ROOM = re.compile(rf"(?<![\w-])(?:max-)?(?:height|width){ZERO}", re.IGNORECASE)
CUT = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
COLOUR = re.compile(r"(?<![\w-])(color|background(?:-color)?)\s*:\s*([^;!]+)", re.IGNORECASE)
SAME = {"white": "#fff", "black": "#000", "#ffffff": "#fff", "#000000": "#000"}
SMALL_PART = 0.25  # of the page's text; boxes that hide more of it in one way are shown by a script, sooner or later


def hush(root: Node) -> None:
    """Empty what is out of sight, and the elements that are kept for screen readers.

    Headings and times stay, for sites hide the only ones.
    """
    for node in SPOKEN_TO(root):
        if node.tag in KEPT or not (SPOKEN.search(node.get("class") or "") or CLIPPED.search(node.get("style") or "")):
            continue
        if len(node.text_content()) <= LONGEST:
            _empty(node)
    gone = [node for node in MAYBE_OUT_OF_SIGHT(root) if node.tag not in KEPT and _is_out_of_sight(node)]
    small = SMALL_PART * len(root.text_content()) if gone else 0
    alike: Counter[str] = Counter()
    for node in gone:
        alike[_way(node)] += len(node.text_content())
    for node in gone:
        if alike[_way(node)] <= small:
            _empty(node)


def _empty(node: Node) -> None:
    if next(node.iter("h1", "h2", "h3", "time", "table"), None) is None:
        node.text = " "  # it parts the words around it
        del node[:]


def _way(node: Node) -> str:
    return f"{node.tag} {node.get('style') or ''}"


def _is_out_of_sight(node: Node) -> bool:
    style = node.get("style")
    if style is None or node.tag in ("dialog", "textarea"):
        return True
    if OUT_OF_SIGHT.search(style) or (CUT.search(style) and NO_ROOM.search(style)):
        return True
    colours = {name.lower(): _colour(value) for name, value in COLOUR.findall(style)}
    ground = colours.get("background") or colours.get("background-color")
    return ground is not None and ground == colours.get("color")


def _colour(value: str) -> str:
    plain = "".join(value.lower().split())
    return SAME.get(plain, plain)
