"""Filings of companies at the American SEC: from the list of a company's filings to the letters filed with them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from etl.collect import listed
from etl.collect.asking import Visit
from etl.collect.desk import Desk
from etl.collect.items import Item
from etl.collect.reasons import reason

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
BACK = timedelta(days=100)  # filings of the last quarter are looked at
MANY = 4  # filings of one company in one night
RESULTS = {"8-K": "2.02", "6-K": ""}  # forms that carry results, and the item by which they say so
EXHIBIT = re.compile(r"ex(?:hibit)?[-_.]?99.*\.html?$", re.IGNORECASE)  # press releases and letters to shareholders


class NoFilings(ValueError):
    """The answer is no list of filings; the message says what it looks like."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing: the folder that holds its documents, and its day."""

    folder: str
    day: date


def collect(desk: Desk, address: str, visit: Visit) -> None:
    """Fetch the letters of a company's newest filings of results; lists are kept as evidence, letters as pages."""
    if visit.answer is None:
        return
    desk.asker.aside(visit.row, visit.answer)
    try:
        filings = read(visit.answer.body, desk.night)
    except NoFilings as wrong:
        desk.fail_by(desk.asker.amend(visit.row, "not_a_dataset", detail=str(wrong)))
        return
    left = [filing for filing in filings if not _letters(desk, filing)]
    if not left:
        desk.remember(address, visit)
    desk.write_down(address)


def _letters(desk: Desk, filing: Filing) -> bool:
    """Fetch the letters of one filing, which never change; whether none is left for another time."""
    index = f"{filing.folder}/index.json"
    if index in desk.memory and not desk.force:
        desk.memory[index].met = desk.night.isoformat()
        return True
    if desk.asker.is_late:
        return False
    visit = desk.visitor.visit(index, desk.source.kind)
    if visit.answer is None:
        desk.told.problems.append(reason(visit.row))
        return False
    desk.asker.aside(visit.row, visit.answer)
    items = [Item(f"{filing.folder}/{name}", "", filing.day.isoformat()) for name in letters(visit.answer.body)]
    rows = [listed.fetch(desk, item) for item in items]
    desk.told.problems += [reason(row) for row in rows if row.outcome not in listed.DONE]
    done = all(row.outcome in listed.DONE for row in rows)
    if done:
        desk.remember(index, visit)
    desk.write_down(index)
    return done


def read(body: bytes, night: date) -> list[Filing]:
    """Return the filings of results of the last quarter, newest first.

    Raises:
        NoFilings: The body is no list of a company's filings.
    """
    try:
        found = json.loads(body)
        recent = found["filings"]["recent"]
        company = int(found["cik"])
        names = ("form", "items", "accessionNumber", "filingDate")
        rows = [dict(zip(names, row, strict=True)) for row in zip(*(recent[name] for name in names), strict=True)]
        filings = [
            Filing(
                f"{ARCHIVES}/{company}/{row['accessionNumber'].replace('-', '')}", date.fromisoformat(row["filingDate"])
            )
            for row in rows
            if _has_results(row)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise NoFilings(f"no list of filings ({type(wrong).__name__}: {wrong}); it begins {body[:80]!r}") from wrong
    newest = sorted(filings, key=lambda filing: filing.day, reverse=True)
    return [filing for filing in newest if night - BACK <= filing.day <= night][:MANY]


def letters(body: bytes) -> list[str]:
    """Return the names of the press releases and letters in the index of a filing; none when it is no index."""
    try:
        rows = json.loads(body)["directory"]["item"]
        names = [str(row["name"]) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [name for name in names if EXHIBIT.search(name) and "/" not in name]


def _has_results(row: dict[str, Any]) -> bool:
    item = RESULTS.get(str(row["form"]))
    return item is not None and item in str(row["items"])
