"""What Airflow itself costs a night: the same sources by `nightly` under its scheduler, and by the same steps by hand.

    python -m tests.bench.airflow_cost [SOURCES]        45 sources when left out; needs a quiet machine

Each source is a small page on a host of its own on loopback. Airflow runs as `streamledger up` starts it, on a port of
its own and in a home that is thrown away. Seconds are wall time from the trigger to the end of the run; CPU and memory
are those of all of Airflow's processes (memory: what each alone holds, and its share of what they hold together).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psutil
import requests
import yaml

from tests.night.loopback import free_port, running

ROOT = Path(__file__).resolve().parents[2]
TODAY = str(datetime.now(UTC).date())
PAGE = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24"></head><body><article>
<h1>Netflix ends the year with 260 million subscribers</h1><p>Netflix had 260.28 million paid subscribers worldwide at
the end of 2023, the company said in its letter to shareholders, more than in any quarter before.</p>
<p>Analysts had expected less, and the shares rose after the news, number {number}.</p></article></body></html>"""


def main() -> None:
    """Measure both and print a line for each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 45
    with tempfile.TemporaryDirectory() as folder, ExitStack() as hosts:
        home = Path(folder)
        (home / "sources").mkdir()
        for number in range(count):
            url = hosts.enter_context(running()).add(f"/{number}.html", PAGE.format(number=number))
            row = {"title": "x", "kind": "page", "url": url, "language": "en", "country": "US", "authority": "press"}
            row |= {"licence": "test", "wait_seconds": 0, "relevant_only": False}
            (home / "sources" / f"paper_{number:02}.yaml").write_text(yaml.safe_dump(row))
        port = free_port()
        env = {**os.environ, "STREAMLEDGER_SOURCES": str(home / "sources"), "STREAMLEDGER_ALLOW_LOOPBACK": "1"}
        env |= {"STREAMLEDGER_PORT": str(port), "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False"}
        by_hand = _by_hand({**env, "STREAMLEDGER_HOME": str(home / "hand")})
        _under_airflow({**env, "STREAMLEDGER_HOME": str(home / "airflow")}, port, count, by_hand)


def _by_hand(env: dict[str, str]) -> float:
    before, start = os.times(), time.monotonic()
    _streamledger(env, "night", "--json")
    seconds, after = time.monotonic() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"by hand   1 process                    {seconds:6.1f} s  {cpu:6.1f} CPU s")
    return seconds


def _under_airflow(env: dict[str, str], port: int, count: int, by_hand: float) -> None:
    said = _streamledger(env, "up")
    try:
        base, session = f"http://127.0.0.1:{port}", requests.Session()
        password = re.search(r"password (\S+)", said)
        token = session.post(f"{base}/auth/token", json={"username": "admin", "password": password and password[1]})
        session.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        supervisor = psutil.Process(int((Path(env["STREAMLEDGER_HOME"]) / "airflow" / "supervisor.pid").read_text()))
        idle, cpu, start = _memory(supervisor), _cpu(supervisor), time.monotonic()
        runs = f"{base}/api/v2/dags/nightly/dagRuns"
        run = session.post(runs, json={"logical_date": None, "conf": {"date": TODAY}}).json()["dag_run_id"]
        most = idle
        while (state := session.get(f"{runs}/{run}").json()["state"]) not in ("success", "failed"):
            most = max(most, _memory(supervisor))
            time.sleep(5)
        seconds = time.monotonic() - start
        tasks = session.get(f"{runs}/{run}/taskInstances", params={"limit": 500}).json()["total_entries"]
        used = _cpu(supervisor) - cpu
        print(f"Airflow   {tasks} tasks, {count} sources, {state}  {seconds:6.1f} s  {used:6.1f} CPU s")
        print(f"          {idle:.0f} MB idle, {most:.0f} MB at most")
        print(f"Airflow's own cost: {seconds - by_hand:.1f} s")
    finally:
        _streamledger(env, "down")


def _streamledger(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "etl.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


def _processes(root: psutil.Process) -> list[psutil.Process]:
    return [root, *root.children(recursive=True)]


def _memory(root: psutil.Process) -> float:
    """Return megabytes that the processes hold, what they share counted once."""
    total = 0
    for process in _processes(root):
        try:
            total += process.memory_full_info().pss
        except psutil.Error:  # ended meanwhile
            continue
    return total / 1e6


def _cpu(root: psutil.Process) -> float:
    total = 0.0
    for process in _processes(root):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
