"""The commands behind `make run`, `make up` and `make down`."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from etl import settings
from etl.server import environment
from etl.server.supervisor import Supervisor, healthy

SUMMARY = re.compile(r"\b((?:collect|extract|load|check|publish) .*\d{4}-\d\d-\d\d: .*?)(?: \[streamledger\].*)?$")
START_SECONDS = 180
# somebody is watching, and tasks run one after another: sources are asked side by side before, none for long
BRISK = {
    "STREAMLEDGER_RETRIES": "0",
    "STREAMLEDGER_CONNECT_SECONDS": "4",
    "STREAMLEDGER_SOURCE_SECONDS": "20",
    "STREAMLEDGER_AHEAD": "16",
}


class NotStarted(Exception):
    """Airflow did not come up, or is up already; the message says what to do."""


def run_night(night: date) -> Iterator[str]:
    """Run one night of the DAG `nightly` inside Airflow, in one process; yield each step's summary line.

    The whole output is kept in `logs/night-<date>.log` under Airflow's home. Sources that fail do not raise.
    """
    environment.prepare()
    log = settings.load().airflow / "logs" / f"night-{night}.log"
    env = {**environment.environment(), **{name: os.environ.get(name, value) for name, value in BRISK.items()}}
    moment = datetime.now(UTC).isoformat()
    command = [environment.program(), "dags", "test", "nightly", moment, "--conf", f'{{"date": "{night}"}}']
    with log.open("w", encoding="utf-8") as kept:
        process = subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        for line in process.stdout or ():
            kept.write(line)
            if match := SUMMARY.search(line):
                yield match.group(1).rstrip()
        process.wait()
        kept.write(f"airflow ended with {process.returncode}\n")


def log_of(night: date) -> Path:
    """Return where `run_night` keeps a night's whole output."""
    return settings.load().airflow / "logs" / f"night-{night}.log"


def _files() -> tuple[Path, Path]:
    home = settings.load().airflow
    return home / "supervisor.pid", home / "ready"


def _alive(pidfile: Path) -> int | None:
    """Return the supervisor's process, or None when it is gone."""
    try:
        pid = int(pidfile.read_text(encoding="utf-8"))
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    command = Path(f"/proc/{pid}/cmdline")
    # another program may have got the number since
    return pid if not command.exists() or b"serve" in command.read_bytes() else None


def running() -> bool:
    """Return whether the Airflow of this home is up."""
    return _alive(_files()[0]) is not None


def serve() -> int:
    """Run the components in the foreground until told to stop (for `up`, systemd, or a container)."""
    environment.prepare()
    environment.first_password()
    pidfile, ready = _files()
    ready.unlink(missing_ok=True)
    pidfile.write_text(str(os.getpid()), encoding="utf-8")
    try:
        return Supervisor().serve(ready)
    finally:
        pidfile.unlink(missing_ok=True)


def up() -> str | None:
    """Start Airflow in the background and wait until it is healthy. Return the password if it was just set.

    Raises:
        NotStarted: The port is taken, or it was not healthy in time.
    """
    pidfile, ready = _files()
    if _alive(pidfile) and healthy():
        return None
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", environment.port())) == 0:
            raise NotStarted(
                f"port {environment.port()} is in use by another program; end it, or choose another port: "
                "STREAMLEDGER_PORT=8081 make up"
            )
    environment.prepare()
    password = environment.first_password()
    log = settings.load().airflow / "logs" / "supervisor.log"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "etl.cli", "serve"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if ready.exists():
            return password
        time.sleep(0.5)
    down()
    raise NotStarted(f"Airflow was not healthy after {START_SECONDS} s; its words are in {log.parent}")


def down() -> bool:
    """Stop Airflow; running tasks are given a minute to end. Return whether there was something to stop."""
    pidfile, _ = _files()
    pid = _alive(pidfile)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 110
    while time.monotonic() < deadline and _alive(pidfile):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.2)
    return True
