"""The night on two Celery workers, one of them killed in the middle: the same figures as on one machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
import yaml

from etl import archive, stage
from etl.steps.prove import prove_snapshot
from tests.composed import ROOT
from tests.night import loopback, webhook
from tests.scaleout.cluster import Cluster
from tests.store import moto

pytestmark = pytest.mark.scaleout
NIGHT = datetime.now(UTC).date()
PATIENCE = 600
SLOW = ("slow_1", "slow_2", "slow_3")  # one site each: a host is asked by one source at a time
WORKERS = ("one", "two")
EXTRACTION = ("each.extract", "bulk")
STORY = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24"></head><body><article>
<h1>Netflix ends the year with {number} million subscribers</h1>
<p>Netflix had {number} million paid subscribers worldwide at the end of 2023, the company said in its letter to
shareholders, more than in any quarter before. Its revenue rose by 12.5 percent in the fourth quarter of 2023.</p>
<p>Disney+ and Amazon's Prime Video did not publish figures for the same quarter, and both have begun to show
advertising to those who do not pay for a dearer plan.</p></article></body></html>"""
ITEMS = 80  # of a feed that is read as it is: its extraction lasts seconds, in which its worker is killed
TELLS = (
    "Netflix counted {a}.{b} million subscribers in France at the end of {year}, and took in {c} million euros there "
    "in the fourth quarter of {year}. Disney+ had {b}.{a} million in Germany, {c} thousand fewer than in {before}."
)


def item(number: int) -> str:
    year = 2015 + number % 9
    text = TELLS.format(a=number % 13 + 1, b=number % 7 + 1, c=number + 100, year=year, before=year - 1)
    return (
        f"<item><title>Report {number} on streaming in {year}</title><link>http://127.0.0.1/report/{number}</link>"
        f"<pubDate>Wed, 24 Jan {year + 1} 10:00:00 GMT</pubDate><description>{text * 3}</description></item>"
    )


@pytest.fixture(scope="module")
def gate() -> Event:
    """What the slow sites wait for."""
    return Event()


@pytest.fixture(scope="module")
def sites(gate: Event) -> Iterator[dict[str, loopback.Site]]:
    with ExitStack() as stack:
        made = {name: stack.enter_context(loopback.running()) for name in (*SLOW, "bulk", "quick")}
        for number, name in enumerate(SLOW):
            site = made[name]
            links = [("First", site.add("/first", STORY.format(number=f"26{number}.1")))]
            links.append(("Held", site.add("/held", STORY.format(number=f"26{number}.2"))))
            site.answers["/held"].when = gate
            site.feed("/feed", links)
        made["quick"].add("/feed", STORY.format(number="260.28"))
        feed = "".join(map(item, range(ITEMS)))
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bulk</title>{feed}</channel></rss>'
        made["bulk"].add("/feed", rss, "application/rss+xml")
        yield made


@pytest.fixture(scope="module")
def hook() -> Iterator[webhook.Receiver]:
    """Where the services send their alerts."""
    with webhook.receiving("t0ken") as receiver:
        yield receiver


