"""Whether hosts had their rest: the waits between the requests of a night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import attrgetter

from etl.collect import addresses, asking, hosts
from etl.collect.traces import is_made, say, target_of
from etl.model import Request, Source

TOLERANCE = 0.01  # seconds


def too_soon(made: list[Request]) -> Iterator[str]:
    """Requests that did not leave their host the wait, or the rest, that it should have had."""
    by_host: dict[str, list[Request]] = {}
    for row in made:
        by_host.setdefault(addresses.host_of(row.url), []).append(row)
    for rows in by_host.values():
        for sooner, later in pairwise(sorted(rows, key=attrgetter("requested_at"))):
            gap = (later.requested_at - sooner.requested_at).total_seconds()
            if gap < later.wait_wanted - TOLERANCE:
                yield say(later, f"asked after {gap:.2f} s, though {later.wait_wanted:g} were to be kept")
            elif gap < sooner.seconds - TOLERANCE:
                yield say(later, f"asked while {sooner.url} was still being answered")
            elif gap - sooner.seconds < (rest := _rest(sooner)) - TOLERANCE:
                yield say(later, f"asked after {gap:.2f} s, though the host wanted {rest:g} s of rest")


def _rest(row: Request) -> float:
    """Return the seconds of rest that an answer asked for."""
    _, asks, said = row.rule.partition("Retry-After: ")
    if not asks and row.status not in (429, 503):
        return 0.0
    return min(asking.seconds_of(said, row.requested_at), hosts.LONGEST_HOLD)


def waits_too_short(told: list[Request], known: Mapping[str, Source]) -> Iterator[str]:
    """Requests that were to wait for less than their source's file says."""
    led: dict[str, set[str]] = {}
    for row in told:
        source = known.get(row.source)
        if is_made(row) and source:
            hop = row.why == "robots" or row.url in led.get(row.source, set())
            least = min(asking.AUXILIARY, source.wait_seconds) if hop else source.wait_seconds
            if row.wait_wanted < least:
                yield say(row, f"was to wait {row.wait_wanted:g} s, though {least:g} are the least")
        if target := target_of(row):
            led.setdefault(row.source, set()).add(target)
