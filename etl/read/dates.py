"""When a page was published and changed, and which witness says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from htmldate import find_date
from lxml import etree

from etl.model import Witness
from etl.read import jsonld, testimony
from etl.read.datelines import CHANGE, DATE_NAMES, Scene, around, in_lines
from etl.read.days import Found, hour_of, in_utc, local, machine_day, relative_day, url_day
from etl.read.tree import Node, hidden
from etl.read.words import Words

__all__ = ["DAY_FIRST", "MODIFIED_METAS", "Dates", "Scene", "dates", "day_first", "latest_day", "scripted", "stated"]

PUBLISHED_METAS = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time", "bt:pubdate"),
    *("article.published", "datepublished", "pubdate", "publishdate", "publish_date", "publish-date", "dc.date.issued"),
    *("publication_date", "published_time", "dcterms.created", "dcterms.issued", "dc.date.created", "dc.date"),
    *("dcterms.date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "rnews:datepublished"),
    *("date", "citation_publication_date", "displaydate", "originalpublicationdate", "pdate", "datecreated"),
    *("shareaholic:article_published_time", "article_date_original", "og:pubdate"),
)
MODIFIED_METAS = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    *("dc.date.modified", "lastmod", "article:modified", "modified_time", "revision_date"),
)
TIMES = etree.XPath("//time | //abbr[contains(@class, 'published')] | //@itemprop[.='datePublished']/..")
PUBLISHED_NAMES = re.compile(r"publi|pubdate|posted|entry-date|created|issued", re.IGNORECASE)
MODIFIED_NAMES = re.compile(r"updat|modif|mise?-?a-?jour|\bmaj\b", re.IGNORECASE)
SCRIPTED = re.compile(
    r"""["'\\](?:date_?published|first_?publish(?:ed)?_?(?:date|at)?|publish(?:ed)?_?(?:date|at)|publication_?date)"""
    r"""[\\"']{1,3}\s*:\s*[\\"']{1,2}(\d{4}-\d\d-\d\d[^"'\\]{0,20})""",
    re.IGNORECASE,
)
PUBLISHED = (re.compile("ubli"), re.compile("UBLI"))  # what each of these names has: found at a fraction of the cost
BEFORE, AFTER = 11, 149  # characters around it in which name and value stand
DAY_FIRST = (".uk", ".ie", ".au", ".nz", ".in", ".za", ".sg", ".my", ".hk", ".eu")  # English, yet 3/4 is 3 April
ENGLISH = tuple(f"en-{place.lstrip('.')}" for place in (*DAY_FIRST, ".gb"))
RELATIVE = 40  # characters of a line that tells the date relative to now
CERTAIN = 3  # score from which a written day is a witness beside others
LIKELY = 2  # score from which it counts when nobody else says anything


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of the publisher; `witness` gave `published`: json-ld, meta, time, json, url, text, or "" for nobody."""

    published: date | None = None
    witness: str = ""
    modified: date | None = None
    sure: float = 0.0  # how often such a day is right
    witnesses: tuple[Witness, ...] = ()  # every date found
    doubts: tuple[str, ...] = ()  # where they disagree


@dataclass(frozen=True, slots=True)
class _Said:
    day: date
    witness: str
    utc: bool = False
    hour: int | None = None
    written: str = ""
    of: str = "published"


def scripted(markup: str) -> tuple[str, ...]:
    """Return the time of publication in the data of a page's scripts, when they agree on its day; else nothing."""
    places = sorted(place.start() for word in PUBLISHED for place in word.finditer(markup))
    near = (SCRIPTED.search(markup, max(0, place - BEFORE), place + AFTER) for place in places)
    found = [said[1] for said in near if said]
    return (found[0],) if found and len({value[:10] for value in found}) == 1 else ()


def day_first(root: Node, metas: dict[str, str], lang: str, host: str) -> bool:
    """Whether a page writes 3/4 for the 3rd of April: in any language but English, and in English outside America."""
    locale = (root.get("lang") or metas.get("og:locale") or "").lower().replace("_", "-")
    return lang != "en" or host.endswith(DAY_FIRST) or locale.startswith(ENGLISH)


def stated(metas: dict[str, str], article: jsonld.Entry, url: str) -> date | None:
    """Return the day on which a page says at first sight that it was published; None when it does not."""
    for value in (article.get("datePublished"), metas.get("article:published_time")):
        if day := machine_day(jsonld.text_of(value), date.max):
            return day
    return url_day(url, date.max)


def latest_day(fetched_at: datetime | None) -> date:
    """Return the last day that a page can have been published on: two days of grace for time zones and clocks."""
    return (fetched_at or datetime.now(UTC)).date() + timedelta(days=2)


