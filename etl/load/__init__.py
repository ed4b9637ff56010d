"""Loads a night into the working warehouse and runs the models of `warehouse/`, all in one transaction.

Everything that says what a row means is SQL under `warehouse/`; this room only runs it, in order. Figures are a
function of the claims and of the days on which those were known: the order of loading does not matter, and loading
again what is known changes no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.load import scripts, staged
from etl.load.checks import CheckResult, check
from etl.load.corrections import add as correct
from etl.load.resolve import resolve

__all__ = ["CheckResult", "LoadReport", "check", "correct", "load"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load changed: claims and documents of the night, and figures as now held."""

    documents: int  # staged for the night
    claims: int  # staged for the night
    added: int  # figures that did not stand before
    changed: int  # figures that stand otherwise than before
    closed: int  # figures that stand no more
    figures_hash: str  # of every figure with its history


def load(working: Path, staging: Path, night: date, known_on: date | None = None) -> LoadReport:
    """Load what a night staged, resolve all claims to figures and return what that changed; all or nothing.

    `known_on` is for old nights that are read again: what the new reading says counts as known from that day. Without
    it, what a night says was known that night.

    Raises:
        duckdb.Error: The file cannot be opened or a model fails; the file stands as before.
        ValueError: A reference table is missing a column, or `known_on` lies before the night; the message says so.
    """
    if known_on and known_on < night:
        raise ValueError(f"night {night} cannot have been known on {known_on}, before it was")
    con = scripts.connect(working)
    try:
        con.execute("BEGIN TRANSACTION")
        scripts.migrate(con)
        con.execute("SET VARIABLE night = $day", {"day": night})
        con.execute("SET VARIABLE known_on = $day", {"day": known_on or night})
        counts = staged.take_in(con, staging, night)
        added, changed, closed, total = resolve(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    finally:
        con.close()
    return LoadReport(counts["documents"], counts["claims"], added, changed, closed, total)
