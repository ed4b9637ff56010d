"""The next snapshot from the one before: a copy, in which only what loads touched since is changed."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from pathlib import Path

import duckdb

from etl import duck, settings
from etl.publish import words

SCRIPT = settings.WAREHOUSE / "publish" / "changes.sql"
BY_HAND = settings.WAREHOUSE / "publish" / "by_hand.sql"
FICLONE = 0x40049409  # of Linux: the copy shares its bytes with the original until one is changed
# the same rebuild, every touch since still kept, and not half of the file given free by earlier changes
FITS = """
SELECT count(*) > 0
FROM publication AS p
INNER JOIN working.core.loads AS l ON p.rebuild = l.rebuild
WHERE
    p.load_number <= l.load_number AND p.load_number >= l.load_number - 60
    AND (SELECT max(2 * d.free_blocks) <= max(d.total_blocks) FROM pragma_database_size() AS d
         WHERE d.database_name = current_database())
"""

OTHERWISE = """
SELECT p.macros <> w.macros, p.by_hand <> w.by_hand
FROM publication AS p CROSS JOIN working.main.publication AS w
"""


def bring(working: Path, snapshot: Path, draft: Path) -> bool:
    """Write the draft from the snapshot that is there; return False, with nothing of worth written, when it cannot be.

    Raises:
        duckdb.Error: The working file does not exist or is open elsewhere.
        OSError: The draft cannot be written.
    """
    if not snapshot.exists() or not _fits(working, snapshot):
        return False
    copy(snapshot, draft)
    draft.chmod(0o644)
    con = duck.write(draft)
    try:
        con.execute("ATTACH $path AS working (READ_ONLY)", {"path": str(working)})
        con.execute("BEGIN TRANSACTION")
        con.execute(SCRIPT.read_text(encoding="utf-8")).fetchall()
        ((said, kept),) = con.execute(OTHERWISE).fetchall()
        if kept:
            con.execute(BY_HAND.read_text(encoding="utf-8")).fetchall()
        if said:
            words.say(con)
        con.execute("DELETE FROM publication")
        con.table("working.main.publication").insert_into("publication")
        con.execute("COMMIT")
        con.execute("DETACH working")
        con.execute("CHECKPOINT")
    finally:
        con.close()
    return True


def copy(source: Path, target: Path) -> bool:
    """Copy a file that nobody writes; return whether the copy shares its bytes with the original.

    Raises:
        OSError: The copy cannot be written; the error names it.
    """
    with source.open("rb") as one, target.open("wb") as other, contextlib.suppress(OSError):  # it cannot share
        fcntl.ioctl(other.fileno(), FICLONE, one.fileno())
        return True
    shutil.copyfile(source, target)
    return False


def _fits(working: Path, snapshot: Path) -> bool:
    try:
        con = duckdb.connect(str(snapshot), read_only=True)
    except duckdb.Error:  # no snapshot of ours, or a broken one
        return False
    try:
        con.execute("ATTACH $path AS working (READ_ONLY)", {"path": str(working)})
        ((fits,),) = con.execute(FITS).fetchall()
    except duckdb.CatalogException:  # of a version that kept no touches
        return False
    finally:
        con.close()
    return bool(fits)
