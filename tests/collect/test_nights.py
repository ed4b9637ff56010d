"""From night to night: what is done once, what is asked again, what survives a kill, a full disk and a lost file."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, settings, source

from etl import archive
from etl.collect.collect import Collected, collect
from etl.collect.memory import Memory, Seen
from etl.collect.replay import violations
from etl.collect.transport import user_agent

NEXT = NIGHT + timedelta(days=1)


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed of two articles; all three have an ETag."""
    routes: dict[str, Any] = {
        "/feed": {"rss": ["{base}/a", "{base}/b"], "headers": {"ETag": '"f1"', "Last-Modified": "yesterday"}},
        "/a": {"html": "<p>a</p>", "headers": {"ETag": '"a1"'}},
        "/b": {"html": "<p>b</p>"},
    }
    with serve(Site(routes)) as found:
        found.words = {"base": found.base}
        yield found


def outcomes(result: Collected) -> dict[str, str]:
    return {row.url.rpartition("/")[2]: row.outcome for row in result.requests if row.why != "robots"}


def kept(home: Path, night: date) -> list[str]:
    return [page.url.rpartition("/")[2] for page, _ in archive.pages(home / "archive", night, "zoo")]


def test_a_finished_night_is_told_again(tmp_path: Path, site: Site) -> None:
    """The second run asks nobody, and gives the same rows and counts; the archive's file is untouched."""
    first = run(tmp_path, source(site))
    asked, files = len(site.asked), sorted((tmp_path / "archive").rglob("*.gz"))
    before = [(file.stat().st_mtime_ns, file.read_bytes()) for file in files]
    assert run(tmp_path, source(site)) == first
    assert len(site.asked) == asked
    assert [(file.stat().st_mtime_ns, file.read_bytes()) for file in files] == before


def test_force_asks_again_and_loses_nothing(tmp_path: Path, site: Site) -> None:
    """Forced, everything is asked for anew, without conditions; what changed is added to what was kept."""
    first = run(tmp_path, source(site))
    site.routes["/b"] = {"html": "<p>b, corrected</p>"}
    again = run(tmp_path, source(site), force=True)
    assert (again.pages, again.failed) == (3, False)
    assert again.requests[: len(first.requests)] == first.requests
    assert kept(tmp_path, NIGHT) == ["feed", "a", "b", "b"]
    assert all("If-None-Match" not in headers for _, _, headers in site.asked)


def test_the_next_night_asks_for_changes_only(tmp_path: Path, site: Site) -> None:
    """An unchanged feed is one conditional request and nothing else; robots.txt is believed for a day."""
    run(tmp_path, source(site))
    site.asked.clear()
    result = run(tmp_path, source(site), NEXT)
    assert site.paths() == ["/feed"]
    assert site.asked[0][2]["If-None-Match"] == '"f1"'
    assert site.asked[0][2]["If-Modified-Since"] == "yesterday"
    assert (result.pages, result.unchanged, result.failed) == (0, 1, False)
    assert kept(tmp_path, NEXT) == []


def test_known_items_of_a_changed_feed(tmp_path: Path, site: Site) -> None:
    """Same time in the feed: not asked for. Another time: asked for on condition. New: fetched."""
    run(tmp_path, source(site))
    site.asked.clear()
    later = {"link": "{base}/a", "date": "Tue, 24 Nov 2026 19:00:00 GMT"}
    site.routes["/feed"] = {"rss": [later, "{base}/b", "{base}/c"]}
    site.routes["/c"] = {"html": "<p>c</p>"}
    result = run(tmp_path, source(site), NEXT)
    assert site.paths() == ["/feed", "/a", "/c"]
    assert site.asked[1][2]["If-None-Match"] == '"a1"'
    assert outcomes(result) == {"feed": "fetched", "a": "unchanged", "b": "unchanged", "c": "fetched"}
    assert (result.pages, result.unchanged) == (2, 2)
    assert kept(tmp_path, NEXT) == ["feed", "c"]


