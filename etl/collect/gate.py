"""The gate: what a host says about who may read it, asked once a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from etl.collect import addresses, asking, hosts, reservations, robots
from etl.collect.asking import REDIRECTS, Asker, Visit, location_of
from etl.collect.robots import Rules
from etl.model import Request

HOPS = 5  # redirects that a robots.txt may take, as RFC 9309 has it


@dataclass(slots=True)
class Gate:
    """Decides by robots.txt and reservations whether an address may be asked for."""

    asker: Asker
    _noted: dict[str, dict[str, Any]] = field(default_factory=dict)  # robots.txt of each host, for this night

    def refusal(self, url: str, host: str, why: str) -> Request | None:
        """Return the row that says why an address is not asked for; None when it may be."""
        note, lost = self.asker.note, self.asker.lost
        if host in lost:
            return note(url, why, "unreachable", rule="host not tried again", detail=lost[host])
        rules, noted = self._rules(host)
        if host in lost:
            return note(url, why, "unreachable", rule="robots.txt unreachable", detail=lost[host])
        if "problem" in noted:
            return note(url, why, noted["outcome"], rule=noted["problem"])
        if line := rules.refusal(url):
            return note(url, why, "refused_by_robots", rule=line)
        if rules.delay > robots.MAX_DELAY:
            return note(url, why, "refused_by_robots", rule=f"robots.txt: Crawl-delay: {rules.delay:g}")
        reserved = reservations.by_robots(rules) or reservations.by_well_known(self._well_known(host), url)
        if host in lost:
            return note(url, why, "unreachable", rule="host not tried again", detail=lost[host])
        return note(url, why, "reserved", rule=reserved) if reserved else None

    def delay(self, host: str) -> float:
        """Return the seconds that a host's robots.txt wants between two requests."""
        return self._rules(host)[0].delay

    def _rules(self, host: str) -> tuple[Rules, dict[str, Any]]:
        """Return a host's rules and what is noted of them; a `problem` means that they could not be read."""
        if host not in self._noted:
            self._noted[host] = self.asker.hosts.recall(host, "robots") or self._fetch_rules(host)
        noted = self._noted[host]
        return Rules(str(noted.get("text", ""))), noted

    def _fetch_rules(self, host: str) -> dict[str, Any]:
        result = self._file(f"{host}/robots.txt")
        status = result.answer.status if result.answer else 0
        if result.answer and status == 200:
            row = {"text": Rules.read(result.answer.body).text}
        elif 400 <= status < 500 and status != 429:
            row = {"text": ""}  # RFC 9309: no file, no rules
        else:
            old = self.asker.hosts.recall(host, "robots", hosts.STALE)
            said = result.row.detail or result.row.rule
            outcome = "bad_address" if result.row.outcome == "bad_address" else "refused_by_robots"
            return old or {"outcome": outcome, "problem": f"{robots.UNREAD}: {said}"}
        self.asker.hosts.note(host, "robots", row)
        return row

    def _well_known(self, host: str) -> str:
        noted = self.asker.hosts.recall(host, "tdmrep")
        if noted is None:
            answer = self._file(host + reservations.WELL_KNOWN).answer
            found = answer is not None and answer.status == 200
            noted = {"text": answer.body.decode("utf-8-sig", "replace") if answer and found else ""}
            if answer and answer.status < 500:
                self.asker.hosts.note(host, "tdmrep", noted)
        return str(noted["text"])

    def _file(self, url: str) -> Visit:
        """Fetch a host's file about itself, through redirects, which may lead to other hosts."""
        for _ in range(HOPS + 1):
            result = self.asker.get(url, "robots", {}, asking.AUXILIARY, robots.LIMIT, "*/*", cut=True)
            if result.answer is None or result.answer.status not in REDIRECTS:
                break
            url = addresses.clean(location_of(result.answer), url)
            if not url:
                break
        return result
