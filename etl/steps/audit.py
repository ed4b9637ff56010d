"""The ledger of a night, proved: was any request one too many?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl import settings, stage
from etl.collect import replay
from etl.collect.hosts import Hosts
from etl.logs import log
from etl.model import Expect, Request, Source
from etl.steps.base import night_of


@dataclass(frozen=True, slots=True)
class Audited:
    """What a night's ledger shows."""

    night: date
    requests: int  # rows, of requests made and refused
    sources: int
    violations: list[str]  # one line each; none when every rule was kept


def audit(day: str | date = "") -> Audited:
    """Prove the requests of a night, or of the newest one, against the sources as they were then and the hosts' files.

    A host's file counts for what was asked since it was read; before, the ledger's own verdicts are proved.

    Raises:
        ValueError: The night left no ledger.
    """
    config = settings.load()
    night = night_of(day) if day else _newest()
    rows = [Request(**row) for row in _rows("requests", night)]
    known = [Source(**{**row, "expect": Expect(**row["expect"])}) for row in _rows("sources", night)]
    if not known:
        raise ValueError(f"the night {night} left no ledger under {config.staging}; the newest that did is {_newest()}")
    hosts = Hosts(config.home / "state" / "hosts")
    found = replay.violations(rows, known, hosts.files(), hosts.noted())
    log.info("audit %s: %d requests of %d sources, %d violations", night, len(rows), len(known), len(found))
    return Audited(night, len(rows), len(known), found)


def _newest() -> date:
    root = settings.load().staging
    for night in reversed(stage.nights(root)):
        if stage.names(root, "requests", night):
            return night
    raise ValueError(f"no night left a ledger under {root}: nothing was collected yet")


def _rows(table: str, night: date) -> list[dict[str, Any]]:
    root = settings.load().staging
    return [row for name in stage.names(root, table, night) for row in stage.read(root, table, night, name)]
