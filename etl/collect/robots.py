"""robots.txt as RFC 9309 reads it, with the line that decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

from etl.collect.transport import AGENT

LIMIT = 512_000  # bytes of a robots.txt that are read; the RFC wants at least 500 KiB
MAX_DELAY = 300.0  # seconds; a site that wants more between requests is not asked at all

NAMED = re.compile(r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*)([a-z_-]+)[^\r\n]*")  # "Name/1.0 (words)" means Name
UNREAD = "robots.txt cannot be read"  # RFC 9309: then nothing else may be, until it can


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    text: str

    @classmethod
    def read(cls, body: bytes) -> Rules:
        """Return the rules of a file, whatever its bytes; a page of HTML holds none."""
        text = body[:LIMIT].decode("utf-8-sig", errors="replace").replace("\x00", "")
        return cls("" if text.lstrip()[:1] == "<" else NAMED.sub(r"\1\2", text))

    def refusal(self, url: str) -> str:
        """Return the line that forbids an address to us, or "" when it is allowed."""
        if _parsed(self.text).can_fetch(url, AGENT):
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
        lines = [value for name, value in self.lines() if name == wanted and value]
        for value in sorted(lines, key=len, reverse=True):
            if not _parsed(f"User-agent: *\nDisallow: {value}").can_fetch(url, AGENT):
                return value
        return ""

    @property
    def delay(self) -> float:
        """Return the seconds to wait between two requests, 0 when nothing is said."""
        rules = _parsed(self.text)
        delay = rules.crawl_delay(AGENT) or 0.0
        rate = rules.request_rate(AGENT)
        return max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    @property
    def comments(self) -> str:
        """Return the comments, joined to one line: some sites say there in words what may be done."""
        return " ".join(
            part.strip("# \t\r") for line in self.text.splitlines() if "#" in line for part in [line.partition("#")[2]]
        )

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of the lines in the group that speaks to us: our own, else that for all."""
        groups = _groups(self.text)
        own = groups.get(AGENT.lower())
        yield from own if own is not None else groups.get("*", [])


def _groups(text: str) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    naming = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            naming = True
            groups.setdefault(value.lower(), [])
            continue
        naming = False
        for agent in agents:
            groups[agent].append((name, value))
    return groups
