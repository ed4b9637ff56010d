"""The night as the operator has it: through real Airflow, in one process and under the UI's scheduler."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from control import PATIENCE, Room, Task, control_room, streamledger
from loopback import Site
from morning import Morning
from planting import HEALTHY
from playwright.sync_api import sync_playwright
from tonight import ROOT
from webhook import Receiver, receiving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sources(home: Path, source: Callable[..., None], site: Site) -> None:
    """One source that arrives, one that cannot, and one whose file is broken."""
    source("healthy", site.add("/healthy.html", HEALTHY))
    source("dead", "http://127.0.0.1:9/")
    (home / "sources" / "torn.yaml").write_text("title: [", encoding="utf-8")


@pytest.fixture(scope="module")
def first(sources: None) -> subprocess.CompletedProcess[str]:
    return streamledger("run")


def test_one_command_runs_the_night_and_shows_it(first: subprocess.CompletedProcess[str]) -> None:
    assert first.returncode == 0, first.stdout + first.stderr
    assert re.search(r"^healthy +1 +0 +\d+$", first.stdout, re.MULTILINE), first.stdout
    assert re.search(r"^dead\b.*127\.0\.0\.1", first.stdout, re.MULTILINE), first.stdout
    assert re.search(r"^torn\b.*torn\.yaml", first.stdout, re.MULTILINE), first.stdout
    assert "█" in first.stdout and "streamledger.duckdb" in first.stdout


@pytest.fixture(scope="module")
def hook() -> Iterator[Receiver]:
    """Where the control room sends its alerts."""
    with receiving("t0ken") as receiver:
        yield receiver


@pytest.fixture(scope="module")
def morning(home: Path) -> Morning:
    return Morning(home, ROOT / "dags")


@pytest.fixture(scope="module")
def room(first: subprocess.CompletedProcess[str], hook: Receiver, morning: Morning) -> Iterator[Room]:
    """Airflow's UI and scheduler on a free port."""
    with control_room(**morning.env, STREAMLEDGER_ALERTS=f"log,webhook:{hook.url}") as running:
        yield running


@pytest.fixture(scope="module")
def night(room: Room) -> tuple[str, dict[Task, str]]:
    """A night that runs again: the address of the run, and how each task ended."""
    run = room.trigger("nightly", {"date": str(datetime.now(UTC).date()), "sources": None, "force": True})
    return run, room.ended(run)


def test_the_scheduler_runs_the_night_again_red_source_beside_green(
    first: subprocess.CompletedProcess[str], room: Room, night: tuple[str, dict[Task, str]]
) -> None:
    """And changes no row: it is the night that the one command ran."""
    dags = room.get(f"{room.base}/api/v2/dags")["dags"]
    assert {dag["dag_id"]: dag["is_paused"] for dag in dags}["nightly"] is False
    run, states = night
    assert room.get(run)["state"] == "failed", "a source failed"
    assert states["each.collect", "healthy"] == states["each.extract", "healthy"] == "success"
    assert states["each.collect", "dead"] == states["each.collect", "torn"] == "failed"
    assert states["publish", None] == "success", "the rest of the night is published all the same"
    loaded = room.get(f"{run}/taskInstances/load/xcomEntries/return_value")["value"]
    assert (loaded["added"], loaded["changed"], loaded["closed"]) == (0, 0, 0)
    assert re.findall(r"hash (\w+)", first.stdout) == [loaded["hash"]]
    events = room.get(f"{room.base}/api/v2/assets/events?limit=100")["asset_events"]
    told = [(event["name"], event["extra"]) for event in events if event["source_run_id"] == run.rpartition("/")[2]]
    new = dict(told)
    assert new["warehouse"] == loaded and new["snapshot"]["figures"] > 0, "what was new is told by the assets"
    assert new["archive"]["source"] == new["claims"]["source"] == "healthy" and new["claims"]["claims"] > 0
    assert sorted(name for name, _ in told) == ["archive", "claims", "snapshot", "warehouse"], "nothing of what failed"


