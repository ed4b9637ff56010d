"""What Airflow is told: every setting in one place, as environment variables.

A variable that is set already wins, so an operator changes any of them without touching code.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from etl import settings

USERS = ("admin",)
# what Airflow is told on one machine and on several alike (docker-compose.yml)
EVERYWHERE = {
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__API__ENABLE_SWAGGER_UI": "False",  # its page loads from another host
    "AIRFLOW__API__EXPOSE_CONFIG": "False",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}


class AirflowFailed(Exception):
    """A command of Airflow ended badly; the message shows the end of what it printed."""


def port() -> int:
    """Return the port of the UI.

    Raises:
        ValueError: STREAMLEDGER_PORT is no port.
    """
    raw = os.environ.get("STREAMLEDGER_PORT", "8080")
    if not raw.isdecimal() or not 1024 <= int(raw) <= 65535:
        raise ValueError(f"STREAMLEDGER_PORT={raw!r}: want a port from 1024 to 65535")
    return int(raw)


def base_url() -> str:
    """Return the address of the UI for a browser on this machine."""
    return f"http://localhost:{port()}"


def address() -> str:
    """Return where the API server listens: loopback only."""
    return f"http://127.0.0.1:{port()}"


def passwords() -> Path:
    return settings.load().airflow / "passwords.json"


def environment() -> dict[str, str]:
    """Return the environment for Airflow's programs."""
    home = settings.load().airflow
    defaults = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.ROOT / "dags"),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # tasks wait for the network most of the time, so more of them than cores
        "AIRFLOW__CORE__PARALLELISM": str(max(8, 2 * (os.cpu_count() or 2))),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{user}:{user}" for user in USERS),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords()),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address()}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port()),
        "AIRFLOW__API__BASE_URL": base_url(),
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "NO_PROXY": "127.0.0.1,localhost",
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**EVERYWHERE, **defaults, **os.environ, "PATH": path}


def program() -> str:
    return str(Path(sys.executable).with_name("airflow"))


def airflow(*arguments: str) -> str:
    """Run one command of Airflow and return what it printed.

    Raises:
        AirflowFailed: It ended with an error.
    """
    done = subprocess.run(
        [program(), *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AirflowFailed(f"airflow {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def prepare() -> None:
    """Make Airflow's home, its database and its pools; quick when they are there already."""
    home = settings.load().airflow
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True)
    (home / "logs").mkdir(exist_ok=True)
    done = home / "prepared"
    wanted = version("apache-airflow")
    if done.exists() and done.read_text(encoding="utf-8") == wanted and (home / "airflow.db").exists():
        return
    airflow("db", "migrate")
    airflow("pools", "import", str(Path(__file__).with_name("pools.json")))
    done.write_text(wanted, encoding="utf-8")


def first_password() -> str | None:
    """Set the password at the first start and return it; None when it was set before."""
    file = passwords()
    if file.exists():
        return None
    chosen = {user: secrets.token_urlsafe(12) for user in USERS}
    file.touch(mode=0o600)
    file.write_text(json.dumps(chosen) + "\n", encoding="utf-8")
    return chosen[USERS[0]]
