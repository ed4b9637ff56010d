"""Claims from XBRL facts: what a company stated to the authority, by tag, unit and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from etl.extract.datasets import cells, columns, mappings
from etl.extract.datasets.columns import Cell, Row
from etl.model import Claim, Document, Metric, Qualifier, Status, Transformation

WANTED = {"cik", "taxonomy", "tag", "unit", "start", "end", "val"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated value and the figure it is for."""

    metric: str
    unit: str
    period: str
    cell: Cell
    value: Decimal


def claims(document: Document, name: str, rules: dict[str, Any]) -> list[Claim]:
    """Return the claims of one filing's facts, in the order of its rows; facts under other tags are no claims.

    Of the tags of a metric the first that the filing uses for a unit and period counts, of one value given with more
    and with fewer digits the finer. Quarter, half, nine months and year are told by start and end; other stretches of
    days are left out.

    Raises:
        ValueError: A column is missing, or the company is not in the mapping; the message says which are.
    """
    tables = list(columns.tables(document, WANTED, set()))
    if not tables:
        raise ValueError(
            f"{document.url or name}: want the columns {', '.join(sorted(WANTED))} in the header "
            f"({columns.head(document)[:200]}); has the layout changed?"
        )
    made: list[Claim] = []
    for table in tables:
        rows = list(table.rows)
        platform = _platform(rows, name, rules)
        best: dict[tuple[str, str, str], tuple[int, list[Fact]]] = {}
        for rank, fact in _facts(rows, rules):
            key = (fact.metric, fact.unit, fact.period)
            held = best.setdefault(key, (rank, []))
            if rank < held[0]:
                best[key] = held = (rank, [])
            if rank == held[0]:
                held[1].append(fact)
        for _, facts in best.values():
            made += [_claim(document, rules, platform, fact) for fact in _apart(facts)]
    return sorted(made, key=lambda claim: claim.quote_start)


def _platform(rows: list[Row], name: str, rules: dict[str, Any]) -> str:
    numbers = {row["cik"].text for row in rows}
    companies = rules["companies"]
    unknown = [number for number in sorted(numbers) if not number.isdecimal() or int(number) not in companies]
    if unknown or len(numbers) != 1:
        known = ", ".join(f"{number} ({slug})" for number, slug in companies.items())
        raise ValueError(
            f"company {', '.join(unknown or sorted(numbers)) or 'unnamed'} in facts; etl/extract/datasets/{name}.yaml "
            f"knows {known}"
        )
    found: str = companies[int(numbers.pop())]
    return found


def _facts(rows: list[Row], rules: dict[str, Any]) -> Iterator[tuple[int, Fact]]:
    """Yield the facts that stand for a figure, each with its tag's place among those of its metric."""
    places = {tag: (metric, rank) for metric, tags in rules["metrics"].items() for rank, tag in enumerate(tags)}
    for row in rows:
        if not set(row) >= WANTED:
            continue
        tag = row["tag"].text
        metric, rank = places.get(f"{row['taxonomy'].text}:{tag}") or places.get(f"*:{tag}", ("", 0))
        if not metric:
            continue
        unit, period, value = _unit(row["unit"].text, rules), _period(row), cells.number(row["val"].text)
        if unit and period and value is not None:
            yield rank, Fact(metric, unit, period, row["val"], value)


def _unit(said: str, rules: dict[str, Any]) -> str | None:
    if said in rules.get("counts", []):
        return "count"
    return said if len(said) == 3 and mappings.is_unit(said) else None


def _period(row: Row) -> str | None:
    try:
        end = date.fromisoformat(row["end"].text)
        return cells.calendar(date.fromisoformat(row["start"].text), end) if row["start"].text else cells.stock(end)
    except ValueError:
        return None


def _apart(facts: list[Fact]) -> list[Fact]:
    """Return facts of one figure without those that say the same with fewer digits."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: cells.step(fact.value)):
        if all(abs(fact.value - other.value) > cells.step(fact.value) / 2 for other in kept):
            kept.append(fact)
    return kept


def _claim(document: Document, rules: dict[str, Any], platform: str, fact: Fact) -> Claim:
    half = cells.step(fact.value) / 2
    return Claim(
        document_id=document.document_id,
        platform=platform,
        metric=Metric(fact.metric),
        transformation=Transformation.LEVEL,
        value=fact.value,
        value_max=None,
        low=fact.value - half,
        high=fact.value + half,
        unit=fact.unit,
        per=None,
        period=fact.period,
        area=rules.get("area"),
        status=Status.ACTUAL,
        qualifier=Qualifier.EXACT,
        attributed_to=None,
        segment=None,
        quote=fact.cell.text,
        quote_start=fact.cell.start,
        quote_end=fact.cell.start + len(fact.cell.text),
        confidence=1.0,
    )
