"""A visit: one address asked for politely, or not at all; redirects followed, every decision noted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from etl.collect import addresses, asking, copies
from etl.collect.asking import REDIRECTS, Ask, Asker, Verdict, Visit, location_of
from etl.collect.gate import Gate
from etl.model import Request

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
        if why == "copy" and (refusal := self._refusal_of_the_original(url)):
            return refusal
        verdict = self._gate.verdict(url)
        if verdict.outcome:
            return Visit(self._note(url, why, verdict))
        wait = max(asking.AUXILIARY if follows else self.asker.source.wait_seconds, self._gate.delay(url))
        limit, types = self.asker.settings.max_body_bytes, TYPES.get(why, PAGES)
        ask = Ask(url, why, wait, limit, types, conditions, verdict)
        result = self.asker.get(ask)
        if result.again or 0 <= result.rest <= RETRY_AT_ONCE:
            pause = max(wait, asking.RETRY * random.uniform(0.5, 1.5))  # noqa: S311 - to not come in step
            result = self.asker.get(replace(ask, wait=pause))
        if result.rest >= 0:
            self.asker.lost[addresses.authority(url)] = ("busy", f"it asked for {result.rest:.0f} s of rest")
        self.asker.settle(result)
        return result

    def _refusal_of_the_original(self, url: str) -> Visit | None:
        """Ask the site whose page a copy is whether it may be read; None, and a row that says so, when it may."""
        address = copies.original(url)
        if not address:
            return Visit(
                self.asker.note(url, "copy", "bad_address", detail="of which page it is a copy cannot be told")
            )
        verdict = self._gate.verdict(address)
        row = self._note(address, "copy", verdict)
        return Visit(row) if verdict.outcome else None

    def _note(self, url: str, why: str, verdict: Verdict) -> Request:
        said = {name: getattr(verdict, name) for name in ("rule", "detail", "robots", "tdm")}
        return self.asker.note(url, why, verdict.outcome or "permitted", **said)
