"""Old news by hand: from the command line to figures, against services on loopback that answer as the real ones do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from loopback import Site
from tonight import ROOT

from etl import archive, cli, settings, stage
from etl.steps import backfill, collecting, discover, nightly
from etl.steps.reading import extract_source

TODAY = datetime.now(UTC).date()
OLD = (
    '<html lang="en"><head><meta property="article:published_time" content="2019-01-18"></head><body><article>'
    "<h1>Netflix ends the year with 139 million members</h1><p>Netflix had 139.26 million paid members worldwide at "
    "the end of 2018, the company said in its letter to shareholders on Thursday, more than analysts had expected.</p>"
    "<p>Disney and Apple prepare services of their own, which they want to begin within the year.</p></article></body>"
    "</html>"
)


@pytest.fixture
def services(home: Path, source: Callable[..., None], site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The three services of discovery, and a paper that the index of copies knows."""
    shutil.rmtree(home / "data", ignore_errors=True)
    article = {"url": "https://paper.example/1", "title": "Netflix grows", "seendate": "20261101T101500Z"}
    base = site.base
    kept = [["timestamp", "original"], ["20190118030405", f"{base}/news/members"]]
    kept.append(["20190119030405", f"{base}/news/reserved"])
    site.add("/cdx", json.dumps(kept), "application/json")
    site.add(f"/web/20190118030405id_/{base}/news/members", OLD)
    reserved = OLD.replace("<head>", "<head><meta name='tdm-reservation' content='1'>")
    site.add(f"/web/20190119030405id_/{base}/news/reserved", reserved)
    site.add("/CC-NEWS/2026/10/warc.paths.gz", "CC-NEWS/2026/10/CC-NEWS-20261001010203-00001.warc.gz\n", "text/plain")
    doc = site.add("/doc", json.dumps({"articles": [article]}), "application/json")
    more = {"kind": "discovery", "fulltext": "none", "schedule": "manual"}
    for name, url in (("gdelt_doc", doc), ("wayback_cdx", f"{base}/cdx"), ("ccnews_backfill", f"{base}/CC-NEWS/")):
        source(name, url, **more)
    source("paper", f"{base}/feed", kind="feed", language="en", country="GB", enabled=False)
    return site


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


STRETCH = ["--from", "2026-11-01", "--to", "2026-11-03"]


def test_gdelt_prints_addresses(services: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Each request leaves a row in today's ledger, however often the service is asked."""
    for count in (1, 2):
        assert cli.main(["discover", "gdelt", "netflix sourcelang:french", *STRETCH]) == 0
        assert lines(capsys) == [
            {"url": "https://paper.example/1", "seen": "2026-11-01T10:15:00+00:00", "title": "Netflix grows"}
        ]
        rows = stage.read(settings.load().staging, "requests", TODAY, "gdelt_doc")
        assert sum(row["why"] == "discovery" for row in rows) == count


def test_ccnews_prints_the_files_of_a_month(services: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["discover", "ccnews", "2026-10"]) == 0
    (row,) = lines(capsys)
    assert row["url"].endswith("/CC-NEWS/2026/10/CC-NEWS-20261001010203-00001.warc.gz")
    assert row["seen"] == "2026-10-01T01:02:03+00:00"


def test_kept_copies_become_figures_of_their_day(services: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy is archived with its own day, known from today; a page that reserves itself is left out; no copy twice."""
    arguments = ["discover", "wayback", "https://paper.example/news/", "--from", "2019-01-01", "--to", "2019-12-31"]
    assert cli.main([*arguments, "--copies"]) == 0
    name = "backfill_wayback_paper_example_news"
    assert [row["url"].rpartition("/")[2] for row in lines(capsys)] == ["members", "reserved"]
    pages = [page for page, _ in archive.pages(settings.load().archive, TODAY, name)]
    assert [(page.url, page.fetched_at.date()) for page in pages] == [
        (f"{services.base}/news/members", date(2019, 1, 18))
    ]
    found = discover.find("wayback", "paper.example/news/", "2019-01-01", "2019-12-31")
    assert discover.fetch_copies(found, "paper.example/news/") == {
        "source": name,
        "copies": 0,
        "here": 1,
        "left_out": 1,
    }
    assert int(extract_source(name, TODAY)["claims"]) >= 1
    nightly.load_night(TODAY)
    nightly.publish_night(TODAY)
    (made,) = stage.read(settings.load().staging, "sources", TODAY, name)
    assert (made["country"], made["language"], made["authority"]) == ("GB", "en", "press"), (
        "as the paper's own file says"
    )
    sql = "SELECT value, period, known_from FROM claims WHERE value = 139260000"
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        rows = connection.execute(sql).fetchall()
    assert [(int(value), period, day) for value, period, day in rows] == [(139_260_000, "2018-Q4", TODAY)]


WRONG = [
    (["gdelt", "netflix"], "--from YYYY-MM-DD"),
    (["gdelt", "netflix", "--from", "2026-11-05", "--to", "2026-11-01"], "lies after"),
    (["wayback", "paper.example", "--from", "May", "--to", "2026-11-01"], "'May'"),
    (["ccnews", "October"], "'October' is none"),
    (["gdelt", "netflix", *STRETCH, "--copies"], "only wayback"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_is_said(
    services: Site, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert cli.main(["discover", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_a_service_that_says_no_is_named(services: Site, capsys: pytest.CaptureFixture[str]) -> None:
    services.add("/doc", "Your query was too short.", "text/html")
    assert cli.main(["discover", "gdelt", "x", *STRETCH]) == 1
    assert "Your query was too short" in capsys.readouterr().err


def test_a_night_leaves_services_alone(services: Site) -> None:
    assert collecting.tonight() == []


def test_a_file_of_old_news_is_brought_in_by_hand(services: Site) -> None:
    file = ROOT / "etl" / "starter" / "sample_stream_post.warc.gz"
    assert cli.main(["backfill", str(file)]) == 0
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM claims WHERE source LIKE 'backfill_%'").fetchall()
    assert count > 20


def test_old_news_that_nobody_may_read_is_left_out(services: Site, tmp_path: Path) -> None:
    """Pages of refused hosts, and those that reserve themselves, are not adopted; the ledger says of each why."""
    night, made = TODAY, tmp_path / "made"
    pages = {
        "https://paper.example/a": {},
        "https://www.reuters.com/b": {},
        "https://paper.example/c": {"X-Robots-Tag": "noai"},
    }
    with archive.Writer(made, night, "mixed") as writer:
        for number, (url, headers) in enumerate(pages.items()):
            body = OLD.replace("139", str(140 + number)).encode()
            writer.add(url, 200, headers, body, datetime(2019, 1, 18, tzinfo=UTC), "text/html")
    (file,) = made.rglob("mixed.warc.gz")
    (name,) = backfill.adopt(str(file), night)
    assert [page.url for page, _ in archive.pages(settings.load().archive, night, name)] == ["https://paper.example/a"]
    rows = stage.read(settings.load().staging, "requests", night, name)
    assert [(row["url"], row["outcome"], row["rule"]) for row in rows] == [
        ("https://www.reuters.com/b", "refused_by_list", "refused.yaml"),
        ("https://paper.example/c", "reserved", "header X-Robots-Tag: noai"),
    ]
