"""Finding old news: each client against a service on loopback that answers as the real one does."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from collect_zoo import NIGHT, Site, serve, settings, source

from etl.collect.discover import DiscoveryFailed, Found, Service, ccnews, gdelt, wayback
from etl.collect.replay import violations


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)


class Answers(dict[str, Any]):
    """Routes by path, whatever the query; a list of answers is given one after the other."""

    def get(self, path: str, default: Any = None) -> Any:
        found = super().get(urlsplit(path).path, default)
        return found.pop(0) if isinstance(found, list) and found else found


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site(Answers())) as found:
        found.words = {"base": found.base}
        yield found


def service(site: Site, home: Path, url: str) -> Service:
    return Service(source(site, name="finder", kind="discovery", url=url, fulltext="none"), NIGHT, settings(home))


def queries(site: Site) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query) for path in site.paths() if "?" in path]


HEAD = ["timestamp", "original"]


def test_wayback(tmp_path: Path, site: Site) -> None:
    """The index is read part by part, refused hosts are left out, and a copy is fetched as it was."""
    first = [HEAD, ["20190102030405", f"{site.base}/a?utm_source=x"], [], ["key one"]]
    second = [HEAD, ["20200102030405", "https://paper.example/b"], ["20200102030406", "https://www.reuters.com/c"]]
    site.routes["/cdx/search/cdx"] = [{"body": json.dumps(part)} for part in (first, second)]
    nearest = f"/web/20190102030406id_/{site.base}/a"
    site.routes[f"/web/20190102030405id_/{site.base}/a"] = {"status": 302, "headers": {"Location": nearest}}
    site.routes[nearest] = {"html": "<p>a</p>"}
    asked = service(site, tmp_path, "{base}/cdx/search/cdx")
    found = wayback.find(asked, "paper.example/", date(2019, 1, 1), date(2020, 12, 31))
    assert [item.url for item in found] == [f"{site.base}/a", "https://paper.example/b"]
    assert found[0].seen == datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert queries(site)[0]["from"] == ["20190101"]
    assert queries(site)[1]["resumeKey"] == ["key one"]
    copy = asked.copy(found[0])
    assert copy.answer is not None
    assert copy.answer.body == b"<p>a</p>"
    assert [row.outcome for row in asked.rows if row.why == "copy"] == [
        "permitted",
        "redirected",
        "permitted",
        "fetched",
    ]
    assert violations(asked.rows, [asked.source]) == []
    unasked = [row for row in asked.rows if row.outcome != "permitted"]
    assert sum("did not permit" in line for line in violations(unasked, [asked.source])) == 2


SAYS: dict[str, tuple[dict[str, Any], str, str]] = {  # of the page's own site -> how asking for its copy ends
    "robots.txt": ({"/robots.txt": {"body": "User-agent: *\nDisallow: /a\n"}}, "refused_by_robots", "Disallow: /a"),
    "a robots.txt that cannot be read": ({"/robots.txt": {"status": 503, "html": ""}}, "refused_by_robots", "HTTP 503"),
    "tdmrep.json": (
        {"/.well-known/tdmrep.json": {"body": '[{"location": "/a", "tdm-reservation": 1}]'}},
        *("reserved", "/.well-known/tdmrep.json: /a"),
    ),
    "words": ({"/robots.txt": {"body": "# no text and data mining\n"}}, "reserved", "in a comment"),
}


@pytest.mark.parametrize("what", SAYS)
def test_a_copy_of_a_page_whose_site_says_no(tmp_path: Path, site: Site, what: str) -> None:
    """Whoever keeps the copy, its own site is asked first, also where the copy redirects to another one."""
    routes, outcome, rule = SAYS[what]
    with serve(Site(routes)) as paper:
        kept = f"/web/20190102030405id_/{paper.base}/a"
        site.routes[kept] = site.routes["/web/20190101id_/http://127.0.0.1/x"] = {"html": "<p>a</p>"}
        away = f"/web/20190102030405id_/{site.base}/away"
        site.routes[away] = {"status": 302, "headers": {"Location": kept}}
        asked = service(site, tmp_path, "{base}/cdx")
        for copy in (kept, away):
            visit = asked.copy(Found(f"{paper.base}/a", datetime.now(UTC), copy=site.base + copy))
            assert (visit.answer, visit.row.outcome, visit.row.url) == (None, outcome, f"{paper.base}/a")
            assert rule in visit.row.rule
    assert kept not in site.paths()
    assert violations(asked.rows, [asked.source]) == []


def test_a_copy_of_a_refused_host_and_of_nobody(tmp_path: Path, site: Site) -> None:
    asked = service(site, tmp_path, "{base}/cdx")
    for path, outcome in (
        ("/web/20190102030405id_/https://www.reuters.com/a", "refused_by_list"),
        ("/web/x", "bad_address"),
    ):
        visit = asked.copy(Found("https://paper.example/a", datetime.now(UTC), copy=site.base + path))
        assert (visit.answer, visit.row.outcome) == (None, outcome)
        assert path not in site.paths()


def test_a_copy_that_reserves_itself(tmp_path: Path, site: Site) -> None:
    """A page that says no to mining says so in its copy too."""
    asked = service(site, tmp_path, "{base}/cdx")
    for name, answer in {
        "a": {"html": "<meta name='tdm-reservation' content='1'><p>a</p>"},
        "b": {"html": "<p>b</p>", "headers": {"X-Archive-Orig-X-Robots-Tag": "noai"}},
        "c": {"html": "<p>c</p>", "headers": {"X-Archive-Orig-TDM-Reservation": "1", "TDM-Reservation": "0"}},
    }.items():
        path = f"/web/20190102030405id_/{site.base}/{name}"
        site.routes[path] = answer
        visit = asked.copy(Found(f"{site.base}/{name}", datetime.now(UTC), copy=f"{site.base}{path}"))
        assert (visit.answer, visit.row.outcome) == (None, "reserved"), name


def article(number: int) -> dict[str, str]:
    return {"url": f"https://paper.example/{number}", "title": f"Netflix {number}", "seendate": "20261101T101500Z"}


def test_gdelt_halves_what_is_too_much(tmp_path: Path, site: Site) -> None:
    """A full answer is asked for again in halves, and each article is found once."""
    full = {"articles": [article(number) for number in range(gdelt.MOST)]}
    halves = [{"articles": [article(1), article(2)]}, {"articles": [article(2), article(3)]}]
    site.routes["/doc"] = [{"body": json.dumps(part)} for part in (full, *halves)]
    asked = service(site, tmp_path, "{base}/doc")
    found = gdelt.find(asked, "netflix", datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
    assert [item.title for item in found] == ["Netflix 1", "Netflix 2", "Netflix 3"]
    stretches = [(query["startdatetime"][0], query["enddatetime"][0]) for query in queries(site)]
    assert stretches[1:] == [("20261101000000", "20261102000000"), ("20261102000000", "20261103000000")]
    assert violations(asked.rows, [asked.source]) == []


@pytest.mark.parametrize("body", ["", "{}"])
def test_gdelt_without_articles(tmp_path: Path, site: Site, body: str) -> None:
    site.routes["/doc"] = {"body": body}
    asked = service(site, tmp_path, "{base}/doc")
    assert gdelt.find(asked, "x", datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)) == []


def test_ccnews(tmp_path: Path, site: Site) -> None:
    """The list of a month gives the addresses of its files, oldest first."""
    paths = [f"crawl-data/CC-NEWS/2026/10/CC-NEWS-202610{day}010203-00001.warc.gz" for day in ("02", "01")]
    packed = gzip.compress("\n".join(paths).encode()).decode("latin-1")
    site.routes["/crawl-data/CC-NEWS/2026/10/warc.paths.gz"] = {"body": packed, "encoding": "latin-1"}
    asked = service(site, tmp_path, "{base}/crawl-data/CC-NEWS/")
    found = ccnews.files(asked, 2026, 10)
    assert [item.url for item in found] == [f"{site.base}/{path}" for path in sorted(paths)]
    assert found[0].seen == datetime(2026, 10, 1, 1, 2, 3, tzinfo=UTC)
    assert violations(asked.rows, [asked.source]) == []


FAILURES: list[tuple[dict[str, Any], str]] = [
    ({"status": 500, "html": "error"}, "HTTP 500"),
    ({"status": 429, "html": "slow", "headers": {"Retry-After": "3600"}}, "HTTP 429"),
    ({"html": "Your query was too short."}, "Your query was too short"),
    ({"body": '{"error": 1}'}, "error"),
]


@pytest.mark.parametrize(("answer", "words"), FAILURES, ids=[words for _, words in FAILURES])
def test_what_went_wrong_is_said(tmp_path: Path, site: Site, answer: dict[str, Any], words: str) -> None:
    """Errors in words with status 200 are errors too."""
    site.routes["/doc"] = answer
    asked = service(site, tmp_path, "{base}/doc")
    with pytest.raises(DiscoveryFailed, match=words):
        gdelt.find(asked, "x", datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))


def test_the_same_rules_hold(tmp_path: Path, site: Site) -> None:
    """A service whose robots.txt says no is not asked."""
    site.routes["/robots.txt"] = {"body": "User-agent: *\nDisallow: /cdx\n"}
    asked = service(site, tmp_path, "{base}/cdx")
    with pytest.raises(DiscoveryFailed, match="refused by the robots"):
        wayback.find(asked, "paper.example/", date(2019, 1, 1), date(2020, 12, 31))
    assert "/cdx" not in [urlsplit(path).path for path in site.paths()]


def test_only_sources_of_discovery(tmp_path: Path, site: Site) -> None:
    with pytest.raises(ValueError, match="want discovery"):
        Service(source(site), NIGHT, settings(tmp_path))
