"""From staged files and reference tables into the working warehouse."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.load import scripts

FILES = pa.schema([("staged", pa.string()), ("file", pa.string()), ("source", pa.string())])
MODELS = "models/staging"
# What the models read of each table of `warehouse/reference/`; more columns are for people.
REFERENCE = {
    "official_history": (
        *("platform", "metric", "transformation", "segment", "unit", "area", "period", "value", "definition"),
        *("status", "source", "note"),
    ),
    "definition_breaks": ("platform", "metric", "area", "period", "segment_before", "segment_after", "note"),
    "plausible": ("metric", "unit", "lowest", "highest", "times", "years", "why"),
    "rules": ("name", "value", "meaning"),
}


def take_in(con: duckdb.DuckDBPyConnection, staging: Path, night: date) -> dict[str, int]:
    """Replace what the raw tables hold of the staged sources of a night; return the number of rows per table.

    Raises:
        duckdb.Error: A row does not fit.
        OSError: A staged file cannot be read.
    """
    reference_tables(con)
    files = [path for path in sorted(staging.glob(f"*/night={night.isoformat()}/*.parquet")) if path.name[0] != "."]
    con.register("staged_files", pa.Table.from_pylist([_file(path) for path in files], schema=FILES))
    counts = dict.fromkeys(("documents", "claims"), 0)
    texts: dict[tuple[str, str], str] = {}
    for script in scripts.names(MODELS):
        table = Path(script).stem.partition("_")[2]
        of_table = [path for path in files if _table(path) == table]
        if table != "known_on" and not of_table:
            continue
        if of_table:
            rows = pa.concat_tables([_read(path) for path in of_table], promote_options="default")
            if table == "documents":
                texts = {(str(row["staged_source"]), str(row["document_id"])): str(row["text"]) for row in _texts(rows)}
            if table == "claims":
                rows = rows.append_column("proven", pa.array(list(_proven(rows, texts)), pa.bool_()))
            counts[table] = rows.num_rows
            con.register("incoming", rows)
        scripts.run(con, script)
    return counts


def reference_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Show each table of `warehouse/reference/` as the view `reference_<name>`, all columns text, empty text null.

    Raises:
        ValueError: A column that the models read is missing; the message names file and column.
    """
    for name, columns in REFERENCE.items():
        path = scripts.REFERENCE / f"{name}.csv"
        rows: list[dict[str, str | None]] = []
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                rows = [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(lines)]
        missing = [column for column in columns if rows and column not in rows[0]]
        if missing:
            raise ValueError(f"{path}: no column {', '.join(missing)}; there are {', '.join(rows[0])}")
        schema = pa.schema([(column, pa.string()) for column in columns])
        con.register(f"reference_{name}", pa.Table.from_pylist(rows, schema=schema))


def _table(path: Path) -> str:
    return path.parent.parent.name


def _file(path: Path) -> dict[str, str]:
    # the file of an outcome is named <source>.<step>
    source = path.stem.rpartition(".")[0] if _table(path) == "outcomes" else path.stem
    return {"staged": _table(path), "file": path.stem, "source": source or path.stem}


def _read(path: Path) -> pa.Table:
    rows = pq.read_table(path, partitioning=None)
    extractor = (rows.schema.metadata or {}).get(b"extractor", b"").decode()
    named = {"staged_source": _file(path)["source"], "staged_file": path.stem, "extractor": extractor}
    for name, value in named.items():
        rows = rows.append_column(name, pa.array([value] * rows.num_rows, pa.string()))
    return rows.replace_schema_metadata(None)


def _texts(documents: pa.Table) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = documents.select(["staged_source", "document_id", "text"]).to_pylist()
    return rows


def _proven(claims: pa.Table, texts: dict[tuple[str, str], str]) -> Iterator[bool]:
    """Say of each claim whether its document holds the quote at the offsets it names."""
    for row in claims.select(["staged_source", "document_id", "quote", "quote_start", "quote_end"]).to_pylist():
        text = texts.get((row["staged_source"], row["document_id"]), "")
        yield text[row["quote_start"] : row["quote_end"]] == row["quote"]
