"""A home that has nights already, given to a store: once, before the store counts."""

from __future__ import annotations

from etl import settings, store
from etl.logs import log
from etl.steps.base import Counts


def upload() -> Counts:
    """Give the store each file of the home that it has not; what it has stays. Run again after a kill, it goes on.

    Raises:
        ValueError: No store is set.
        OSError: The store does not take a file; those before it are there.
    """
    if not settings.store():
        raise ValueError("STREAMLEDGER_STORE is empty: want s3://bucket/prefix or file:///folder, where the files go")
    home = settings.load().home
    counts: Counts = {folder: store.add(home / folder, but="exports-*") for folder in store.KEPT}
    log.info("upload %s: %s", home, ", ".join(f"{number} files of {folder}" for folder, number in counts.items()))
    return counts
