"""Claims from datasets: files whose columns already say what a number is.

One YAML under `datasets/` maps the columns of one dataset, by name, to the fields of a claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.model import Claim, Document, Metric, Qualifier, Status, Transformation

FOLDER = Path(__file__).parent / "datasets"
ABSENT = ("", "N/A", "null")


def names() -> list[str]:
    """Return the datasets that can be read."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def mapping(name: str) -> dict[str, Any]:
    """Return the mapping of one dataset.

    Raises:
        ValueError: There is no such mapping; the message lists those there are.
    """
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(f"dataset {name!r} is unknown; there are {', '.join(names())}")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def extract_dataset(document: Document, name: str) -> list[Claim]:
    """Return the claims of a tab-separated dataset, in the order of its rows.

    Raises:
        ValueError: The header lacks every column that the mapping reads; the message names both.
    """
    rules = mapping(name)
    header, *_ = document.text.split("\n", 1)
    columns = header.split("\t")
    wanted = [rule["column"] for rule in rules["claims"]]
    required = rules.get("requires", [])
    if (wanted and not set(wanted) & set(columns)) or not set(required) <= set(columns):
        raise ValueError(
            f"{document.url or name}: none of the columns {', '.join(wanted or required)} in the header "
            f"({', '.join(columns)[:200]}); has the layout changed? Mend etl/extract/datasets/{name}.yaml"
        )
    return [claim for cells in _rows(document.text, columns) for claim in _claims(document, rules, cells)]


def _rows(text: str, columns: list[str]) -> Iterator[dict[str, tuple[str, int]]]:
    """Yield each row as column -> (cell, offset of the cell in the text)."""
    position = text.find("\n") + 1
    while 0 < position < len(text):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        cells: dict[str, tuple[str, int]] = {}
        offset = position
        for column, cell in zip(columns, line.split("\t"), strict=False):
            cells[column] = (cell, offset)
            offset += len(cell) + 1
        yield cells
        position += len(line) + 1


def _claims(document: Document, rules: dict[str, Any], cells: dict[str, tuple[str, int]]) -> Iterator[Claim]:
    title = _title([cells[column][0] for column in rules.get("segment", []) if column in cells])
    for rule in rules["claims"]:
        cell, start = cells.get(rule["column"], ("", 0))
        value = _number(cell)
        if value is None:
            continue
        half = step(value) / 2
        yield Claim(
            document_id=document.document_id,
            platform=rules["platform"],
            metric=Metric(rule["metric"]),
            transformation=Transformation.LEVEL,
            value=value,
            value_max=None,
            low=value - half,
            high=value + half,
            unit=rule["unit"],
            per=None,
            period=_period(rules.get("period"), cells),
            area=rules.get("area"),
            status=Status.ACTUAL,
            qualifier=Qualifier.EXACT,
            attributed_to=None,
            segment=", ".join(part for part in (title, rule.get("segment")) if part) or None,
            quote=cell,
            quote_start=start,
            quote_end=start + len(cell),
            confidence=1.0,
        )


def _title(parts: list[str]) -> str:
    """Join the parts that say something new: a season's title usually begins with the show's."""
    kept = [part for part in parts if part not in ABSENT]
    return ": ".join(part for n, part in enumerate(kept) if not any(other.startswith(part) for other in kept[n + 1 :]))


def _number(cell: str) -> Decimal | None:
    try:
        return None if cell in ABSENT else Decimal(cell)
    except InvalidOperation:
        return None


def step(value: Decimal) -> Decimal:
    """Return the worth of the last digit meant: trailing zeros are rounding while two significant digits stay."""
    _, digits, exponent = value.as_tuple()
    kept = len(digits)
    while kept > 2 and digits[kept - 1] == 0:
        kept -= 1
    return Decimal(1).scaleb(int(exponent) + len(digits) - kept)


def _period(rule: dict[str, Any] | None, cells: dict[str, tuple[str, int]]) -> str | None:
    if rule is None:
        return None
    try:
        last = date.fromisoformat(cells[rule["column"]][0])
    except (KeyError, ValueError):
        return None
    return f"{last - timedelta(days=rule['days'] - 1)}/{last}"
