"""The readers' snapshot: what analysts need, in a file of its own, swapped in whole.

Readers keep the snapshot they opened; who opens it after the swap sees the new one, and the last night's stays beside
it as `<name>.before.duckdb`. The text of pages stays behind: only quotes are published.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl import duck, files
from etl.publish import changes, words


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published."""

    figures: int
    bytes: int


def publish(working: Path, snapshot: Path) -> PublishReport:
    """Copy the marts and macros of the working file into a new snapshot and swap it in.

    Where the snapshot that is there comes from the same rebuild, a copy of it takes only the rows that loads touched
    since; the copy shares its bytes with it where the file system can.

    The snapshot of the night before stays beside it: publishing a night again replaces only that night's own.

    Raises:
        duckdb.Error: The working file does not exist, is open elsewhere or holds no marts; the old snapshot stays.
        OSError: The snapshot cannot be written; the old one stays.
    """
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    draft = snapshot.with_name(f".{snapshot.name}.draft")
    try:
        _discard(draft)
        if not changes.bring(working, snapshot, draft):
            _discard(draft)
            _write(working, draft)
        figures = _proved(draft)
        files.sync(draft)
        draft.chmod(0o444)
        size = draft.stat().st_size
        _keep(snapshot, draft)
        _wal(snapshot).unlink(missing_ok=True)  # left by someone who opened the old file for writing
        draft.replace(snapshot)
        files.sync(snapshot.parent)
    finally:
        _discard(draft)
    return PublishReport(figures=figures, bytes=size)


def before(snapshot: Path) -> Path:
    """Return where the snapshot of the night before is kept."""
    return snapshot.with_name(f"{snapshot.stem}.before{snapshot.suffix}")


def _keep(snapshot: Path, draft: Path) -> None:
    """Keep the old snapshot by a second name, not a second copy, when the new one knows another night."""
    if not snapshot.exists() or _newest_night(snapshot) in (None, _newest_night(draft)):
        return
    spare = snapshot.with_name(f".{snapshot.name}.spare")
    spare.unlink(missing_ok=True)
    try:
        os.link(snapshot, spare)
    except OSError:  # a file system without hard links
        shutil.copyfile(snapshot, spare)
    spare.replace(before(snapshot))


def _newest_night(path: Path) -> object:
    """Return the newest night that a snapshot knows; None when it is none, so that nothing broken is kept."""
    try:
        with duck.read(path) as con:
            ((night,),) = con.execute("SELECT max(night) FROM nights").fetchall()
    except duckdb.Error:
        return None
    return night


def _write(working: Path, draft: Path) -> None:
    con = duck.write(draft)
    try:
        con.execute("ATTACH $path AS working (READ_ONLY)", {"path": str(working)})
        con.execute("BEGIN TRANSACTION")  # one commit, not one for each comment
        for name in _marts(con):
            con.table(f"working.main.{name}").create(name)
        words.say(con)
        con.execute("COMMIT")
        con.execute("DETACH working")
        con.execute("CHECKPOINT")
    finally:
        con.close()


def _marts(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'working' AND schema_name = 'main' "
        "AND table_name <> 'migrations' ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in found]


def _proved(draft: Path) -> int:
    """Open the draft as a reader would and return its number of figures."""
    with duck.read(draft) as con:
        ((figures, unlike),) = con.execute(
            "SELECT count(*), count(*) - count(DISTINCT figure_id) FROM figures"
        ).fetchall()
    if unlike:
        raise ValueError(f"{draft}: {unlike} figures stand twice; nothing was published")
    return int(figures)


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _discard(draft: Path) -> None:
    draft.unlink(missing_ok=True)
    _wal(draft).unlink(missing_ok=True)
