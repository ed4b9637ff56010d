"""A feed and what it lists: which items are fetched, and which are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from etl.collect import addresses, feeds, kinds
from etl.collect.asking import Visit
from etl.collect.desk import Desk, is_final
from etl.collect.items import Item, Listing, NotAFeed
from etl.collect.reasons import reason
from etl.model import Request

MAPS = 3  # sitemaps of an index that are read, newest first
DONE = (  # need no second try
    *("fetched", "unchanged", "not_relevant", "outside", "reserved", "gone", "not_html", "too_large"),
    "refused_by_list",
)
SETTLED = ("reserved", "gone", "not_html", "too_large")  # not asked for again while the feed gives the same time
MANY = 3  # failed articles that make a failed night when no other was fetched


def collect(desk: Desk, address: str, visit: Visit) -> None:
    """Keep a feed that was fetched, and its items; whatever goes wrong with one costs no other."""
    listing = _read(desk, visit, desk.fail_by)
    if listing is None:
        return
    row = desk.keep(address, visit)
    # not remembered before all its items are done: until then the whole feed is asked for, so that none is forgotten
    remembered = desk.memory.pop(address)
    desk.write_down()
    listing = _with_maps(desk, listing)
    if listing.problem:
        desk.told.problems.append(listing.problem)
    if not listing.items and desk.source.expect.min_items:
        desk.fail_by(desk.asker.amend(row, "empty_feed", detail="the feed lists nothing"))
        return
    items = _expected(desk, listing.items)
    rows = [_item(desk, item) for item in items] if desk.source.fulltext == "feed_then_article" else []
    _judge(desk, rows)
    if all(row.outcome in DONE for row in rows) and not listing.maps:  # an index may stay while its maps change
        desk.memory[address] = remembered


def _with_maps(desk: Desk, listing: Listing) -> Listing:
    """Return what an index of sitemaps lists, with the items of its newest maps."""
    for address in [url for url in listing.maps if addresses.belongs(url, desk.source)][:MAPS]:
        visit = desk.fetched_tonight(address) or desk.visitor.visit(address, desk.source.kind)
        found = _read(desk, visit, lambda row: desk.told.problems.append(reason(row)))
        if found:
            desk.keep(address, visit)
            desk.write_down(address)
            listing = replace(listing, items=[*listing.items, *found.items])
    return listing


def _read(desk: Desk, visit: Visit, otherwise: Callable[[Request], None]) -> Listing | None:
    if visit.answer is None:
        otherwise(visit.row)
        return None
    try:
        return feeds.read(visit.answer.body, visit.answer.url)
    except NotAFeed as wrong:
        otherwise(desk.asker.amend(visit.row, "not_a_feed", detail=str(wrong)))
        return None


def _expected(desk: Desk, items: list[Item]) -> list[Item]:
    """Return the items that are read: as many as the source expects at most; fewer than expected is a problem told."""
    least, most = desk.source.expect.min_items, desk.source.expect.max_items
    if len(items) < least:
        desk.told.problems.append(f"the feed lists {len(items)} items; expected {least} or more")
    if len(items) > most:
        detail = f"the feed lists {len(items)} items; expected {most} at most, so {most} are read"
        desk.asker.note(
            desk.source.url, desk.source.kind, "too_many_items", rule=f"expect.max_items: {most}", detail=detail
        )
        desk.told.problems.append(detail)
    if (
        len(items) > most and desk.source.kind == "sitemap"
    ):  # a feed begins with its newest, a sitemap may end with them
        items = sorted(items, key=lambda item: item.stamp, reverse=True)
    return items[:most]


def _item(desk: Desk, item: Item) -> Request:
    """Fetch one item, unless it is of no interest or at another's site."""
    note = desk.asker.note
    if desk.source.relevant_only and not desk.relevant(item.text):
        return note(item.url, "item", "not_relevant", rule="relevant_only: no platform is named")
    if not addresses.belongs(item.url, desk.source):
        return note(item.url, "item", "outside", rule="hosts: no site of the source's own")
    return fetch(desk, item)


def fetch(desk: Desk, item: Item) -> Request:
    """Fetch a page that was listed, and keep it, unless it is known or the source has had its time."""
    if row := _done(desk, item.url) or _known(desk, item):
        return row
    if desk.asker.is_late:
        rule = f"source_seconds: {desk.asker.settings.source_seconds:g}"
        return desk.asker.note(item.url, "item", "postponed", rule=rule, detail="left for another night")
    desk.save_at_times()
    visit = desk.visit(item.url, "item")
    if visit.answer and visit.row.outcome == "fetched" and (wrong := kinds.wrong("item", visit.answer)):
        visit = replace(visit, row=desk.asker.amend(visit.row, *wrong))
    if visit.row.outcome in (*SETTLED, "unchanged"):
        desk.remember(item.url, visit, item.stamp)
    row = desk.keep(item.url, visit, item.stamp)
    desk.write_down(item.url)
    return row


def _done(desk: Desk, url: str) -> Request | None:
    """Return the row of an item that an earlier run of this night brought to its end."""
    if not desk.is_done(url):
        return None
    rows = [row for row in desk.asker.rows if row.url == url and row.why == "item"]
    return replace(rows[-1], outcome=desk.memory[url].outcome) if rows else None


def _known(desk: Desk, item: Item) -> Request | None:
    """Return the row of an item that was met with the same time in the feed; it is not asked for again."""
    seen = desk.memory.get(item.url)
    if desk.force or not seen or not seen.night or not item.stamp or seen.stamp != item.stamp:
        return None
    seen.met = desk.night.isoformat()
    rule = f"{seen.outcome} {seen.night}; the feed gives the same time since"
    if seen.outcome in SETTLED:
        return desk.asker.note(item.url, "item", seen.outcome, rule=rule)
    desk.told.unchanged += 1
    return desk.asker.note(item.url, "item", "unchanged", rule=rule)


def _judge(desk: Desk, rows: list[Request]) -> None:
    """Name the articles that failed; the source failed if nothing else came and they are many or their host is lost."""
    tried = [row for row in rows if row.outcome not in ("not_relevant", "unchanged", "outside")]
    bad = [row for row in tried if row.outcome not in ("fetched", "gone", "postponed")]
    if late := sum(row.outcome == "postponed" for row in tried):
        desk.told.problems.append(f"{late} of {len(rows)} items are left for another night: the source had its time")
    if sites := sorted({addresses.site_of(row.url) for row in rows if row.outcome == "outside"}):
        desk.told.problems.append(
            f"items at other sites are left out: {', '.join(sites)}; name a site in `hosts` to read it"
        )
    desk.told.problems += [reason(row) for row in bad]
    if len(bad) == len(tried) and (len(bad) >= MANY or (bad and desk.asker.lost)):
        words = f"none of the {len(bad)} articles of the feed came; the first: {reason(bad[0])}"
        desk.fail(words, final=all(is_final(row) for row in bad))
