"""One source, one night: fetch what it lists, keep what came, and note every decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from etl.collect import feeds, kinds, robots
from etl.collect.ledger import Ledger, Told
from etl.collect.state import Memory, Seen
from etl.collect.visits import Visit, Visitor
from etl.model import Page, Request, Source
from etl.settings import Settings

MAPS = 3  # sitemaps of an index that are read, newest first
DONE = ("fetched", "unchanged", "not_relevant", "gone")  # an item that needs no second try
NO_RETRY = (
    "refused_by_robots",
    "reserved",
    "blocked",
    "gone",
    "not_a_feed",
    "not_a_dataset",
    "wrong_type",
    "too_large",
)


class Store(Protocol):
    """Where answers are kept: written once, found again by digest, put in place by `commit`."""

    def add(
        self, url: str, status: int, headers: Mapping[str, str], body: bytes, fetched_at: datetime, content_type: str
    ) -> Page: ...

    def known(self, digest: str) -> Page | None: ...

    def commit(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one source in one night."""

    requests: list[Request]
    pages: int  # kept tonight
    unchanged: int  # asked for and found as they were, or known from an earlier night
    problems: list[str]
    failed: bool  # nothing came although it should
    refused: bool  # and asking again tonight would not help
    reason: str  # of the failure, in words


def collect(
    source: Source,
    night: date,
    settings: Settings,
    store: Store,
    *,
    relevant: Callable[[str], bool] = lambda _: True,
    force: bool = False,
) -> Collected:
    """Collect one source for one night into the store.

    A night that is finished is not collected again but told again, unless `force` is set. Whatever the network does
    becomes rows and a reason; so does a disk that refuses.

    Raises:
        ValueError: The source is an archive, which has no network.
    """
    if source.kind == "archive":
        raise ValueError(f"{source.name} is an archive: it is adopted, not collected")
    ledger = Ledger(settings.home / "state" / "nights" / night.isoformat() / f"{source.name}.json")
    earlier = ledger.read()
    if earlier.finished and not force:
        return _result(earlier)
    run = _Run(
        *(source, night, store, relevant, force),
        visitor=Visitor(source, night, settings, rows=list(earlier.requests)),
        memory=Memory.load(settings.home / "state" / f"{source.name}.json"),
        told=replace(earlier, kept=set(earlier.kept), problems=[], reason="", refused=False, unchanged=0),
    )
    try:
        run.collect()
        store.commit()
        run.memory.save(night)
        ledger.write(replace(run.told, requests=run.visitor.rows, finished=not run.told.reason))
    except OSError as refused:
        run.told = replace(earlier, reason=f"the answers could not be kept: {refused}", refused=False)
    return _result(replace(run.told, requests=run.visitor.rows))


def _result(told: Told) -> Collected:
    return Collected(
        *(told.requests, len(told.kept), told.unchanged, told.problems),
        failed=bool(told.reason),
        refused=told.refused,
        reason=told.reason,
    )


