"""One request and its row: the turn at the host, the answer, and the verdict on it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from etl.collect import hosts, reservations
from etl.collect.addresses import authority
from etl.collect.transport import Answer, NoAnswer, Transport
from etl.model import Request, Source
from etl.settings import Settings

AUXILIARY = 1.0  # seconds between a host's own files (robots.txt, tdmrep.json), redirects, and what comes next
REST = 600.0  # seconds a host rests that says "too many requests" and not for how long
STRIKES = 3  # failures in a row after which a host is not asked again this night
REDIRECTS = (301, 302, 303, 307, 308)
WORDS = {401: "blocked", 402: "blocked", 403: "blocked", 407: "blocked", 451: "blocked", 404: "gone", 410: "gone"}


@dataclass(frozen=True, slots=True)
class Visit:
    """How asking ended: the row that says so and, when there was one, the answer."""

    row: Request
    answer: Answer | None = None
    moved: bool = False  # for good: the address should be changed


@dataclass(slots=True)
class Asker:
    """Makes requests for one source in one night and keeps the ledger."""

    source: Source
    night: date
    settings: Settings
    rows: list[Request] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)  # hosts that do not answer, or want rest: why
    hosts: hosts.Hosts = field(init=False)
    _begun: float = field(default_factory=time.monotonic)
    _failures: dict[str, int] = field(default_factory=dict)  # of each host, in a row
    _transport: Transport = field(init=False)

    def __post_init__(self) -> None:
        self._transport = Transport(self.settings)
        self.hosts = hosts.Hosts(self.settings.home / "state" / "hosts")

    @property
    def is_late(self) -> bool:
        """Whether the source has had its time for tonight."""
        return time.monotonic() - self._begun > self.settings.source_seconds

    def note(
        self,
        url: str,
        why: str,
        outcome: str,
        *,
        rule: str = "",
        detail: str = "",
        status: int | None = None,
        waited: float = 0.0,
        seconds: float = 0.0,
        body: bytes = b"",
        at: datetime | None = None,
    ) -> Request:
        """Add a row to the ledger and return it."""
        row = Request(
            night=self.night,
            source=self.source.name,
            url=url,
            why=why,
            requested_at=at or datetime.now(UTC),
            outcome=outcome,
            rule=rule,
            status=status,
            bytes=len(body),
            digest=sha256(body).hexdigest() if body else "",
            waited_seconds=round(waited, 3),
            seconds=round(seconds, 3),
            detail=detail,
        )
        self.rows.append(row)
        return row

    def amend(self, row: Request, outcome: str, rule: str = "", detail: str = "") -> Request:
        """Change the verdict on an answer in the ledger, once its body was looked at, and return the row."""
        better = replace(row, outcome=outcome, rule=rule or row.rule, detail=detail or row.detail)
        self.rows[self.rows.index(row)] = better
        return better

    def get(
        self, url: str, why: str, conditions: Mapping[str, str], wait: float, limit: int, types: str, cut: bool = False
    ) -> Visit:
        """Wait for the host's turn, ask, and judge the answer by its status."""
        host = authority(url)
        try:
            waited = self.hosts.take_turn(host, wait)
        except hosts.Held as held:
            self.lost[host] = str(held)
            return Visit(self.note(url, why, "busy", rule="host not tried", detail=str(held)))
        at, begun = datetime.now(UTC), time.monotonic()
        try:
            wanted = {"Accept": types, "Accept-Language": f"{self.source.language or 'en'}, *;q=0.5", **conditions}
            answer = self._transport.get(url, wanted, limit, cut=cut)
        except NoAnswer as none:
            self._count_failure(host, str(none), certain=none.lost)
            seconds = time.monotonic() - begun
            return Visit(self.note(url, why, none.outcome, detail=str(none), waited=waited, seconds=seconds, at=at))
        outcome, rule = _judge(answer)
        if why == "robots" and outcome in ("gone", "blocked"):
            outcome = "absent"  # RFC 9309: a file that is not given says nothing
        if outcome == "unreachable":
            self._count_failure(host, rule)
        else:
            self._failures[host] = 0
        if outcome == "fetched" and (reserved := self._reserved(answer, why)):
            outcome, rule = "reserved", reserved
        row = self.note(
            *(url, why, outcome),
            rule=rule,
            status=answer.status,
            waited=waited,
            seconds=answer.seconds,
            body=answer.body if outcome == "fetched" else b"",
            at=at,
        )
        return Visit(row, answer)

    def _count_failure(self, host: str, reason: str, certain: bool = False) -> None:
        """Give a host up when it cannot be reached, or fails too often in a row."""
        self._failures[host] = self._failures.get(host, 0) + 1
        if certain or self._failures[host] >= STRIKES:
            self.lost[host] = reason

    def _reserved(self, answer: Answer, why: str) -> str:
        if why == "robots":
            return ""
        return reservations.by_answer(answer.headers, answer.body, is_page=why in ("item", "page"))


def rest_of(answer: Answer) -> float:
    """Return the seconds of rest a host asks for."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return REST


def location_of(answer: Answer) -> str:
    """Return where a redirect leads; servers send UTF-8 where HTTP has Latin-1."""
    said = answer.headers.get("location", "")
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return said


def _judge(answer: Answer) -> tuple[str, str]:
    """Return the ledger's word for an answer, and what decided it."""
    status = answer.status
    if status == 304:
        return "unchanged", "HTTP 304"
    if status in REDIRECTS:
        return "redirected", f"to {location_of(answer)[:300]}"
    if status in WORDS:
        return WORDS[status], f"HTTP {status}"
    if status in (429, 503):
        said = answer.headers.get("retry-after", "")
        return "busy", f"HTTP {status}" + (f", Retry-After: {said}" if said else "")
    if 200 <= status < 300 and status not in (204, 205, 206):
        return "fetched", ""
    return ("unreachable" if status >= 500 else "broken_answer"), f"HTTP {status}"
