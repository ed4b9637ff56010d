"""The night as the operator has it: through real Airflow, in one process and under the UI's scheduler."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from loopback import Site
from playwright.sync_api import sync_playwright
from test_faults import HEALTHY
from tonight import ROOT
from webhook import Receiver, receiving

pytestmark = pytest.mark.slow
PATIENCE = 240


def streamledger(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


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
def control_room(
    first: subprocess.CompletedProcess[str], hook: Receiver
) -> Iterator[tuple[str, requests.Session, str]]:
    """Airflow's UI and scheduler on a free port: its address, a session that is logged in, what `up` printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_PORT", port)
        # the night that was missed at 02:00 would run first, and the one asked for would wait for its end
        patch.setenv("AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE", "False")
        patch.setenv("STREAMLEDGER_ALERTS", f"log,webhook:{hook.url}")
        up = streamledger("up")
        try:
            assert up.returncode == 0, up.stdout + up.stderr
            base = f"http://127.0.0.1:{port}"
            password = re.search(r"password (\S+)", up.stdout)
            assert password, up.stdout
            session = requests.Session()
            answer = session.post(f"{base}/auth/token", json={"username": "admin", "password": password[1]}, timeout=60)
            assert answer.status_code == 201, answer.text
            session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            yield base, session, up.stdout
        finally:
            down = streamledger("down")
            assert down.returncode == 0, down.stderr
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", int(port))) != 0, "something still listens after `down`"


Run = tuple[str, dict[tuple[str, str | None], str]]  # its address, and how each task ended


@pytest.fixture(scope="module")
def runs(control_room: tuple[str, requests.Session, str]) -> dict[str, Run]:
    """A night that runs again, and side by side the watchdog, both ended."""
    base, session, _ = control_room
    again = {"date": str(datetime.now(UTC).date()), "sources": None, "force": True}
    addresses = {}
    for dag, conf in (("nightly", again), ("watchdog", {})):
        address, body = f"{base}/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf}
        addresses[dag] = f"{address}/{session.post(address, json=body, timeout=60).json()['dag_run_id']}"
    return {dag: (address, ended(session, address)) for dag, address in addresses.items()}


def ended(session: requests.Session, address: str) -> dict[tuple[str, str | None], str]:
    """Wait for the end of a run that loses something, and so is red."""
    deadline = time.monotonic() + PATIENCE
    while (state := session.get(address, timeout=60).json()["state"]) not in ("success", "failed"):
        assert time.monotonic() < deadline, state
        time.sleep(1)
    assert state == "failed", "a source failed, and a watch found one: both runs are red"
    tasks = session.get(f"{address}/taskInstances", params={"limit": 100}, timeout=60).json()["task_instances"]
    return {(task["task_id"], task["rendered_map_index"]): task["state"] for task in tasks}


def test_the_scheduler_runs_the_night_again_red_source_beside_green(
    first: subprocess.CompletedProcess[str],
    control_room: tuple[str, requests.Session, str],
    runs: dict[str, Run],
) -> None:
    """And changes no row: it is the night that the one command ran."""
    base, session, _ = control_room
    dags = session.get(f"{base}/api/v2/dags", timeout=60).json()["dags"]
    assert {dag["dag_id"]: dag["is_paused"] for dag in dags}["nightly"] is False
    address, states = runs["nightly"]
    assert states["each.collect", "healthy"] == states["each.extract", "healthy"] == "success"
    assert states["each.collect", "dead"] == states["each.collect", "torn"] == "failed"
    assert states["publish", None] == "success", "the rest of the night is published all the same"
    loaded = session.get(f"{address}/taskInstances/load/xcomEntries/return_value", timeout=60).json()["value"]
    assert (loaded["added"], loaded["changed"], loaded["closed"]) == (0, 0, 0)
    assert re.findall(r"hash (\w+)", first.stdout) == [loaded["hash"]]


def test_a_watch_is_red_for_its_cause_and_each_cause_is_told_once(runs: dict[str, Run], hook: Receiver) -> None:
    """The run of the night tells what it lost, the watches what is theirs, by Airflow's own notifiers."""
    _, states = runs["watchdog"]
    assert states["watch", "no_source_is_silent"] == "failed", "a source file is broken"
    assert states["watch", "every_dag_imports"] == states["watch", "the_disk_has_room"] == "success"
    assert states["watch", "no_run_is_stuck"] == "success"
    deadline = time.monotonic() + PATIENCE
    while {("source_failed", "dead"), ("broken_source", "torn")} - set(told := told_by(hook)):
        assert time.monotonic() < deadline, told
        time.sleep(0.5)
    assert sorted(set(told)) == sorted(told), "nothing twice"
    assert all(body["link"].startswith("http://localhost:") and body["todo"] for body in hook.got)


def told_by(hook: Receiver) -> list[tuple[str, str]]:
    return [(body["kind"], cause["subject"]) for body in hook.got for cause in body["causes"]]


PAGES = ("", "trends", "sources", "review", "figure?platform=netflix&metric=subscribers&period=2023-Q4")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_those_who_are_logged_in(control_room: tuple[str, requests.Session, str], path: str) -> None:
    base, session, _ = control_room
    assert requests.get(f"{base}/streamledger/{path}", timeout=60).status_code == 401
    page = session.get(f"{base}/streamledger/{path}", timeout=60)
    assert page.status_code == 200 and "<h1>" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_correction_is_for_those_who_may_run_the_night(control_room: tuple[str, requests.Session, str]) -> None:
    base, session, _ = control_room
    given = {"claim": "none", "action": "reject", "reason": "a test"}
    here = {"Origin": base}
    assert requests.post(f"{base}/streamledger/review", data=given, headers=here, timeout=60).status_code == 401
    assert session.post(f"{base}/streamledger/review", data=given, timeout=60).status_code == 403
    allowed = session.post(f"{base}/streamledger/review", data=given, headers=here, timeout=60)
    assert allowed.status_code == 404 and "no statement" in allowed.text


def test_the_pages_in_a_browser_ask_nobody_else(control_room: tuple[str, requests.Session, str], home: Path) -> None:
    """Inside the UI, and each alone on a telephone; from a trend by clicks to the words on the archived page."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    base, _, _ = control_room
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


def test_the_password_is_shown_once_and_kept_from_others(
    control_room: tuple[str, requests.Session, str], home: Path
) -> None:
    file = home / "data" / "airflow" / "passwords.json"
    assert file.stat().st_mode & 0o077 == 0
    again = streamledger("up")
    assert again.returncode == 0
    assert json.loads(file.read_text(encoding="utf-8"))["admin"] not in again.stdout
