"""Whatever bytes a site sends, reading them raises only what is meant to be raised."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etl.collect import addresses, feeds, reservations
from etl.collect.items import NotAFeed
from etl.collect.robots import Rules

XML = some.sampled_from(
    [
        *(b"<rss><channel>", b"<item>", b"<link>", b"http://a.example/", b"</link>", b"<title>", b"&amp;", b"&nbsp;"),
        *(b"<![CDATA[", b"]]>", b"<urlset>", b"<url>", b"<loc>", b"</loc>", b"</url>", b"\xff", b"\x00", b"&a;"),
        *(b"<?xml version='1.0'?>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"<!DOCTYPE a ["),
        *(b"<!ENTITY a 'b'>", b"\x1f\x8b"),
    ]
)
LINES = some.sampled_from(
    [
        *("User-agent: *", "user-agent: Streamledger", "Disallow: /", "Disallow: /*?$", "Allow:", "\u2028", "# ", ":"),
        *("Crawl-delay: x", "Crawl-delay: 1e999", "Crawl-delay: -5", "Crawl-delay: nan", "Request-rate: 1/0"),
        *("Request-rate: 0/1", "Request-rate: 5/1m 0800-1300", "Content-Signal: ai-input=no"),
    ]
)
often = settings(max_examples=80, deadline=None, database=None, derandomize=True)


@often
@given(some.one_of(some.binary(max_size=300), some.lists(XML, max_size=12).map(b"".join)))
def test_feeds(body: bytes) -> None:
    """A listing or NotAFeed; every item has an address that can be asked for."""
    with contextlib.suppress(NotAFeed):
        for item in feeds.read(body, "https://paper.example/feed").items:
            assert addresses.clean(item.url) == item.url


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=20) | some.just("https://paper.example/a"),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["url", "id", "tags", "x"]), inner)
    ),
    max_leaves=8,
)
KEYS = some.sampled_from(["url", "external_url", "id", "title", "tags", "date_modified", "content_text"])


@often
@given(some.lists(some.dictionaries(KEYS, VALUES, max_size=5) | VALUES, max_size=4))
def test_json_feeds(items: list[object]) -> None:
    """Whatever stands in the items of a JSON Feed, what is listed can be asked for."""
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    for item in feeds.read(body, "https://paper.example/feed").items:
        assert addresses.clean(item.url) == item.url


def test_json_without_bottom() -> None:
    """Brackets in brackets in brackets are no feed and no reservation, and no failure."""
    deep = '{"version": "jsonfeed.org", "items": ' + "[" * 100_000
    with pytest.raises(NotAFeed):
        feeds.read(deep.encode(), "https://paper.example/feed")
    assert reservations.by_well_known("[" * 100_000, "https://paper.example/a") == ""


@often
@given(
    some.one_of(some.binary(max_size=200), some.lists(LINES, max_size=8).map(lambda lines: "\n".join(lines).encode()))
)
def test_robots(body: bytes) -> None:
    """Rules are read from anything; the delay is a number of seconds."""
    rules = Rules.read(body)
    assert isinstance(rules.refusal("https://paper.example/a?b=c"), str)
    assert rules.delay >= 0
    assert isinstance(reservations.by_robots(rules), str)


@often
@given(some.text(max_size=80), some.text(max_size=30))
def test_addresses(url: str, base: str) -> None:
    """Cleaning twice changes nothing more."""
    once = addresses.clean(url, base)
    assert addresses.clean(once) == once


@often
@given(some.binary(max_size=300), some.text(max_size=60))
def test_reservations(body: bytes, said: str) -> None:
    """Headers, meta tags and files of reservations may hold anything."""
    headers = {"x-robots-tag": said, "content-signal": said, "tdm-reservation": said}
    assert isinstance(reservations.by_answer(headers, b"<meta " + body + b">", is_page=True), str)
    assert isinstance(reservations.by_well_known(said, "https://paper.example/a"), str)
