"""Feeds read as they are: one document an item, with the text that the feed gives."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any

import feedparser

from etl.model import Document, Kind
from etl.read import jsonfeed, maintext, page, wires
from etl.read.compose import Piece, compose
from etl.read.dates import latest_day
from etl.read.days import machine_day
from etl.read.decode import NotText, decode, decompress
from etl.read.language import told
from etl.read.tree import parse, squeeze
from etl.read.words import agencies

BEGINNING = 4_000  # bytes in which a feed shows what it is
ROOTS = ("<rss", "<feed", "<urlset", "<sitemapindex", "<rdf:rdf")
JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def is_listing(body: bytes, content_type: str = "") -> bool:
    """Whether a body is a feed or a sitemap, packed or not, of XML or JSON: it lists pages and is none."""
    try:
        start = decode(decompress(body)[:BEGINNING], content_type).lstrip().lower()
    except NotText:
        return False
    if start.startswith("{"):
        return bool(JSON_FEED.search(start)) or "feed+json" in content_type
    if start.startswith(ROOTS):
        return True
    return start.startswith("<?xml") and "<html" not in start and "<!doctype html" not in start


def feed(body: bytes, *, url: str = "", language: str = "") -> list[Document]:
    """Return one document for each item of a feed (RSS, RDF, Atom, JSON Feed): title, text or summary, date, authors.

    Each has the digest of the body, so that it leads back to the feed in the archive. A body that is no feed gives one
    document of kind `unreadable`; its evidence names what came.
    """
    try:
        bare = decompress(body)
        markup = decode(bare)
    except NotText as wrong:
        return [page.unreadable(body, url, language, f"no feed: {wrong}")]
    digest = hashlib.sha256(body).hexdigest()
    if found := jsonfeed.parse(markup):
        said = found["language"][:2].lower()
        return [_item(entry, found["title"], said or language, digest) for entry in found["entries"]]
    try:
        parsed = feedparser.parse(bare)
    except ValueError as wrong:  # of a declaration whose encoding is no name
        return [page.unreadable(body, url, language, f"no feed: {wrong}")]
    if not parsed.get("version"):
        what = "a web page" if "<html" in markup[:2000].lower() else "something else"
        return [
            page.unreadable(body, url, language, f"{what} came instead of a feed, beginning {markup.strip()[:80]!r}")
        ]
    said = str(parsed.feed.get("language", ""))[:2].lower()
    return [_item(entry, str(parsed.feed.get("title", "")), said or language, digest) for entry in parsed.entries]


def _item(entry: Any, site: str, language: str, digest: str) -> Document:
    markup = _markup(entry)
    title = squeeze(_plain(str(entry.get("title", "")))) or None
    pieces = _pieces(markup)
    text, blocks, _ = compose(title, pieces, [])
    link = str(entry.get("link", "") or entry.get("id", ""))
    own = hashlib.sha256(f"{title}\n{markup}".encode()).hexdigest()
    document_id = hashlib.sha256(f"{link}\n{own}".encode()).hexdigest()[:16]
    published = _day(entry, "published", "created")
    modified = _day(entry, "updated")
    names = tuple(dict.fromkeys(squeeze(str(a.get("name", ""))) for a in entry.get("authors", []) if a.get("name")))
    return Document(
        document_id=document_id,
        lang=told(text, language),
        text=text,
        published=published or modified,
        title=title,
        kind=Kind.ARTICLE if pieces else Kind.EMPTY_SHELL,
        url=link,
        digest=digest,
        published_from="feed" if published or modified else "",
        modified=modified,
        authors=names,
        site=site,
        wire=wires.wire(names, [piece.text for piece in pieces], agencies()),
        evidence=f"a feed's item of {sum(len(piece.text) for piece in pieces)} characters",
        blocks=tuple(blocks),
    )


def _markup(entry: Any) -> str:
    """Return the longest text that the item carries."""
    contents = [str(content.get("value", "")) for content in entry.get("content", [])]
    return max((*contents, str(entry.get("summary", ""))), key=len, default="")


def _pieces(markup: str) -> list[Piece]:
    if "<" not in markup:
        return [Piece("paragraph", line) for line in map(squeeze, _plain(markup).splitlines()) if line]
    root = parse(f"<html><body>{markup}</body></html>")
    return maintext.plain_blocks(root) if root is not None else []


def _plain(markup: str) -> str:
    root = parse(f"<html><body><p>{markup}</p></body></html>") if "<" in markup or "&" in markup else None
    return root.text_content() if root is not None else markup


def _day(entry: Any, *names: str) -> date | None:
    """Return the first day given, as the publisher's clock has it."""
    for name in names:
        if name not in entry or not entry[name]:
            continue
        written = machine_day(str(entry[name]), latest_day(None))
        moment = entry.get(f"{name}_parsed")
        if written or moment:
            return written or date(*moment[:3])
    return None