def test_the_exports_follow_a_publication(room: Room, night: tuple[str, dict[Task, str]], home: Path) -> None:
    """Their DAG is called by the event of the night; started by hand here, since this scheduler starts nothing."""
    (called,) = room.get(f"{room.base}/api/v2/dags/exports/assets/queuedEvents")["queued_events"]
    asset = room.get(f"{room.base}/api/v2/assets/{called['asset_id']}")
    assert asset["name"] == "snapshot"
    described = home / "data" / "published" / "exports" / "datapackage.json"
    before = described.stat()
    assert room.ended(room.trigger("exports", {})) == {("export", None): "success"}
    assert described.stat().st_mtime > before.st_mtime and described.stat().st_ino != before.st_ino


RED = {  # each watch, what it says when it is red, and what it tells: a kind, and of what
    "the_night_ran": ("no run of nightly began", "no_run", "NIGHT"),
    "no_run_is_stuck": ("it runs for 5.0 hours", "stuck", "NIGHT"),
    "the_night_is_published": ("more than 12.0 hours before the watch", "stale", "NIGHT"),
    "the_night_is_not_empty": ("1 of 1 sources that usually give pages gave none: healthy", "empty", "NIGHT"),
    "no_source_is_silent": ("silent since", "silent", "quiet"),
    "every_dag_imports": ("No module named 'nowhere_at_all'", "dag_import", "torn.py"),
    "the_disk_has_room": ("only 4.0 % of the disk is free", "disk", "HOME"),
}
SIDE_BY_SIDE = ("the_night_ran", "no_source_is_silent", "every_dag_imports", "the_disk_has_room")
AGAIN = ("no_source_is_silent", "the_disk_has_room")  # red a second time, and told once


@pytest.fixture(scope="module")
def bad(room: Room, night: tuple[str, dict[Task, str]], morning: Morning, home: Path) -> Iterator[str]:
    """One run of the watchdog in which each watch met its cause; of the four of the night one is true at a time."""
    broken = (home / "sources" / "torn.yaml").rename(home / "torn.yaml")
    morning.is_well()
    for goes_wrong in (morning.no_run, morning.silent, morning.torn, morning.full_disk):
        goes_wrong()
    run = room.trigger("watchdog", {})
    states = room.ended(run)
    assert {name for (_, name), state in states.items() if state == "failed"} == set(SIDE_BY_SIDE)
    morning.stuck()
    room.clear(run, "watch", ["no_run_is_stuck", *AGAIN])
    morning.mend()
    morning.stale()
    room.clear(run, "watch", ["the_night_is_published"])
    morning.mend()
    morning.empty()
    room.clear(run, "watch", ["the_night_is_not_empty"])
    yield run
    broken.rename(home / "sources" / "torn.yaml")


def test_each_watch_is_red_for_its_own_cause_and_its_log_says_which(room: Room, bad: str) -> None:
    assert {task["rendered_map_index"]: task["state"] for task in room.tasks(bad)} == dict.fromkeys(RED, "failed")
    for name, (says, _, _) in RED.items():
        log = room.log(bad, "watch", name)
        assert says in log and "what to do: " in log, log


def test_each_cause_is_told_once_however_often_its_watch_is_red(
    bad: str, hook: Receiver, morning: Morning, home: Path
) -> None:
    """The run of the night tells what it lost, the watches what is theirs, by Airflow's own notifiers."""
    places = {"NIGHT": str(morning.night), "HOME": str(home / "data")}
    wanted = {(kind, places.get(subject, subject)) for _, kind, subject in RED.values()}
    wanted |= {("source_failed", "dead"), ("broken_source", "torn")}
    deadline = time.monotonic() + PATIENCE
    while wanted - set(told := told_by(hook)):
        assert time.monotonic() < deadline, told
        time.sleep(0.5)
    ours = [one for one in told if one[0] != "drift"]
    assert sorted(ours) == sorted(wanted), "each once, nothing twice, and nothing else"
    assert all(body["link"].startswith("http://localhost:") and body["todo"] for body in hook.got)


