"""DuckDB files opened: to write, so that every client reads them; to read, with no way to anything but the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

Setting = str | bool | int | float | list[str]
# every client since 1.2 opens what is written so; it costs 5 % of the size
WRITTEN: dict[str, Setting] = {"storage_compatibility_version": "v1.0.0"}
# no SQL, whatever it says, reaches another file, another host or an extension; none of these can be set back
ALONE: dict[str, Setting] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


def write(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file for writing, making it when it does not exist; times are in UTC.

    Raises:
        duckdb.Error: It is no file of DuckDB's, or open elsewhere.
    """
    return _in_utc(duckdb.connect(str(path), config=WRITTEN))


@contextmanager
def read(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a file for reading, and close it in the end; times are in UTC.

    Raises:
        duckdb.Error: It does not exist, is no file of DuckDB's, or open for writing elsewhere.
    """
    con = duckdb.connect(str(path), read_only=True, config=ALONE)
    try:
        yield _in_utc(con)
    finally:
        con.close()


def _in_utc(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("SET TimeZone = 'UTC'")
    return con
