"""The ledger read again: proof that no request of a night was one too many.

A request counts as made when the row shows traces of it (a status, bytes, seconds). Of each made request it is shown
that robots.txt and reservations allowed it, that the host had its rest, that one request at a time was made to it, and
that the sources led there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from urllib.parse import urlsplit

from etl.collect import addresses, asking, hosts, refused
from etl.collect.robots import Rules
from etl.model import Request, Source

TOLERANCE = 0.01  # seconds
OWN = ("feed", "sitemap", "page", "dataset")  # why: an address of the source itself
READ = ("fetched", "absent", "redirected")  # outcomes of a robots.txt after which the host may be asked


def violations(rows: Iterable[Request], sources: Iterable[Source]) -> list[str]:
    """Return what was done in a night against its rules, one line each; none when all was well.

    `rows` are those of all sources, each source's in the order they were written; `sources` those collected from.
    """
    told, known = list(rows), {source.name: source for source in sources}
    made = [row for row in told if is_made(row)]
    found = [*_outside(told, made, known), *_against_a_verdict(made), *_against_a_line(told, made)]
    found += [*_without_robots(told), *_too_soon(made), *_waits_too_short(told, known)]
    return found


def is_made(row: Request) -> bool:
    """Whether a row shows that its request went out."""
    return row.status is not None or row.bytes > 0 or bool(row.digest) or row.seconds > 0 or row.outcome == "fetched"


def _say(row: Request, words: str) -> str:
    return f"{row.night} {row.source} {row.requested_at:%H:%M:%S} {row.why} {row.url}: {words}"


def _outside(told: list[Request], made: list[Request], known: Mapping[str, Source]) -> Iterator[str]:
    """Requests that no source led to."""
    led = {(row.source, target) for row in made for target in [_target(row)] if target}
    asked = {(row.source, addresses.authority(row.url)) for row in told if row.why != "robots"}
    for row in made:
        source = known.get(row.source)
        if source is None:
            yield _say(row, "there is no such source")
        elif row.why == "robots":
            if (row.source, addresses.authority(row.url)) not in asked and (row.source, row.url) not in led:
                yield _say(row, "the source asked nothing else of this host")
        elif (why := refused.why(row.url)) and not source.permission:
            yield _say(row, f"the host is refused: {why}")
        elif (row.source, row.url) not in led and not _is_own(row, source):
            yield _say(row, f"outside of the source, which is {source.url}")


def _is_own(row: Request, source: Source) -> bool:
    if row.why == "item":
        return source.fulltext == "feed_then_article" and addresses.belongs(row.url, source)
    if row.why not in OWN or row.why != source.kind:
        return row.why in ("discovery", "copy") and source.kind == "discovery" and addresses.belongs(row.url, source)
    is_map = row.why in ("feed", "sitemap") and addresses.belongs(row.url, source)
    return is_map or row.url in (source.url, *source.also)


def _target(row: Request) -> str:
    return addresses.clean(row.rule.removeprefix("to "), row.url) if row.outcome == "redirected" else ""


def _against_a_verdict(made: list[Request]) -> Iterator[str]:
    """Requests whose own row says no, or does not say yes."""
    for row in made:
        if row.why == "robots":
            continue
        if not row.robots.startswith("allowed"):
            yield _say(row, f"asked, though of robots.txt it says {row.robots or 'nothing'!r}")
        if row.tdm != "none" and (row.outcome != "reserved" or row.bytes or row.digest or row.tdm != row.rule):
            yield _say(row, f"asked or kept, though of reservations it says {row.tdm or 'nothing'!r}")


def _against_a_line(told: list[Request], made: list[Request]) -> Iterator[str]:
    """Requests that a line of robots.txt forbids which the ledger itself quotes for the same host."""
    start = "robots.txt: Disallow: "
    lines = {(addresses.authority(row.url), row.rule.removeprefix(start)) for row in told if row.rule.startswith(start)}
    for row in made:
        for host, line in sorted(lines):
            if row.why == "robots" or host != addresses.authority(row.url):
                continue
            allowed = row.robots.removeprefix("allowed: Allow: ") if "Allow: " in row.robots else ""
            text = f"User-agent: *\nDisallow: {line}\n" + (f"Allow: {allowed}\n" if allowed else "")
            if Rules(text).refusal(row.url):
                yield _say(row, f"asked, though robots.txt says Disallow: {line}")


def _without_robots(told: list[Request]) -> Iterator[str]:
    """Requests made while the robots.txt of their host could not be read."""
    unread: dict[tuple[str, str], str] = {}
    first: dict[str, Request] = {}  # the robots.txt that each source is after, while it is redirected
    for row in told:
        key = (row.source, addresses.authority(row.url))
        if row.why == "robots":
            begun = first.setdefault(row.source, row)
            key = (row.source, addresses.authority(begun.url))
            if urlsplit(begun.url).path == "/robots.txt":
                unread[key] = "" if row.outcome in READ else row.rule or row.detail or row.outcome
            if row.outcome != "redirected":
                first.pop(row.source)
            continue
        first.pop(row.source, None)
        if is_made(row) and unread.get(key):
            yield _say(row, f"asked, though robots.txt could not be read ({unread[key]})")


def _too_soon(made: list[Request]) -> Iterator[str]:
    """Requests that did not leave their host the wait, or the rest, that it should have had."""
    by_host: dict[str, list[Request]] = {}
    for row in made:
        by_host.setdefault(addresses.host_of(row.url), []).append(row)
    for rows in by_host.values():
        for sooner, later in pairwise(sorted(rows, key=attrgetter("requested_at"))):
            gap = (later.requested_at - sooner.requested_at).total_seconds()
            if gap < later.wait_wanted - TOLERANCE:
                yield _say(later, f"asked after {gap:.2f} s, though {later.wait_wanted:g} were to be kept")
            elif gap < sooner.seconds - TOLERANCE:
                yield _say(later, f"asked while {sooner.url} was still being answered")
            elif gap - sooner.seconds < (rest := _rest(sooner)) - TOLERANCE:
                yield _say(later, f"asked after {gap:.2f} s, though the host wanted {rest:g} s of rest")


def _rest(row: Request) -> float:
    """Return the seconds of rest that an answer asked for."""
    _, asks, said = row.rule.partition("Retry-After: ")
    if not asks and row.status not in (429, 503):
        return 0.0
    return min(asking.seconds_of(said, row.requested_at), hosts.LONGEST_HOLD)


def _waits_too_short(told: list[Request], known: Mapping[str, Source]) -> Iterator[str]:
    """Requests that were to wait for less than their source's file says."""
    led: dict[str, set[str]] = {}
    for row in told:
        source = known.get(row.source)
        if is_made(row) and source:
            hop = row.why == "robots" or row.url in led.get(row.source, set())
            least = min(asking.AUXILIARY, source.wait_seconds) if hop else source.wait_seconds
            if row.wait_wanted < least:
                yield _say(row, f"was to wait {row.wait_wanted:g} s, though {least:g} are the least")
        if target := _target(row):
            led.setdefault(row.source, set()).add(target)
