"""The SQL of `warehouse/`, run in the order of its file names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

from etl import duck, settings

WAREHOUSE = settings.WAREHOUSE
REFERENCE = WAREHOUSE / "reference"


def connect(working: Path) -> duckdb.DuckDBPyConnection:
    """Open the working file for writing, making it when it does not exist."""
    working.parent.mkdir(parents=True, exist_ok=True)
    return duck.write(working)


def text(script: str) -> str:
    """Return one file of the warehouse."""
    return (WAREHOUSE / script).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Return the SQL files of a folder and of those in it, in the order in which they run."""
    return sorted(str(path.relative_to(WAREHOUSE)) for path in (WAREHOUSE / folder).rglob("*.sql"))


def run(con: duckdb.DuckDBPyConnection, script: str) -> None:
    """Run one file.

    Raises:
        duckdb.Error: A statement fails; a note on the error names the file.
    """
    try:
        for statement in _statements(text(script)):
            con.execute(statement).fetchall()
    except duckdb.Error as wrong:
        wrong.add_note(f"in warehouse/{script}")
        raise


@cache
def _statements(sql: str) -> list[duckdb.Statement]:
    """Return SQL as read by DuckDB: reading all of it takes as long as a small night."""
    return duckdb.extract_statements(sql)


def run_folder(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Run every file of a folder."""
    for script in names(folder):
        run(con, script)


def migrate(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables up to date: run each numbered file of `schema/` that this file has not seen."""
    con.execute("CREATE TABLE IF NOT EXISTS main.migrations (name VARCHAR NOT NULL)")
    done = {name for (name,) in con.execute("SELECT name FROM main.migrations").fetchall()}
    for script in names("schema"):
        if script not in done:
            run(con, script)
            con.execute("INSERT INTO main.migrations VALUES ($name)", {"name": script})