def test_an_empty_feed_is_a_failure_every_night(tmp_path: Path, site: Site) -> None:
    """A feed that lists nothing although it should fails again when the same bytes come again."""
    site.routes["/feed"] = {"rss": []}
    for night in (NIGHT, NEXT):
        result = run(tmp_path, source(site, expect={"min_items": 1}), night)
        assert (result.failed, outcomes(result)["feed"]) == (True, "empty_feed")


def test_the_maps_of_an_index_are_asked_for_every_night(tmp_path: Path, site: Site) -> None:
    """An index of sitemaps may stay the same while its maps change, so it is never taken for unchanged."""
    site.routes["/feed"] = {"index": ["{base}/map"], "headers": {"ETag": '"same"'}}
    site.routes["/map"] = {"sitemap": ["{base}/Streaming-a"]}
    site.routes["/Streaming-a"] = site.routes["/Streaming-b"] = {"html": "<p>a</p>"}
    assert run(tmp_path, source(site)).pages == 3
    site.routes["/map"] = {"sitemap": ["{base}/Streaming-a", "{base}/Streaming-b"]}
    result = run(tmp_path, source(site), NEXT)
    assert outcomes(result) == {
        "feed": "unchanged",
        "map": "fetched",
        "Streaming-a": "unchanged",
        "Streaming-b": "fetched",
    }


def test_what_is_refused_for_good_is_not_asked_again(tmp_path: Path, site: Site) -> None:
    """A reserved or lost article is left alone while the feed gives it the same time; a blocked one is tried again."""
    site.routes["/feed"] = {"rss": ["{base}/a", "{base}/b", "{base}/c"]}
    site.routes["/a"] = {"html": "<p>a</p>", "headers": {"tdm-reservation": "1"}}
    site.routes["/b"] = {"status": 403, "html": "no"}
    first = run(tmp_path, source(site))
    site.asked.clear()
    second = run(tmp_path, source(site), NEXT)
    assert outcomes(first) == outcomes(second) | {"feed": "fetched"}
    assert {"a": "reserved", "b": "blocked", "c": "gone"}.items() <= outcomes(second).items()
    assert site.paths() == ["/feed", "/b"]


def test_same_bytes_are_no_news(tmp_path: Path, site: Site) -> None:
    """A site without conditions sends the same page again: it is unchanged, and not kept twice."""
    page = source(site, kind="page", url="{base}/b", fulltext="none")
    run(tmp_path, page)
    result = run(tmp_path, page, NEXT)
    assert (result.pages, result.unchanged, outcomes(result)["b"]) == (0, 1, "unchanged")
    assert f"the same bytes as on {NIGHT}" in result.requests[-1].rule
    assert kept(tmp_path, NEXT) == []


def test_one_text_at_two_addresses(tmp_path: Path, site: Site) -> None:
    """Both addresses are kept the first night; the next night both are unchanged."""
    site.routes["/a"] = site.routes["/b"]
    items = [{"link": "{base}/a", "date": ""}, {"link": "{base}/b", "date": ""}]
    site.routes["/feed"] = {"rss": items}
    assert run(tmp_path, source(site)).pages == 3
    site.routes["/feed"] = {"rss": [*items, {"link": "{base}/c", "date": ""}]}
    assert outcomes(run(tmp_path, source(site), NEXT)) == {
        "feed": "fetched",
        "a": "unchanged",
        "b": "unchanged",
        "c": "gone",
    }


def test_a_failed_item_is_tried_the_next_night(tmp_path: Path, site: Site) -> None:
    """The feed is asked for whole again, so that what failed has another chance although the feed has not changed."""
    site.routes["/b"] = {"status": 500, "html": "error"}
    assert outcomes(run(tmp_path, source(site)))["b"] == "unreachable"
    site.routes["/b"] = {"html": "<p>b</p>"}
    result = run(tmp_path, source(site), NEXT)
    assert outcomes(result)["b"] == "fetched"
    assert outcomes(result)["a"] == "unchanged"


def test_a_failed_night_goes_on(tmp_path: Path, site: Site) -> None:
    """A retry of the same night adds its rows to those of the first try, and ends the night."""
    good, site.routes["/feed"] = site.routes["/feed"], {"status": 500, "html": "error"}
    first = run(tmp_path, source(site))
    assert (first.failed, first.refused) == (True, False)
    site.routes["/feed"] = good
    second = run(tmp_path, source(site))
    assert (second.failed, second.pages) == (False, 3)
    assert second.requests[: len(first.requests)] == first.requests
    assert run(tmp_path, source(site)) == second


