"""The replay checker: a night that kept its rules passes, and every planted violation is found."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from collect_zoo import Site, run, serve, source

from etl.collect.replay import violations
from etl.collect.traces import is_made
from etl.model import Request, Source

ROUTES: dict[str, Any] = {
    "/robots.txt": {"body": "User-agent: *\nDisallow: /private\nAllow: /private/open\n"},
    "/feed": {"rss": [f"{{base}}/{name}" for name in ("a", "b", "c", "private/x", "private/open/y", "r", "t")]},
    **{f"/{name}": {"html": f"<p>{name}</p>"} for name in ("a", "b", "c", "private/open/y", "s")},
    "/r": {"status": 302, "headers": {"Location": "/s"}},
    "/t": {"html": "<p>t</p>", "headers": {"tdm-reservation": "1"}},
}

AUXILIARY = 0.05


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", AUXILIARY)


Night = tuple[list[Request], list[Source]]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Two sources of one host in one night, with their waits."""
    with pytest.MonkeyPatch.context() as patch, serve(Site(ROUTES)) as site:
        patch.setattr("etl.collect.asking.AUXILIARY", AUXILIARY)
        home = tmp_path_factory.mktemp("night")
        site.words = {"base": site.base}
        paper = source(site, wait_seconds=0.1)
        page = source(site, name="page", kind="page", url="{base}/a", fulltext="none", wait_seconds=0.1)
        rows = [*run(home, paper).requests, *run(home, page).requests]
    return rows, [paper, page]


def test_a_good_night_passes(night: Night) -> None:
    rows, known = night
    assert [row.outcome for row in rows].count("fetched") >= 7
    assert violations(rows, known) == []


def made_pages(rows: list[Request]) -> list[int]:
    return [place for place, row in enumerate(rows) if is_made(row) and row.why != "robots"]


def plant(**changes: Any) -> Callable[[list[Request], int], None]:
    def change(rows: list[Request], place: int) -> None:
        rows[place] = replace(rows[place], **changes)

    return change


def earlier(seconds: float) -> Callable[[list[Request], int], None]:
    """Move a request so that it follows the one before to its host by so many seconds."""

    def change(rows: list[Request], place: int) -> None:
        before = max((row for row in rows if is_made(row) and row.requested_at < rows[place].requested_at), key=_when)
        rows[place] = replace(rows[place], requested_at=before.requested_at + timedelta(seconds=seconds))

    return change


def _when(row: Request) -> Any:
    return row.requested_at


def to_private(rows: list[Request], place: int) -> None:
    base = rows[0].url.removesuffix("/robots.txt")
    rows[place] = replace(rows[place], url=f"{base}/private/z")


def unread_robots(rows: list[Request], place: int) -> None:
    robots = replace(rows[place], why="robots", url=rows[0].url, outcome="unreachable", rule="HTTP 500", status=500)
    rows.insert(place, replace(robots, requested_at=rows[place].requested_at - timedelta(seconds=0.06)))


def before_rest(rows: list[Request], place: int) -> None:
    sooner = max((row for row in rows if is_made(row) and row.requested_at < rows[place].requested_at), key=_when)
    at = rows.index(sooner)
    rows[at] = replace(sooner, outcome="busy", rule="HTTP 429, Retry-After: 3600", status=429)


def robots_of(host: str) -> Callable[[list[Request], int], None]:
    """Ask for the robots.txt of a host that no source led to."""

    def change(rows: list[Request], place: int) -> None:
        asked = replace(rows[place], why="robots", url=f"https://{host}/robots.txt", outcome="fetched", rule="")
        rows.insert(place, replace(asked, requested_at=rows[place].requested_at))

    return change


def two_at_once(rows: list[Request], place: int) -> None:
    """Let the request before last longer than until this one."""
    sooner = max((row for row in rows if is_made(row) and row.requested_at < rows[place].requested_at), key=_when)
    rows[rows.index(sooner)] = replace(sooner, seconds=5.0)


