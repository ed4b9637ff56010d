"""Characters to one lxml tree: every part of the reader looks at the same one; `lighten` alone changes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from lxml import etree, html

from etl.read.glyphs import visible

Node = Any  # lxml carries no types

XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
SERVERS = re.compile(  # a complaint of PHP, as it writes them into pages
    r"(?:<br ?/?>\s*)?<b>(?:Warning|Notice|Deprecated|Strict Standards|(?:Fatal|Parse) error)</b>:"
    r"[^\n]{1,1000}? on line <b>\d+</b>(?:<br ?/?>)?"
)
ENDED = re.compile(r"</(?:body|html)\b[^>]*>", re.IGNORECASE)
CONTROL_BYTES = bytes(code for code in range(32) if CONTROL.match(chr(code)))
HEADINGS = ("h2", "h3", "h4", "h5", "h6")  # below the headline
SPACE = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")  # all but a single blank, which stays as it is
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
HTML_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "p": "paragraph",
    "li": "item",
    "blockquote": "quote",
    "figcaption": "caption",
}
SILENT = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "object"))
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HOLLOW = ("script", "style", "svg", "noscript", "template", "iframe", "object")
UNREAD = (
    *("head", "link", "meta", "select", "option", "optgroup", "datalist", "textarea", "input", "progress", "output"),
    *("audio", "video", "source", "track", "canvas", "map", "area", "embed", "applet", "param", "frame", "frameset"),
)
BESIDE = ("nav", "footer", "menu", "button", "label", "legend")
APART = "data-streamledger-apart"  # the mark of an element that a copy is made without
FORUM = "DiscussionForumPosting"  # by which trafilatura tells that the comments are the text
UTF8 = html.HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
# the class of an element is chosen without a call into Python, a tenth of the cost of a page
UTF8.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))


def parse(text: str) -> Node | None:
    """Return the tree of a page, or None when there is no element in it.

    What stands behind the end of the body is in it, as browsers show it: templates often end too early. Characters
    that show nothing are not.
    """
    declared = XML_DECLARATION.match(text)
    clean = _unended(text[declared.end() :] if declared else text)
    if "</b> on line <b>" in clean:
        clean = SERVERS.sub(" ", clean)
    data = visible(clean).encode("utf-8", errors="replace").translate(None, CONTROL_BYTES)
    try:
        root = html.document_fromstring(data, parser=UTF8)
    except (html.etree.ParserError, ValueError):
        return None
    return root if root is not None and len(root) else None


def _unended(text: str) -> str:
    """Return a page without the ends of its body, which may be left out, where elements follow the first of them."""
    end = ENDED.search(text)
    rest = ENDED.sub("", text[end.end() :]) if end else ""
    return text[: end.start()] + rest if end and "<" in rest else text


def lighten(root: Node) -> None:
    """Empty the elements that show nothing, once their data is read: every copy of the tree is the cheaper for it."""
    for node in list(root.iter(*HOLLOW)):
        if node.text and not (node.tag == "script" and FORUM in node.text):
            node.text = None
        del node[:]


def is_forum(root: Node) -> bool:
    """Whether a page declares itself a thread of a forum, whose comments are its text."""
    return any(FORUM in (node.text or "") for node in root.iter("script"))


def thin(root: Node, apart: Sequence[Node] = ()) -> Node:
    """Return a copy of a page without what no reader takes for the text: every search in it is the cheaper.

    What stands beside the content goes only where it holds the smaller part of the page. The elements `apart` are
    none of the text either.
    """
    for node in apart:
        node.set(APART, "")
    copied = copy(root)
    for node in apart:
        del node.attrib[APART]
    for node in list(copied.iter(*{node.tag for node in apart})) if apart else ():
        if node.get(APART) is not None:
            node.drop_tree()
    etree.strip_elements(copied, *HOLLOW, *UNREAD, with_tail=False)
    beside = sum(len(node.text_content()) for node in copied.iter(*BESIDE))
    if beside * 2 < len(copied.text_content()):
        etree.strip_elements(copied, *BESIDE, with_tail=False)
    return copied


def squeeze(text: str) -> str:
    """Return the text with every run of white space as one blank; no-break spaces stay, they hold numbers together."""
    if text.isascii():  # the same at a fifth of the cost: ASCII has no other white space
        return " ".join(text.split())
    return SPACE.sub(" ", text).strip()


def inner_text(node: Node) -> str:
    """Return what a node says on one line: inline tags join with nothing, block tags and br with a blank."""
    parts: list[str] = []
    _collect(node, parts)
    return squeeze("".join(parts))


def _collect(node: Node, parts: list[str]) -> None:
    if not isinstance(node.tag, str) or node.tag in SILENT:
        return
    block = node.tag in BLOCK_TAGS
    if block:
        parts.append(" ")
    parts.append(node.text or "")
    for child in node:
        _collect(child, parts)
        parts.append(child.tail or "")
    if block:
        parts.append(" ")


def hides(node: Node) -> bool:
    """Whether a node is kept from readers by its own attributes."""
    return node.get("hidden") is not None or bool(HIDDEN.search(node.get("style") or ""))


def hidden(node: Node) -> bool:
    """Whether a node or one above it is kept from readers by its own attributes."""
    return any(hides(one) or one.get("aria-hidden") == "true" for one in (node, *node.iterancestors()))


def meta(root: Node) -> dict[str, str]:
    """Return the page's meta values by lower-case name, property or itemprop; the first filled one of a name counts."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        content = squeeze(node.get("content") or node.get("value") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (node.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found
