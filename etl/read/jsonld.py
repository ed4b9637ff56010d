"""What a page says about itself in JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from etl.read.tree import Node

Entry = dict[str, Any]

ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "reviewnewsarticle",
        "blogposting",
        "liveblogposting",
        "techarticle",
        "backgroundnewsarticle",
        "askpublicnewsarticle",
        "advertisercontentarticle",
        "scholarlyarticle",
        "satiricalarticle",
        "report",
        "review",
        "socialmediaposting",
        "discussionforumposting",
        "videoobject",
    ]
)
PAGES = frozenset(
    [
        "webpage",
        "itempage",
        "aboutpage",
        "faqpage",
        "qapage",
        "product",
        "recipe",
        "event",
        "creativework",
        "medicalwebpage",
    ]
)
NOISE = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
COMMA = re.compile(r",\s*([}\]])")
DEPTH = 4


def entries(root: Node) -> list[Entry]:
    """Return every typed entry of the page, in order, those nested in a graph or list after their parent."""
    found: list[Entry] = []
    for node in root.iter("script"):
        if "ld+json" in (node.get("type") or "").lower():
            for data in _load(node.text_content()):
                found += _flat(data, DEPTH)
    return found


def _load(text: str) -> list[Any]:
    text = NOISE.sub("", text).strip().rstrip(";")
    for attempt in (text, COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):  # broken, or brackets thousands deep
            continue
    return []


def _flat(data: Any, depth: int) -> Iterator[Entry]:
    if isinstance(data, list):
        for item in data:
            yield from _flat(item, depth)
    elif isinstance(data, dict) and depth:
        if data.get("@type"):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _flat(data.get(key), depth - 1)


def types(entry: Entry) -> set[str]:
    """Return the types of an entry in lower case, without namespace."""
    raw = entry.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if name}


def article(found: list[Entry]) -> Entry:
    """Return the entry of the page's article: the first with a headline or date, else the page's entry, else {}."""
    for kinds in (ARTICLES - {"videoobject"}, PAGES, ARTICLES):
        matching = [entry for entry in found if types(entry) & kinds]
        for entry in matching:
            if entry.get("datePublished") and (entry.get("headline") or entry.get("name")):
                return entry
        for entry in matching:
            if entry.get("datePublished") or entry.get("headline"):
                return entry
    return {}


def text_of(value: Any) -> str:
    """Return a value as plain text: the first of a list, the name of an object."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), "")
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("headline"))
    return html.unescape(str(value)).strip() if isinstance(value, str | int | float) else ""


def names_of(value: Any) -> list[str]:
    """Return the names in a value: a string, an object with a name, or a list of either."""
    if isinstance(value, list):
        return [name for item in value for name in names_of(item)]
    if isinstance(value, dict):
        return names_of(value.get("name"))
    return [html.unescape(value).strip()] if isinstance(value, str) and value.strip() else []
