"""Rules for single sites, where the generic reader fails: one YAML a host, each rule for a stretch of time.

A page gets the rule that held on its day: when it was fetched, else when it says that it was published, else today's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag
from lxml import html

from etl.read.compose import Piece
from etl.read.maintext import plain_blocks
from etl.read.tree import Node, squeeze

FOLDER = Path(__file__).with_name("sites")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
SELECTORS = ("remove", "text", "title")


@dataclass(frozen=True, slots=True)
class Rule:
    """How to read the pages of a host from one day on, up to another, which is not among them."""

    why: str  # what the generic reader gets wrong
    valid_from: date | None = None
    valid_to: date | None = None
    remove: tuple[str, ...] = ()  # CSS selectors of what is not the article
    text: tuple[str, ...] = ()  # of the elements that hold its blocks, in place of those that the reader finds
    title: tuple[str, ...] = ()  # of the headline

    def holds(self, day: date) -> bool:
        """Whether the rule is for pages of a day."""
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day < self.valid_to)


def rule(host: str, day: date | None, folder: Path = FOLDER) -> Rule | None:
    """Return the rule for a host, given without "www.", on a day; without a day the newest. None when it has none.

    Raises:
        ValueError: The host's file does not fit; the message names file, key, value and what is allowed.
    """
    if host not in _hosts(folder):
        return None
    found = load(folder / f"{host}.yaml")
    return next((one for one in reversed(found) if day is None or one.holds(day)), None)


@cache
def _hosts(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.yaml"))


@cache
def load(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a file, oldest first.

    Raises:
        ValueError: It does not fit; the message names file, key, value and what is allowed.
    """
    name = path.name
    if not HOST.fullmatch(path.stem) or path.stem.startswith("www."):
        raise ValueError(f"{name}: want a host without www., such as paper.example.yaml")
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as wrong:
        raise ValueError(f"{name}: no YAML: {wrong}") from wrong
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{name}: {entries!r:.60}; want a list of rules, oldest first")
    rules = tuple(_rule(f"{name}, rule {number}", entry) for number, entry in enumerate(entries, 1))
    for number, (before, after) in enumerate(pairwise(rules), 1):
        if not before.valid_to or not after.valid_from or before.valid_to > after.valid_from:
            raise ValueError(
                f"{name}, rule {number}: valid_to is {before.valid_to}; want a day no later than {after.valid_from}, "
                "on which the next rule begins"
            )
    return rules


def _rule(where: str, entry: Any) -> Rule:
    known = [field.name for field in fields(Rule)]
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: {entry!r:.60}; want keys among {', '.join(known)}")
    for key, value in entry.items():
        if key not in known:
            raise ValueError(f"{where}: key {key!r} is unknown; there are {', '.join(known)}")
        if key in ("valid_from", "valid_to") and type(value) is not date and value is not None:
            raise ValueError(f"{where}: {key} is {value!r}; want a day, such as 2024-05-31")
        if key in SELECTORS:
            _check(f"{where}: {key}", value)
    if not isinstance(entry.get("why"), str) or not entry["why"].strip():
        raise ValueError(f"{where}: why is {entry.get('why')!r}; want words that say what is read wrongly without it")
    if not any(entry.get(key) for key in SELECTORS):
        raise ValueError(f"{where}: it does nothing; want one of {', '.join(SELECTORS)}")
    read: dict[str, Any] = {key: tuple(value) if key in SELECTORS else value for key, value in entry.items()}
    made = Rule(**read)
    if made.valid_from and made.valid_to and made.valid_from >= made.valid_to:
        raise ValueError(f"{where}: valid_to is {made.valid_to}; want a day after {made.valid_from}, its valid_from")
    return made


def _check(where: str, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError(f"{where} is {value!r:.60}; want a list of CSS selectors")
    for one in value:
        try:
            BeautifulSoup("", "lxml").select(one)
        except Exception as wrong:  # of the library below bs4, which only it depends on
            raise ValueError(f"{where}: {one!r} is no CSS selector: {str(wrong).splitlines()[0]}") from wrong


@dataclass(frozen=True, slots=True)
class Applied:
    """What a rule took from a page: the elements of its text, none without such a rule, and its headline."""

    text: tuple[Node, ...] = ()
    title: str | None = None

    def pieces(self) -> list[Piece]:
        """Return the blocks of the text that the rule names; none when it names none."""
        return [piece for node in self.text for piece in plain_blocks(node)]


def apply(found: Rule, root: Node) -> Applied:
    """Take from the page's body what a rule removes, and return what it names. The tree is changed."""
    body = root.find("body")
    if body is None:
        return Applied()
    soup = BeautifulSoup(html.tostring(body, encoding="unicode"), "lxml")
    for selector in found.remove:
        for tag in soup.select(selector):
            tag.decompose()
    cleaned = html.document_fromstring(str(soup)).find("body")
    if found.remove and cleaned is not None:
        body.getparent().replace(body, cleaned)
    text = _outermost([tag for selector in found.text for tag in soup.select(selector)])
    heads = (squeeze(tag.get_text()) for selector in found.title for tag in soup.select(selector))
    found_text = tuple(html.fragment_fromstring(str(tag)) for tag in text)
    return Applied(found_text, next((head for head in heads if head), None))


def by_rule(root: Node, host: str, day: date | None) -> Applied:
    """Apply the rule that a host has for a day, if it has one, and return what it took from the page."""
    found = rule(host, day)
    return apply(found, root) if found else Applied()


def _outermost(tags: list[Tag]) -> list[Tag]:
    """Return elements that no other of them holds."""
    chosen = {id(tag) for tag in tags}
    return [tag for tag in tags if not any(id(above) in chosen for above in tag.parents)]
