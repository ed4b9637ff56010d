"""A visit: one address asked for politely, or not at all; redirects followed, every decision noted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from etl.collect import addresses, asking
from etl.collect.asking import REDIRECTS, Ask, Asker, Visit, location_of
from etl.collect.gate import Gate

HOPS = 5  # redirects that are followed
RETRY_AT_ONCE = 20.0  # seconds; a host that asks for no longer rest is asked a second time in the same night
FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
PAGES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
TYPES = {"feed": FEEDS, "sitemap": FEEDS, "dataset": "*/*", "discovery": "*/*", "filings": "*/*"}


@dataclass(slots=True)
class Visitor:
    """Visits addresses for one source in one night."""

    asker: Asker
    _gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self._gate = Gate(self.asker)

    def visit(self, url: str, why: str, conditions: Mapping[str, str] | None = None) -> Visit:
        """Ask for an address, follow its redirects, and return how it ended. Raises nothing for what a network does."""
        met = {url}
        moved = False
        for hop in range(HOPS + 1):
            result = self._ask(url, why, conditions or {}, follows=hop > 0)
            answer = result.answer
            if answer is None or answer.status not in REDIRECTS:
                return Visit(result.row, answer if result.row.outcome in ("fetched", "unchanged") else None, moved)
            moved = answer.status in (301, 308) and (moved or hop == 0)
            location = location_of(answer)
            target = addresses.clean(location, url) if location else ""
            if not target or target in met:
                reason = "to itself" if target else f"to no address ({location!r:.80})"
                return Visit(self.asker.note(url, why, "bad_redirect", rule=f"redirect {reason}"))
            met.add(target)
            url = target
        return Visit(self.asker.note(url, why, "bad_redirect", rule=f"more than {HOPS} redirects"))

    def _ask(self, url: str, why: str, conditions: Mapping[str, str], follows: bool) -> Visit:
        """Make one hop: ask the host's gate, wait for its turn, ask; once more when that may go better."""
        if not addresses.clean(url):
            return Visit(self.asker.note(url, why, "bad_address", detail="no http or https address"))
        verdict = self._gate.verdict(url)
        if verdict.outcome:
            said = {name: getattr(verdict, name) for name in ("rule", "detail", "robots", "tdm")}
            return Visit(self.asker.note(url, why, verdict.outcome, **said))
        wait = max(asking.AUXILIARY if follows else self.asker.source.wait_seconds, self._gate.delay(url))
        limit, types = self.asker.settings.max_body_bytes, TYPES.get(why, PAGES)
        ask = Ask(url, why, wait, limit, types, conditions, verdict)
        result = self.asker.get(ask)
        rest = self._rest(result)
        if result.again or 0 <= rest <= RETRY_AT_ONCE:
            pause = max(wait, asking.RETRY * random.uniform(0.5, 1.5))  # noqa: S311 - to not come in step
            result = self.asker.get(replace(ask, wait=pause))
            rest = self._rest(result)
        if rest >= 0 and result.row.outcome == "busy":
            self.asker.lost[addresses.authority(url)] = ("busy", f"it asked for {rest:.0f} s of rest")
        self.asker.settle(result)
        return result

    def _rest(self, visit: Visit) -> float:
        """Give a host the rest it asks for, and return its seconds; -1 when it asks for none."""
        answer = visit.answer
        if answer is None or (visit.row.outcome != "busy" and not asking.asks_for_rest(answer)):
            return -1.0
        rest = asking.rest_of(answer)
        self.asker.hosts.hold(addresses.host_of(visit.row.url), rest)
        return rest if visit.row.outcome == "busy" else -1.0
