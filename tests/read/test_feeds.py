"""Feeds that are read as they are: of XML or JSON, packed or not; and what is a listing and no page."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import date
from typing import Any

import pytest

from etl import read
from etl.model import Kind

ITEM: dict[str, Any] = {
    "id": "https://paper.example/a",
    "url": "https://paper.example/a",
    "title": "Canal+ & co",
    "content_html": "<p>Canal+ compte 9&nbsp;millions d’abonnés.</p><ul><li>Prix : 20 €</li></ul>",
    "summary": "Un résumé.",
    "date_published": "2024-03-14T00:30:00+01:00",
    "date_modified": "2024-03-15T10:00:00+01:00",
    "authors": [{"name": "Agathe Meunier"}],
}


def feed(*items: dict[str, Any], **more: Any) -> bytes:
    row = {"version": "https://jsonfeed.org/version/1.1", "title": "Le Journal", "language": "fr-FR", "items": items}
    return json.dumps({**row, **more}).encode()


def test_json_feed() -> None:
    body = feed(ITEM)
    (document,) = read.feed(body, url="https://paper.example/feed.json")
    assert document.text == "Canal+ & co\nCanal+ compte 9\xa0millions d’abonnés.\nPrix : 20 €"
    assert (document.published, document.modified, document.published_from) == (
        date(2024, 3, 14),
        date(2024, 3, 15),
        "feed",
    )
    assert (document.url, document.authors, document.site, document.lang, document.kind) == (
        *("https://paper.example/a", ("Agathe Meunier",), "Le Journal", "fr"),
        Kind.ARTICLE,
    )
    assert document.digest == hashlib.sha256(body).hexdigest(), "it leads back to the feed in the archive"


def test_an_item_keeps_its_name_when_the_feed_grows() -> None:
    (alone,) = read.feed(feed(ITEM))
    other = {**ITEM, "url": "https://paper.example/b", "id": "b"}
    first, second = read.feed(feed(ITEM, other))
    assert alone.document_id == first.document_id != second.document_id


PLAIN: list[tuple[dict[str, Any], str]] = [
    ({"content_text": "One & two.\n\nThree < four."}, "T\nOne & two.\nThree < four."),
    ({"summary": "Only a summary with 5 < 6."}, "T\nOnly a summary with 5 < 6."),
    ({"content_html": "<p>Long text here.</p>", "summary": "Short"}, "T\nLong text here."),
    ({}, "T"),
]


@pytest.mark.parametrize(("row", "text"), PLAIN, ids=[str(sorted(row)) for row, _ in PLAIN])
def test_what_an_item_carries(row: dict[str, Any], text: str) -> None:
    (document,) = read.feed(feed({"id": "https://paper.example/x", "title": "T", **row}), language="en")
    assert document.text == text
    assert document.url == "https://paper.example/x"
    assert document.kind is (Kind.ARTICLE if row else Kind.EMPTY_SHELL)


ODD = [{"items": 3}, {"items": [3, None, {"title": 7, "url": ["x"]}]}, {"authors": "x"}, {"title": None}]


@pytest.mark.parametrize("more", ODD, ids=str)
def test_odd_shapes_cost_no_night(more: dict[str, Any]) -> None:
    assert all(document.text or document.kind is not Kind.ARTICLE for document in read.feed(feed(ITEM, **more)))


RSS = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>P</title><item><title>Netflix</title>"
    "<link>https://paper.example/a</link><description>Netflix has 300 million members.</description></item>"
    "</channel></rss>"
)


def test_a_packed_feed_is_unpacked() -> None:
    for body in (gzip.compress(RSS.encode()), RSS.encode()):
        (document,) = read.feed(body)
        assert document.text == "Netflix\nNetflix has 300 million members."
    (document,) = read.feed(gzip.compress(feed(ITEM)))
    assert document.title == "Canal+ & co"


LISTINGS: list[tuple[bytes | str, str, bool]] = [
    (RSS, "", True),
    (gzip.compress(RSS.encode(), mtime=0), "", True),
    ("\ufeff" + RSS, "", True),
    ("  <rdf:RDF xmlns:rdf='x'>", "", True),
    ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "", True),
    (gzip.compress(b"<?xml version='1.0'?><sitemapindex/>", mtime=0), "application/gzip", True),
    (feed(ITEM), "application/json", True),
    ('{"title": "x", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "text/plain", True),
    ("{}", "application/feed+json", True),
    ('{"version": "1.0"}', "application/json", False),
    ("<?xml version='1.0'?><!DOCTYPE html><html><body><p>x</p></body></html>", "", False),
    ("<html><body>rss</body></html>", "application/rss+xml", False),
    ("", "", False),
    (b"%PDF-1.7", "", False),
    (b"\x1f\x8bbroken", "", False),
]


@pytest.mark.parametrize(("body", "content_type", "expected"), LISTINGS, ids=[str(row[0][:30]) for row in LISTINGS])
def test_what_is_a_listing(body: bytes | str, content_type: str, expected: bool) -> None:
    assert read.is_listing(body.encode() if isinstance(body, str) else body, content_type) is expected
