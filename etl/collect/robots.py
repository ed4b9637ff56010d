"""robots.txt as RFC 9309 reads it, with the line that decided."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

from etl.collect.addresses import path_of
from etl.collect.transport import AGENT

LIMIT = 512_000  # bytes of a robots.txt that are read; the RFC wants at least 500 KiB
MAX_DELAY = 300.0  # seconds; a site that wants more between requests is not asked at all
UNREAD = "robots.txt cannot be read"  # RFC 9309: then nothing else may be, until it can

NAMED = re.compile(
    r"(?im)^([ \t]*user[- ]?agent(?:[ \t]*:|[ \t])[ \t]*)([a-z_-]+)[^\r\n]*"
)  # "Name/1.0 (words)" means Name
PAGE = ("<!doctype", "<html", "<head", "<body", "<meta", "<title", "<script", "<?xml")
WRITTEN = (
    "user[- ]?agent|diss?all?ow|diasllow|disallaw|allow|crawl[- ]delay|request[- ]rate"  # also as many misspell it
)
LINE = re.compile(rf"(?:({WRITTEN})(?:\s*:|\s)|([^:]*):)(.*)", re.IGNORECASE)
RULES = ("allow", "disallow", "crawl-delay", "request-rate", "content-signal")  # any other line ends no list of names
SECONDS = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
PLAIN = re.compile(r"[A-Za-z0-9/_.-]*")  # what of a path is written in one way only

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    text: str

    @classmethod
    def read(cls, body: bytes) -> Rules:
        """Return the rules of a file, whatever its bytes; a page of HTML holds none, nor does what is cut in a line."""
        text = decoded(body[:LIMIT]).replace("\x00", "")
        if len(body) >= LIMIT:
            text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
        return cls("" if text.lstrip()[:20].lower().startswith(PAGE) else NAMED.sub(r"\1\2", text))

    def refusal(self, url: str) -> str:
        """Return the line that forbids an address to us, or "" when it is allowed."""
        if _ours(self.text).can_fetch(url, AGENT):
            return ""
        line = self._line("disallow", url)
        return f"robots.txt: Disallow: {line}" if line else "robots.txt forbids it"

    def leave(self, url: str) -> str:
        """Return on what ground an address is allowed to us: no file, no rule that speaks of it, or a line."""
        if not self.text.strip():
            return "allowed: no robots.txt"
        line = self._line("allow", url)
        return f"allowed: Allow: {line}" if line else "allowed: no line forbids it"

    def _line(self, wanted: str, url: str) -> str:
        """Return the longest path of one kind of line that matches an address."""
        path = path_of(url)
        for value in sorted({value for name, value in self.lines() if name == wanted and value}, key=len, reverse=True):
            if "%" not in path and not path.startswith(PLAIN.match(value)[0]):  # type: ignore[index]  # matches ""
                continue
            if not _parsed(f"User-agent: *\nDisallow: {value}").can_fetch(url, AGENT):
                return value
        return ""

    @property
    def delay(self) -> float:
        """Return the seconds to wait between two requests, 0 when nothing is said."""
        said = [SECONDS.match(value) for name, value in self.lines() if name == "crawl-delay"]
        seconds = [float(number[0].replace(",", ".")) for number in said if number]
        rate = _ours(self.text).request_rate(AGENT)
        return max(0.0, *seconds, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    @property
    def comments(self) -> str:
        """Return the comments, joined to one line: some sites say there in words what may be done."""
        return " ".join(
            part.strip("# \t\r") for line in self.text.splitlines() if "#" in line for part in [line.partition("#")[2]]
        )

    def lines(self) -> Iterator[Line]:
        """Yield name and value of the lines in the group that speaks to us: our own, else that for all."""
        yield from _group(self.text)


def decoded(body: bytes) -> str:
    """Return the text of a file that should be UTF-8; a byte order mark may say otherwise."""
    is_wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)


@lru_cache(maxsize=256)
def _ours(text: str) -> Protego:
    """Return our own group alone: the name of another robot, such as the beginning of ours, must not pass for it."""
    lines = (f"{name}: {value}" for name, value in _group(text) if name in RULES and value)
    return Protego.parse("\n".join(("User-agent: *", *lines)))


@lru_cache(maxsize=256)
def _group(text: str) -> tuple[Line, ...]:
    groups = _groups(text)
    own = groups.get(AGENT.lower())
    return tuple(own if own is not None else groups.get("*", []))


def _groups(text: str) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    agents: dict[str, None] = {}
    naming = False
    for name, value in _named(text):
        if name == "user-agent":
            agents = agents if naming else {}
            agents[value.lower()] = None
            naming = True
            groups.setdefault(value.lower(), [])
            continue
        naming = naming and name not in RULES
        for agent in agents:
            groups[agent].append((name, value))
    return groups


def _named(text: str) -> Iterator[Line]:
    """Yield the lines of a file that say something, under the names that the standard has for them."""
    for line in text.splitlines():
        found = LINE.match(line.partition("#")[0].strip())
        if found and found[1]:
            name = found[1].lower().replace(" ", "-")
            name = "disallow" if name.startswith("d") else "user-agent" if name.startswith("user") else name
            yield name, found[3].strip()
        elif found:
            yield found[2].strip().lower(), found[3].strip()
