"""Killed at any moment, a night loses nothing and doubles nothing; processes do not get in each other's way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source
from warcio.warcwriter import WARCWriter

from etl import archive
from etl.collect.hosts import Hosts
from etl.collect.transport import Transport

POINTS = [(os, "fsync"), (Path, "replace"), (WARCWriter, "write_record"), (Transport, "get")]


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    routes: dict[str, Any] = {"/feed": {"rss": ["{base}/a", "{base}/b"]}, "/a": {"html": "a"}, "/b": {"html": "b"}}
    with serve(Site(routes)) as found:
        found.words = {"base": found.base}
        yield found


def in_child(work: Callable[[], None]) -> int:
    """Run something in a process of its own and return its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dying_at(place: Any, name: str, count: int) -> None:
    """Let this process end, as kill -9 would end it, at the n-th call of a function."""
    real, calls = getattr(place, name), iter(range(1, 1000))

    def die(*arguments: Any, **options: Any) -> Any:
        if next(calls) == count:
            os._exit(9)
        return real(*arguments, **options)

    setattr(place, name, die)


@pytest.mark.parametrize("every", [60.0, 0.0], ids=["saved at the end", "saved at every item"])
@pytest.mark.parametrize(("place", "name"), POINTS, ids=[name for _, name in POINTS])
def test_killed_at_any_moment(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, place: Any, name: str, every: float
) -> None:
    """Whichever call is the last one, the next run completes the night with each page once and whole."""
    monkeypatch.setattr("etl.collect.desk.SAVE_EVERY", every)
    deaths = 0
    for count in range(1, 40):
        home = tmp_path / str(count)

        def work(home: Path = home, count: int = count) -> None:
            dying_at(place, name, count)
            run(home, source(site))

        code = in_child(work)
        result = run(home, source(site))
        kept = [page.url.rpartition("/")[2] for page, _ in archive.pages(home / "archive", NIGHT, "zoo")]
        assert (result.pages, result.failed, kept) == (3, False, ["feed", "a", "b"]), f"after {name} number {count}"
        assert list(home.rglob("*.gz.part")) == []
        if code == 0:
            break
        deaths += 1
    assert deaths >= 2
    assert code == 0


def test_what_was_fetched_is_not_asked_for_again(tmp_path: Path, site: Site) -> None:
    """A killed run goes on where it stopped: neither the feed nor its items are asked for again."""
    site.routes["/feed"] = {**site.routes["/feed"], "headers": {"ETag": '"f1"'}}

    def work() -> None:
        dying_at(Transport, "get", 5)  # robots.txt, tdmrep.json, feed, a; b is never reached
        run(tmp_path, source(site))

    assert in_child(work) == 9
    site.asked.clear()
    result = run(tmp_path, source(site))
    assert site.paths() == ["/b"]
    assert (result.pages, result.failed) == (3, False)
    assert [row.url.rpartition("/")[2] for row in result.requests if row.outcome == "fetched"] == [
        "feed",
        "a",
        "b",
    ]


def test_two_runs_of_one_night_at_once(tmp_path: Path, site: Site) -> None:
    """The second says that the first is at work, and harms nothing."""
    with archive.Writer(tmp_path / "archive", NIGHT, "zoo") as first:
        first.add("https://paper.example/", 200, {}, b"first", datetime(2026, 11, 24, 1, tzinfo=UTC), "text/html")
        second = run(tmp_path, source(site))
    assert (second.failed, second.refused) == (True, False)
    assert "another run is writing" in second.reason
    assert [body for _, body in archive.pages(tmp_path / "archive", NIGHT, "zoo")] == [b"first"]


def test_processes_take_turns(tmp_path: Path) -> None:
    """Three processes that ask one host are spaced as one would be."""
    moments = tmp_path / "moments"

    def work() -> None:
        for _ in range(3):
            with Hosts(tmp_path / "hosts").turn("paper.example", 0.08), moments.open("a") as out:
                out.write(f"{time.time()}\n")

    children = []
    begun = time.time()
    for _ in range(3):
        child = os.fork()
        if child == 0:
            try:
                work()
            finally:
                os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    found = sorted(float(line) for line in moments.read_text().split())
    assert len(found) == 9
    assert found[-1] - begun > 8 * 0.08 - 0.01
