"""The headline that readers see, and the name of the site."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from etl.read import jsonld
from etl.read.tree import Node, hidden, inner_text, squeeze

LONGEST = 1000  # characters; a longer title is none, and has as many parts as signs
SEPARATOR = re.compile(r"\s+[|│\-–—·•:»«/]\s+|\s*[|│]\s*|\s+::\s+|\s*»\s+")
BAR = re.compile(r"\s*[|│»]\s*|\s+::\s+")
ACCENTS = re.compile("[\u0300-\u036f]+")
SIGNS = re.compile(r"[\W_]+")
REMEMBERED = 4096  # texts: the lines of a page are asked for several times
UNSAID = {code: None for code in range(128) if not chr(code).isalnum()}
OWN = 4  # words of an only heading that is the headline although nothing else says so
SITE = 6  # letters from which a short heading or the name of a site is known in another text
CLOSE = 0.7  # share of the longer title's words from which a lower heading says the same, where there is no higher one
MARKS = (":", "|", "–", "—", "-", "/", "·", "•", "+++", ".")
AGREE = 0.5  # share of the longer title's words that the other one has


def site(metas: dict[str, str], found: list[jsonld.Entry], url: str) -> str:
    """Return the name of the site: as it calls itself, else its host."""
    article = jsonld.article(found)
    for name in (metas.get("og:site_name"), jsonld.text_of(article.get("publisher")), metas.get("application-name")):
        if name and len(name) <= 60:
            return name
    return host(url)


def host(url: str) -> str:
    """Return the host of an address without "www."; "" when it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def title(root: Node, metas: dict[str, str], article: jsonld.Entry, site_name: str, url: str) -> str | None:
    """Return the headline: the visible heading that agrees with what the page declares, else what it declares."""
    names = _site_names(site_name, url)
    heads = [node for node in root.iter("h1") if not hidden(node) and not _leads_home(node, url)]
    page = next((inner_text_of_title(node) for node in root.iter("title")), "")
    declared = [metas.get("og:title"), jsonld.text_of(article.get("headline")), metas.get("twitter:title"), page]
    wanted = [stripped for text in declared if text and (stripped := strip_site(text, names))]
    for text in wanted:
        if found := _visible(heads, text, wanted, names):
            return found
    shown = list({fold(text): text for node in heads if (text := inner_text(node))}.values())
    for text in wanted:
        if found := _lower(root, text, close=not shown):
            return found
    if wanted and len(shown) == 1 and _alone(shown[0], page, names, site_name + host(url)):
        return shown[0]
    if wanted:
        return wanted[0] if wanted[0] != strip_site(page, names) else _longest_part(wanted[0])
    return next(iter(shown), None)


def _leads_home(node: Node, url: str) -> bool:
    """Whether a heading is nothing but a link to the front page: the name of the site."""
    link = next(node.iter("a"), None)
    if link is None or squeeze(link.text_content()) != squeeze(node.text_content()):
        return False
    try:
        to = urlsplit((link.get("href") or "?").strip())
    except ValueError:
        return False
    own = urlsplit(url)
    return (
        not to.query
        and not to.path.strip("/")
        and to.hostname in (None, own.hostname)
        and bool(own.path.strip("/") or own.query)
    )


def _alone(head: str, page: str, names: set[str], site: str) -> bool:
    """Whether the only heading is the headline although nothing declared agrees with it."""
    own, whole = fold(head), fold(page)
    if own in names or own in fold(site) or any(len(name) > SITE and own.startswith(name) for name in names):
        return False
    return len(head.split()) >= OWN or (len(own) >= SITE and own in whole and not whole.startswith(own))


def _visible(heads: list[Node], wanted: str, declared: list[str], names: set[str]) -> str | None:
    """Return the h1 that agrees with a declared title; None without one."""
    agreeing = [
        (node, text)
        for node in heads
        for text in _readings(node)
        if agree(text, wanted) or _part_of(text, wanted) or agree(text, _first(wanted))
    ]
    if not agreeing:
        return None
    node, head = max(agreeing, key=lambda one: (_begins(one[1], wanted), _overlap(one[1], wanted)))
    return _without_kicker(node, strip_site(head, names), declared)


def _lower(root: Node, wanted: str, close: bool) -> str | None:
    """Return the lower heading that is a part of a declared title; `close` takes one that says nearly the same."""
    shown = [text for node in root.iter("h2", "h3") if not hidden(node) and len(text := inner_text(node)) > 8]
    part = next((text for text in shown if _part_of(text, wanted)), None)
    if part or not close:
        return part
    return next((text for text in shown if _overlap(text, wanted) >= CLOSE), None)


