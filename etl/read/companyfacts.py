"""A company's XBRL facts as the American SEC gives them: one sheet for each filing that stated them.

What a filing said never changes, so each is a document of its own, with its own day: a figure that a later filing
restates stands in both, and the later word is told from the earlier one. `frame` is left out: it moves from a fact to
the one that restates it, and would change what an old filing seems to have said. Facts for a part of a company (a
region, a segment) are not in these files, nor are a company's own tags.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.read.decode import NotText
from etl.read.sheets import Sheet

COLUMNS = ["cik", "taxonomy", "tag", "unit", "start", "end", "val", "form", "fy", "fp"]


@dataclass(frozen=True, slots=True)
class Filing:
    """The facts that one filing stated."""

    url: str
    title: str
    filed: date
    sheet: Sheet


def is_companyfacts(found: Any) -> bool:
    """Whether JSON has the shape of a company's facts."""
    return isinstance(found, dict) and "cik" in found and isinstance(found.get("facts"), dict)


def filings(found: dict[str, Any]) -> list[Filing]:
    """Return the filings of a company that state facts, oldest first.

    Raises:
        NotText: No fact in it has a filing, a day of filing, an end and a value.
    """
    cik = str(found["cik"]).strip().lstrip("0")
    company = str(found.get("entityName") or f"CIK {cik}")
    by_filing: dict[tuple[date, str, str], dict[tuple[str, ...], None]] = {}
    for taxonomy, tag, unit, fact in _facts(found["facts"]):
        filed, row = _day(fact.get("filed")), [str(fact.get(key) or "") for key in ("start", "end", "val")]
        if filed is None or not fact.get("accn") or not row[1] or not row[2]:
            continue
        said = [str(fact.get(key) or "") for key in ("form", "fy", "fp")]
        rows = by_filing.setdefault((filed, str(fact["accn"]), said[0]), {})
        rows[(cik, taxonomy, tag, unit, *row, *said)] = None
    if not by_filing:
        raise NotText(f"facts of {company} without any that names filing, day of filing, end and value")
    return [
        Filing(
            url=f"https://www.sec.gov/Archives/edgar/data/{cik}/{number.replace('-', '')}/",
            title=f"{company}: {form} filed {filed}",
            filed=filed,
            sheet=Sheet(f"{company}: {form} {number}, filed {filed}", [COLUMNS, *map(list, rows)]),
        )
        for (filed, number, form), rows in sorted(by_filing.items())
    ]


def _facts(taxonomies: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield taxonomy, tag, unit and fact; what has another shape is passed over."""
    for taxonomy, tags in taxonomies.items():
        for tag, about in tags.items() if isinstance(tags, dict) else ():
            units = about.get("units") if isinstance(about, dict) else None
            for unit, facts in units.items() if isinstance(units, dict) else ():
                for fact in facts if isinstance(facts, list) else ():
                    if isinstance(fact, dict):
                        yield str(taxonomy), str(tag), str(unit), fact


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
