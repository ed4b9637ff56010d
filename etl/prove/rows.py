"""The rows that a query of `warehouse/prove/` gives, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from etl import settings

Row = dict[str, Any]


def ask(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[Row]:
    """Yield the rows of a query by the names of its columns."""
    sql = (settings.WAREHOUSE / "prove" / f"{name}.sql").read_text(encoding="utf-8")
    cursor = con.cursor().execute(sql)
    columns = [column[0] for column in cursor.description or ()]
    return (dict(zip(columns, row, strict=True)) for row in iter(cursor.fetchone, None))
