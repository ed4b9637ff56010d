"""How the tests run: what takes longest begins, so that no process is left alone with it; files lie in memory."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

# CPU and waiting, longest first; `make test` gives each file to one process, in this order
LONGEST = (
    *("test_airflow", "test_warehouse_cases", "test_real_files", "test_warehouse_sixty_nights", "test_backfill"),
    *("test_faults", "test_warehouse_touched", "test_memory", "test_mutations", "test_warehouse_beside"),
    *("test_warehouse_properties", "test_warehouse_files", "test_kills", "test_web", "test_warehouse_exports"),
    *("test_again", "test_quantities", "test_places", "test_zoo", "test_formats", "test_prove", "test_night"),
    *("test_warehouse_changes", "test_warehouse_disk", "test_crashes", "test_cli", "test_audit", "test_periods"),
    *("test_walls", "test_operate", "test_old_news", "test_fuzz", "test_warehouse_conflicts", "test_nights"),
)
PLACES = {name: place for place, name in enumerate(LONGEST)}

# Each night, load and run of Airflow waits many times until its files are on the disk, which no test looks at: a kill
# loses nothing of what is in memory, and no test takes the power away. TMPDIR, where it is set, is another place.
IN_MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000  # noqa: S108 - bytes; all tests together take a fifth of that
if "TMPDIR" not in os.environ and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# tests make homes of their own; no file of theirs may go to the store that somebody set for the nights
os.environ.pop("STREAMLEDGER_STORE", None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "scaleout" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("scaleout"):
                item.add_marker(pytest.mark.skip(reason="several workers, or moto: run by `make test-scaleout`"))
    items.sort(key=lambda item: PLACES.get(item.path.stem, len(PLACES)))


def pytest_collection_finish() -> None:
    """Eight thousand tests and what they import stay to the end: the collector need not look through them each time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Airflow, imported in a test, lets the log go to the standard output of that test, which is closed after it."""
    before = list(logging.root.handlers)
    told = yield
    for handler in [one for one in logging.root.handlers if one not in before]:
        logging.root.removeHandler(handler)
    return told
