"""The ledger read again: proof that no request of a night was one too many.

A request counts as made when the row shows traces of it (a status, bytes, seconds). Of each made request it is shown
that robots.txt and reservations allowed it, that the host had its rest, that one request at a time was made to it, and
that the sources led there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from etl.collect import addresses, copies, pacing, refused, reservations
from etl.collect.robots import Rules
from etl.collect.traces import is_made, say, target_of
from etl.model import Request, Source

OWN = ("feed", "sitemap", "filings", "page", "dataset")  # why: an address of the source itself
READ = ("fetched", "absent", "redirected")  # outcomes of a robots.txt after which the host may be asked


def violations(
    rows: Iterable[Request],
    sources: Iterable[Source],
    files: Mapping[str, str] | None = None,
    noted: Mapping[str, float] | None = None,
) -> list[str]:
    """Return what was done in a night against its rules, one line each; none when all was well.

    `rows` are those of all sources, each source's in the order they were written; `sources` those collected from.
    `files` are texts of robots.txt and tdmrep.json by their addresses, such as `Hosts.files` gives: with them each
    verdict is found anew instead of believed. `noted` says when each was read, in seconds since 1970: what was asked
    before is not held against it.
    """
    told, known = list(rows), {source.name: source for source in sources}
    made = [row for row in told if is_made(row)]
    found = [*_outside(told, made, known), *_against_a_verdict(made), *_against_a_line(told, made)]
    found += [
        *_copied_unasked(told, made),
        *_without_robots(told),
        *pacing.too_soon(made),
        *pacing.waits_too_short(told, known),
    ]
    return [*found, *_against_a_file(made, files or {}, noted or {})]


def _outside(told: list[Request], made: list[Request], known: Mapping[str, Source]) -> Iterator[str]:
    """Requests that no source led to."""
    led = {(row.source, target, row.why) for row in made for target in [target_of(row)] if target}
    asked = {(row.source, addresses.authority(row.url)) for row in told if row.why != "robots"}
    for row in made:
        source = known.get(row.source)
        if source is None:
            yield say(row, "there is no such source")
        elif why := refused.why(row.url, source.permission):
            yield say(row, f"the host is refused: {why}")
        elif row.why == "robots":
            if (row.source, addresses.authority(row.url)) not in asked and (row.source, row.url, row.why) not in led:
                yield say(row, "the source asked nothing else of this host")
        elif (row.source, row.url, row.why) not in led and not _is_own(row, source):
            yield say(row, f"outside of the source, which is {source.url}")


def _is_own(row: Request, source: Source) -> bool:
    if row.why == "item":
        return source.fulltext == "feed_then_article" and addresses.belongs(row.url, source)
    if row.why not in OWN or row.why != source.kind:
        return row.why in ("discovery", "copy") and source.kind == "discovery" and addresses.belongs(row.url, source)
    is_map = row.why in ("feed", "sitemap", "filings") and addresses.belongs(row.url, source)
    return is_map or row.url in (source.url, *source.also)


def _against_a_verdict(made: list[Request]) -> Iterator[str]:
    """Requests whose own row says no, or does not say yes."""
    for row in made:
        if row.why == "robots":
            continue
        if not row.robots.startswith("allowed"):
            yield say(row, f"asked, though of robots.txt it says {row.robots or 'nothing'!r}")
        if row.tdm != "none" and (row.outcome != "reserved" or row.bytes or row.digest or row.tdm != row.rule):
            yield say(row, f"asked or kept, though of reservations it says {row.tdm or 'nothing'!r}")


def _copied_unasked(told: list[Request], made: list[Request]) -> Iterator[str]:
    """Copies of pages whose own site did not permit it."""
    permitted = {(row.source, row.url) for row in told if row.outcome == "permitted" and _says_yes(row)}
    for row in made:
        if row.why == "copy" and (row.source, address := copies.original(row.url)) not in permitted:
            yield say(row, f"asked for a copy, though its own site did not permit {address or 'any page'}")


def _says_yes(row: Request) -> bool:
    return row.robots.startswith("allowed") and row.tdm == "none" and not refused.why(row.url)


def _against_a_line(told: list[Request], made: list[Request]) -> Iterator[str]:
    """Requests that a line of robots.txt forbids which the ledger itself quotes for the same host."""
    start = "robots.txt: Disallow: "
    lines: dict[str, set[str]] = {}
    for row in told:
        if row.rule.startswith(start):
            lines.setdefault(addresses.authority(row.url), set()).add(row.rule.removeprefix(start))
    for row in made:
        for line in sorted(lines.get(addresses.authority(row.url), ())):
            if row.why == "robots":
                continue
            allowed = row.robots.removeprefix("allowed: Allow: ") if "Allow: " in row.robots else ""
            text = f"User-agent: *\nDisallow: {line}\n" + (f"Allow: {allowed}\n" if allowed else "")
            if Rules(text).refusal(row.url):
                yield say(row, f"asked, though robots.txt says Disallow: {line}")


def _against_a_file(made: list[Request], files: Mapping[str, str], noted: Mapping[str, float]) -> Iterator[str]:
    """Requests that the hosts' own files forbid, or want to come later."""
    by_rules: dict[str, str] = {}
    for row in made:
        host, at = addresses.authority(row.url), row.requested_at.timestamp()
        said, mapped = f"{host}/robots.txt", host + reservations.WELL_KNOWN
        if row.url == said or said not in files or at < noted.get(said, 0.0):
            continue
        rules = Rules(files[said])
        if host not in by_rules:
            by_rules[host] = reservations.by_robots(rules)
        entries = files.get(mapped, "") if at >= noted.get(mapped, 0.0) else ""
        reserved = by_rules[host] or reservations.by_well_known(entries, row.url)
        if row.why != "robots" and (line := rules.refusal(row.url) or reserved):
            yield say(row, f"asked, though the host's own file says {line}")
        if rules.delay > row.wait_wanted + pacing.TOLERANCE:
            yield say(row, f"was to wait {row.wait_wanted:g} s, though robots.txt wants {rules.delay:g}")


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
            yield say(row, f"asked, though robots.txt could not be read ({unread[key]})")
