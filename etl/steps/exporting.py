"""The exports beside the snapshot: apart from its publication, since who reads the snapshot need not wait for them."""

from __future__ import annotations

from etl import publish, settings, store
from etl.logs import log
from etl.steps.base import Counts


def export() -> Counts:
    """Write every table of the snapshot as files beside it, and swap them in whole.

    Raises:
        duckdb.Error: There is no snapshot, or it cannot be read; the old exports stay.
        OSError: A file cannot be written; the old exports stay.
    """
    snapshot = settings.load().snapshot
    store.bring(snapshot.parent, but="exports")
    exported = publish.export(snapshot)
    # readers of the store find a description of files that are all there: it comes last
    store.mirror(exported.folder, last=[exported.folder / "datapackage.json"])
    log.info("export: %d tables, %.1f MB in %s", exported.tables, exported.bytes / 1e6, exported.folder)
    return {"tables": exported.tables, "bytes": exported.bytes}