def robots_that_wants_rest(rows: list[Request], place: int) -> None:
    sooner = rows[place].requested_at - timedelta(seconds=0.3)
    rows.insert(place, replace(rows[0], requested_at=sooner, outcome="busy", rule="HTTP 429", status=429, seconds=0.01))


PLANTS = {
    "refused by robots.txt": plant(robots="robots.txt: Disallow: /"),
    "no word of robots.txt": plant(robots=""),
    "unread robots.txt": unread_robots,
    "a path that a line forbids": to_private,
    "reserved before": plant(tdm="/.well-known/tdmrep.json: *"),
    "reserved and kept": plant(outcome="reserved", tdm="header", rule="header", digest="ab", bytes=2),
    "no word of reservations": plant(tdm=""),
    "too soon": earlier(0.03),
    "at once": earlier(0.001),
    "shorter wait": plant(wait_wanted=0.01),
    "no wait": plant(wait_wanted=0.0),
    "before the rest is over": before_rest,
    "elsewhere": plant(url="https://elsewhere.example/a"),
    "a refused host": plant(url="https://www.reuters.com/a"),
    "of no source": plant(source="nobody"),
    "of another source": plant(source="page", why="item"),
    "robots.txt of nobody's host": robots_of("elsewhere.example"),
    "robots.txt of a refused host": robots_of("www.reuters.com"),
    "two at once": two_at_once,
    "after a robots.txt that wants rest": robots_that_wants_rest,
    "a copy that nobody permitted": plant(
        why="copy", url="https://web.archive.org/web/20190102030405id_/https://a.example/"
    ),
    "for a reason that the source has not": plant(why="discovery"),
    "in a private network": plant(url="http://10.0.0.1/a"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_every_planted_violation_is_found(night: Night, name: str) -> None:
    """Planted into a copy of the ledger, at each request it can be planted at."""
    rows, known = night
    tried = 0
    for place in made_pages(rows)[1:]:
        copy = list(rows)
        PLANTS[name](copy, place)
        tried += 1
        assert violations(copy, known), f"{name} at {rows[place].url}"
    assert tried >= 7


def test_many_planted_at_once(night: Night) -> None:
    """Two hundred copies, each with one to three plants drawn at random: all are found."""
    rows, known = night
    draw = random.Random(7)  # noqa: S311 - a test that can be repeated
    found = 0
    for _ in range(200):
        copy = list(rows)
        for _ in range(draw.randint(1, 3)):
            PLANTS[draw.choice(sorted(PLANTS))](copy, draw.choice(made_pages(copy)[1:]))
        found += bool(violations(copy, known))
    assert found == 200


FILES = {
    "a line that no row quotes": ("/robots.txt", "User-agent: *\nDisallow: /a\n"),
    "everything forbidden": ("/robots.txt", "User-agent: *\nDisallow: /\n"),
    "a longer wait": ("/robots.txt", "User-agent: *\nCrawl-delay: 7\n"),
    "reserved in words": ("/robots.txt", "# No text and data mining\nUser-agent: *\nAllow: /\n"),
    "reserved by a file": ("/.well-known/tdmrep.json", '[{"location": "/", "tdm-reservation": 1}]'),
}


@pytest.mark.parametrize("name", FILES)
def test_verdicts_are_found_anew(night: Night, name: str) -> None:
    """With the hosts' own files at hand no verdict of the ledger is believed."""
    rows, known = night
    base = rows[0].url.removesuffix("/robots.txt")
    path, text = FILES[name]
    files = {f"{base}/robots.txt": ROUTES["/robots.txt"]["body"]}
    assert violations(rows, known, files) == []
    assert violations(rows, known, {**files, f"{base}{path}": text})


def test_feed_only_means_no_articles(night: Night) -> None:
    rows, known = night
    assert any("outside of the source" in line for line in violations(rows, [replace(known[0], fulltext="feed_only")]))
