"""Feeds that would keep their reader busy for hours, found before they are read: too deep, too long, too many."""

from __future__ import annotations

import itertools
import re

from etl.collect.items import NotAFeed

ITEMS = 5000  # of one feed that are read
LONGEST = 10_000_000  # bytes of one feed that are read
DEEPEST = 50_000  # elements in elements; HTML that closes none of its paragraphs counts too
ATTRIBUTES = 500  # of one element

END = re.compile(rb"</(?:[a-z]+:)?(?:item|entry)\s*>", re.IGNORECASE)
EDGE = re.compile(rb"</|/>|<(?=[A-Za-z_])")  # the end of an element, or its beginning
LONG_TAG = re.compile(rb"<[^<>]{3000,}")


def tamed(body: bytes) -> tuple[bytes, str]:
    """Return as much of a feed as is read, and what is to be said of the rest.

    Raises:
        NotAFeed: No feed looks like that.
    """
    if any(tag[0].count(b"=") > ATTRIBUTES for tag in LONG_TAG.finditer(body)):
        raise NotAFeed(f"an element with more than {ATTRIBUTES} attributes where a feed should be")
    problem = ""
    if last := next(itertools.islice(END.finditer(body), ITEMS - 1, ITEMS), None):
        body, problem = body[: last.end()], f"the feed lists {ITEMS:,} items or more, of which {ITEMS:,} are read"
    if len(body) > LONGEST:
        body, problem = body[:LONGEST], f"the feed has {len(body):,} bytes, of which {LONGEST:,} are read"
    depth = 0
    for edge in EDGE.finditer(body):
        depth = max(0, depth + (1 if edge[0] == b"<" else -1))
        if depth > DEEPEST:
            raise NotAFeed(f"elements in elements, more than {DEEPEST:,} deep, where a feed should be")
    return body, problem
