"""What a feed or a sitemap lists, whatever its kind."""

from __future__ import annotations

import codecs
import re
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from etl.collect import addresses, jsonfeed, sitemaps, taming
from etl.collect.items import Item, Listing, NotAFeed, once

DECLARED = re.compile(r"""\A(<\?xml[^>]{0,200}?encoding=)(["'])[^"']*\2""")


def read(body: bytes, url: str) -> Listing:
    """Return what a feed (RSS, RDF, Atom, JSON Feed) or a sitemap lists.

    Raises:
        NotAFeed: It is neither.
    """
    body = _narrow(sitemaps.unpacked(body))
    if found := jsonfeed.read(body, url):
        return found
    root = sitemaps.root_of(body)
    if root in sitemaps.ROOTS:
        return sitemaps.read(body, url, root)
    if root == "html" or body[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise NotAFeed(f"a page of HTML where a feed should be; it begins {_beginning(body)}")
    return _feed(body, url)


def _narrow(body: bytes) -> bytes:
    """Return a text of two bytes a letter in UTF-8, others as they are."""
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    text = body.decode("utf-16", errors="replace").lstrip()
    return DECLARED.sub(r"\1\2utf-8\2", text, count=1).encode()


def _feed(body: bytes, url: str) -> Listing:
    body, cut = taming.tamed(body)
    try:
        found = feedparser.parse(
            BytesIO(body),
            response_headers={"content-location": url},
            sanitize_html=False,  # nobody shows it, and what is nested deep would take hours
            resolve_relative_uris=False,  # in HTML; the links of items are made absolute all the same
        )
    except ValueError as wrong:  # of a declaration whose encoding is no name
        raise NotAFeed(f"it cannot be read ({wrong}); it begins {_beginning(body)}") from wrong
    if not found.get("version") and not found.entries:
        raise NotAFeed(f"neither feed nor sitemap; it begins {_beginning(body)}")
    items = [_item(entry, url) for entry in found.entries]
    problem = f"the feed is malformed ({found.bozo_exception}); {len(items)} items were read" if found.bozo else ""
    return Listing(once(items), [], cut or ("" if _is_harmless(found) else problem))


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


def _beginning(body: bytes) -> str:
    return repr(" ".join(body[:300].decode("utf-8", errors="replace").split())[:80])
