"""Rows of one night, as Parquet: whole file or nothing, exact types, the same rows always the same bytes.

`root/<table>/night=<YYYY-MM-DD>/<source>.parquet` holds what one source gave to one table in one night. An empty file
says "nothing came", a missing one "nobody looked". The column types follow the dataclasses of `etl.model`.
"""

from __future__ import annotations

import os
import re
import types
import typing
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl import files, store
from etl.model import Claim, Document, Outcome, Page, Rate, Request, Source

TABLES: dict[str, type] = {
    "sources": Source,
    "requests": Request,
    "outcomes": Outcome,
    "pages": Page,
    "documents": Document,
    "claims": Claim,
    "rates": Rate,
}
SIXTH = Decimal("0.000001")  # money and counts keep six decimals
LARGEST = Decimal(10) ** 31  # what decimal(38, 6) can hold, with a digit to spare
PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    Decimal: pa.decimal128(38, 6),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def write(root: Path, table: str, night: date, source: str, rows: Sequence[Any], *, extractor: str = "") -> Path:
    """Write the rows of one source and night and return the file; what was there before is replaced whole.

    `extractor` is kept in the file: the version of the program that read the figures.

    Raises:
        ValueError: There is no such table, the name cannot be a file's, or a row does not fit; the message shows it.
        OSError: The disk is full or refuses; the message names the file, and what was there before stays.
    """
    path = _path(root, table, night, source)
    layout = schema(table).with_metadata({"extractor": extractor})
    found = pa.Table.from_pylist([_row(table, row) for row in rows], schema=layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as out:
            pq.write_table(found, out, compression="zstd")
            out.flush()
            os.fsync(out.fileno())
    except OSError as wrong:  # the writer of Parquet does not say which file
        raise OSError(wrong.errno, os.strerror(wrong.errno) if wrong.errno else str(wrong), str(path)) from wrong
    else:
        store.place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    files.sync(path.parent)
    return path


def read(root: Path, table: str, night: date, source: str) -> list[dict[str, Any]]:
    """Return the rows that `write` left, as dictionaries; none when it left no file."""
    path = _path(root, table, night, source)
    store.pull(path)
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = pq.read_table(path, partitioning=None).to_pylist()
    return rows


def extractor_of(root: Path, night: date, source: str) -> str:
    """Return the version of the program that read the claims of a source and night; "" when none did."""
    path = _path(root, "claims", night, source)
    store.pull(path)
    if not path.exists():
        return ""
    return ((pq.read_schema(path).metadata or {}).get(b"extractor") or b"").decode()


def nights(root: Path) -> list[date]:
    """Return the nights of which anything is staged, oldest first."""
    found = {name.removeprefix("night=") for table in TABLES for name in store.folders(root / table, "*.parquet")}
    return sorted(date.fromisoformat(night) for night in found)


def names(root: Path, table: str, night: date) -> list[str]:
    """Return the sources that left rows of a table in a night, or a file that says there were none."""
    found = store.names(root / table / f"night={night.isoformat()}", "*.parquet")
    return [name.removesuffix(".parquet") for name in found]


def bring(root: Path, night: date) -> None:
    """See that all that was staged of a night lies on this disk.

    Raises:
        OSError: The store does not give it.
    """
    for table in TABLES:
        store.bring(root / table / f"night={night.isoformat()}")


def schema(table: str) -> pa.Schema:
    """Return the columns of a table, from the dataclass of its rows."""
    if table not in TABLES:
        raise ValueError(f"table {table!r} is unknown; there are {', '.join(TABLES)}")
    return pa.schema(_fields(TABLES[table]))


def _path(root: Path, table: str, night: date, source: str) -> Path:
    if table not in TABLES:
        raise ValueError(f"table {table!r} is unknown; there are {', '.join(TABLES)}")
    if not NAME.fullmatch(source):
        raise ValueError(f"source {source!r} cannot name a file; want letters, digits, dots, dashes")
    return root / table / f"night={night.isoformat()}" / f"{source}.parquet"


def _fields(row: type) -> list[pa.Field]:
    hints = typing.get_type_hints(row)
    return [_field(field.name, hints[field.name]) for field in fields(row)]


def _field(name: str, hint: Any) -> pa.Field:
    optional = isinstance(hint, types.UnionType)
    if optional:
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return pa.field(name, _type(hint), nullable=optional)


def _type(hint: Any) -> pa.DataType:
    if typing.get_origin(hint) is tuple:
        return pa.list_(pa.field("item", _type(typing.get_args(hint)[0]), nullable=False))
    if is_dataclass(hint):
        return pa.struct(_fields(typing.cast(type, hint)))
    if issubclass(hint, StrEnum):
        return pa.string()
    return PLAIN[hint]


def _row(table: str, row: Any) -> dict[str, Any]:
    if not isinstance(row, TABLES[table]):
        raise ValueError(f"{table} holds rows of {TABLES[table].__name__}, not {row!r:.200}")
    try:
        return {
            name: _exact(_plain(value) if holds_rows else value)
            for name, holds_rows in _columns(TABLES[table]).items()
            for value in (getattr(row, name),)
        }
    except ValueError as wrong:
        raise ValueError(f"{table}: {wrong} in {row!r:.300}") from None


@cache
def _columns(row: type) -> dict[str, bool]:
    """Return the columns of a row, and of each whether its cells hold rows of their own: most are plain values."""
    return {name: _holds_rows(hint) for name, hint in typing.get_type_hints(row).items()}


def _holds_rows(hint: Any) -> bool:
    return is_dataclass(hint) or any(_holds_rows(part) for part in typing.get_args(hint))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value) >= LARGEST:
            raise ValueError(f"{value} is no number below {LARGEST:.0e}")
        return value.quantize(SIXTH, rounding=ROUND_HALF_EVEN)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone")
    return str(value) if isinstance(value, StrEnum) else value
