"""kill -9 at random moments of a night: no torn record, no page lost, none asked for twice but the one in flight."""

from __future__ import annotations

import gc
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

from etl import archive
from etl.collect.replay import violations
from etl.model import Source

PAGES = 12
NAMES = [f"Streaming-{number}" for number in range(PAGES)]
ITEMS = {f"/{name}": {"html": f"<p>{name}</p>" * 300, "delay": 0.002} for name in NAMES}
FEED: dict[str, Any] = {"/feed": {"rss": [f"{{base}}/{name}" for name in NAMES]}, **ITEMS}
MAPS: dict[str, Any] = {
    "/feed": {"index": ["{base}/one", "{base}/two"]},
    "/one": {"sitemap": [f"{{base}}/{name}" for name in NAMES[:6]]},
    "/two": {"sitemap": [f"{{base}}/{name}" for name in NAMES[6:]]},
    **ITEMS,
}
SITES = {"feed": (FEED, PAGES + 1), "maps": (MAPS, PAGES + 3)}  # what is asked for, and the pages of a whole night


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)


def killed_after(seconds: float, home: Path, what: Source) -> bool:
    """Run a night in a process of its own and kill it; whether it was still at work."""
    child = os.fork()
    if child == 0:
        gc.freeze()
        try:
            run(home, what)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def length_of(home: Path, what: Source) -> float:
    begun = time.monotonic()
    killed_after(0, home / "warm", what)
    child_begun = time.monotonic()
    run(home / "whole", what)
    return time.monotonic() - child_begun + (child_begun - begun)


@pytest.mark.slow
@pytest.mark.parametrize(("routes", "whole"), SITES.values(), ids=SITES)
def test_killed_at_random_moments(tmp_path: Path, routes: dict[str, Any], whole: int) -> None:
    """Twenty-four kills; `python -m tests.bench.kills` makes them by the hundred."""
    killed(tmp_path, routes, whole, 24, seed=11)


def killed(folder: Path, routes: dict[str, Any], whole: int, wanted: int, seed: int) -> None:
    """Kill nights once or twice at random moments, then run each to its end, until `wanted` kills met one at work."""
    draw = random.Random(seed)  # noqa: S311 - a test that can be repeated
    kills = 0
    with serve(Site(routes)) as site:
        site.words = {"base": site.base}
        what = source(site)
        length = length_of(folder, what)
        for number in range(10 * wanted):
            if kills >= wanted:
                break
            home = folder / str(number)
            site.asked.clear()
            met = sum(killed_after(draw.uniform(0, 0.8 * length), home, what) for _ in range(draw.choice((1, 2))))
            result = run(home, what)
            urls = [page.url for page, _ in archive.pages(home / "archive", NIGHT, "zoo")]  # checks every digest
            asked = Counter(site.paths())
            assert (result.pages, result.failed) == (whole, False), f"night {number}"
            assert sorted(urls) == sorted(set(urls)), "a page was kept twice"
            assert len(urls) == whole, "a page was lost"
            assert sum(asked.values()) - len(asked) <= met, f"more than the one in flight: {asked}"
            assert violations(result.requests, [what]) == []
            assert not list(home.rglob("*.gz.part")), "a torn file survived"
            kills += met
    assert kills >= wanted, f"only {kills} of the kills met a night at work"
