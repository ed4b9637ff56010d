"""From staged files and reference tables into the working warehouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from etl.load import reference, scripts

FILES = pa.schema([("staged", pa.string()), ("file", pa.string()), ("source", pa.string())])
MODELS = "models/staging"
TEXT = ["staged_source", "document_id", "text"]
QUOTE = ["staged_source", "document_id", "quote", "quote_start", "quote_end"]
FIRST = "known_on"  # runs without a file of its own
UNUSED = ("blocks", "tables", "witnesses", "doubts", "published_sure")  # of documents: for the extractor and people
# Columns that a table gained later, with what a file of before means by their absence.
GAINED: dict[str, dict[str, object]] = {"requests": {"robots": "", "tdm": "", "wait_wanted": 0.0}}


def take_in(con: duckdb.DuckDBPyConnection, staging: Path, night: date) -> dict[str, int]:
    """Replace what the raw tables hold of the staged sources of a night; return the number of rows per table.

    Raises:
        duckdb.Error: A row does not fit.
        OSError: A staged file cannot be read.
    """
    reference.show(con)
    files = [path for path in sorted(staging.glob(f"*/night={night.isoformat()}/*.parquet")) if path.name[0] != "."]
    con.register("staged_files", pa.Table.from_pylist([_file(path) for path in files], schema=FILES))
    found = {table: _rows(files, table) for table in {_table(path) for path in files}}
    if "claims" in found:
        found["claims"] = _with_proof(found["claims"], found.get("documents"))
    for script in scripts.names(MODELS):
        table = Path(script).stem.partition("_")[2]
        if table in found:
            con.register("incoming", found[table])
        if table in found or table == FIRST:
            scripts.run(con, script)
    return {table: found[table].num_rows if table in found else 0 for table in ("documents", "claims")}


def _table(path: Path) -> str:
    return path.parent.parent.name


def _file(path: Path) -> dict[str, str]:
    # the file of an outcome is named <source>.<step>
    source = path.stem.rpartition(".")[0] if _table(path) == "outcomes" else path.stem
    return {"staged": _table(path), "file": path.stem, "source": source or path.stem}


def _rows(files: list[Path], table: str) -> pa.Table:
    return pa.concat_tables([_read(path) for path in files if _table(path) == table], promote_options="default")


def _read(path: Path) -> pa.Table:
    schema = pq.read_schema(path)
    rows = pq.read_table(path, partitioning=None, columns=[name for name in schema.names if name not in UNUSED])
    extractor = (schema.metadata or {}).get(b"extractor", b"").decode()
    named = {"staged_source": _file(path)["source"], "staged_file": path.stem, "extractor": extractor}
    for name, value in named.items():
        rows = rows.append_column(name, pa.array([value] * rows.num_rows, pa.string()))
    for gained, absent in GAINED.get(_table(path), {}).items():
        if gained not in rows.column_names:
            rows = rows.append_column(gained, pa.array([absent] * rows.num_rows))
    return rows.replace_schema_metadata(None)


def _with_proof(claims: pa.Table, documents: pa.Table | None) -> pa.Table:
    """Say of each claim whether its document holds the quote at the offsets it names."""
    texts = {} if documents is None else {_place(row): row["text"] for row in documents.select(TEXT).to_pylist()}
    rows = claims.select(QUOTE).to_pylist()
    proven = [texts.get(_place(row), "")[row["quote_start"] : row["quote_end"]] == row["quote"] for row in rows]
    return claims.append_column("proven", pa.array(proven, pa.bool_()))


def _place(row: dict[str, Any]) -> tuple[str, str]:
    return row["staged_source"], row["document_id"]