@pytest.fixture(scope="module")
def told(
    sites: dict[str, loopback.Site], hook: webhook.Receiver, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What both ways of running the night are told of the sites."""
    folder = tmp_path_factory.mktemp("sources")
    kinds = {"bulk": {"kind": "feed", "fulltext": "feed_only"}, "quick": {"kind": "page"}}
    common = {"language": "en", "country": "US", "authority": "press", "licence": "test", "wait_seconds": 0}
    for name, site in sites.items():
        kind = kinds.get(name, {"kind": "feed", "fulltext": "feed_then_article"})
        row = {"title": name, "url": f"{site.base}/feed", **common, "relevant_only": False, **kind}
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(row), encoding="utf-8")
    return {
        "STREAMLEDGER_SOURCES": str(folder),
        "STREAMLEDGER_ALLOW_LOOPBACK": "1",
        "STREAMLEDGER_READ_SECONDS": str(PATIENCE),
        "STREAMLEDGER_RETRY_SECONDS": "2",
        "STREAMLEDGER_ALERTS": f"log,webhook:{hook.url}",
        # the night that was missed at 02:00 would run first, and the one asked for would wait for its end
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    }


@pytest.fixture(scope="module")
def on_one_machine(told: dict[str, str], gate: Event, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The night in one process: its home and the hash of its figures."""
    home = tmp_path_factory.mktemp("one") / "data"
    gate.set()
    done = subprocess.run(
        [sys.executable, "-m", "etl.cli", "run", "--date", str(NIGHT)],
        cwd=ROOT,
        env={**os.environ, **told, "STREAMLEDGER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    gate.clear()
    assert done.returncode == 0, done.stdout + done.stderr
    (total,) = re.findall(r"hash (\w+)", done.stdout)
    return home, total


@pytest.fixture(scope="module")
def cluster(_at_hand: None, on_one_machine: object, told: dict[str, str]) -> Iterator[Cluster]:
    """All services, each well by its own health check, and the store that the workers share."""
    with tempfile.TemporaryDirectory(prefix="scaleout-") as name, moto.running(Path(name) / "s3.log") as store:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else
        services = Cluster(folder, told, store)
        try:
            services.start_stores()
            services.run_init()
            for service in ("api-server", "scheduler", "dag-processor"):
                services.start(service)
            for worker in WORKERS:
                services.start("worker", worker)
            for service in ("api-server", "scheduler", "dag-processor"):
                services.wait_until_well(service)
            for worker in WORKERS:
                services.wait_until_well("worker", worker)
            yield services
        finally:
            services.stop()


class Run:
    """One run of the DAG `nightly`, by the API."""

    def __init__(self, base: str, session: requests.Session, sources: list[str], only: bool = False) -> None:
        self.session, self.sources, dags = session, sources, f"{base}/api/v2/dags/nightly"
        deadline = time.monotonic() + PATIENCE
        while session.get(dags, timeout=60).status_code != 200:
            assert time.monotonic() < deadline, "the DAG was not found"
            time.sleep(1)
        body = {"logical_date": None, "conf": {"date": str(NIGHT), "sources": sources if only else None}}
        answer = session.post(f"{dags}/dagRuns", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        self.address = f"{dags}/dagRuns/{answer.json()['dag_run_id']}"

    def state(self) -> str:
        return str(self.session.get(self.address, timeout=60).json()["state"])

    def tasks(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the tasks by name and source."""
        rows = self.session.get(f"{self.address}/taskInstances", params={"limit": 100}, timeout=60).json()
        # by place, not by label: a task has that only when it has begun
        names = [*self.sources, ""]  # -1 is a task that is not mapped
        return {(row["task_id"], names[row["map_index"]]): row for row in rows["task_instances"]}

    def states(self) -> dict[tuple[str, str], str]:
        return {name: row["state"] for name, row in self.tasks().items()}

    def running(self) -> dict[tuple[str, str], int]:
        return {name: row["pid"] for name, row in self.tasks().items() if row["state"] == "running" and row["pid"]}

    def returned(self, task: str) -> dict[str, Any]:
        address = f"{self.address}/taskInstances/{task}/xcomEntries/return_value"
        value: dict[str, Any] = self.session.get(address, timeout=60).json()["value"]
        return value


@pytest.fixture(scope="module")
def run(cluster: Cluster, sites: dict[str, loopback.Site], gate: Event) -> tuple[Run, set[tuple[str, str]]]:
    """The run, over, and the tasks that were lost with their worker: an extraction and a collection."""
    for site in sites.values():
        site.asked.clear()
    sources = sorted(sites)
    run = Run(cluster.base, cluster.session(), sources)
    deadline = time.monotonic() + PATIENCE
    # the extraction lasts seconds, and so may an answer of the API: its own log tells at once that it has begun
    log = f"dag_id=nightly/*/task_id=each.extract/map_index={sources.index('bulk')}/attempt=1.log"
    while not any(b"startup parse complete" in path.read_bytes() for path in cluster.task_logs(log)):
        assert time.monotonic() < deadline, (run.states(), cluster.words_of("scheduler"))
        time.sleep(0.02)
    for worker in WORKERS:
        cluster.freeze(worker)
    running, states = run.running(), run.states()
    assert EXTRACTION in running, ("it was over before its worker could be halted", states)
    victim = cluster.owner_of(running[EXTRACTION])
    for worker in WORKERS:
        cluster.thaw(worker, but=running[EXTRACTION])
    while not all("/held" in sites[name].asked for name in SLOW):
        assert time.monotonic() < deadline, {name: sites[name].asked for name in SLOW}
        time.sleep(0.2)
    lost = {name for name, pid in run.running().items() if cluster.owner_of(pid) == victim}
    assert EXTRACTION in lost, run.states()
    cluster.kill(victim)
    gate.set()
    while run.state() not in ("success", "failed"):
        assert time.monotonic() < deadline, run.states()
        time.sleep(1)
    assert not cluster.is_well("worker", victim), "a dead worker passes for a living one"
    return run, lost


@pytest.fixture(scope="module")
def reader(run: object, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a third machine, which has nothing but the store."""
    home = tmp_path_factory.mktemp("reader")
    with pytest.MonkeyPatch.context() as here:
        for name, value in {**cluster.reader(), "STREAMLEDGER_HOME": str(home)}.items():
            here.setenv(name, value)
        yield home


def test_the_run_completes(run: tuple[Run, set[tuple[str, str]]], cluster: Cluster) -> None:
    """What the dead worker did was found and given to the other one."""
    ended, lost = run
    assert ended.state() == "success", ended.states()
    assert len(lost) == 2 and EXTRACTION in lost
    assert lost <= again(ended.tasks()), "on a machine without breath others may have been late, too"
    others = {name: state for name, state in ended.states().items() if name != ("extractor", "")}
    assert set(others.values()) == {"success"}
    assert ended.states()["extractor", ""] == "skipped", "there was no night before with another one"


def test_the_figures_are_those_of_one_machine(
    run: tuple[Run, set[tuple[str, str]]], on_one_machine: tuple[Path, str]
) -> None:
    loaded = run[0].returned("load")
    assert int(loaded["claims"]) > ITEMS
    assert loaded["hash"] == on_one_machine[1]


def again(tasks: dict[tuple[str, str], dict[str, Any]]) -> set[tuple[str, str]]:
    return {name for name, row in tasks.items() if row["try_number"] > 1}


@pytest.mark.parametrize("table", ["pages", "documents", "claims"])
def test_nothing_is_lost_or_doubled(
    run: tuple[Run, set[tuple[str, str]]],
    on_one_machine: tuple[Path, str],
    reader: Path,
    sites: dict[str, loopback.Site],
    table: str,
) -> None:
    """Row by row; of pages, whose place and time of day differ, addresses and bytes."""
    one, several = on_one_machine[0] / "staging", reader / "staging"
    for source in sites:
        wanted, found = (rows(root, table, source) for root in (one, several))
        assert found == wanted and found, f"{table} of {source}"


def rows(root: Path, table: str, source: str) -> list[str]:
    found = stage.read(root, table, NIGHT, source)
    return sorted(f"{row['url']} {row['digest']}" if table == "pages" else str(row) for row in found)


def test_the_archive_holds_each_page_once_and_nobody_was_asked_twice(
    run: tuple[Run, set[tuple[str, str]]], reader: Path, sites: dict[str, loopback.Site]
) -> None:
    """But for what was held back while its worker died: nobody had seen its answer."""
    twice_run = {source for task, source in again(run[0].tasks()) if task == "each.collect"}
    for source, site in sites.items():
        kept = [page.url for page, _ in archive.pages(reader / "archive", NIGHT, source)]
        assert len(kept) == len(set(kept)) and kept, source
        twice = {path for path in site.asked if site.asked.count(path) > 1}
        assert twice <= ({"/held", "/feed"} if source in twice_run else set()), source


def test_readers_get_the_snapshot(run: tuple[Run, set[tuple[str, str]]], reader: Path) -> None:
    """Found again in the archive, too: snapshot, manifest and pages come from the store."""
    published = run[0].returned("publish")
    assert int(published["figures"]) > 0
    proof = prove_snapshot()
    assert proof.snapshot.stat().st_size == published["bytes"]
    assert proof.whole and proof.figures == published["figures"]


def test_the_workers_shared_no_folder_of_files(run: object, cluster: Cluster) -> None:
    """What the one collected, the other one read from the store; no draft is left there."""
    assert {path.name for path in cluster.home.iterdir()} == {"airflow", "state"}
    for worker in WORKERS:
        assert (cluster.home_of(worker) / "archive").is_dir()
    kept = cluster.store.keys(cluster.bucket)
    assert [key for key in kept if key.endswith(".warc.gz")] and not [key for key in kept if ".part/" in key]


def test_what_a_night_lacks_is_told_once(
    run: object, cluster: Cluster, told: dict[str, str], hook: webhook.Receiver
) -> None:
    """By whichever service ends the run; a second run that lacks more tells only that."""
    row = {"title": "Gone", "url": "http://127.0.0.1:9/", "kind": "page", "language": "en", "country": "US"}
    row |= {"authority": "press", "licence": "test"}
    deadline, sources = time.monotonic() + PATIENCE, []
    for source in ("gone", "gone_too"):
        sources.append(source)
        (Path(told["STREAMLEDGER_SOURCES"]) / f"{source}.yaml").write_text(yaml.safe_dump(row), encoding="utf-8")
        lacking = Run(cluster.base, cluster.session(), sources, only=True)
        while lacking.state() not in ("success", "failed"):
            assert time.monotonic() < deadline, lacking.states()
            time.sleep(1)
        assert lacking.state() == "failed" and lacking.states()["publish", ""] == "success"
        while source not in (found := lost_sources(hook)):
            assert time.monotonic() < deadline, hook.got
            time.sleep(0.5)
    assert found == ["gone", "gone_too"]


def lost_sources(hook: webhook.Receiver) -> list[str]:
    return [cause["subject"] for body in hook.got if body["kind"] == "source_failed" for cause in body["causes"]]
