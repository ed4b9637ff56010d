"""The Frictionless data package of the exports: every file, every column with its meaning, and the terms of use."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl import yamls

ABOUT = Path(__file__).with_name("about.yaml")
# From the types of DuckDB to those of a table schema; what is not here is text.
TYPES = {"BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"}
COLUMNS = """
SELECT t.table_name, t.comment, c.column_name, c.data_type, c.comment
FROM duckdb_tables() AS t
INNER JOIN duckdb_columns() AS c ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid
WHERE NOT t.internal
ORDER BY t.table_name, c.column_index
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as the catalogue describes it."""

    name: str
    type: str  # of DuckDB
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the snapshot, as the catalogue describes it."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def tables(con: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the tables of a snapshot with what each column means."""
    found: dict[str, list[Column]] = {}
    meanings: dict[str, str] = {}
    for name, about, column, kind, meaning in con.execute(COLUMNS).fetchall():
        meanings[name] = about or ""
        found.setdefault(name, []).append(Column(column, kind, meaning or ""))
    return [Table(name, meanings[name], tuple(columns)) for name, columns in found.items()]


def write(con: duckdb.DuckDBPyConnection, found: list[Table], folder: Path) -> None:
    """Write `datapackage.json` about the files of a folder, which are all there by now."""
    about = yamls.read(ABOUT)
    ((night,),) = con.execute("SELECT max(night)::VARCHAR FROM nights").fetchall()
    resources = [_of_table(table, form, folder, about) for table in found for form in ("csv", "parquet")]
    resources += [_of_file(name, words, folder, about) for name, words in about["files"].items()]
    described = {
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "version": night or "none",
        "licenses": about["licences"]["default"],
        "sources": about["sources"],
        "resources": resources,
    }
    text = json.dumps(described, indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")


def _of_table(table: Table, form: str, folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": _type(column.type), "description": column.meaning} for column in table.columns
    ]
    csv = form == "csv"
    return {
        "name": table.name if csv else f"{table.name}-parquet",
        **_file(folder / form / f"{table.name}.{form}", folder),
        "type": "table" if csv else "file",
        "title": table.name,
        "description": table.meaning,
        "format": form,
        "mediatype": "text/csv" if csv else "application/vnd.apache.parquet",
        **({"encoding": "utf-8", "schema": {"fields": fields, "missingValues": [""]}} if csv else {}),
        "licenses": about["licences"].get(table.name, about["licences"]["default"]),
    }


def _of_file(name: str, words: dict[str, Any], folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    path = folder / words["path"]
    return {
        "name": name,
        **_file(path, folder),
        "type": "file",
        **{key: words[key] for key in ("title", "description", "format", "mediatype")},
        "licenses": about["licences"].get("claims"),
    }


def _type(kind: str) -> str:
    if kind.startswith("DECIMAL"):
        return "number"
    if kind.startswith("TIMESTAMP"):
        return "datetime"
    if kind.endswith("[]"):
        return "array"
    return TYPES.get(kind, "string")


def _file(path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as body:
        digest = hashlib.file_digest(body, "sha256").hexdigest()
    return {
        "path": path.relative_to(folder).as_posix(),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }
