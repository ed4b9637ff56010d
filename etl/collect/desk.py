"""The desk of one source and night: where its answers are kept and its story is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from etl.collect import robots
from etl.collect.asking import Asker, Visit
from etl.collect.journal import Journal
from etl.collect.ledger import Ledger, Told
from etl.collect.memory import Memory, Seen
from etl.collect.reasons import reason
from etl.collect.transport import Answer
from etl.collect.visits import Visitor
from etl.model import Page, Request, Source

SAVE_EVERY = 60.0  # seconds
LONGEST = 1000  # characters of an ETag that is sent back
FINAL = (
    *("refused_by_robots", "reserved", "blocked", "gone", "bad_address"),
    *("not_a_feed", "not_a_dataset", "not_html", "too_large", "challenged", "refused_by_list"),
)


def is_final(row: Request) -> bool:
    """Whether asking again tonight would give the same; a robots.txt that could not be read may be readable soon."""
    return row.outcome in FINAL and not (row.outcome == "refused_by_robots" and row.rule.startswith(robots.UNREAD))


def conditions_of(answer: Answer) -> dict[str, str]:
    """Return the headers of an answer by which it can be asked for again on condition, as far as they can be sent."""
    said = {name: answer.first(name) for name in ("etag", "last-modified") if name in answer.headers}
    return {name: value for name, value in said.items() if len(value) <= LONGEST and value.isprintable()}


class Store(Protocol):
    """Where answers are kept: written once, found again by digest, put in place by `commit`."""

    def add(
        self, url: str, status: int, headers: Mapping[str, str], body: bytes, fetched_at: datetime, content_type: str
    ) -> Page: ...

    def aside(
        self, url: str, status: int, headers: Mapping[str, str], body: bytes, fetched_at: datetime, content_type: str
    ) -> None: ...

    def known(self, digest: str) -> Page | None: ...

    def tonight(self, url: str) -> tuple[Page, dict[str, str], bytes] | None: ...

    def commit(self) -> None: ...


@dataclass(slots=True)
class Desk:
    """What the work on one source in one night needs, and what it leaves."""

    source: Source
    night: date
    store: Store
    relevant: Callable[[str], bool]
    force: bool
    asker: Asker
    memory: Memory
    told: Told
    ledger: Ledger
    journal: Journal
    visitor: Visitor = field(init=False)
    _saved: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.asker)

    def visit(self, address: str, why: str) -> Visit:
        """Ask for an address, on condition that it has changed when it was met before.

        What an earlier run of this night fetched is taken from the archive.
        """
        if earlier := self.fetched_tonight(address):
            return earlier
        seen = self.memory.get(address)
        visit = self.visitor.visit(address, why, seen.conditions if seen and not self.force else {})
        if visit.row.outcome == "unchanged":
            self.told.unchanged += 1
        return visit

    def fetched_tonight(self, address: str) -> Visit | None:
        """Return the visit of an earlier run of this night, when what it brought is kept."""
        row = self.asker.fetched.get(address)
        if self.force or not row or not (found := self.store.tonight(address)):
            return None
        page, headers, body = found
        answer = Answer(page.url, page.status, headers, body, row.seconds)
        return Visit(row, answer) if page.digest == row.digest else None

    def is_done(self, address: str) -> bool:
        """Whether an earlier run of this night brought an address to its end, and the archive knows of it."""
        seen = self.memory.get(address)
        if self.force or not seen or seen.night != self.night.isoformat():
            return False
        return seen.outcome != "fetched" or self.store.known(seen.digest) is not None

    def write_down(self, *addresses: str) -> None:
        """Make what was done so far survive a kill.

        Raises:
            OSError: The disk refuses.
        """
        self.journal.append(self.asker.rows, self.told.kept, self.memory, set(addresses))

    def keep(self, address: str, visit: Visit, stamp: str = "") -> Request:
        """Keep an answer, unless the archive holds the same bytes of the same address, and return its row."""
        answer, row = visit.answer, visit.row
        if answer is None or row.outcome != "fetched":
            return row
        known, seen = self.store.known(row.digest), self.memory.get(address)
        is_same = known and (known.url == answer.url or (seen and seen.digest == row.digest))
        if known and is_same and known.night != self.night:
            row = self.asker.amend(row, "unchanged", rule=f"the same bytes as on {known.night}")
            self.asker.aside(row, answer)
            self.told.unchanged += 1
        else:
            self.store.add(
                *(answer.url, answer.status, answer.headers, answer.body, row.requested_at, answer.content_type)
            )
            self.told.kept.add(answer.url)
        self.remember(address, visit, stamp)
        return row

    def remember(self, address: str, visit: Visit, stamp: str = "") -> None:
        """Note when and how an address was met, for the nights to come."""
        tonight, headers = self.night.isoformat(), conditions_of(visit.answer) if visit.answer else {}
        seen = self.memory.setdefault(address, Seen(met=tonight))
        seen.met, seen.stamp = tonight, stamp
        if visit.row.outcome == "unchanged":
            seen.etag, seen.modified = headers.get("etag", seen.etag), headers.get("last-modified", seen.modified)
            return
        seen.outcome, seen.night, seen.digest = visit.row.outcome, tonight, visit.row.digest
        seen.etag, seen.modified = headers.get("etag", ""), headers.get("last-modified", "")

    def save_at_times(self) -> None:
        """Save what was collected so far once a minute: a run that is killed need not ask for it all again."""
        if time.monotonic() - self._saved >= SAVE_EVERY:
            self.save(finished=False)

    def save(self, finished: bool) -> None:
        """Put the answers in place, then the memory, then the ledger.

        In this order: killed in between, the archive is never behind what the other two say of it, and a night that is
        told as finished is remembered.

        Raises:
            OSError: The disk refuses.
        """
        self.store.commit()
        self.memory.save(self.night)
        self.ledger.write(replace(self.told, requests=self.asker.rows, finished=finished))
        self.journal.clear(len(self.asker.rows))
        self._saved = time.monotonic()

    def fail(self, words: str, final: bool) -> None:
        """Say that the source failed tonight; `final` when asking again would not help."""
        self.told.reason, self.told.refused = words, final

    def fail_by(self, row: Request) -> None:
        """Say that the source failed by what one row tells."""
        self.fail(reason(row), is_final(row))
