"""How the tests of the warehouse run DuckDB."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from etl import duck

FEW_ROWS = ("test_warehouse_cases", "test_warehouse_sixty_nights")


@pytest.fixture(autouse=True, scope="module")
def one_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there are only few rows, let DuckDB work in the test's own thread: to wake others takes longer.

    What many rows give, or rows in another order, is asked with as many threads as there are cores.
    """
    with pytest.MonkeyPatch.context() as patch:
        if request.path.stem in FEW_ROWS:
            patch.setitem(duck.WRITTEN, "threads", 1)
            patch.setitem(duck.ALONE, "threads", 1)
        yield
