"""One request and its row: the turn at the host, the answer, and the verdict on it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from etl.collect import challenges, copies, hosts, reservations
from etl.collect.addresses import authority, host_of
from etl.collect.connecting import NoAnswer
from etl.collect.transport import Answer, Transport
from etl.model import Request, Source
from etl.settings import Settings

AUXILIARY = 1.0  # seconds between a host's own files (robots.txt, tdmrep.json), redirects, and what comes next
REST = 600.0  # seconds a host rests that says "too many requests" and not for how long
RETRY = 5.0  # seconds before a second try, give or take half of it
PASSING = (500, 502, 504, 520, 521, 522, 523, 524)  # statuses that are often over a moment later
STRIKES = 3  # failures in a row after which a host is not asked again this night
REDIRECTS = (301, 302, 303, 307, 308)
WORDS = {401: "blocked", 402: "blocked", 403: "blocked", 407: "blocked", 451: "blocked", 404: "gone", 410: "gone"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with an address, and who said so; `outcome` is "" when it may be asked for."""

    robots: str = ""
    tdm: str = ""
    outcome: str = ""
    rule: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """How asking ended: the row that says so and, when there was one, the answer."""

    row: Request
    answer: Answer | None = None
    moved: bool = False  # for good: the address should be changed
    again: bool = False  # asking once more may go better
    lost: bool = False  # the host itself does not answer
    rest: float = -1.0  # seconds for which a busy host wants to be left alone; it is, from then on


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as it is wanted."""

    url: str
    why: str
    wait: float  # seconds since the host's last request
    limit: int  # bytes of the body, unpacked
    types: str  # for the header Accept
    conditions: Mapping[str, str] = field(default_factory=dict)  # headers that ask only for what has changed
    verdict: Verdict = field(default_factory=Verdict)
    cut: bool = False  # a longer body is cut instead of refused


@dataclass(slots=True)
class Asker:
    """Makes requests for one source in one night and keeps the ledger."""

    source: Source
    night: date
    settings: Settings
    keep_aside: Callable[..., None] = lambda *_: None
    rows: list[Request] = field(default_factory=list)
    fetched: dict[str, Request] = field(init=False)  # of the rows, the last one of each address that brought something
    lost: dict[str, tuple[str, str]] = field(default_factory=dict)  # hosts not asked again tonight: outcome, and why
    hosts: hosts.Hosts = field(init=False)
    _begun: float = field(default_factory=time.monotonic)
    _failures: dict[str, int] = field(default_factory=dict)  # of each host, in a row
    _transport: Transport = field(init=False)

    def __post_init__(self) -> None:
        self._transport = Transport(self.settings)
        self.hosts = hosts.Hosts(self.settings.home / "state" / "hosts")
        self.fetched = {row.url: row for row in self.rows if row.outcome == "fetched"}

    @property
    def is_late(self) -> bool:
        """Whether the source has had its time for tonight."""
        return time.monotonic() - self._begun > self.settings.source_seconds

    def note(self, url: str, why: str, outcome: str, **more: Any) -> Request:
        """Add a row to the ledger and return it; `more` are further fields of a `Request`."""
        at = more.pop("requested_at", None) or datetime.now(UTC)
        row = Request(self.night, self.source.name, url, why, at, outcome, **more)
        self.rows.append(row)
        if outcome == "fetched":
            self.fetched[url] = row
        return row

    def amend(self, row: Request, outcome: str, rule: str = "", detail: str = "") -> Request:
        """Change the verdict on an answer in the ledger, once its body was looked at, and return the row."""
        better = replace(row, outcome=outcome, rule=rule or row.rule, detail=detail or row.detail)
        place = next(place for place in reversed(range(len(self.rows))) if self.rows[place] is row)
        self.rows[place] = better
        if self.fetched.get(row.url) is row:
            self.fetched.pop(row.url)
        return better

    def get(self, ask: Ask) -> Visit:
        """Wait for the host's turn, ask, and judge the answer by its status."""
        said = {"robots": ask.verdict.robots, "tdm": ask.verdict.tdm, "wait_wanted": ask.wait}
        try:
            with self.hosts.turn(host_of(ask.url), ask.wait) as turn:
                said |= {"requested_at": turn.at, "waited_seconds": round(turn.waited, 3)}
                begun = time.monotonic()
                answer = self._transport.get(ask.url, self._headers(ask), ask.limit, cut=ask.cut)
                outcome, rule = _judge(answer, bool(ask.conditions))
                if outcome == "busy" or asks_for_rest(answer):
                    turn.rest(rest_of(answer))
        except hosts.Held as held:
            self.lost[authority(ask.url)] = ("busy", str(held))
            return Visit(self.note(ask.url, ask.why, "busy", rule="host not tried", detail=str(held), **said))
        except NoAnswer as none:
            said["seconds"] = round(time.monotonic() - begun, 3)
            row = self.note(ask.url, ask.why, none.outcome, detail=str(none), **said)
            return Visit(row, again=none.again, lost=none.lost)
        if ask.why == "robots" and outcome in ("gone", "blocked"):
            outcome = "absent"  # RFC 9309: a file that is not given says nothing
        if outcome == "fetched" and ask.why != "robots" and (reserved := self._reserved(answer, ask.why)):
            outcome, rule, said["tdm"] = "reserved", reserved, reserved
        body = answer.body if outcome == "fetched" else b""
        said |= {"bytes": len(body), "digest": sha256(body).hexdigest() if body else ""}
        said |= {"status": answer.status, "seconds": round(answer.seconds, 3)}
        row = self.note(ask.url, ask.why, outcome, rule=rule, **said)
        if outcome != "reserved" and (ask.why == "robots" or outcome != "fetched"):
            self.aside(row, answer)
        return Visit(row, answer, again=answer.status in PASSING, rest=rest_of(answer) if outcome == "busy" else -1.0)

    def aside(self, row: Request, answer: Answer) -> None:
        """Keep an answer that is no page, as evidence.

        Raises:
            OSError: The disk refuses.
        """
        self.keep_aside(
            *(answer.url, answer.status, answer.headers, answer.body, row.requested_at, answer.content_type)
        )

    def settle(self, visit: Visit) -> None:
        """Give a host up that cannot be reached, wants proof of a human, or fails or refuses too often in a row."""
        row, host = visit.row, authority(visit.row.url)
        failed = row.outcome in ("unreachable", "blocked") or (visit.answer is None and row.outcome != "bad_address")
        self._failures[host] = self._failures.get(host, 0) + 1 if failed else 0
        if row.outcome == "challenged" or visit.lost or self._failures[host] >= STRIKES:
            self.lost.setdefault(host, (row.outcome, row.detail or row.rule))

    def _headers(self, ask: Ask) -> dict[str, str]:
        return {"Accept": ask.types, "Accept-Language": f"{self.source.language}, *;q=0.5", **ask.conditions}

    def _reserved(self, answer: Answer, why: str) -> str:
        headers = copies.headers(answer.headers) if why == "copy" else answer.headers
        return reservations.by_answer(headers, answer.body, is_page=why in ("item", "page", "copy"))


