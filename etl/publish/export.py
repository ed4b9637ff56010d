"""The same tables for those who do not open DuckDB files: one folder, swapped in whole.

`exports` is a link to the newest folder; who reads in the one before it may finish, since that one stays until the next
night.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import files, settings
from etl.publish import package, report

SDMX = settings.WAREHOUSE / "exports" / "figures_sdmx.sql"
NESTED = ("STRUCT", "MAP", "[]")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    tables: int
    bytes: int
    folder: Path


def export(snapshot: Path) -> ExportReport:
    """Write every table of a snapshot into a new folder beside it and let `exports` point to that.

    Raises:
        duckdb.Error: The snapshot does not exist or cannot be read; the old folder stays.
        OSError: A file cannot be written; the old folder stays.
    """
    link = snapshot.parent / "exports"
    folder = _free(snapshot.parent)
    try:
        con = duckdb.connect(str(snapshot), read_only=True)
        try:
            con.execute("SET TimeZone = 'UTC'")
            tables = _write(con, folder)
        finally:
            con.close()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    old = link.resolve() if link.is_symlink() else None
    _point(link, folder)
    _clear(snapshot.parent, keep={folder, old})
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return ExportReport(tables, size, link)


def _write(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    for part in ("parquet", "csv", "sdmx"):
        (folder / part).mkdir(parents=True)
    tables = package.tables(con)
    for table in tables:
        con.table(table.name).write_parquet(str(folder / "parquet" / f"{table.name}.parquet"), compression="zstd")
        plain = con.table(table.name).project(", ".join(_plain(column) for column in table.columns))
        plain.write_csv(str(folder / "csv" / f"{table.name}.csv"))
    con.sql(SDMX.read_text(encoding="utf-8")).write_csv(str(folder / "sdmx" / "figures.csv"))
    report.write(con, folder / "report.html")
    package.write(con, tables, folder)
    for path in (*folder.rglob("*"), folder):
        files.sync(path)
    return len(tables)


def _plain(column: package.Column) -> str:
    """Return the SQL that writes a column so that every reader of CSV can read it: lists as JSON, times as ISO 8601."""
    if column.type.endswith("[]") or column.type.startswith(NESTED):
        return f'to_json("{column.name}")::VARCHAR AS "{column.name}"'
    if column.type.startswith("TIMESTAMP"):
        return f"strftime(\"{column.name}\" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS \"{column.name}\""
    return f'"{column.name}"'


def _free(parent: Path) -> Path:
    """Return a folder that is not there yet; what a killed run left is cleared with the old ones."""
    taken = [int(path.name.rpartition("-")[2]) for path in parent.glob("exports-*") if path.name[8:].isdecimal()]
    return parent / f"exports-{max(taken, default=0) + 1}"


def _point(link: Path, folder: Path) -> None:
    draft = link.with_name(f".{link.name}.draft")
    draft.unlink(missing_ok=True)
    draft.symlink_to(folder.name)
    draft.replace(link)
    files.sync(link.parent)


def _clear(parent: Path, keep: set[Path | None]) -> None:
    for path in parent.glob("exports-*"):
        if path.resolve() not in {kept.resolve() for kept in keep if kept}:
            shutil.rmtree(path)