def test_all_watches_are_green_when_all_is_well(room: Room, bad: str, morning: Morning, hook: Receiver) -> None:
    morning.mend()
    before = len(hook.got)
    states = room.clear(bad, "watch", list(RED))
    assert states == {("watch", name): "success" for name in RED}
    assert room.get(bad)["state"] == "success" and len(hook.got) == before


def told_by(hook: Receiver) -> list[tuple[str, str]]:
    return [(body["kind"], cause["subject"]) for body in hook.got for cause in body["causes"]]


PAGES = ("", "trends", "sources", "review", "figure?platform=netflix&metric=subscribers&period=2023-Q4")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_those_who_are_logged_in(room: Room, path: str) -> None:
    base, session = room.base, room.session
    assert requests.get(f"{base}/streamledger/{path}", timeout=60).status_code == 401
    page = session.get(f"{base}/streamledger/{path}", timeout=60)
    assert page.status_code == 200 and "<h1>" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_correction_is_for_those_who_may_run_the_night(room: Room) -> None:
    base, session = room.base, room.session
    given = {"claim": "none", "action": "reject", "reason": "a test"}
    here = {"Origin": base}
    assert requests.post(f"{base}/streamledger/review", data=given, headers=here, timeout=60).status_code == 401
    assert session.post(f"{base}/streamledger/review", data=given, timeout=60).status_code == 403
    allowed = session.post(f"{base}/streamledger/review", data=given, headers=here, timeout=60)
    assert allowed.status_code == 404 and "no statement" in allowed.text


def test_the_pages_in_a_browser_ask_nobody_else(room: Room, home: Path) -> None:
    """Inside the UI, and each alone on a telephone; from a trend by clicks to the words on the archived page."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    base = room.base
    password = json.loads((home / "data" / "airflow" / "passwords.json").read_text(encoding="utf-8"))["admin"]
    elsewhere: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 850})
        page.on("request", lambda request: elsewhere.append(request.url) if not at_home(request.url, base) else None)
        page.goto(base)
        page.fill('input[name="username"]', "admin")
        page.fill('input[name="password"]', password)
        page.click('button[type="submit"]')
        page.wait_for_url(lambda url: "login" not in url, timeout=60_000)
        page.goto(f"{base}/plugin/last-night")
        frame = page.frame_locator("iframe")
        frame.locator("h1").wait_for(timeout=60_000)
        assert "The night of" in frame.locator("h1").inner_text()
        assert frame.locator("td.bad").count() == 2, "two sources failed"
        assert frame.locator("svg .dot").count() > 20
        frame.locator("a.log").first.click()
        page.get_by_text("each.collect").first.wait_for(timeout=60_000)
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if "Policy" in message.text else None)
        for width in (1440, 380):
            page.set_viewport_size({"width": width, "height": 850})
            for path in PAGES:
                page.goto(f"{base}/streamledger/{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        page.goto(f"{base}/streamledger/trends")
        page.locator('figure a[*|href*="2023-Q4"]').first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/figure?**")
        page.get_by_text("on the archived page").first.click()
        assert page.locator("mark#asked").inner_text().startswith("260"), "the headline or the sentence of the claim"
        browser.close()
    assert elsewhere == refused == []


def at_home(url: str, base: str) -> bool:
    return url.startswith((base, base.replace("127.0.0.1", "localhost"), "data:", "blob:"))


def test_the_password_is_shown_once_and_kept_from_others(room: Room, home: Path) -> None:
    file = home / "data" / "airflow" / "passwords.json"
    assert file.stat().st_mode & 0o077 == 0
    again = streamledger("up")
    assert again.returncode == 0
    assert json.loads(file.read_text(encoding="utf-8"))["admin"] not in again.stdout
