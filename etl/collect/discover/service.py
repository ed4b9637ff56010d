"""What the clients share: a polite way to ask, and the noun for what is found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from etl.collect import refused
from etl.collect.asking import Asker, Visit
from etl.collect.reasons import reason
from etl.collect.transport import Answer
from etl.collect.visits import Visitor
from etl.model import Request, Source
from etl.settings import Settings


class DiscoveryFailed(Exception):
    """A service gave no answer that can be used; the message says what came."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address of long ago."""

    url: str
    seen: datetime  # when the service saw it, UTC
    title: str = ""
    copy: str = ""  # address of the kept copy, "" when the service keeps none


@dataclass(slots=True)
class Service:
    """A service of discovery in one night: its waits, its robots.txt and its ledger are those of any source."""

    source: Source
    night: date
    settings: Settings
    _asker: Asker = field(init=False)
    _visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        if self.source.kind != "discovery":
            raise ValueError(f"{self.source.name} is of kind {self.source.kind}; want discovery")
        self._asker = Asker(self.source, self.night, self.settings)
        self._visitor = Visitor(self._asker)

    @property
    def rows(self) -> list[Request]:
        """The ledger: every request made or refused."""
        return self._asker.rows

    def ask(self, address: str = "", **query: str) -> Answer:
        """Return the answer of the service, or of another address of its host.

        Raises:
            DiscoveryFailed: None came; the message says why.
        """
        url = (address or self.source.url) + (f"?{urlencode(query)}" if query else "")
        visit = self._visitor.visit(url, "discovery")
        if visit.answer is None:
            raise DiscoveryFailed(f"{self.source.name}: {reason(visit.row)}")
        return visit.answer

    def ask_json(self, **query: str) -> Any:
        """Return what the service answers in JSON; None for an empty answer.

        Raises:
            DiscoveryFailed: Something else came, such as an error in words with status 200.
        """
        body = self.ask(**query).body.decode("utf-8-sig", errors="replace").strip()
        try:
            return json.loads(body, strict=False) if body else None
        except (ValueError, RecursionError):
            raise DiscoveryFailed(f"{self.source.name}: no JSON came; it begins {body[:200]!r}") from None

    def copy(self, found: Found) -> Visit:
        """Ask for the kept copy of an address; reservations that stand in the page itself are honoured."""
        return self._visitor.visit(found.copy, "copy")


def allowed(found: Iterable[Found]) -> list[Found]:
    """Return what was found, each address once, without hosts that are refused."""
    first: dict[str, Found] = {}
    for item in found:
        if item.url and not refused.why(item.url):
            first.setdefault(item.url, item)
    return list(first.values())
