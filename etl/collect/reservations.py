"""Reservations of text and data mining: who says that pages may be looked at, but not read by machines.

Honoured: TDMRep (the header `tdm-reservation`, the file `/.well-known/tdmrep.json`, the meta tag), `X-Robots-Tag` and
the robots meta tag with the words of `reservations.yaml`, Content-Signal in robots.txt and in answers, and reservations
in words in the comments of robots.txt.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from protego import Protego

from etl import yamls
from etl.collect import addresses
from etl.collect.robots import Rules
from etl.collect.transport import AGENT

WELL_KNOWN = "/.well-known/tdmrep.json"
STRETCH = 250  # characters within which the words of one reservation stand
HEAD = 1_000_000  # bytes of a page in which its meta tags are looked for
META = re.compile(rb"<meta[\s/][^>]{0,2000}>", re.IGNORECASE)
VALUED = re.compile(  # directives that have a value of their own, which is no word for a robot
    r"max-(?:snippet|image-preview|video-preview)\s*:\s*[^,;\s]*|unavailable_after\s*:\s*(?:[a-z]{3,9},)?[^,;]*"
)
ATTRIBUTE = re.compile(r"""(?<![a-z-])([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def by_robots(rules: Rules) -> str:
    """Return what a robots.txt says against mining, or ""."""
    for name, value in rules.lines():
        if name == "content-signal" and (signal := _refusing_signal(value)):
            return f"robots.txt: Content-Signal: {signal}"
    comments = rules.comments.lower()
    for entry in _words()["comments"]:
        for found in re.finditer(re.escape(entry[0]), comments):
            stretch = comments[max(0, found.start() - STRETCH) : found.end() + STRETCH]
            if _holds(stretch, entry) and not any(_holds(stretch, other) for other in _words()["except"]):
                return f"robots.txt, in a comment: {' … '.join(entry)}"
    return ""


def by_well_known(text: str, url: str) -> str:
    """Return the entry of a tdmrep.json that reserves an address, or "". The longest location that matches decides."""
    best: tuple[int, bool, str] | None = None
    for location, reserved in _locations(text):
        if _matches(location, url) and (best is None or (len(location), reserved) > best[:2]):
            best = (len(location), reserved, location)
    return f"{WELL_KNOWN}: {best[2]}" if best and best[1] else ""


def by_answer(headers: dict[str, str], body: bytes, is_page: bool) -> str:
    """Return the header or meta tag of an answer that reserves it, or ""."""
    if "1" in re.split(r"[,;\s]+", headers.get("tdm-reservation", "")):
        return "header tdm-reservation: 1"
    if signal := _refusing_signal(headers.get("content-signal", "")):
        return f"header Content-Signal: {signal}"
    words = _words()["directives"] + (_words()["of_pages"] if is_page else [])
    if word := _refusing_directive(headers.get("x-robots-tag", ""), words):
        return f"header X-Robots-Tag: {word}"
    return _by_meta(body, words) if is_page else ""


def _by_meta(body: bytes, words: list[str]) -> str:
    head = body[:HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00m\x00e\x00t\x00a" in head:
        head = head.replace(b"\x00", b"")  # two bytes a letter
    for tag in META.findall(head):
        pairs = ATTRIBUTE.findall(tag.decode("utf-8", errors="replace"))
        attributes = {name.lower(): "".join(values).strip() for name, *values in pairs}
        name = (attributes.get("name") or attributes.get("http-equiv", "")).lower()
        content = attributes.get("content", "")
        if name == "tdm-reservation" and content == "1":
            return "meta tdm-reservation: 1"
        if name in ("robots", "x-robots-tag", AGENT.lower()) and (word := _refusing_directive(content, words)):
            return f"meta {name}: {word}"
    return ""


def _refusing_directive(value: str, words: list[str]) -> str:
    """Return the refusing word of an X-Robots-Tag; after another robot's name the words of a line are not for us."""
    for line in value.lower().split("\n"):
        for_us = True
        for part in re.split("[,;]", VALUED.sub("", line)):
            agent, colon, said = part.rpartition(":")
            if colon:
                for_us = agent.strip() in ("*", AGENT.lower())
            if for_us and (found := [word for word in said.split() if word in words]):
                return found[0]
    return ""


def _refusing_signal(value: str) -> str:
    for part in re.split(r"[,;\s]+", value.lower()):
        key, _, answer = part.partition("=")
        if key in _words()["signals"] and answer == "no":
            return part
    return ""


def _locations(text: str) -> Iterable[tuple[str, bool]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return
    for row in rows if isinstance(rows, list) else [rows]:
        if isinstance(row, dict) and isinstance(row.get("location"), str):
            said = row.get("tdm-reservation")
            yield row["location"], said == 1 or str(said).strip().lower() in ("1", "true")


def _matches(location: str, url: str) -> bool:
    """Match as robots.txt does: a prefix, with * for anything and $ for the end."""
    location = "".join(re.sub(r"^https?://[^/]*", "", location).split())
    location = location if location.startswith(("/", "*")) else f"/{location}"
    rule = Protego.parse(f"User-agent: *\nDisallow: {location}")
    return not rule.can_fetch(addresses.path_of(url), AGENT)


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


@cache
def _words() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = yamls.read(Path(__file__).with_name("reservations.yaml"))
    return found
