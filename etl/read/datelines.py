"""Days written in the lines of a page, and how likely each line is the date line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from etl.model import Witness
from etl.read import jsonld
from etl.read.days import CLOCK, Found, url_day, written_days
from etl.read.lines import Line, headline_place
from etl.read.tree import Node
from etl.read.words import Words

DATE_NAMES = re.compile(r"date|time|publi|posted|byline|meta|stamp|dateline|datum|fecha|info", re.IGNORECASE)
DIGIT = re.compile(r"\d")
LONGEST = 160  # characters of a line that can be a date line
SHORT = 60  # characters of a line in which a time of day behind the day tells that it is one
CHANGE = -99  # the score of a day on which the page was changed
BESIDE = 2  # lines from the headline that are right above or below it
NEAR = 12  # lines from the headline within which the date usually stands


@dataclass(frozen=True, slots=True)
class Scene:
    """What the witnesses are asked about: the page, what it declares, and how its country writes days."""

    root: Node
    metas: dict[str, str]
    article: jsonld.Entry
    url: str
    lines: list[Line]
    title: str
    words: Words
    latest: date
    day_first: bool
    lang: str = ""
    scripted: tuple[str, ...] = ()  # the days of publication in the data of its scripts, from `scripted`
    read_at: datetime | None = None  # when it was fetched: what "3 hours ago" counts from
    refused: list[Witness] = field(default_factory=list)  # stated days that cannot be


def in_lines(scene: Scene) -> Iterator[tuple[Found, int]]:
    """Yield the days in the page's lines with a score: how likely the line is the date line; `CHANGE` for a change."""
    head = headline_place(scene.lines, scene.title)
    for place, line in enumerate(scene.lines):
        if line.aside or not DIGIT.search(line.text):
            continue
        days = list(written_days(line.text[:LONGEST], scene.latest, scene.day_first))[:2]
        befores = [line.text[: found.start].lower() for found in days]
        changes = [_ends_with(before, scene.words["changed"]) for before in befores]
        for found, before, change in zip(days, befores, changes, strict=True):
            if change:
                yield found, CHANGE
                continue
            score = _score(scene, line, found, before, None if head is None else place - head)
            yield found, score + 2 * any(changes)  # beside the day of a change stands that of publication


def _score(scene: Scene, line: Line, found: Found, before: str, distance: int | None) -> int:
    score = 2 * _ends_with(before, scene.words["published"])
    near = distance is not None and -NEAR // 2 <= distance <= NEAR
    score += 2 * near
    names = " ".join(f"{node.get('class') or ''} {node.get('id') or ''}" for node in around(line.node))
    beside = distance is not None and abs(distance) <= BESIDE
    score += 1 + near + beside if DATE_NAMES.search(names) or line.node.tag == "time" else 0
    score += len(line.text) <= SHORT and bool(CLOCK.search(line.text[found.end :]))
    alone = len(line.text) - (found.end - found.start)
    score += (alone < 25) - (alone > 80 and found.start > 5)
    elsewhere = line.linked * 2 > len(line.text) and not _leads_to(line.node, found, scene)
    return score - 2 * elsewhere - ("©" in line.text)


def _leads_to(node: Node, found: Found, scene: Scene) -> bool:
    """Whether a day is a link to what was published on it, as blogs write theirs."""
    links = (one.get("href") or "" for one in (*node.iter("a"), *node.iterancestors("a")))
    return any(url_day(link, scene.latest) == found.day for link in links)


def around(node: Node) -> list[Node]:
    """Return an element and the one around it, whose names tell what a line is."""
    above = node.getparent()
    return [node] if above is None else [node, above]


def _ends_with(before: str, entries: list[str]) -> bool:
    """Whether one of the words stands right before a day: only a few letters, such as "le" or "on", between them."""
    return bool(_ending(tuple(entries)).search(before))


@cache
def _ending(entries: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, entries))})\b\W*(?:\w{{1,10}}\W{{0,3}}){{0,2}}$")
