"""When a page was published and changed, and which witness says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from htmldate import find_date

from etl.read import jsonld
from etl.read.tree import Node, hidden

EARLIEST = date(1994, 1, 1)
PUBLISHED_METAS = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "bt:pubdate",
    "article.published",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "published_time",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "date",
    "citation_publication_date",
    "displaydate",
    "originalpublicationdate",
    "last_published",
    "shareaholic:article_published_time",
    "pdate",
    "article_date_original",
    "datecreated",
    "og:pubdate",
]
MODIFIED_METAS = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "article:modified",
    "modified_time",
    "revision_date",
]
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=\D|$)|\b(\d{4})(\d\d)(\d\d)(?=\D|T|$)")
IN_URL = re.compile(r"(?<!\d)(19[89]\d|20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d{1,3}(?:\D|$))")
PUBLISHED_NAMES = re.compile(r"publi|pubdate|posted|entry-date|created|issued", re.IGNORECASE)
MODIFIED_NAMES = re.compile(r"updat|modif|mise?-?a-?jour|maj\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of the publisher; `witness` says who gave `published`: json-ld, meta, time, url, text, or "" for nobody."""

    published: date | None = None
    witness: str = ""
    modified: date | None = None


def dates(root: Node, metas: dict[str, str], article: jsonld.Entry, url: str, today: date | None) -> Dates:
    """Return when a page was published and changed. `today` is the day it was fetched: nothing later is believed."""
    latest = (today or datetime.now(UTC).date()) + timedelta(days=2)
    modified = _first((article.get("dateModified"), *(metas.get(name) for name in MODIFIED_METAS)), latest)
    for witness, found in (
        ("json-ld", _first((article.get("datePublished"), article.get("dateCreated")), latest)),
        ("meta", _first(tuple(metas.get(name) for name in PUBLISHED_METAS), latest)),
        ("time", _from_time(root, latest)),
        ("url", _from_url(url, latest)),
    ):
        if found:
            return Dates(found, witness, modified)
    found = _searched(root, url, latest)
    return Dates(found, "text" if found else "", modified)


def day_of(value: Any, latest: date) -> date | None:
    """Return the local day of a machine-readable time, as written; None when it is none or out of range."""
    text = jsonld.text_of(value)
    found = ISO.search(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made if EARLIEST <= made <= latest else None


def _first(values: tuple[Any, ...], latest: date) -> date | None:
    return next((found for value in values if (found := day_of(value, latest))), None)


def _from_time(root: Node, latest: date) -> date | None:
    """Return the day of the page's own time element: one named as the publication, else the only day there is."""
    plain: list[date] = []
    for node in root.xpath("//time | //*[@itemprop='datePublished'] | //abbr[contains(@class,'published')]"):
        found = day_of(node.get("datetime") or node.get("content") or node.get("title") or "", latest)
        if not found or hidden(node):
            continue
        names = " ".join((node.get("class") or "", node.get("itemprop") or "", node.get("id") or ""))
        if PUBLISHED_NAMES.search(names) or node.get("pubdate") is not None:
            return found
        if not MODIFIED_NAMES.search(names):
            plain.append(found)
    return plain[0] if plain and len(set(plain)) == 1 else None


def _from_url(url: str, latest: date) -> date | None:
    found = IN_URL.search(url)
    if not found:
        return None
    try:
        made = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return made if EARLIEST <= made <= latest else None


def _searched(root: Node, url: str, latest: date) -> date | None:
    answer = find_date(root, original_date=True, extensive_search=False, url=url or None, max_date=latest.isoformat())
    return date.fromisoformat(answer) if answer else None
