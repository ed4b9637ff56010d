"""The gate: what a host says about who may read it, asked once a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from etl.collect import addresses, asking, refused, reservations, robots
from etl.collect.asking import REDIRECTS, Ask, Asker, Verdict, Visit, location_of
from etl.collect.robots import Rules

HOPS = 5  # redirects that a robots.txt may take, as RFC 9309 has it


@dataclass(slots=True)
class Gate:
    """Decides by our own list, robots.txt and reservations whether an address may be asked for."""

    asker: Asker
    _noted: dict[str, dict[str, Any]] = field(default_factory=dict)  # robots.txt of each host, for this night
    _reserved: dict[str, str] = field(default_factory=dict)  # what it says against mining
    _maps: dict[str, str] = field(default_factory=dict)  # tdmrep.json of each host

    def verdict(self, url: str) -> Verdict:
        """Return whether an address may be asked for, and the words that decided."""
        host = addresses.authority(url)
        if why := refused.why(url, self.asker.source.permission):
            return Verdict(outcome="refused_by_list", rule="refused.yaml", detail=f"{addresses.host_of(url)}: {why}")
        if host in self.asker.lost:
            return self._lost(host)
        rules, noted = self._rules(host)
        if host in self.asker.lost:
            return self._lost(host, "robots.txt unreachable")
        if "problem" in noted:
            return Verdict(robots=noted["problem"], outcome=noted["outcome"], rule=noted["problem"])
        if line := rules.refusal(url):
            return Verdict(robots=line, outcome="refused_by_robots", rule=line)
        if rules.delay > robots.MAX_DELAY:
            line = f"robots.txt: Crawl-delay: {rules.delay:g}"
            return Verdict(robots=line, outcome="refused_by_robots", rule=line)
        leave = rules.leave(url)
        if host not in self._reserved:
            self._reserved[host] = reservations.by_robots(rules)
        if reserved := self._reserved[host] or reservations.by_well_known(self._well_known(host), url):
            return Verdict(robots=leave, tdm=reserved, outcome="reserved", rule=reserved)
        return self._lost(host) if host in self.asker.lost else Verdict(robots=leave, tdm="none")

    def delay(self, url: str) -> float:
        """Return the seconds that a host's robots.txt wants between two requests."""
        return self._rules(addresses.authority(url))[0].delay

    def _lost(self, host: str, rule: str = "host not tried again") -> Verdict:
        outcome, why = self.asker.lost[host]
        return Verdict(outcome=outcome, rule=rule, detail=why)

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
            said = result.row.detail or result.row.rule
            outcome = "bad_address" if result.row.outcome == "bad_address" else "refused_by_robots"
            return {"outcome": outcome, "problem": f"{robots.UNREAD}: {said}"}
        self.asker.hosts.note(host, "robots", row)
        return row

    def _well_known(self, host: str) -> str:
        if host not in self._maps:
            self._maps[host] = self._recall_or_fetch_map(host)
        return self._maps[host]

    def _recall_or_fetch_map(self, host: str) -> str:
        noted = self.asker.hosts.recall(host, "tdmrep")
        if noted is None:
            delay, limit = self._rules(host)[0].delay, self.asker.settings.max_body_bytes
            answer = self._file(host + reservations.WELL_KNOWN, delay, limit).answer
            found = answer is not None and answer.status == 200
            noted = {"text": robots.decoded(answer.body) if answer and found else ""}
            if answer and answer.status < 500:
                self.asker.hosts.note(host, "tdmrep", noted)
        return str(noted["text"])

    def _file(self, url: str, delay: float = 0.0, limit: int = 0) -> Visit:
        """Fetch a host's file about itself, through redirects, which may lead to other hosts, but to no refused one.

        A file over the limit (bytes) is not taken; without a limit as much is taken as is read of a robots.txt.
        """
        wait = max(asking.AUXILIARY, delay)
        for _ in range(HOPS + 1):
            result = self.asker.get(Ask(url, "robots", wait, limit or robots.LIMIT, "*/*", cut=not limit))
            self.asker.settle(result)
            if result.answer is None or result.answer.status not in REDIRECTS:
                break
            url = addresses.clean(location_of(result.answer), url)
            if not url:
                break
            if why := refused.why(url, self.asker.source.permission):
                self.asker.note(url, "robots", "refused_by_list", rule="refused.yaml", detail=why)
                break
        return result
