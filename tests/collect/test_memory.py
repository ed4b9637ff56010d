"""Years of nights: what a night holds in memory depends on that night, not on those before it."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

PAGES = 30  # new ones each night; the caches of the standard library (patterns, addresses) are full after some twenty
ALLOWED = 60_000  # bytes more at the peak of a late night than of an early one; an address that stays takes about 1,000


@pytest.mark.slow
def test_memory_is_flat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty-two nights, each of new pages: the last take no more memory than those after which all caches are full."""
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    peaks: list[int] = []
    with serve(Site({})) as site:
        site.words = {"base": site.base}
        what = source(site)
        tracemalloc.start()
        try:
            for number in range(32):
                site.routes, site.asked = _night(number), []
                gc.collect()
                tracemalloc.reset_peak()
                assert run(tmp_path, what, NIGHT + timedelta(days=number)).pages == PAGES + 1
                peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert min(peaks[-5:]) - min(peaks[18:23]) < ALLOWED, peaks


def _night(number: int) -> dict[str, Any]:
    names = [f"/{number}/{page}" for page in range(PAGES)]
    pages = {name: {"html": f"<p>{name}</p>"} for name in names}
    return {"/feed": {"rss": [f"{{base}}{name}" for name in names]}, **pages}
