"""One page: bytes in, a Document out, whatever the bytes are."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

import htmldate
import htmldate.meta
import trafilatura.meta

from etl.model import Document, Kind
from etl.read import authors, dates, jsonld, kinds, maintext, sites, tables, titles, wires
from etl.read.cards import cards, said
from etl.read.compose import Grid, Piece, compose
from etl.read.decode import NotText, decode
from etl.read.fill import Opening, fill
from etl.read.language import by_block
from etl.read.language import language as language_of
from etl.read.lines import lines
from etl.read.sight import Sight
from etl.read.tree import Node, lighten, meta, parse
from etl.read.trim import Frame, trim
from etl.read.unseen import hush
from etl.read.wording import fold
from etl.read.words import agencies, words

MAX_TAGS = 150_000  # "<" in a page; the largest real pages have a fifth of it, and the time to read grows with them
MAX_MARKUP = 8_000_000  # characters of a page
MANY_LINES = 4000  # that a page shows; the longest articles and tables have half of them
AROUND = 600  # characters of prose around tables of data from which these are not looked through for more of it
TOO_LARGE = f"more than a page has (at most {MAX_TAGS} tags and {MAX_MARKUP} characters)"


def read(
    body: bytes, *, url: str = "", content_type: str = "", language: str = "", fetched_at: datetime | None = None
) -> Document:
    """Return what a page says. Never raises: a body that cannot be read gives kind `unreadable`, with the evidence.

    `language` (ISO 639-1) is the source's, for pages that do not say theirs; nothing later than `fetched_at` is
    believed to be a date of publication.
    """
    try:
        markup = decode(body, content_type)
        if why := kinds.data(markup):
            return replace(unreadable(body, url, language, why), kind=Kind.DATASET, text=markup)
        if (tags := markup.count("<")) > MAX_TAGS or len(markup) > MAX_MARKUP:
            return unreadable(body, url, language, f"{tags} tags in {len(markup)} characters: {TOO_LARGE}")
        root = parse(markup)
        if root is None:
            return unreadable(body, url, language, f"no element in {len(markup)} characters, beginning {markup[:60]!r}")
        found = _document(markup, root, titles.usable(url), language, fetched_at)
        document_id, digest = identity(body, url)
        return replace(found, document_id=document_id, digest=digest, url=url)
    except NotText as wrong:
        return unreadable(body, url, language, str(wrong))
    except Exception as failure:
        return unreadable(body, url, language, f"the reader failed: {type(failure).__name__}: {failure}")


def unreadable(body: bytes, url: str, language: str, evidence: str) -> Document:
    """Return the document of a body that cannot be read."""
    name, digest = identity(body, url)
    return Document(
        document_id=name, lang=language, text="", kind=Kind.UNREADABLE, url=url, digest=digest, evidence=evidence
    )


def identity(body: bytes, url: str) -> tuple[str, str]:
    """Return the document's id (16 hex digits, of address and body) and the body's SHA-256."""
    digest = hashlib.sha256(body).hexdigest()
    return hashlib.sha256(f"{url}\n{digest}".encode()).hexdigest()[:16], digest


def _document(markup: str, root: Node, url: str, hint: str, fetched_at: datetime | None) -> Document:
    metas, entries = meta(root), jsonld.entries(root)
    lighten(root)
    article = jsonld.article(entries)
    site = titles.site(metas, entries, url)
    own = sites.by_rule(root, titles.host(url), fetched_at.date() if fetched_at else dates.stated(metas, article, url))
    title = own.title or titles.title(root, metas, article, site, url)
    hush(root)
    tables.tame(root)
    laid, shown = tables.laid(root), lines(root)
    grids = [made for _, made in laid]
    sight = Sight(root, url, title or "", shown, grids, article, metas, markup, words())
    kind, evidence = kinds.kind_of(sight)
    opening = Opening(title or "", metas.get("og:description") or metas.get("description") or "")
    apart = [node for node, _ in laid] if sight.prose >= AROUND else []
    pieces = own.pieces() or fill(maintext.main_text(root, url, len(shown) > MANY_LINES, apart), shown, opening)
    pairs = [made for _, made in cards(root, shown)]
    pieces = _settle(pieces, [node for node, _ in laid], pairs, title)
    lang = language_of(root, metas, "\n".join(piece.text for piece in pieces), hint, url)
    when = dates.dates(
        dates.Scene(
            *(root, metas, article, url, shown, title or "", words(), dates.latest_day(fetched_at)),
            day_first=dates.day_first(root, metas, lang, titles.host(url)),
            lang=lang,
            scripted=dates.scripted(markup),
            read_at=fetched_at,
        )
    )
    names = authors.authors(authors.Scene(metas, entries, article, shown, title or "", site, words()))
    if kind.readable:
        pieces = trim(pieces, Frame(title or "", names, shown, words()))
    text, blocks, placed = compose(title, pieces, [*grids, *pairs])
    return Document(
        document_id="",
        lang=lang,
        text=text,
        published=when.published,
        title=title,
        kind=kind,
        published_from=when.witness,
        modified=when.modified,
        authors=names,
        site=site,
        wire=wires.wire(names, [piece.text for piece in pieces if piece.kind != "caption"], agencies()),
        evidence=evidence,
        blocks=by_block(text, blocks, lang),
        tables=tuple(placed),
        published_sure=when.sure,
        witnesses=when.witnesses,
        doubts=when.doubts,
    )


def _settle(pieces: list[Piece], tables_read: list[Node], pairs: list[Grid], title: str | None) -> list[Piece]:
    """Return the blocks without the headline said again and without the cells of tables that were read as tables."""
    written = "\n".join(fold(node.text_content()) for node in tables_read)
    if pairs:
        carded = {fold(words) for made in pairs for words in said(made)}
        pieces = [piece for piece in pieces if fold(piece.text) not in carded]
    left = [
        Piece("paragraph" if piece.kind == "table" else piece.kind, piece.text)
        for piece in pieces
        if not (piece.kind == "table" and fold(piece.text) in written)
    ]
    if title and left and fold(left[0].text) == fold(title):
        left = left[1:]
    return left


def body_text(document: Document) -> str:
    """Return the text without the headline."""
    first = document.blocks[0] if document.blocks else None
    if first is None or first.kind != "headline":
        return document.text
    return document.text[first.end :].lstrip("\n")


def reset_caches() -> None:
    """Empty what trafilatura and htmldate remember between pages, some 100 MB after a few hundred."""
    trafilatura.meta.reset_caches()
    htmldate.meta.reset_caches()
