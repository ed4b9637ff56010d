"""How the tests of the warehouse run DuckDB."""

from __future__ import annotations

import pytest

from etl import duck


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DuckDB work in the test's own thread: over a handful of rows, waking others takes longer than the work.

    What many rows give, or rows in another order, is asked with as many threads as there are cores.
    """
    monkeypatch.setitem(duck.WRITTEN, "threads", 1)
    monkeypatch.setitem(duck.ALONE, "threads", 1)
