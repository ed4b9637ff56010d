"""Whatever a site sends, reading it ends soon: files made to keep a reader busy for hours take seconds at most."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from etl.collect import feeds, reservations, taming
from etl.collect.items import NotAFeed
from etl.collect.robots import Rules

PATIENCE = 15.0  # seconds on a busy machine; each of these took minutes to hours before it was bounded
PAGE = "https://paper.example/a"
RSS = b"<rss version='2.0'><channel>"
ITEM = "<item><title>Streaming {0}</title><link>https://paper.example/{0}</link></item>"


def listed(body: bytes) -> int:
    """Return how many items are read of a feed; -1 when it is none."""
    try:
        return len(feeds.read(body, PAGE).items)
    except NotAFeed:
        return -1


def rules(text: bytes) -> object:
    found = Rules.read(text)
    return found.refusal(PAGE), found.leave(PAGE), found.delay, reservations.by_robots(found)


def page(body: bytes) -> str:
    return reservations.by_answer({}, body, is_page=True)


CASES: dict[str, Callable[[], object]] = {
    "elements in elements": lambda: listed(b"<a>" * 400_000),
    "items in items": lambda: listed(RSS + b"<item>" * 400_000),
    "an element of many attributes": lambda: listed(b"<rss " + b" ".join(b"a%d=''" % n for n in range(50_000)) + b">"),
    "HTML that is never closed": lambda: listed(RSS + b"<item><description><![CDATA[" + b"<div>" * 40_000),
    "a name and blanks": lambda: rules(b"user-agent" + b" " * 500_000),
    "a line of blanks": lambda: rules(b" " * 500_000),
    "many names of one group": lambda: rules(
        b"".join(b"user-agent: a%d\n" % n for n in range(30_000)) + b"disallow: /"
    ),
    "many rules": lambda: rules(
        b"user-agent: *\n" + b"".join(b"allow: /x%d/\ndisallow: /y%d*\n" % (n, n) for n in range(9000))
    ),
    "stars": lambda: rules(b"user-agent: *\ndisallow: /" + b"*a" * 200_000 + b"b$"),
    "meta tags that never end": lambda: page(b"<meta " * 300_000),
    "meta tags of one long name": lambda: page((b"<meta " + b"a" * 1990 + b">") * 1000),
}


@pytest.mark.parametrize("case", CASES)
def test_it_ends_soon(case: str) -> None:
    begun = time.process_time()
    CASES[case]()
    assert time.process_time() - begun < PATIENCE


def test_of_very_many_items_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taming, "ITEMS", 300)
    body = RSS + "".join(ITEM.format(number) for number in range(taming.ITEMS + 100)).encode() + b"</channel></rss>"
    found = feeds.read(body, PAGE)
    assert len(found.items) == taming.ITEMS
    assert f"{taming.ITEMS:,} items or more" in found.problem


def test_a_picture_within_an_item_is_no_trap() -> None:
    """Its bytes stand in one long attribute, as many feeds have it."""
    picture = "<img src='data:image/png;base64," + "A" * 300_000 + "=='/>"
    body = RSS + f"<item><title>Streaming</title><link>/a</link><description><![CDATA[{picture}]]>".encode()
    assert listed(body + b"</description></item></channel></rss>") == 1