def asks_for_rest(answer: Answer) -> bool:
    """Whether a host that refuses says until when."""
    return answer.status in (403, 429, 503) and "retry-after" in answer.headers


def rest_of(answer: Answer) -> float:
    """Return the seconds of rest a host asks for."""
    return seconds_of(answer.first("retry-after"), datetime.now(UTC))


def seconds_of(said: str, now: datetime) -> float:
    """Return the seconds that a Retry-After means; what it leaves open is `REST`."""
    if said.strip().isascii() and said.strip().isdigit():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return REST


def location_of(answer: Answer) -> str:
    """Return where a redirect leads; servers send UTF-8 where HTTP has Latin-1."""
    said = answer.first("location")
    try:
        return said.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return said


def _judge(answer: Answer, conditional: bool) -> tuple[str, str]:
    """Return the ledger's word for an answer, and what decided it; `conditional` when only changes were asked for."""
    status = answer.status
    if mark := challenges.mark(answer):
        return "challenged", mark
    if status == 304:
        return ("unchanged", "HTTP 304") if conditional else ("broken_answer", "HTTP 304, though nothing was known")
    if status in REDIRECTS:
        return "redirected", f"to {location_of(answer)[:300]}"
    said = answer.first("retry-after") if asks_for_rest(answer) else ""
    rule = f"HTTP {status}" + (f", Retry-After: {said}" if said else "")
    if status in (429, 503):
        return "busy", rule
    if status in WORDS:
        return WORDS[status], rule
    if 200 <= status < 300 and status not in (204, 205, 206):
        return "fetched", ""
    return ("unreachable" if status >= 500 else "broken_answer"), rule
