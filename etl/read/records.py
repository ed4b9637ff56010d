"""JSON as rows and columns: every list of records in it is a sheet, named by the keys that lead there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from etl.read.decode import NotText
from etl.read.sheets import Sheet

DEEP = 12  # keys from the top to a list of records


def parse(text: str) -> Any:
    """Return JSON with its numbers as they are written.

    Raises:
        NotText: It is no JSON, or nested without end.
    """
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as wrong:
        raise NotText(f"JSON that cannot be read ({wrong}), beginning {text[:60]!r}") from wrong


def sheets(found: Any) -> list[Sheet]:
    """Return the lists of records, and of rows, as sheets; the first row holds the names of the columns.

    Raises:
        NotText: There is none.
    """
    made = list(_sheets(found, ()))
    if not made:
        keys = ", ".join(list(found)[:8]) if isinstance(found, dict) else str(found)[:60]
        raise NotText(f"JSON without a list of records ({keys})")
    return made


def _sheets(found: Any, path: tuple[str, ...]) -> Iterator[Sheet]:
    if len(path) > DEEP:
        return
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _sheets(value, (*path, str(key)))
        return
    if not isinstance(found, list) or not found:
        return
    if all(isinstance(row, dict) for row in found):
        records = [dict(_flat(row, "")) for row in found]
        columns = list(dict.fromkeys(key for record in records for key in record))
        yield Sheet(".".join(path), [columns, *([record.get(key, "") for key in columns] for record in records)])
    elif all(isinstance(row, list) for row in found):
        yield Sheet(".".join(path), [[_word(cell) for cell in row] for row in found])


def _flat(record: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and prefix.count(".") < DEEP:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", _word(value)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return ", ".join(map(_word, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
