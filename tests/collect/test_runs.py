"""Two runs of one night at once, disks that refuse, hosts that want rest: nobody asks twice, nobody harms the other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

from etl import archive
from etl.collect.replay import violations

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)
    routes: dict[str, Any] = {"/feed": {"rss": ["{base}/a", "{base}/b"]}, "/a": {"html": "a"}, "/b": {"html": "b"}}
    with serve(Site(routes)) as found:
        found.words = {"base": found.base}
        yield found


def test_the_second_run_asks_nobody(tmp_path: Path, site: Site) -> None:
    """It says that the first is at work; the first one's night is whole, its journal untouched."""
    site.routes["/a"] = {"html": "a", "delay": 0.6}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(run, tmp_path, source(site))
        while "/a" not in site.paths():
            time.sleep(0.01)
        asked, journal = len(site.asked), next((tmp_path / "state").rglob("*.jsonl"))
        before = journal.read_bytes()
        second = run(tmp_path, source(site))
        assert (second.failed, second.refused, second.reason) == (True, False, f"another run is collecting zoo {NIGHT}")
        assert journal.read_bytes().startswith(before)
        assert len(site.asked) == asked
    assert (first.result().pages, first.result().failed) == (3, False)
    assert len(site.paths()) == len(set(site.paths()))


@pytest.mark.parametrize(
    "place", ["archive/2026", "archive/index", "state/hosts", "state/zoo.db", "state/nights/2026-11-24"]
)
def test_a_place_that_cannot_be_written(tmp_path: Path, site: Site, place: str) -> None:
    """The night fails in words that name the place; once it is free, the night is made up."""
    blocked = tmp_path / place
    blocked.parent.mkdir(parents=True)
    if place.endswith(".db"):
        (blocked / "x").mkdir(parents=True)
    else:
        blocked.write_text("a file where a folder should be")
    try:
        result = run(tmp_path, source(site))
    except OSError as refused:
        assert Path(place).name in str(refused)
    else:
        assert (result.failed, result.refused) == (True, False)
        assert Path(place).name in result.reason
    if place.endswith(".db"):
        (blocked / "x").rmdir()
        blocked.rmdir()
    else:
        blocked.unlink()
    assert run(tmp_path, source(site)).pages == 3
    assert [body for _, body in archive.pages(tmp_path / "archive", NIGHT, "zoo")][1:] == [b"a", b"b"]


def test_a_robots_txt_that_wants_rest_gets_it(tmp_path: Path, site: Site) -> None:
    """No other source asks the host before that, and a ledger of both shows it."""
    site.routes["/robots.txt"] = {"status": 503, "html": "later", "headers": {"Retry-After": "3600"}}
    sources = [source(site), source(site, name="two", kind="page", url="{base}/a", fulltext="none")]
    results = [run(tmp_path, what) for what in sources]
    assert [result.failed for result in results] == [True, True]
    assert site.paths() == ["/robots.txt"]
    assert violations([row for result in results for row in result.requests], sources) == []


def test_an_etag_that_cannot_be_sent_back_is_not(tmp_path: Path, site: Site) -> None:
    """The page is asked for whole every night, and comes."""
    odd = 'HTTP/1.1 200 OK\r\nETag: "\x01\x85"\r\nLast-Modified: {long}\r\nContent-Length: 1\r\n\r\na'
    site.routes["/a"] = {"raw": odd.replace("{long}", "x" * 5000), "encoding": "latin-1"}
    page = source(site, kind="page", url="{base}/a", fulltext="none")
    assert [run(tmp_path, page, night).failed for night in (NIGHT, NEXT)] == [False, False]
    headers = site.asked[-1][2]
    assert not {"If-None-Match", "If-Modified-Since"} & set(headers)
