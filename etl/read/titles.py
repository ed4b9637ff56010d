"""The headline that readers see, and the name of the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from etl.read import jsonld
from etl.read.tree import Node, hidden, inner_text, squeeze
from etl.read.wording import (
    agree,
    begins,
    cased,
    first_part,
    fold,
    is_part,
    longest_part,
    overlap,
    strip_site,
    tokens,
    uncased,
)

OWN = 4  # words of an only heading that is the headline although nothing else says so
SITE = 6  # letters from which a short heading or the name of a site is known in another text
CLOSE = 0.7  # share of the longer title's words from which a lower heading says the same, where there is no higher one
MARKS = (":", "|", "–", "—", "-", "/", "·", "•", "+++", ".")


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
    for text in wanted:
        if found := _inside(heads, text):
            return found
    shown = list({fold(text): text for node in heads if (text := inner_text(node))}.values())
    for text in wanted:
        if found := _lower(root, text, close=not shown):
            return found
    if wanted and len(shown) == 1 and _alone(shown[0], [page, *wanted], *_site(names, site_name, url)):
        return shown[0]
    if wanted:
        return wanted[0] if wanted[0] != strip_site(page, names) else longest_part(wanted[0])
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


def _site(names: set[str], site_name: str, url: str) -> tuple[set[str], str]:
    """Return what a heading may not say alone: the site's names, save on its front page."""
    own = urlsplit(url)
    return (set(), "") if own.hostname and not (own.path.strip("/") or own.query) else (names, site_name + host(url))


def _alone(head: str, declared: list[str], names: set[str], site: str) -> bool:
    """Whether the only heading is the headline although nothing declared agrees with it."""
    own, whole = fold(head), fold(declared[0])
    if own in names or own in fold(site) or any(len(name) > SITE and own.startswith(name) for name in names):
        return False
    said = set(tokens(head))
    if len(said) > 1 and any(said <= set(tokens(text)) and own not in fold(text) for text in declared):
        return True  # reworded for those who search; one that goes on where the heading ends says more
    return len(head.split()) >= OWN or (len(own) >= SITE and own in whole and not whole.startswith(own))


def _visible(heads: list[Node], wanted: str, declared: list[str], names: set[str]) -> str | None:
    """Return the h1 that agrees with a declared title; None without one."""
    agreeing = [
        (node, text)
        for node in heads
        for text in _readings(node)
        if agree(text, wanted) or is_part(text, wanted) or agree(text, first_part(wanted))
    ]
    if not agreeing:
        return None
    node, head = max(agreeing, key=lambda one: (begins(one[1], wanted), overlap(one[1], wanted)))
    return _without_kicker(node, strip_site(head, names), declared)


def _lower(root: Node, wanted: str, close: bool) -> str | None:
    """Return the lower heading that is a part of a declared title; `close` takes one that says nearly the same."""
    shown = [text for node in root.iter("h2", "h3") if not hidden(node) and len(text := inner_text(node)) > 8]
    part = next((text for text in shown if is_part(text, wanted)), None)
    if part or not close:
        return part
    return next((text for text in shown if overlap(text, wanted) >= CLOSE), None)


def _readings(node: Node) -> list[str]:
    """Return the text of a heading, its parts joined with nothing and with a blank: a kicker often stands in a span."""
    return (
        list(dict.fromkeys((inner_text(node), squeeze(" ".join(node.itertext()))))) if len(node) else [inner_text(node)]
    )


def _inside(heads: list[Node], wanted: str) -> str | None:
    """Return the part of a heading that says a declared title by itself: beside it stands what leads to it."""
    names = {fold(wanted), fold(first_part(wanted))}
    for head in heads:
        for part in head.iterdescendants():
            text = inner_text(part) if isinstance(part.tag, str) else ""
            if len(fold(text)) >= SITE and fold(text) in names:
                return text
    return None


def _without_kicker(node: Node, head: str, declared: list[str]) -> str:
    """Return a heading without the words before the title that the page declares; with the same words, as declared.

    A kicker in a heading often stands in a box of its own, without the colon that the declared title has. What two
    declared titles say is no kicker.
    """
    whole = [text for text in declared if fold(text) == fold(head)]
    if whole and (whole[0] == declared[0] or (len(whole) > 1 and not _said_below(node, declared[0]))):
        same = whole[0]
        return same if same.count(":") > head.count(":") or (uncased(head) and not uncased(same)) else head
    for text in declared:
        if uncased(head) and not uncased(text) and (written := cased(head, text)):
            return written
        if 12 < len(text) < len(head) and fold(head).endswith(fold(text)):
            kicker = head[: len(head) - len(text)].rstrip()
            if kicker.endswith(MARKS) or len(node):
                return text
    for part in node.iterdescendants():
        own = inner_text(part) if isinstance(part.tag, str) else ""
        if 12 < len(own) < len(head) and any(is_part(own, text) for text in declared):
            return own
    return head


def _said_below(node: Node, wanted: str) -> bool:
    """Whether a lower heading says a title too: an h1 among the crumbs runs kicker and title together."""
    return any(fold(wanted) in fold(inner_text(head)) for head in node.getroottree().iter("h2"))


def inner_text_of_title(node: Node) -> str:
    return squeeze("".join(node.itertext()))


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
