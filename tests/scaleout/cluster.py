"""The services of docker-compose.yml without containers: its commands, environment and health checks, on loopback.

What differs is where things are: ports, folders, names of hosts. Nothing else is set here.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests

from etl.server import supervisor
from tests import composed
from tests.night import loopback
from tests.store import moto

PROGRAMS = composed.ROOT / ".venv-scale" / "bin"
PATIENCE = 600  # seconds in which a service has to be well, on a machine that does other things too
# of what compose lets an operator choose
CHOSEN = {
    "WORKER_CONCURRENCY": "2",
    "WORKER_LOST_SECONDS": "40",
    "STREAMLEDGER_STORE": "s3://streamledger/nightly",
}


def postgres_programs() -> Path | None:
    """Return where PostgreSQL's own programs lie, of the newest version there is."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), default=None)


class Cluster:
    """PostgreSQL, Redis and Airflow's components; `home` is what /var/lib/streamledger is in a container.

    Each service has a home of its own: the store has archive, staging, warehouse and what is published; shared are only
    Airflow's own files and the state of collecting, which lie in `home`.
    """

    def __init__(self, folder: Path, own: dict[str, str], store: moto.Server) -> None:
        self.folder, self.home, self.logs = folder, folder / "home", folder / "logs"
        self.home.mkdir()
        self.logs.mkdir()
        self.ports = {name: loopback.free_port() for name in ("api", "postgres", "redis", "scheduler")}
        self.secrets = self._secrets()
        self.store, (self.bucket,) = store, re.findall("^s3://([a-z]+)/", CHOSEN["STREAMLEDGER_STORE"])
        store.make(self.bucket)
        self.services = composed.load()["services"]
        self.own = own
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.ports['api']}"

    def start_stores(self) -> None:
        """Start PostgreSQL (as a user that is not root, which it insists on) and Redis, each with its password."""
        self.start("redis", more=f" --port {self.ports['redis']} --bind 127.0.0.1")
        programs, data = postgres_programs(), self.folder / "postgres"
        assert programs
        data.mkdir()
        word = data / "password"
        word.write_text(self.secrets["POSTGRES_PASSWORD"], encoding="utf-8")
        as_user: list[str] = []
        if os.getuid() == 0:
            as_user = ["runuser", "-u", "postgres", "--"]
            for path in (data, word):
                shutil.chown(path, "postgres")
        self._done([*as_user, programs / "initdb", "-D", data / "data", "-U", "airflow", "-E", "UTF8"], word)
        server = [programs / "postgres", "-D", data / "data", "-p", str(self.ports["postgres"]), "-k", data]
        command = [*as_user, *server, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        self.running["postgres"] = supervisor.start(
            list(map(str, command)), self._env("postgres"), self._log("postgres")
        )
        at = f"host=127.0.0.1 port={self.ports['postgres']} user=airflow dbname=postgres"
        self._until("postgres", [str(programs / "psql"), at, "-c", "CREATE DATABASE airflow"])
        self._until("redis", ["redis-cli", "-p", str(self.ports["redis"]), "ping"])

    def run_init(self) -> None:
        """Run the service `init` to its end, but for the folder of a bucket, which this store has not."""
        command = self._placed(self.services["init"]["command"])
        command[-1] = command[-1].partition(" && mkdir ")[0]
        self._done(command, env=self._env("init"))

    def start(self, service: str, name: str = "", more: str = "") -> None:
        """Start a service by its command; a second one of its kind gets a `name` of its own."""
        command = self._placed(self.services[service]["command"])
        command[-1] += more
        if name:
            command += ["--celery-hostname", f"celery@{name}"]
        name = name or service
        self.running[name] = supervisor.start(command, self._env(service, name), self._log(name))

    def reader(self) -> dict[str, str]:
        """Return what another machine is told of the store."""
        told = self._placed(self.services["worker"]["environment"])
        return {name: told[name] for name in told if name.startswith("AWS_") or name == "STREAMLEDGER_STORE"}

    def home_of(self, name: str) -> Path:
        """Return the home of a service."""
        home, state = self.folder / f"home-{name}", self.home / "state"
        if not home.exists():
            state.mkdir(exist_ok=True)
            home.mkdir()
            (home / "state").symlink_to(state)
        return home

    def is_well(self, service: str, name: str = "") -> bool:
        """Ask a service's own health check."""
        kind, *command = self._placed(self.services[service]["healthcheck"]["test"])
        if kind == "CMD-SHELL":
            command = ["sh", "-c", command[0].replace("celery@$(hostname)", f"celery@{name}")]
        done = subprocess.run(command, env=self._env(service), capture_output=True, text=True, check=False)
        with self._log(f"health-{name or service}").open("a", encoding="utf-8") as kept:
            kept.write(f"{done.returncode}\n{done.stdout}{done.stderr}\n")
        return done.returncode == 0

    def wait_until_well(self, service: str, name: str = "") -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_well(service, name):
            assert self.running[name or service].poll() is None, self.words_of(name or service)
            assert time.monotonic() < deadline, self.words_of(name or service)
            time.sleep(3)  # each question starts a program

    def session(self) -> requests.Session:
        """Return a session that is logged in as the user that `init` made."""
        session = requests.Session()
        who = {"username": "admin", "password": self.secrets["ADMIN_PASSWORD"]}
        answer = session.post(f"{self.base}/auth/token", json=who, timeout=60)
        assert answer.status_code == 201, answer.text
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return session

    def words_of(self, name: str) -> str:
        """Return the end of what a service printed."""
        return f"{name}: {self._log(name).read_text(encoding='utf-8', errors='replace')[-4000:]}"

    def owner_of(self, pid: int) -> str:
        """Return the name of the service that a process belongs to."""
        return next(name for name in self.running if pid in self._family(name))

    def task_logs(self, pattern: str) -> Iterator[Path]:
        """Yield the logs of tasks that a pattern names, below Airflow's folder of logs."""
        return (self.home / "airflow" / "logs").glob(pattern)

    def freeze(self, name: str) -> None:
        """Halt a service and all that it started."""
        self._signal(signal.SIGSTOP, self._family(name))

    def thaw(self, name: str, but: int) -> None:
        """Let a service that was halted go on, `but` for one process and all that descends from it."""
        halted = family(but)
        self._signal(signal.SIGCONT, [pid for pid in self._family(name) if pid not in halted])

    def kill(self, name: str) -> None:
        """End a service and all that it started at once, as when its machine goes."""
        self._signal(signal.SIGKILL, self._family(name))
        self.running.pop(name).wait()

    def stop(self) -> None:
        """Stop everything: those who work first, then those whom they report to."""
        stores = ("redis", "postgres")
        for names in ([name for name in self.running if name not in (*stores, "api-server")], ["api-server"], stores):
            supervisor.stop([self.running.pop(name) for name in names if name in self.running], 20)

    def _family(self, name: str) -> list[int]:
        return family(self.running[name].pid)

    def _signal(self, what: signal.Signals, pids: list[int]) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(pid, what)

    def _secrets(self) -> dict[str, str]:
        """Let docker/secrets.sh make the secrets, as at the first start."""
        (self.folder / "docker").mkdir()
        script = shutil.copy(composed.ROOT / "docker" / "secrets.sh", self.folder / "docker")
        subprocess.run(["sh", script], check=True, capture_output=True)
        lines = (self.folder / ".env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def _placed(self, value: Any) -> Any:
        """Fill in the variables of a part of the file, and say where things are here."""
        filled = composed.fill(value, {**self.secrets, **CHOSEN, "STREAMLEDGER_PORT": str(self.ports["api"])})
        if isinstance(filled, dict):
            return {key: self._here(str(part)) for key, part in filled.items()}
        return [self._here(part) for part in filled]

    def _here(self, text: str) -> str:
        places = {
            "api-server:8080": f"127.0.0.1:{self.ports['api']}",
            "localhost:8080": f"127.0.0.1:{self.ports['api']}",
            "localhost:8974": f"127.0.0.1:{self.ports['scheduler']}",
            "@postgres/": f"@127.0.0.1:{self.ports['postgres']}/",
            "@redis:6379": f"@127.0.0.1:{self.ports['redis']}",
            "http://s3:7070": self.store.endpoint,
            "/opt/streamledger": str(composed.ROOT),
            "/var/lib/streamledger": str(self.home),
            "--dir /data": f"--dir {self.folder}",
        }
        for there, here in places.items():
            text = text.replace(there, here)
        return text

    def _env(self, service: str, name: str = "") -> dict[str, str]:
        own = {name: os.environ[name] for name in ("HOME", "LANG", "TZ") if name in os.environ}
        here = {
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "PGPASSWORD": self.secrets["POSTGRES_PASSWORD"],
            "NO_PROXY": "127.0.0.1,localhost",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.ports["api"]),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": "127.0.0.1",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self.ports["scheduler"]),
        }
        told = self._placed(self.services[service]["environment"])
        if "STREAMLEDGER_HOME" in told:
            told["STREAMLEDGER_HOME"] = str(self.home_of(name or service))
        return {**own, **here, **told, **self.own}

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _done(self, command: list[Any], password: Path | None = None, env: dict[str, str] | None = None) -> None:
        more = ["--auth=scram-sha-256", f"--pwfile={password}"] if password else []
        words = list(map(str, [*command, *more]))
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False, cwd=self.folder)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

    def _until(self, service: str, command: list[str]) -> None:
        deadline = time.monotonic() + 60
        env = self._env(service)
        while (done := subprocess.run(command, env=env, capture_output=True, text=True, check=False)).returncode:
            assert time.monotonic() < deadline, done.stderr + self.words_of(service)
            time.sleep(0.2)


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it, itself first."""
    parents: dict[int, list[int]] = {}
    for child, parent in _processes():
        parents.setdefault(parent, []).append(child)
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def _processes() -> Iterator[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if rest[0] != "Z":
            yield int(stat.parent.name), int(rest[1])
