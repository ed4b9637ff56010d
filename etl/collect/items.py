"""What a listing holds: the nouns that every kind of feed is read into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


def once(items: Iterable[Item]) -> list[Item]:
    """Return the items that have an address, each address once, the first of its kind."""
    found: dict[str, Item] = {}
    for item in items:
        if item.url:
            found.setdefault(item.url, item)
    return list(found.values())
