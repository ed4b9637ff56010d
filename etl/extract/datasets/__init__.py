"""Claims from datasets: files whose columns already say what a number is.

One YAML under `datasets/` maps the columns of one dataset, by name, to the fields of a claim (`mappings`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from etl.extract.datasets import cells, columns, facts
from etl.extract.datasets.columns import Columns, LayoutChanged, Row, plain
from etl.extract.datasets.mappings import mapping, names
from etl.model import Claim, Document, Metric, Qualifier, Status, Transformation

__all__ = ["LayoutChanged", "extract_dataset", "mapping", "names"]


def extract_dataset(document: Document, name: str) -> list[Claim]:
    """Return the claims of a dataset, in the order of its rows.

    Raises:
        LayoutChanged: No table has the columns that the mapping reads; the message names both.
    """
    rules = mapping(name)
    if "facts" in rules:
        return facts.claims(document, name, rules["facts"])
    figures = [rule["column"] for rule in rules["claims"]]
    wanted = [*rules.get("requires", []), *_named(rules)]
    found = list(columns.tables(document, set(map(plain, wanted)), set(map(plain, figures))))
    if not found:
        also = f", which also needs {', '.join(wanted)}" if figures and wanted else ""
        raise LayoutChanged(
            f"{document.url or name}: none of the columns {', '.join(figures or wanted)} in the header "
            f"({columns.head(document)[:200]}){also}; has the layout changed? Mend etl/extract/datasets/{name}.yaml"
        )
    return [claim for table in found for claim in _claims(document, rules, table)]


def _named(rules: dict[str, Any]) -> list[str]:
    """Return the columns that tell whose figure a row holds, and of when."""
    fields = [rules.get(key) for key in ("platform", "area", "period")]
    return [field["column"] for field in fields if isinstance(field, dict) and "column" in field]


def _claims(document: Document, rules: dict[str, Any], table: Columns) -> Iterator[Claim]:
    timing = rules.get("period", {})
    above = cells.named(table.above) or cells.file_period(document.url) if timing.get("above") else None
    for row in table.rows:
        period = cells.period(_cell(row, timing["column"]), timing) if "column" in timing else above
        platform, area = _word(rules["platform"], row), _word(rules.get("area"), row)
        title = _title([_cell(row, column) for column in rules.get("segment", [])])
        for rule in rules["claims"]:
            value = cells.number(_cell(row, rule["column"]), rules.get("decimal", "."))
            unit = _word(rule["unit"], row)
            if value is None or not platform or not unit:
                continue
            segment = ", ".join(part for part in (title, rule.get("segment")) if part) or None
            yield _claim(document, rule, row, value, (platform, unit, period, area, segment))


def _claim(
    document: Document,
    rule: dict[str, Any],
    row: Row,
    value: Decimal,
    key: tuple[str, str, str | None, str | None, str | None],
) -> Claim:
    cell, times = row[plain(rule["column"])], rule.get("times", 1)
    half = (cells.step(value) if times == 1 else cells.unit_step(value) * times) / 2
    platform, unit, period, area, segment = key
    return Claim(
        document_id=document.document_id,
        platform=platform,
        metric=Metric(rule["metric"]),
        transformation=Transformation(rule.get("transformation", "level")),
        value=value * times,
        value_max=None,
        low=value * times - half,
        high=value * times + half,
        unit=unit,
        per=rule.get("per"),
        period=period,
        area=area,
        status=Status.ACTUAL,
        qualifier=Qualifier.EXACT,
        attributed_to=None,
        segment=segment,
        quote=cell.text,
        quote_start=cell.start,
        quote_end=cell.start + len(cell.text),
        confidence=1.0,
    )


def _cell(row: Row, column: str) -> str:
    found = row.get(plain(column))
    return found.text if found else ""


def _word(field: Any, row: Row) -> str | None:
    """Return what a field of the mapping says of a row: a word for all, a cell, or what stands for that cell."""
    if not isinstance(field, dict):
        return field if isinstance(field, str) else None
    cell = _cell(row, field["column"]).strip()
    return field["is"].get(cell) if "is" in field else cell or None


def _title(parts: list[str]) -> str:
    """Join the parts that say something new: a season's title usually begins with the show's."""
    kept = [part for part in parts if part.strip().casefold() not in cells.ABSENT]
    return ": ".join(part for n, part in enumerate(kept) if not any(other.startswith(part) for other in kept[n + 1 :]))
