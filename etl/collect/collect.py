"""One source, one night: fetch what it lists, keep what came, and note every decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from etl.collect import due, filings, kinds, listed, refused, state
from etl.collect.asking import Asker
from etl.collect.desk import Desk, Store
from etl.collect.journal import Journal
from etl.collect.ledger import Ledger, Told
from etl.collect.memory import Memory
from etl.model import Request, Source
from etl.settings import Settings

UNCOLLECTED = {
    "archive": "an archive, which is adopted",
    "discovery": "a service of discovery: `streamledger discover` asks it",
}


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
        ValueError: The source is an archive, which has no network, or a service of discovery, which has no pages.
    """
    if source.kind in UNCOLLECTED:
        raise ValueError(f"{source.name} is not collected: it is {UNCOLLECTED[source.kind]}")
    ledger = Ledger(settings.home / "state" / "nights" / night.isoformat() / f"{source.name}.json")
    try:
        with state.alone(ledger.path.with_suffix(".lock"), f"{source.name} {night}"):
            earlier = ledger.read()
            if earlier.finished and not force:
                return _result(earlier)
            return _collect(source, night, settings, store, relevant, force, ledger, earlier)
    except state.Busy as busy:
        return _result(replace(ledger.read(), reason=str(busy), refused=False))


def _collect(
    source: Source,
    night: date,
    settings: Settings,
    store: Store,
    relevant: Callable[[str], bool],
    force: bool,
    ledger: Ledger,
    earlier: Told,
) -> Collected:
    memory = Memory(settings.home / "state" / f"{source.name}.db")
    journal = Journal(ledger.path.with_suffix(".jsonl"))
    journal.replay(earlier, memory)
    desk = Desk(
        *(source, night, store, relevant, force),
        asker=Asker(source, night, settings, store.aside, rows=list(earlier.requests)),
        memory=memory,
        told=replace(
            earlier, kept=set(earlier.kept), problems=[], reason="", refused=False, unchanged=0, finished=False
        ),
        ledger=ledger,
        journal=journal,
    )
    try:
        if not _is_put_off(desk):
            _work(desk)
        desk.save(finished=not desk.told.reason)
    except OSError as refused_by_disk:
        journal.clear(0)  # what it says was kept may not be
        desk.told = replace(earlier, reason=f"the answers could not be kept: {refused_by_disk}", refused=False)
    finally:
        memory.close()
    return _result(replace(desk.told, requests=desk.asker.rows))


def _result(told: Told) -> Collected:
    return Collected(
        *(told.requests, len(told.kept), told.unchanged, told.problems),
        failed=bool(told.reason),
        refused=told.refused,
        reason=told.reason,
    )


def _is_put_off(desk: Desk) -> bool:
    """Whether the source is not asked tonight for what its file says; a row tells so."""
    source, note = desk.source, desk.asker.note
    if source.needs_contact and not desk.asker.settings.contact:
        detail = "the source wants to know whom to write to: set STREAMLEDGER_CONTACT"
        note(source.url, source.kind, "waits_for_contact", rule="needs_contact", detail=detail)
        desk.told.problems.append(detail)
        return True
    seen = desk.memory.get(source.url)
    last = date.fromisoformat(seen.met) if seen else None
    if desk.force or due.is_due(source.schedule, desk.night, last):
        return False
    note(
        source.url, source.kind, "not_due", rule=f"schedule: {source.schedule}", detail=f"last asked {last or 'never'}"
    )
    return True


def _work(desk: Desk) -> None:
    """Fetch the source's own addresses, and what they list."""
    source = desk.source
    for host, why in refused.lifted(source.permission):
        desk.told.problems.append(f"{host} although refused ({why}), by permission: {source.permission}")
    failures = []
    for address in (source.url, *source.also):
        if address != source.url and desk.asker.is_late:
            rule = f"source_seconds: {desk.asker.settings.source_seconds:g}"
            desk.asker.note(address, source.kind, "postponed", rule=rule, detail="left for another night")
            desk.told.problems.append(f"{address} is left for another night: the source had its time")
            continue
        _address(desk, address, source.kind)
        if desk.told.reason:
            failures.append((desk.told.reason, desk.told.refused))
            desk.told.reason, desk.told.refused = "", False
    if len(failures) == 1 + len(source.also):
        desk.fail(failures[0][0], final=all(refused_too for _, refused_too in failures))
    else:
        desk.told.problems += [words for words, _ in failures]


def _address(desk: Desk, address: str, why: str) -> None:
    visit = desk.visit(address, why)
    if visit.moved:
        desk.told.problems.append(f"{address} has moved for good to {visit.row.url}: change the source")
    if visit.answer is None:
        desk.fail_by(visit.row)
    elif visit.row.outcome == "unchanged":
        desk.remember(address, visit)
    elif wrong := kinds.wrong(why, visit.answer):
        desk.fail_by(desk.asker.amend(visit.row, *wrong))
    elif why in ("feed", "sitemap"):
        listed.collect(desk, address, visit)
    elif why == "filings":
        filings.collect(desk, address, visit)
    else:
        desk.keep(address, visit)
        desk.write_down(address)
