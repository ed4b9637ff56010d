"""What a feed or a news sitemap lists."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
from lxml import etree

from etl.collect import addresses

UNPACKED = 50_000_000  # bytes that a packed sitemap may grow to
ROOTS = {"urlset", "sitemapindex"}


class NotAFeed(ValueError):
    """The body is no feed and no sitemap; the message says what it looks like."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its address, what is said of it, and the time the feed gives it (as written)."""

    url: str
    text: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists, each address once, in its order; `maps` are the sitemaps of an index, newest first."""

    items: list[Item]
    maps: list[str]
    problem: str = ""


def read(body: bytes, url: str) -> Listing:
    """Return what a feed (RSS, RDF, Atom) or a sitemap lists.

    Raises:
        NotAFeed: It is neither.
    """
    body = _unpacked(body)
    root = _root(body)
    if root in ROOTS:
        return _sitemap(body, url, root)
    if root == "html" or body[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise NotAFeed(f"a page of HTML where a feed should be; it begins {_beginning(body)}")
    found = feedparser.parse(BytesIO(body), response_headers={"content-location": url})
    if not found.get("version") and not found.entries:
        raise NotAFeed(f"neither feed nor sitemap; it begins {_beginning(body)}")
    items = [_item(entry, url) for entry in found.entries]
    problem = f"the feed is malformed ({found.bozo_exception}); {len(items)} items were read" if found.bozo else ""
    return Listing(_once(items), [], "" if _is_harmless(found) else problem)


def _is_harmless(found: Any) -> bool:
    return isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType)


def _item(entry: Any, base: str) -> Item:
    link = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else "")
    words = [
        entry.get("title", ""),
        entry.get("summary", ""),
        *(tag.get("term") or "" for tag in entry.get("tags", [])),
    ]
    words += [content.get("value", "") for content in entry.get("content", [])]
    stamp = dict.get(entry, "updated") or dict.get(entry, "published") or ""
    return Item(addresses.clean(link or "", base), unescape(" \n".join(words)), stamp)


def _sitemap(body: bytes, url: str, root: str) -> Listing:
    rows = list(_rows(body))
    if root == "sitemapindex":
        newest = sorted(rows, key=lambda row: row.get("lastmod", ""), reverse=True)
        return Listing([], [found for row in newest if (found := addresses.clean(row.get("loc", ""), url))])
    items = [
        Item(
            addresses.clean(row.get("loc", ""), url),
            " \n".join([row.get("title", ""), row.get("keywords", ""), _slug(row.get("loc", ""))]),
            row.get("lastmod") or row.get("publication_date", ""),
        )
        for row in rows
    ]
    return Listing(_once(items), [])


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the entries of a sitemap, names without their namespace; what stands before an error counts."""
    row: dict[str, str] = {}
    events = etree.iterparse(BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True)
    for _, element in events:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("url", "sitemap"):
            yield row
            row = {}
            element.clear()
        elif element.text and name != "loc":
            row[name] = element.text.strip()
        elif element.text and _parent(element) in ("url", "sitemap"):  # an image has a loc too
            row["loc"] = element.text.strip()


def _parent(element: Any) -> str:
    parent = element.getparent()
    return str(etree.QName(parent).localname) if parent is not None else ""


def _root(body: bytes) -> str:
    try:
        for _, element in etree.iterparse(BytesIO(body), events=("start",), resolve_entities=False, no_network=True):
            return str(etree.QName(element).localname).lower()
    except etree.XMLSyntaxError:
        return ""
    return ""


def _slug(url: str) -> str:
    return unquote(urlsplit(url).path).replace("-", " ").replace("_", " ").replace("/", " ")


def _once(items: list[Item]) -> list[Item]:
    found: dict[str, Item] = {}
    for item in items:
        if item.url:
            found.setdefault(item.url, item)
    return list(found.values())


def _unpacked(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, UNPACKED)
    except zlib.error as broken:
        raise NotAFeed(f"a packed file that cannot be unpacked ({broken})") from broken


def _beginning(body: bytes) -> str:
    return repr(" ".join(body[:300].decode("utf-8", errors="replace").split())[:80])
