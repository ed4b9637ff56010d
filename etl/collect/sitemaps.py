"""Sitemaps, news sitemaps and indexes of them, packed or not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from etl.collect import addresses
from etl.collect.items import Item, Listing, NotAFeed, once

UNPACKED = 50_000_000  # bytes that a packed sitemap may grow to
ROOTS = {"urlset", "sitemapindex"}


def read(body: bytes, url: str, root: str) -> Listing:
    """Return what a sitemap lists, or, of an index, its maps; what stands before an error counts."""
    rows = list(_rows(body))
    if root == "sitemapindex":
        newest = sorted(rows, key=lambda row: row.get("lastmod", ""), reverse=True)
        return Listing([], [found for row in newest if (found := addresses.clean(row.get("loc", ""), url))])
    return Listing(once(_item(row, url) for row in rows), [])


def unpacked(body: bytes) -> bytes:
    """Return a gzip file unpacked, other bytes as they are.

    Raises:
        NotAFeed: It cannot be unpacked, or grows too large.
    """
    if body[:2] != b"\x1f\x8b":
        return body
    parts: list[bytes] = []
    left = UNPACKED
    while body[:2] == b"\x1f\x8b":  # one member after the other
        try:
            packed = zlib.decompressobj(wbits=31)
            parts.append(packed.decompress(body, left))
        except zlib.error as broken:
            raise NotAFeed(f"a packed file that cannot be unpacked ({broken})") from broken
        left -= len(parts[-1])
        if packed.unconsumed_tail or left <= 0:
            raise NotAFeed(f"a packed file that grows beyond {UNPACKED:,} bytes")
        body = packed.unused_data
    return b"".join(parts)


def root_of(body: bytes) -> str:
    """Return the name of the first element, in lower case, without its namespace; "" when there is none."""
    try:
        for _, element in etree.iterparse(BytesIO(body), events=("start",), resolve_entities=False, no_network=True):
            return str(etree.QName(element).localname).lower()
    except etree.XMLSyntaxError:
        return ""
    return ""


def _item(row: dict[str, str], url: str) -> Item:
    words = [row.get("title", ""), row.get("keywords", ""), _slug(row.get("loc", ""))]
    stamp = row.get("lastmod") or row.get("publication_date", "")
    return Item(addresses.clean(row.get("loc", ""), url), " \n".join(words), stamp)


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    """Yield the entries of a sitemap, names without their namespace."""
    row: dict[str, str] = {}
    events = etree.iterparse(BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True)
    for _, element in events:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("url", "sitemap"):
            yield row
            row = {}
            element.clear()
        elif element.text and name != "loc":
            earlier = f"{row[name]} " if name == "title" and name in row else ""  # a picture has a title too
            row[name] = earlier + element.text.strip()
        elif element.text and _parent(element) in ("url", "sitemap"):  # an image has a loc too
            row["loc"] = element.text.strip()


def _parent(element: Any) -> str:
    parent = element.getparent()
    return str(etree.QName(parent).localname) if parent is not None else ""


def _slug(url: str) -> str:
    return unquote(urlsplit(url).path).replace("-", " ").replace("_", " ").replace("/", " ")