def _readings(node: Node) -> list[str]:
    """Return the text of a heading, its parts joined with nothing and with a blank: a kicker often stands in a span."""
    return (
        list(dict.fromkeys((inner_text(node), squeeze(" ".join(node.itertext()))))) if len(node) else [inner_text(node)]
    )


def _without_kicker(node: Node, head: str, declared: list[str]) -> str:
    """Return a heading without the words before the title that the page declares; with the same words, as declared.

    A kicker in a heading often stands in a box of its own, without the colon that the declared title has.
    """
    for text in declared:
        if fold(text) == fold(head):
            return text if text.count(":") > head.count(":") or (_uncased(head) and not _uncased(text)) else head
        if _uncased(head) and fold(_first(text)) == fold(head) and not _uncased(_first(text)):
            return _first(text)
        if 12 < len(text) < len(head) and fold(head).endswith(fold(text)):
            kicker = head[: len(head) - len(text)].rstrip()
            if kicker.endswith(MARKS) or len(node):
                return text
    for part in node.iterdescendants():
        own = inner_text(part) if isinstance(part.tag, str) else ""
        if 12 < len(own) < len(head) and any(_part_of(own, text) for text in declared):
            return own
    return head


def _uncased(head: str) -> bool:
    return head.isupper() or head.islower()


def _begins(head: str, wanted: str) -> bool:
    """Whether a heading is the first whole part of a declared title, or all of it."""
    return fold(head) in (fold(_first(wanted)), fold(wanted))


def _first(text: str) -> str:
    """Return what stands before the first separator of a title."""
    return SEPARATOR.split(text, maxsplit=1)[0]


def _part_of(head: str, wanted: str) -> bool:
    """Whether a heading is one whole part of a declared title, between its separators."""
    if len(wanted) > LONGEST:
        return False
    return fold(head) in {fold(wanted[start:end]) for start, end in _parts(wanted)} - {""}


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the places of the runs of a title from its start, or to its end, at a separator."""
    places = list(SEPARATOR.finditer(text))
    runs = [(0, place.start()) for place in places] + [(place.end(), len(text)) for place in places]
    return runs + [(one.end(), other.start()) for one, other in pairwise(places)]


def _longest_part(text: str) -> str:
    """Return the part of a page title that names the page: the first of two, the longest of more.

    Sites put their names after it, and their sections around it.
    """
    parts = [part.strip() for part in BAR.split(text) if part.strip()]
    if len(parts) == 2 and len(parts[0].split()) > 1:
        return parts[0]
    return max(parts, key=len, default=text)


def inner_text_of_title(node: Node) -> str:
    return squeeze("".join(node.itertext()))


def strip_site(text: str, names: set[str]) -> str:
    """Return a title without the site's name at its end or start."""
    text = squeeze(text)
    while True:
        places = list(SEPARATOR.finditer(text))
        if not places:
            return text
        last, first = places[-1], places[0]
        if fold(text[last.end() :]) in names:
            text = text[: last.start()].strip()
        elif fold(text[: first.start()]) in names:
            text = text[first.end() :].strip()
        else:
            return text


def agree(one: str, other: str) -> bool:
    """Whether two titles are of the same article."""
    return _overlap(one, other) >= AGREE


def _overlap(one: str, other: str) -> float:
    a, b = set(_tokens(one)), set(_tokens(other))
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text, keep_blanks=True))


@lru_cache(REMEMBERED)
def fold(text: str, keep_blanks: bool = False) -> str:
    """Return a text for comparison: no case, no accents, no punctuation."""
    if text.isascii() and not keep_blanks:
        return text.lower().translate(UNSAID)
    plain = unicodedata.normalize("NFKD", text.casefold())
    if keep_blanks:
        return SIGNS.sub(" ", ACCENTS.sub("", plain))
    return SIGNS.sub("", plain)


def _site_names(site_name: str, url: str) -> set[str]:
    labels = host(url).split(".")
    return {fold(name) for name in (site_name, host(url), *labels[:-1], *site_name.split(".")[:1]) if len(name) > 2}


def usable(url: str) -> str:
    """Return an address that can be taken apart; "" for one that cannot."""
    try:
        urlsplit(url)
    except ValueError:
        return ""
    return url
