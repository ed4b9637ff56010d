"""The order of the files: what takes longest begins, so that no process is left alone with it at the end."""

from __future__ import annotations

import os

import pytest

# CPU and waiting, longest first; `make test` gives each file to one process, in this order
LONGEST = (
    *("test_airflow", "test_warehouse_cases", "test_faults", "test_backfill", "test_warehouse_sixty_nights"),
    *("test_real_files", "test_web", "test_formats", "test_mutations", "test_memory", "test_warehouse_touched"),
    *("test_warehouse_exports", "test_warehouse_beside", "test_again", "test_warehouse_files", "test_kills"),
    *(
        "test_warehouse_properties",
        "test_quantities",
        "test_night",
        "test_places",
        "test_warehouse_changes",
        "test_cli",
    ),
    *("test_periods", "test_warehouse_disk", "test_zoo", "test_walls", "test_old_news", "test_warehouse_conflicts"),
    "test_nights",
)
PLACES = {name: place for place, name in enumerate(LONGEST)}

# tests make homes of their own; no file of theirs may go to the store that somebody set for the nights
os.environ.pop("STREAMLEDGER_STORE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: PLACES.get(item.path.stem, len(PLACES)))
