"""The control room: Airflow's UI and scheduler as `streamledger up` starts them, asked as an operator asks them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from loopback import free_port
from tonight import ROOT

PATIENCE = 240
Task = tuple[str, str | None]  # its name, and what it is mapped over


def streamledger(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Room:
    """A running Airflow: its address, a session that is logged in, what `up` printed."""

    base: str
    session: requests.Session
    said: str

    def trigger(self, dag: str, conf: dict[str, Any]) -> str:
        """Start a run, and return its address; a DAG that Airflow has not read yet is waited for."""
        address, body = f"{self.base}/api/v2/dags/{dag}/dagRuns", {"logical_date": None, "conf": conf}
        deadline = time.monotonic() + PATIENCE
        while (answer := self.session.post(address, json=body, timeout=60)).status_code == 404:
            assert time.monotonic() < deadline, answer.text
            time.sleep(1)
        return f"{address}/{answer.json()['dag_run_id']}"

    def ended(self, run: str) -> dict[Task, str]:
        """Wait for the end of a run; how each of its tasks ended."""
        deadline = time.monotonic() + PATIENCE
        while (state := self.get(run)["state"]) not in ("success", "failed"):
            assert time.monotonic() < deadline, state
            time.sleep(1)
        return {(task["task_id"], task["rendered_map_index"]): task["state"] for task in self.tasks(run)}

    def tasks(self, run: str) -> list[dict[str, Any]]:
        return self.get(f"{run}/taskInstances?limit=100")["task_instances"]

    def clear(self, run: str, task: str, names: Sequence[str]) -> dict[Task, str]:
        """Let some of a mapped task run again, as by the button in the UI; how each task of the run ended."""
        indexes = [one["map_index"] for one in self.tasks(run) if one["rendered_map_index"] in names]
        body = {"dry_run": False, "only_failed": False, "dag_run_id": run.rpartition("/")[2], "reset_dag_runs": True}
        body["task_ids"] = [[task, index] for index in indexes]
        address = f"{run.rpartition('/dagRuns/')[0]}/clearTaskInstances"
        answer = self.session.post(address, json=body, timeout=60)
        assert answer.status_code == 200 and len(indexes) == len(names), answer.text
        return self.ended(run)

    def log(self, run: str, task: str, name: str) -> str:
        """Return the log of the last try of one task of a mapped task."""
        (one,) = (one for one in self.tasks(run) if one["rendered_map_index"] == name)
        address = f"{run}/taskInstances/{task}/logs/{one['try_number']}"
        answer = self.session.get(address, params={"map_index": one["map_index"], "full_content": True}, timeout=60)
        return answer.text

    def get(self, address: str) -> Any:
        return self.session.get(address, timeout=60).json()


@contextmanager
def control_room(**env: str) -> Iterator[Room]:
    """Start Airflow on a free port, log in, and stop it again; nothing listens after that."""
    port = str(free_port())
    with pytest.MonkeyPatch.context() as patch:
        ours = {
            # the night that was missed at 02:00 would run first, and the one asked for would wait for its end
            "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
            # a file that did not change is not read again every half minute; a new one still is at once
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
            "STREAMLEDGER_PORT": port,
        }
        for name, value in {**ours, **env}.items():
            patch.setenv(name, value)
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
            yield Room(base, session, up.stdout)
        finally:
            down = streamledger("down")
            assert down.returncode == 0, down.stderr
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", int(port))) != 0, "something still listens after `down`"
