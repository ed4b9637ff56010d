"""A visit: one address asked for politely, or not at all; redirects followed, every decision noted."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from etl.collect import addresses, hosts, reservations, robots
from etl.collect.robots import Rules
from etl.collect.transport import Answer, NoAnswer, Transport
from etl.model import Request, Source
from etl.settings import Settings

HOPS = 5  # redirects that are followed
AUXILIARY = 1.0  # seconds between a host's own files (robots.txt, tdmrep.json), redirects, and what comes next
RETRY_AT_ONCE = 20.0  # seconds; a host that asks for no longer rest is asked a second time in the same night
REST = 600.0  # seconds a host rests that says "too many requests" and not for how long
STRIKES = 3  # failures in a row after which a host is not asked again this night
REDIRECTS = (301, 302, 303, 307, 308)
WORDS = {401: "blocked", 402: "blocked", 403: "blocked", 407: "blocked", 451: "blocked", 404: "gone", 410: "gone"}
KINDS = {
    "feed": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "dataset": "*/*",
}
PAGES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Visit:
    """How a visit ended: the row that says so and, when it was fetched, the answer."""

    row: Request
    answer: Answer | None = None
    moved: bool = False  # for good: the address should be changed


@dataclass(slots=True)
class Visitor:
    """Visits addresses for one source in one night."""

    source: Source
    night: date
    settings: Settings
    rows: list[Request] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)  # hosts that do not answer, or want rest: why
    _begun: float = field(default_factory=time.monotonic)
    _failures: dict[str, int] = field(default_factory=dict)  # of each host, in a row
    _noted: dict[str, dict[str, Any]] = field(default_factory=dict)  # robots.txt of each host, for this night
    _transport: Transport = field(init=False)
    _hosts: hosts.Hosts = field(init=False)

    def __post_init__(self) -> None:
        self._transport = Transport(self.settings)
        self._hosts = hosts.Hosts(self.settings.home / "state" / "hosts")

    @property
    def is_late(self) -> bool:
        """Whether the source has had its time for tonight."""
        return time.monotonic() - self._begun > self.settings.source_seconds

    def visit(self, url: str, why: str, conditions: Mapping[str, str] | None = None) -> Visit:
        """Ask for an address, follow its redirects, and return how it ended. Raises nothing for what a network does."""
        met = {url}
        moved = False
        for hop in range(HOPS + 1):
            result = self._ask(url, why, conditions or {}, follows=hop > 0)
            answer = result.answer
            if answer is None or answer.status not in REDIRECTS:
                return Visit(result.row, answer if result.row.outcome in ("fetched", "unchanged") else None, moved)
            moved = answer.status in (301, 308) and (moved or len(met) == 1)
            location = _location(answer)
            target = addresses.clean(location, url) if location else ""
            if not target or target in met:
                reason = "to itself" if target else f"to no address ({location!r:.80})"
                return Visit(self.note(url, why, "bad_redirect", rule=f"redirect {reason}", status=answer.status))
            met.add(target)
            url = target
        return Visit(self.note(url, why, "bad_redirect", rule=f"more than {HOPS} redirects"))

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

    # --- one hop --------------------------------------------------------------------------------------------------

    def _ask(self, url: str, why: str, conditions: Mapping[str, str], follows: bool) -> Visit:
        if not addresses.clean(url):
            return Visit(self.note(url, why, "bad_address", detail="no http or https address"))
        host = addresses.authority(url)
        refused = self._refusal(url, host, why)
        if refused:
            return Visit(refused)
        wait = max(AUXILIARY if follows else self.source.wait_seconds, self._rules(host)[0].delay)
        limit, types = self.settings.max_body_bytes, KINDS.get(why, PAGES)
        result = self._get(url, why, conditions, wait, limit, types)
        if result.row.outcome == "busy" and (rest := self._rest(result.answer)) <= RETRY_AT_ONCE:
            self._hosts.hold(host, rest)
            result = self._get(url, why, conditions, 0.0, limit, types)
        if result.row.outcome == "busy" and result.answer:
            rest = self._rest(result.answer)
            self._hosts.hold(host, rest)
            self.lost[host] = f"it asked for {rest:.0f} s of rest"
        return result

    def _refusal(self, url: str, host: str, why: str) -> Request | None:
        """Return the row that says why an address is not asked for, if it is not."""
        if host in self.lost:
            return self.note(url, why, "unreachable", rule="host not tried again", detail=self.lost[host])
        rules, noted = self._rules(host)
        if host in self.lost:
            return self.note(url, why, "unreachable", rule="robots.txt unreachable", detail=self.lost[host])
        if "problem" in noted:
            return self.note(url, why, noted["outcome"], rule=noted["problem"])
        if line := rules.refusal(url):
            return self.note(url, why, "refused_by_robots", rule=line)
        if rules.delay > robots.MAX_DELAY:
            return self.note(url, why, "refused_by_robots", rule=f"robots.txt: Crawl-delay: {rules.delay:g}")
        reserved = reservations.by_robots(rules) or reservations.by_well_known(self._well_known(host), url)
        if host in self.lost:
            return self.note(url, why, "unreachable", rule="host not tried again", detail=self.lost[host])
        return self.note(url, why, "reserved", rule=reserved) if reserved else None

    def _get(
        self, url: str, why: str, conditions: Mapping[str, str], wait: float, limit: int, types: str, cut: bool = False
    ) -> Visit:
        """Wait for the host's turn, ask, and judge the answer by its status."""
        host = addresses.authority(url)
        try:
            waited = self._hosts.take_turn(host, wait)
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

    def _rest(self, answer: Answer | None) -> float:
        """Return the seconds of rest a host asks for."""
        said = answer.headers.get("retry-after", "").strip() if answer else ""
        if said.isdigit():
            return float(said)
        try:
            return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError):
            return REST

    # --- what a host says of itself -------------------------------------------------------------------------------

    def _rules(self, host: str) -> tuple[Rules, dict[str, Any]]:
        """Return a host's rules and what is noted of them; a `problem` means that they could not be read."""
        if host not in self._noted:
            self._noted[host] = self._hosts.recall(host, "robots") or self._fetch_rules(host)
        noted = self._noted[host]
        return Rules(str(noted.get("text", ""))), noted

    def _fetch_rules(self, host: str) -> dict[str, Any]:
        result = self._file(f"{host}/robots.txt")
        if result.answer is not None and result.answer.status == 200:
            row = {"text": Rules.read(result.answer.body).text}
        elif result.answer is not None and 400 <= result.answer.status < 500 and result.answer.status != 429:
            row = {"text": ""}  # RFC 9309: no file, no rules
        else:
            old = self._hosts.recall(host, "robots", hosts.STALE)
            said = result.row.detail or result.row.rule
            outcome = "bad_address" if result.row.outcome == "bad_address" else "refused_by_robots"
            return old or {"outcome": outcome, "problem": f"{robots.UNREAD} ({said})"}
        self._hosts.note(host, "robots", row)
        return row

    def _well_known(self, host: str) -> str:
        noted = self._hosts.recall(host, "tdmrep")
        if noted is None:
            result = self._file(host + reservations.WELL_KNOWN)
            found = result.answer is not None and result.answer.status == 200
            noted = {"text": result.answer.body.decode("utf-8-sig", "replace") if found and result.answer else ""}
            if host not in self.lost:
                self._hosts.note(host, "tdmrep", noted)
        return str(noted["text"])

    def _file(self, url: str) -> Visit:
        """Fetch a host's file about itself, through up to five redirects, which may lead to other hosts."""
        result = self._get(url, "robots", {}, AUXILIARY, robots.LIMIT, "*/*", cut=True)
        for _ in range(HOPS):
            if result.answer is None or result.answer.status not in REDIRECTS:
                break
            target = addresses.clean(_location(result.answer), result.row.url)
            if not target:
                break
            result = self._get(target, "robots", {}, AUXILIARY, robots.LIMIT, "*/*", cut=True)
        return result


def _location(answer: Answer) -> str:
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
        return "redirected", f"to {_location(answer)[:300]}"
    if status in WORDS:
        return WORDS[status], f"HTTP {status}"
    if status in (429, 503):
        said = answer.headers.get("retry-after", "")
        return "busy", f"HTTP {status}" + (f", Retry-After: {said}" if said else "")
    if 200 <= status < 300 and status not in (204, 205, 206):
        return "fetched", ""
    return ("unreachable" if status >= 500 else "broken_answer"), f"HTTP {status}"
