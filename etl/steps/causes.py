"""What went wrong in one night, each cause once, from what the steps left on disk: no database, no Airflow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from etl import settings, stage
from etl.alerts import Cause
from etl.steps import progress
from etl.steps.blame import blame
from etl.steps.dropped import dropped

NOT_UNDERSTOOD = ("layout_changed", "unreadable")
MANY = 3  # sources that the network kept away, all of them, and one cause tells it


def of_night(night: date) -> list[Cause]:
    """Return what went wrong in a night: the step that failed, the sources that did, pages not understood, warnings."""
    held = progress.of(night)
    found = [failed(held)] if held.failed else []
    return [*found, *_of_sources(night), *_unread(night), *_warned(held)]


def failed(held: progress.Progress) -> Cause:
    """Return the cause that a step of the night failed, the same whoever tells it first."""
    todo = "open the red task of this run: its last line says what; mend it, clear the task, and the night goes on"
    if held.failed.startswith("check"):
        todo = "the readers keep the last snapshot; look at the rows in the log of `check`, then mend or waive them"
    return Cause("night_failed", str(held.night), held.failed, todo, "/dags/nightly")


def _of_sources(night: date) -> Iterator[Cause]:
    told = dict(_rows(night, "collect"))
    faults = {name: blame(row["reason"]).fault if row["reason"] else "" for name, row in told.items()}
    found = [(name, row) for name, row in told.items() if not row["ok"]]
    cut_off = [name for name, _ in found if faults[name] == "network"]
    asked = [name for name in _live(night) if faults.get(name) != "settings"]  # others wait for a setting
    if len(cut_off) >= MANY and set(asked) <= set(cut_off):
        why = f"none of the {len(cut_off)} sources could be reached, {cut_off[0]} among them"
        todo = "look at the network of this machine (name server, proxy, firewall), then trigger nightly again"
        yield Cause("no_network", str(night), why, todo, f"/streamledger/?night={night}")
        found = [(name, row) for name, row in found if name not in cut_off]
    for name, row in found:
        kind = "broken_source" if f"{name}.yaml" in row["reason"] else "source_failed"  # the watchdog tells it alike
        yield Cause(kind, name, row["reason"], blame(row["reason"]).todo, f"/streamledger/?night={night}")
    for name in dropped(night):
        why = "its pages were collected, and reading them did not end"
        todo = "open the red task `extract` of this source; clear it once it is mended"
        yield Cause("source_failed", name, why, todo, "/dags/nightly")


def _live(night: date) -> Iterator[str]:
    """Yield the sources whose answer lies on another machine; the archives are at home."""
    root = settings.load().staging
    for name in stage.names(root, "sources", night):
        if any(row["kind"] != "archive" for row in stage.read(root, "sources", night, name)):
            yield name


def _unread(night: date) -> Iterator[Cause]:
    for name, rows in _by_source(night, "extract"):
        bad = [row for row in rows if row["outcome"] in NOT_UNDERSTOOD]
        if bad:
            why = f"{len(bad)} of {len(rows)} pages, such as {bad[0]['item']}: {bad[0]['reason']}"
            todo = f"see what is read with `streamledger page {bad[0]['item']}`"
            yield Cause("unread", name, why, todo, f"/streamledger/?night={night}")


def _warned(held: progress.Progress) -> Iterator[Cause]:
    for row in held.warnings:
        first = ", ".join(f"{key} {value}" for key, value in row["first"].items() if value is not None)
        todo = f"look at warehouse/checks/{row['name']}.sql, then mend the cause, or waive it in reference/waivers.csv"
        why = f"{row['why']} {row['rows']} rows, such as: {first}"
        yield Cause("drift", row["name"], why, todo, f"/streamledger/?night={held.night}")


def _rows(night: date, step: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, rows in _by_source(night, step):
        yield from ((name, row) for row in rows)


def _by_source(night: date, step: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    root = settings.load().staging
    for name in stage.names(root, "outcomes", night):
        source, _, left_by = name.rpartition(".")
        if left_by == step:
            yield source, stage.read(root, "outcomes", night, name)
