"""Paths and limits, from the environment (`.env.example` lists them all)."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

CODE = Path(__file__).resolve().parent
ROOT = CODE.parent
WAREHOUSE = ROOT / "warehouse"  # the SQL and the tables kept by hand


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and how far the night may go."""

    home: Path  # everything the program writes
    contact: str  # the operator's e-mail or page, sent with each request once it is set
    connect_seconds: float
    read_seconds: float
    max_body_bytes: int
    warc_bytes: int  # after which a file of the archive is full and another one goes on
    keep_days: int  # how long what only a rerun of a night needs is kept
    source_seconds: float  # how long one source may be asked in a night; what is left waits for the next
    ahead: int  # sources asked side by side before their tasks begin, where tasks run one after another; 0 is none
    retries: int  # of a task whose failure a retry can heal
    retry_seconds: float  # before the first of them; each further one waits twice as long
    backfill_at_once: int  # parts of old news that are read side by side: as many as there are cores for it
    allow_loopback: bool  # for tests only: collect from 127.0.0.1
    sources: Path  # folder of source files
    alerts: str = field(
        repr=False
    )  # where to tell what needs the operator: log, webhook:URL, slack:URL, email:ADDRESS; a secret
    alert_days: int  # the same cause is not told again for so long

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def staging(self) -> Path:
        return self.home / "staging"

    @property
    def working(self) -> Path:
        """The loader's own DuckDB file; nobody else opens it."""
        return self.home / "warehouse" / "working.duckdb"

    @property
    def snapshot(self) -> Path:
        """The readers' DuckDB file, swapped in whole."""
        return self.home / "published" / "streamledger.duckdb"

    @property
    def progress(self) -> Path:
        """How far each night went."""
        return self.home / "state" / "progress"

    @property
    def airflow(self) -> Path:
        return self.home / "airflow"


def store() -> str:
    """Return where archive, staging and what is published are kept: "" for the folders of the home alone."""
    return os.environ.get("STREAMLEDGER_STORE", "")


def load() -> Settings:
    """Return the settings of this process.

    Raises:
        ValueError: A variable holds no number where one is wanted; the message names it.
    """
    return Settings(
        home=Path(os.environ.get("STREAMLEDGER_HOME", ROOT / "data")).resolve(),
        contact=os.environ.get("STREAMLEDGER_CONTACT", ""),
        connect_seconds=_number("STREAMLEDGER_CONNECT_SECONDS", 10),
        read_seconds=_number("STREAMLEDGER_READ_SECONDS", 30),
        max_body_bytes=int(_number("STREAMLEDGER_MAX_BODY_BYTES", 50_000_000)),
        warc_bytes=int(_number("STREAMLEDGER_WARC_BYTES", 1_000_000_000)),
        keep_days=int(_number("STREAMLEDGER_KEEP_DAYS", 30)),
        source_seconds=_number("STREAMLEDGER_SOURCE_SECONDS", 3000),
        ahead=int(_number("STREAMLEDGER_AHEAD", 0)),
        retries=int(_number("STREAMLEDGER_RETRIES", 2)),
        retry_seconds=_number("STREAMLEDGER_RETRY_SECONDS", 120),
        backfill_at_once=max(1, int(_number("STREAMLEDGER_BACKFILL_AT_ONCE", 2))),
        allow_loopback=os.environ.get("STREAMLEDGER_ALLOW_LOOPBACK", "") == "1",
        sources=Path(os.environ.get("STREAMLEDGER_SOURCES", CODE / "sources")).resolve(),
        alerts=os.environ.get("STREAMLEDGER_ALERTS", "log"),
        alert_days=int(_number("STREAMLEDGER_ALERT_DAYS", 7)),
    )


def _number(name: str, default: float) -> float:
    raw = os.environ.get(name, "")
    try:
        value = float(raw) if raw else float(default)
    except ValueError:
        raise ValueError(f"{name}={raw!r}: want a number of at least 0, such as {default:g}") from None
    if value < 0:
        raise ValueError(f"{name}={raw!r}: want a number of at least 0, such as {default:g}")
    return value
