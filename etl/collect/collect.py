"""One source, one night: fetch what it lists, keep what came, and note every decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from etl.collect import kinds, listed
from etl.collect.asking import Asker
from etl.collect.desk import Desk, Store
from etl.collect.ledger import Ledger, Told
from etl.collect.state import Memory
from etl.model import Request, Source
from etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one source in one night."""

    requests: list[Request]
    pages: int  # kept tonight
    unchanged: int  # asked for and found as they were, or known from an earlier night
    problems: list[str]
    failed: bool  # nothing came although it should
    refused: bool  # and asking again tonight would not help
    reason: str  # of the failure, in words


def collect(
    source: Source,
    night: date,
    settings: Settings,
    store: Store,
    *,
    relevant: Callable[[str], bool] = lambda _: True,
    force: bool = False,
) -> Collected:
    """Collect one source for one night into the store.

    A night that is finished is not collected again but told again, unless `force` is set. Whatever the network does
    becomes rows and a reason; so does a disk that refuses.

    Raises:
        ValueError: The source is an archive, which has no network.
    """
    if source.kind == "archive":
        raise ValueError(f"{source.name} is an archive: it is adopted, not collected")
    ledger = Ledger(settings.home / "state" / "nights" / night.isoformat() / f"{source.name}.json")
    earlier = ledger.read()
    if earlier.finished and not force:
        return _result(earlier)
    desk = Desk(
        *(source, night, store, relevant, force),
        asker=Asker(source, night, settings, rows=list(earlier.requests)),
        memory=Memory.load(settings.home / "state" / f"{source.name}.json"),
        told=replace(
            earlier, kept=set(earlier.kept), problems=[], reason="", refused=False, unchanged=0, finished=False
        ),
        ledger=ledger,
    )
    try:
        _work(desk)
        desk.save(finished=not desk.told.reason)
    except OSError as refused:
        desk.told = replace(earlier, reason=f"the answers could not be kept: {refused}", refused=False)
    return _result(replace(desk.told, requests=desk.asker.rows))


def _result(told: Told) -> Collected:
    return Collected(
        *(told.requests, len(told.kept), told.unchanged, told.problems),
        failed=bool(told.reason),
        refused=told.refused,
        reason=told.reason,
    )


def _work(desk: Desk) -> None:
    """Fetch the source's own address, and what it lists."""
    address, why = desk.source.url, desk.source.kind
    visit = desk.visit(address, why)
    if visit.moved:
        desk.told.problems.append(f"{address} has moved for good to {visit.row.url}: change the source")
    if visit.answer is None:
        desk.fail_by(visit.row)
    elif visit.row.outcome == "unchanged":
        desk.remember(address, visit)
    elif wrong := kinds.wrong(why, visit.answer):
        desk.fail_by(desk.asker.amend(visit.row, *wrong))
    elif why == "feed":
        listed.collect(desk, visit)
    else:
        desk.keep(address, visit)