def test_killed_in_the_middle(tmp_path: Path, site: Site) -> None:
    """kill -9 between two articles leaves nothing half done; the next run keeps everything, once."""
    site.routes["/b"] = {"html": "<p>b</p>", "delay": 30, "then": {"html": "<p>b</p>"}}
    code = (
        "import sys; from pathlib import Path; from collect_zoo import *\n"
        "site = Site({}, port=int(sys.argv[2])); site.words = {'base': site.base}\n"
        "run(Path(sys.argv[1]), source(site))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{Path(__file__).parent}:{Path(archive.__file__).parents[1]}"}
    run_it = [sys.executable, "-c", code, str(tmp_path), str(site.port)]
    with subprocess.Popen(run_it, env=environment) as process:
        until = time.monotonic() + 20
        while "/b" not in site.paths() and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert "/b" in site.paths()
    assert kept(tmp_path, NIGHT) == []
    result = run(tmp_path, source(site))
    assert (result.pages, result.failed) == (3, False)
    assert kept(tmp_path, NIGHT) == ["feed", "a", "b"]
    assert list((tmp_path / "archive").rglob("*.part")) == []


def test_killed_between_archive_and_memory(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """When only the archive was written, the next run notices what is kept already and finishes."""
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("etl.collect.memory.Memory.save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        run(tmp_path, source(site))
    assert kept(tmp_path, NIGHT) == ["feed", "a", "b"]
    assert run(tmp_path, source(site)).pages == 3
    assert kept(tmp_path, NIGHT) == ["feed", "a", "b"]


class FullDisk:
    """A store on a disk without space."""

    def __init__(self, at: str) -> None:
        self.at = at

    def add(self, *arguments: Any) -> None:
        if self.at == "add":
            raise OSError(errno.ENOSPC, "No space left on device")

    def aside(self, *arguments: Any) -> None:
        return None

    def known(self, digest: str) -> None:
        return None

    def commit(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("at", ["add", "commit"])
def test_full_disk(tmp_path: Path, site: Site, at: str) -> None:
    """The night fails with the disk's own words; the night before is whole; with space again it is made up."""
    run(tmp_path, source(site))
    site.routes["/feed"] = {"rss": ["{base}/a", "{base}/c"]}
    site.routes["/c"] = {"html": "<p>c</p>"}
    result = collect(source(site), NEXT, settings(tmp_path), FullDisk(at))  # type: ignore[arg-type]
    assert (result.failed, result.refused, result.pages) == (True, False, 0)
    assert "could not be kept" in result.reason
    assert "No space left" in result.reason
    assert kept(tmp_path, NIGHT) == ["feed", "a", "b"]
    assert run(tmp_path, source(site), NEXT).pages == 2
    assert kept(tmp_path, NEXT) == ["feed", "c"]


@pytest.mark.parametrize(
    "garbage", ["", "{", "[]", '{"addresses": 3}', '{"addresses": {"x": {"odd": 1}}}', '{"requests": [1]}']
)
def test_lost_memory_costs_requests_only(tmp_path: Path, site: Site, garbage: str) -> None:
    """Whatever is in the files under state/, a night can be collected."""
    run(tmp_path, source(site))
    for file in (tmp_path / "state").rglob("*.*"):
        if file.is_file():
            file.write_text(garbage)
    result = run(tmp_path, source(site), NEXT)
    assert (result.failed, result.unchanged) == (False, 3)


def test_memory_holds_what_is_looked_at_only(tmp_path: Path) -> None:
    """However many addresses were met in years, a night holds only those it looks at; old ones are forgotten."""
    memory = Memory(tmp_path / "zoo.db")
    memory.update({f"https://paper.example/{number}": Seen(met="2026-11-24") for number in range(20_000)})
    memory["https://paper.example/old"] = Seen(met="2026-01-01")
    memory.save(NIGHT)
    memory.close()
    tracemalloc.start()
    again = Memory(tmp_path / "zoo.db")
    assert again["https://paper.example/7"] == Seen(met="2026-11-24")
    assert "https://paper.example/old" not in again
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 100_000, f"{held} bytes"
    assert len(again) == 20_000
    again.close()


def test_requests_keep_their_distance(tmp_path: Path, site: Site) -> None:
    """Two requests to one host are never closer than the source's wait; the ledger says how long each waited."""
    result = run(tmp_path, source(site, wait_seconds=0.3))
    moments = [moment for moment, path, _ in site.asked if path in ("/feed", "/a", "/b")]
    assert moments[-1] - moments[0] > 0.45  # as the site saw it, which a busy machine tells late
    made = [row.requested_at for row in result.requests if row.why != "robots"]
    assert all((later - sooner).total_seconds() > 0.29 for sooner, later in itertools.pairwise(made))
    assert result.requests[-1].waited_seconds > 0.2


def test_a_longer_crawl_delay_wins(tmp_path: Path, site: Site) -> None:
    """robots.txt may ask for more distance than the source file; a whole day of it is a refusal."""
    site.routes["/robots.txt"] = {"body": "User-agent: *\nCrawl-delay: 0.4\n"}
    run(tmp_path, source(site))
    moments = [moment for moment, _, _ in site.asked]
    assert moments[-1] - moments[1] > 0.4 * (len(moments) - 2) - 0.2  # of robots.txt alone nobody knew it yet


def test_an_endless_crawl_delay_is_a_refusal(tmp_path: Path, site: Site) -> None:
    """Nobody can wait a day between two requests: the site is left alone."""
    site.routes["/robots.txt"] = {"body": "User-agent: *\nCrawl-delay: 86400\n"}
    result = run(tmp_path, source(site))
    assert (result.failed, result.refused) == (True, True)
    assert result.requests[-1].rule == "robots.txt: Crawl-delay: 86400"
    assert "/feed" not in site.paths()


def test_two_sources_of_one_host_share_its_turns(tmp_path: Path, site: Site) -> None:
    """Another source at the same host queues behind the first, also in another process."""
    one = run(tmp_path, source(site, kind="page", url="{base}/a", fulltext="none", name="one")).requests[-1]
    two = run(
        tmp_path, source(site, kind="page", url="{base}/b", fulltext="none", name="two", wait_seconds=0.5)
    ).requests[-1]
    assert (two.requested_at - one.requested_at).total_seconds() >= 0.5
    assert site.paths().count("/robots.txt") == 1


def test_a_host_is_asked_one_thing_at_a_time(tmp_path: Path, site: Site) -> None:
    """While one source waits for a slow answer, another one of the same host does not ask."""
    site.routes["/a"] = {"html": "<p>a</p>", "delay": 0.4}
    pages = [source(site, kind="page", url=f"{{base}}/{name}", fulltext="none", name=name) for name in ("a", "b")]
    run(tmp_path, pages[1])  # robots.txt is known from here on
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(run, tmp_path, pages[0])
        while "/a" not in site.paths():
            time.sleep(0.01)
        quick = pool.submit(run, tmp_path, pages[1], NEXT)
    assert slow.result().failed is quick.result().failed is False
    first, second = slow.result().requests[-1], quick.result().requests[-1]
    assert (second.requested_at - first.requested_at).total_seconds() >= first.seconds - 0.01
    assert second.waited_seconds > 0.2
    assert violations([first, second], pages) == []


def test_a_second_try_comes_after_a_pause(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may have passed is tried once more, half to one and a half times the pause later; a 404 is not."""
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.4)
    site.routes["/a"] = {"status": 502, "html": "error"}
    site.routes["/b"] = {"status": 404, "html": "lost"}
    run(tmp_path, source(site))
    moments = [moment for moment, path, _ in site.asked if path == "/a"]
    assert len(moments) == 2
    assert 0.19 < moments[1] - moments[0] < 1.5
    assert site.paths().count("/b") == 1


def test_a_weekly_source_is_asked_on_its_day(tmp_path: Path, site: Site) -> None:
    """The night is a Tuesday: on Wednesday a source of Tuesdays rests, unless it is forced or has never answered."""
    weekly = source(site, kind="page", url="{base}/a", fulltext="none", schedule="tuesday")
    assert run(tmp_path, weekly, NEXT - timedelta(days=2)).pages == 1
    assert outcomes(run(tmp_path, weekly, NEXT)) == {"a": "not_due"}
    assert outcomes(run(tmp_path, weekly, NIGHT)) == {"a": "unchanged"}
    assert outcomes(run(tmp_path, weekly, NEXT, force=True))["a"] == "unchanged"


def test_a_host_that_wants_rest_gets_it(tmp_path: Path, site: Site) -> None:
    """After Retry-After: 3600 nobody asks, not this source again and not another one."""
    site.routes["/feed"] = {"status": 429, "html": "slow", "headers": {"Retry-After": "3600"}}
    assert run(tmp_path, source(site)).failed
    site.asked.clear()
    again = run(tmp_path, source(site))
    other = run(tmp_path, source(site, kind="page", url="{base}/a", fulltext="none", name="two"))
    assert (again.failed, again.refused, other.failed) == (True, False, True)
    assert site.asked == []
    assert "rest" in other.reason


def test_a_robots_txt_is_believed_for_a_day(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """After that it is asked for again; while it cannot be read nothing may be, and a later try may go better."""
    site.routes["/robots.txt"] = {"body": "User-agent: *\nDisallow: /b\n"}
    assert outcomes(run(tmp_path, source(site)))["b"] == "refused_by_robots"
    assert run(tmp_path, source(site), NEXT).failed is False
    assert site.paths().count("/robots.txt") == 1
    monkeypatch.setattr("etl.collect.hosts.FRESH", 0.0)
    monkeypatch.setattr("etl.collect.hosts.Hosts.recall.__defaults__", (0.0,))
    site.routes["/robots.txt"] = {"status": 503, "html": "later", "headers": {"Retry-After": "0"}}
    result = run(tmp_path, source(site), NEXT + timedelta(days=1))
    assert (result.failed, result.refused) == (True, False)
    assert "cannot be read: HTTP 503" in result.reason


def test_offline_fails_at_once(tmp_path: Path) -> None:
    """A host that cannot be reached costs one try, and the reason names it."""
    begun = time.monotonic()
    result = run(tmp_path, source(Site({}), url="https://nowhere.invalid/feed"), connect_seconds=1.0)
    assert time.monotonic() - begun < 5
    assert (result.failed, result.refused) == (True, False)
    assert "nowhere.invalid" in result.reason


def test_we_say_who_we_are(tmp_path: Path, site: Site) -> None:
    """Each request names the program, and the contact once it is set; no cookie is ever sent back."""
    site.routes["/feed"] = {**site.routes["/feed"], "headers": {"Set-Cookie": "id=1; Path=/"}}
    run(tmp_path, source(site), contact="https://paper.example/robot")
    for _, _, headers in site.asked:
        assert headers["User-Agent"].startswith("Streamledger/")
        assert headers["User-Agent"].endswith(" (+https://paper.example/robot)")
        assert "Cookie" not in headers
    assert "(" not in user_agent(settings(tmp_path))


def test_every_decision_is_a_row(tmp_path: Path, site: Site) -> None:
    """Rows carry night, source, reason, times, sizes and digests."""
    result = run(tmp_path, source(site))
    assert [row.why for row in result.requests] == ["robots", "robots", "feed", "item", "item"]
    assert [row.outcome for row in result.requests] == ["absent", "absent", "fetched", "fetched", "fetched"]
    feed = result.requests[2]
    assert (feed.night, feed.source, feed.status, feed.outcome) == (NIGHT, "zoo", 200, "fetched")
    assert feed.requested_at.tzinfo is not None
    assert feed.bytes > 0
    assert [row.digest for row in result.requests[2:]] == [
        page.digest for page, _ in archive.pages(tmp_path / "archive", NIGHT, "zoo")
    ]


def test_an_archive_is_not_collected(tmp_path: Path, site: Site) -> None:
    """It has no network; asking is a mistake in the wiring."""
    with pytest.raises(ValueError, match="adopted"):
        run(tmp_path, source(site, kind="archive", url="sources/x.warc.gz", fulltext="none"))