@dataclass(slots=True)
class _Run:
    """The work of one source and night."""

    source: Source
    night: date
    store: Store
    relevant: Callable[[str], bool]
    force: bool
    visitor: Visitor
    memory: Memory
    told: Told

    def fail(self, reason: str, refused: bool) -> None:
        self.told.reason, self.told.refused = reason, refused

    def collect(self) -> None:
        why = self.source.kind
        visit = self.visitor.visit(self.source.url, why, self._conditions(self.source.url))
        if visit.moved:
            self.told.problems.append(f"{self.source.url} has moved for good to {visit.row.url}: change the source")
        if visit.answer is None:
            self._fail_by(visit.row)
            return
        if visit.row.outcome == "unchanged":
            self._remember(self.source.url, visit)
            self.told.unchanged += 1
            return
        if wrong := kinds.wrong(why, visit.answer):
            self._fail_by(self.visitor.amend(visit.row, *wrong))
            return
        if why == "feed":
            self._feed(visit)
        else:
            self._keep(self.source.url, visit)

    # --- feeds ----------------------------------------------------------------------------------------------------

    def _feed(self, visit: Visit) -> None:
        listing = self._listing(visit)
        if listing is None:
            return
        self._keep(self.source.url, visit)
        items = self._capped(listing.items)
        if listing.problem:
            self.told.problems.append(listing.problem)
        done = True
        if self.source.fulltext == "feed_then_article":
            rows = [self._item(item) for item in items]
            done = all(row.outcome in DONE for row in rows)
            self._judge(rows)
        if not done:  # ask for the whole feed next night, so that what is missing is tried again
            self.memory.addresses.pop(self.source.url, None)

    def _listing(self, visit: Visit) -> feeds.Listing | None:
        """Return what the feed lists, the maps of a sitemap index included; None, and the failure noted, if nothing."""
        answer = visit.answer
        if answer is None:
            return None
        try:
            listing = feeds.read(answer.body, answer.url)
        except feeds.NotAFeed as wrong:
            self._fail_by(self.visitor.amend(visit.row, "not_a_feed", detail=str(wrong)))
            return None
        items = list(listing.items)
        for address in listing.maps[:MAPS]:
            inner = self.visitor.visit(address, "feed")
            if inner.answer:
                try:
                    items += feeds.read(inner.answer.body, inner.answer.url).items
                    self._keep(address, inner)
                except feeds.NotAFeed as wrong:
                    self.visitor.amend(inner.row, "not_a_feed", detail=str(wrong))
        if not items and self.source.expect.min_items:
            self._fail_by(self.visitor.amend(visit.row, "empty_feed", detail="the feed lists nothing"))
            return None
        if len(items) < self.source.expect.min_items:
            self.told.problems.append(
                f"the feed lists {len(items)} items; expected {self.source.expect.min_items} or more"
            )
        return feeds.Listing(items, [], listing.problem)

    def _capped(self, items: list[feeds.Item]) -> list[feeds.Item]:
        most = self.source.expect.max_items
        if len(items) > most:
            detail = f"the feed lists {len(items)} items; expected {most} at most, so the first {most} are read"
            self.visitor.note(
                self.source.url, "feed", "too_many_items", rule=f"expect.max_items: {most}", detail=detail
            )
            self.told.problems.append(detail)
        return items[:most]

    def _item(self, item: feeds.Item) -> Request:
        """Fetch one item, unless it is of no interest, or known, or the source has had its time."""
        if self.source.relevant_only and not self.relevant(item.text):
            return self.visitor.note(item.url, "item", "not_relevant", rule="relevant_only: no platform is named")
        seen = self.memory.addresses.get(item.url)
        if seen and seen.night and not self.force and item.stamp and seen.stamp == item.stamp:
            seen.met = self.night.isoformat()
            self.told.unchanged += 1
            rule = f"fetched {seen.night}; the feed gives the same time since"
            return self.visitor.note(item.url, "item", "unchanged", rule=rule)
        if self.visitor.is_late:
            rule = f"source_seconds: {self.visitor.settings.source_seconds:g}"
            return self.visitor.note(item.url, "item", "postponed", rule=rule, detail="left for another night")
        visit = self.visitor.visit(item.url, "item", self._conditions(item.url))
        if visit.answer is None:
            return visit.row
        if visit.row.outcome == "unchanged":
            self.told.unchanged += 1
            self._remember(item.url, visit, item.stamp)
            return visit.row
        if wrong := kinds.wrong("item", visit.answer):
            return self.visitor.amend(visit.row, *wrong)
        return self._keep(item.url, visit, item.stamp)

    def _judge(self, rows: list[Request]) -> None:
        """Fail when there were articles to fetch and not one could be; name the ones that could not."""
        tried = [row for row in rows if row.outcome not in ("not_relevant", "unchanged")]
        bad = [row for row in tried if row.outcome not in ("fetched", "gone", "postponed")]
        if late := sum(row.outcome == "postponed" for row in tried):
            self.told.problems.append(
                f"{late} of {len(rows)} items are left for another night: the source had its time"
            )
        self.told.problems += [f"{row.url}: {row.outcome} ({row.rule or row.detail})" for row in bad]
        if bad and len(bad) == len(tried):
            words = ", ".join(sorted({row.outcome for row in bad}))
            first = bad[0].detail or bad[0].rule
            self.fail(
                f"the feed came, but none of its {len(bad)} articles: {words} ({first})",
                refused=all(row.outcome in NO_RETRY for row in bad),
            )

    # --- keeping --------------------------------------------------------------------------------------------------

    def _keep(self, address: str, visit: Visit, stamp: str = "") -> Request:
        """Keep an answer, unless the archive holds the same bytes of the same address."""
        answer, row = visit.answer, visit.row
        if answer is None:
            return row
        known = self.store.known(row.digest)
        if known and known.url == answer.url and known.night != self.night:
            row = self.visitor.amend(row, "unchanged", rule=f"the same bytes as on {known.night}")
            self.told.unchanged += 1
        else:
            self.store.add(
                *(answer.url, answer.status, answer.headers, answer.body, row.requested_at, answer.content_type)
            )
            self.told.kept.add(answer.url)
        self._remember(address, visit, stamp)
        return row

    def _remember(self, address: str, visit: Visit, stamp: str = "") -> None:
        if visit.answer is None:
            return
        tonight, headers = self.night.isoformat(), visit.answer.headers
        seen = self.memory.addresses.setdefault(address, Seen(met=tonight))
        seen.met, seen.stamp = tonight, stamp
        if visit.row.outcome == "fetched":
            seen.digest, seen.night = visit.row.digest, tonight
        seen.etag = headers.get("etag", seen.etag if visit.row.outcome == "unchanged" else "")
        seen.modified = headers.get("last-modified", seen.modified if visit.row.outcome == "unchanged" else "")

    def _conditions(self, address: str) -> dict[str, str]:
        seen = self.memory.addresses.get(address)
        return seen.conditions if seen and not self.force else {}

    def _fail_by(self, row: Request) -> None:
        words = " ".join(part for part in (row.rule, row.detail) if part)
        again = row.outcome not in NO_RETRY or row.rule.startswith(robots.UNREAD)
        self.fail(f"{row.url}: {row.outcome} ({words})", refused=not again)
