"""Keeps Airflow's four components running: starts them, restarts one that dies, stops them in the right order.

Airflow's own `standalone` leaves its children behind on SIGTERM and does not notice a dead one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import requests

from etl import settings
from etl.logs import log
from etl.server import environment

COMPONENTS = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
# running tasks report their end to the API server, so the scheduler goes first and the API server last
STOP_ORDER = ((("scheduler",), 60), (("dag-processor", "triggerer"), 20), (("api-server",), 10))
RESTARTS = 3  # within five minutes; then something is wrong that a restart does not mend
PR_SET_PDEATHSIG = 1


def healthy() -> bool:
    """Return whether every component says that it is well."""
    try:
        parts = requests.get(f"{environment.address()}/api/v2/monitor/health", timeout=2).json()
    except (requests.RequestException, ValueError):
        return False
    return all(part.get("status") == "healthy" for part in parts.values())


class Supervisor:
    """The four components as children of this process."""

    def __init__(self) -> None:
        self.env = environment.environment()
        self.logs = settings.load().airflow / "logs"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.deaths: dict[str, list[float]] = {name: [] for name in COMPONENTS}
        self.stopping = False

    def serve(self, ready: Path) -> int:
        """Run until SIGTERM or SIGINT; touch `ready` once all is healthy. Return the exit code."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._stop)
        for name in COMPONENTS:
            self._start(name)
        try:
            while not self.stopping:
                time.sleep(0.5)
                if not self._mend():
                    return 1
                if not ready.exists() and healthy():
                    ready.touch()
            return 0
        finally:
            self._end()
            ready.unlink(missing_ok=True)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _start(self, name: str) -> None:
        command = [environment.program(), *COMPONENTS[name]]
        self.running[name] = start(command, self.env, self.logs / f"{name}.log")

    def _mend(self) -> bool:
        """Restart what ended; False when one component ends again and again."""
        for name, process in list(self.running.items()):
            if process.poll() is None:
                continue
            now = time.monotonic()
            self.deaths[name] = [moment for moment in self.deaths[name] if now - moment < 300] + [now]
            log.error("%s ended with %s; see %s", name, process.returncode, self.logs / f"{name}.log")
            if len(self.deaths[name]) > RESTARTS:
                return False
            self._start(name)
        return True

    def _end(self) -> None:
        for names, grace in STOP_ORDER:
            stop([self.running[name] for name in names if name in self.running], grace)


def start(command: Sequence[str], env: Mapping[str, str], log_file: Path) -> subprocess.Popen[bytes]:
    """Start a component in a group of its own that ends with this process; what it prints is added to a file."""
    with log_file.open("ab") as out:
        return subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def stop(processes: Sequence[subprocess.Popen[bytes]], grace: float) -> None:
    """Ask components to end; after `grace` seconds end what is left of them and of their groups."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + grace
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        # workers outlive a scheduler that was killed: take the whole group
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # Linux only: elsewhere `down` finds them by the order above
        ctypes.CDLL("libc.so.6").prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
