"""Who wrote a page, and which agency it comes from."""

from __future__ import annotations

import re

from etl.read import jsonld
from etl.read.titles import fold
from etl.read.tree import Node, hidden, inner_text
from etl.read.words import Words

METAS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "creator",
)
AND = re.compile(r"\s*(?:,|;|/|\||&|\band\b|\bet\b|\bund\b|\by\b)\s+", re.IGNORECASE)
BYLINES = (
    "//*[@rel='author']",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[contains(concat(' ',normalize-space(@class),' '),' author-name ')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' byline ')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' author ')]",
)
LONGEST = 60


def authors(root: Node, metas: dict[str, str], article: jsonld.Entry, site_name: str, words: Words) -> tuple[str, ...]:
    """Return the names of the authors as the page gives them, without "by", addresses and the site itself."""
    for raw in (
        jsonld.names_of(article.get("author")) or jsonld.names_of(article.get("creator")),
        [metas[name] for name in METAS if name in metas][:1],
    ):
        found = _clean(raw, site_name, words)
        if found:
            return found
    for path in BYLINES:
        raw = [inner_text(node) for node in root.xpath(path)[:4] if not hidden(node)]
        found = _clean([text for text in raw if len(text) <= LONGEST], site_name, words)
        if found:
            return found
    return ()


def _clean(raw: list[str], site_name: str, words: Words) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in raw:
        for part in AND.split(_without_by(text, words)):
            name = part.strip(" .,:·-–|")
            key = fold(name)
            plausible = 2 < len(name) <= LONGEST and "://" not in name and "@" not in name and not name[0].isdigit()
            if plausible and key != fold(site_name):
                names.setdefault(key, name)
    return tuple(names.values())


def _without_by(text: str, words: Words) -> str:
    lower = text.lower()
    for word in sorted(words.get("by", []), key=len, reverse=True):
        if lower.startswith((word + " ", word + ":")):
            return text[len(word) + 1 :].strip()
    return text


def wire(names: tuple[str, ...], pieces: list[str], agencies: dict[str, list[str]]) -> str:
    """Return the agency that a page credits, as a slug: in its by-line, at its start or at its end; "" for none."""
    head = " ".join(pieces[:1])[:160]
    tail = " ".join(pieces[-2:])[-160:]
    for slug, spellings in agencies.items():
        spelled = "|".join(re.escape(spelling) for spelling in spellings)
        if any(re.search(rf"\b(?:{spelled})\b", name) for name in names):
            return slug
        credit = rf"[\(\[][^()\[\]]{{0,40}}\b(?:{spelled})\b[^()\[\]]{{0,20}}[\)\]]"
        if re.search(credit, head) or re.search(credit, tail) or re.search(rf"\b(?:{spelled})\b\W*$", tail):
            return slug
    return ""
