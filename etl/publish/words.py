"""The macros of a snapshot, and what each table, column and macro says of itself in the catalogue."""

from __future__ import annotations

import duckdb

from etl import settings


def say(con: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of `warehouse/macros/` and say the words of `warehouse/words/`, in the order of the file names.

    Raises:
        duckdb.Error: A table that they are about is not there.
    """
    for folder in ("macros", "words"):
        for path in sorted((settings.WAREHOUSE / folder).rglob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