def dates(scene: Scene) -> Dates:
    """Return when a page was published and changed.

    The first witness counts; when it speaks in UTC and most of the later ones name the day before or after, these know
    the publisher's clock.
    """
    texts = list(in_lines(scene))
    changed = [_stamp(scene, "json-ld", scene.article.get("dateModified"), "modified")]
    changed += [_stamp(scene, "meta", scene.metas.get(name), "modified") for name in MODIFIED_METAS]
    changed += [_Said(found.day, "text") for found, score in texts if score == CHANGE]
    modified = [one for one in changed if one]
    said = [one for one in _witnesses(scene, texts) if one]
    if not said:
        likely = max((pair for pair in texts if pair[1] >= LIKELY), key=lambda pair: pair[1], default=None)
        only = {pair[0].day for pair in texts if pair[1] >= 0} or {pair[0].day for pair in texts if pair[1] > CHANGE}
        found = likely[0].day if likely else _searched(scene) or (only.pop() if len(only) == 1 else None)
        return _told(scene, _Said(found, "text") if found else None, [], modified)
    first = said[0]
    clocks = {one.witness: one for one in reversed(said[1:]) if not one.utc}  # of each witness what it says first
    near = [one for one in said[1:] if clocks.get(one.witness) is one and local(first.day, one.day, first.hour)]
    other = [one for one in near if one.day != first.day]
    best = other[0] if first.utc and 2 * len(other) > len(near) else first
    return _told(scene, best, said, modified)


def _told(scene: Scene, best: _Said | None, said: list[_Said], changed: list[_Said]) -> Dates:
    """Return the day believed with all that was said of it; where nothing was said, the day is a guess."""
    published, modified = best.day if best else None, changed[0].day if changed else None
    stated = said or ([best] if best else [])
    found = [Witness(one.of, one.witness, one.written or str(one.day), one.day) for one in stated]
    found += [Witness("modified", one.witness, one.written or str(one.day), one.day) for one in changed]
    witnesses = testimony.gathered(published, [*found, *scene.refused])
    return Dates(
        published,
        best.witness if best else "",
        modified,
        sure=testimony.sure(published, not said, witnesses),
        witnesses=witnesses,
        doubts=testimony.doubts(published, modified, witnesses),
    )


def _witnesses(scene: Scene, texts: list[tuple[Found, int]]) -> Iterator[_Said | None]:
    yield _stamp(scene, "json-ld", scene.article.get("datePublished"))
    for name in PUBLISHED_METAS:
        yield _stamp(scene, "meta", scene.metas.get(name))
    yield _stamp(scene, "json-ld", scene.article.get("dateCreated"), "created")
    yield from _in_times(scene)
    yield from (_stamp(scene, "json", value) for value in scene.scripted)
    day = url_day(scene.url, scene.latest)
    yield _Said(day, "url") if day else None
    best = max(texts, key=lambda pair: pair[1], default=None)
    yield _Said(best[0].day, "text") if best and best[1] >= CERTAIN else None
    yield _relative(scene)


def _stamp(scene: Scene, witness: str, value: Any, of: str = "published") -> _Said | None:
    text = jsonld.text_of(value)
    if not text:
        return None
    day = machine_day(text, scene.latest)
    if day:
        return _Said(day, witness, in_utc(text), hour_of(text), text[: testimony.WRITTEN], of)
    if wrong := testimony.refused(of, witness, text, scene.latest):
        scene.refused.append(wrong)
    return None


def _in_times(scene: Scene) -> Iterator[_Said | None]:
    """Yield what the page's time elements say: those named as the publication, else the only day there is."""
    plain: list[_Said] = []
    for node in TIMES(scene.root):
        said = _stamp(scene, "time", node.get("datetime") or node.get("content") or node.get("title") or "")
        if not said or hidden(node):
            continue
        names = " ".join((node.get("class") or "", node.get("itemprop") or "", node.get("id") or ""))
        if PUBLISHED_NAMES.search(names) or node.get("pubdate") is not None:
            yield said
        elif not MODIFIED_NAMES.search(names):
            plain.append(said)
    yield plain[0] if plain and len({one.day for one in plain}) == 1 else None


def _relative(scene: Scene) -> _Said | None:
    """Return the day of a date line such as "3 hours ago", counted from when the page was fetched."""
    if scene.read_at is None:
        return None
    for line in scene.lines:
        lower = line.text.lower()
        short = not line.aside and len(lower) < RELATIVE and any(word in lower for word in scene.words["relative"])
        names = " ".join(f"{node.get('class') or ''} {node.tag}" for node in around(line.node))
        if short and DATE_NAMES.search(names):
            day = relative_day(_after_published(line.text, scene.words), scene.lang, scene.read_at)
            if day and day <= scene.latest:
                return _Said(day, "text")
    return None


def _after_published(text: str, words: Words) -> str:
    lower = text.lower()
    for word in words["published"]:
        if lower.startswith(word + " "):
            return text[len(word) :].strip(" :")
    return text


def _searched(scene: Scene) -> date | None:
    answer = find_date(
        scene.root,
        original_date=True,
        extensive_search=False,
        url=scene.url or None,
        max_date=scene.latest.isoformat(),
    )
    return date.fromisoformat(answer) if answer else None
