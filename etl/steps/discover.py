"""Old news by hand: ask a service of discovery for addresses, and fetch the copies that one of them keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from etl import archive, settings, stage
from etl.collect import addresses, sources
from etl.collect.discover import Found, Service, ccnews, gdelt, wayback
from etl.collect.reasons import reason
from etl.logs import log
from etl.model import Expect, Request, Source
from etl.steps.base import Counts, night_of

SERVICES = {"gdelt": "gdelt_doc", "wayback": "wayback_cdx", "ccnews": "ccnews_backfill"}
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def find(service: str, what: str, first: str = "", last: str = "", limit: int = 5000) -> list[Found]:
    """Return what a service knows: of `gdelt` the articles of a query, of `wayback` the kept copies below an address,
    of `ccnews` the WARC files of a month. What was asked is staged as the ledger of today.

    Raises:
        DiscoveryFailed: The service gave no answer that can be used.
        ValueError: There is no such service, or a day or month is none.
    """
    if service not in SERVICES:
        raise ValueError(f"service {service!r} is unknown; there are {', '.join(SERVICES)}")
    asked = _service(service)
    try:
        if service == "ccnews":
            month = MONTH.fullmatch(what)
            if not month:
                raise ValueError(f"month {what!r} is none; want YYYY-MM, such as 2026-10")
            return ccnews.files(asked, int(month[1]), int(month[2]))
        begin, end = _stretch(first, last)
        if service == "wayback":
            return wayback.find(asked, what.removeprefix("https://").removeprefix("http://"), begin, end, limit)
        return gdelt.find(
            asked, what, datetime.combine(begin, time.min, UTC), datetime.combine(end, time(23, 59, 59), UTC)
        )[:limit]
    finally:
        _stage_ledger(asked)


def fetch_copies(found: Iterable[Found], what: str) -> Counts:
    """Fetch the kept copies of what `wayback` found into tonight's archive, each with the day on which it was kept.

    They form a source of their own, to be extracted and loaded like any other; what an earlier run of today fetched
    is not fetched again. Before each copy its own site is asked: what that forbids or reserves today is left out, as
    are copies whose page reserves itself, and those that do not come; the log names them.
    """
    config, asked = settings.load(), _service("wayback")
    name = "backfill_wayback_" + re.sub(r"[^a-z0-9]+", "_", what.lower().removeprefix("https://")).strip("_")[:80]
    counts = {"copies": 0, "here": 0, "left_out": 0}
    first = ""
    try:
        with archive.Writer(config.archive, asked.night, name, limit=config.warc_bytes) as store:
            for item in found:
                first = first or item.url
                if not item.copy or store.tonight(item.url):
                    counts["here"] += 1
                    continue
                visit = asked.copy(item)
                if visit.answer is None:
                    counts["left_out"] += 1
                    log.warning("%s: %s", name, reason(visit.row))
                    continue
                answer = visit.answer
                store.add(item.url, answer.status, answer.headers, answer.body, item.seen, answer.content_type)
                counts["copies"] += 1
    finally:
        _stage_ledger(asked)
    stage.write(config.staging, "sources", asked.night, name, [_source_of(name, first)])
    log.info(
        "discover wayback %s: %d copies fetched, %d here already, %d left out; next: "
        "`streamledger extract %s %s`, then load, check and publish",
        *(what, *counts.values(), name, asked.night),
    )
    return {"source": name, **counts}


def _service(service: str) -> Service:
    config = settings.load()
    return Service(sources.load(config.sources, SERVICES[service]), night_of(datetime.now(UTC).date()), config)


def _stretch(first: str, last: str) -> tuple[date, date]:
    if not first or not last:
        raise ValueError("from when to when? want --from YYYY-MM-DD --to YYYY-MM-DD")
    begin, end = night_of(first), night_of(last)
    if begin > end:
        raise ValueError(f"--from {begin} lies after --to {end}")
    return begin, end


def _stage_ledger(asked: Service) -> None:
    """Add what was asked to today's rows of the service: each request leaves one, however often it is asked."""
    root, name = settings.load().staging, asked.source.name
    earlier = [Request(**row) for row in stage.read(root, "requests", asked.night, name)]
    if asked.rows:
        stage.write(root, "requests", asked.night, name, [*earlier, *asked.rows])
        stage.write(root, "sources", asked.night, name, [asked.source])


def _source_of(name: str, url: str) -> Source:
    """Return the source that copies form: like the one that speaks of their site today, else press of no country."""
    known = [source for source in sources.load_all(settings.load().sources)[0] if source.kind in ("feed", "sitemap")]
    like = next((source for source in known if url and addresses.belongs(url, source)), None)
    made = Source(
        *(name, f"Copies kept of {addresses.site_of(url) if url else name}", "archive", name),
        language=like.language if like else "",
        country=like.country if like else "",
        authority="press",
        licence="as archived",
        expect=Expect(max_items=100_000),
    )
    return replace(made, authority=like.authority) if like else made
