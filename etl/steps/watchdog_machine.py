"""Can every DAG be imported, has the disk room?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from etl import settings
from etl.alerts import Cause
from etl.steps.watchdog_base import Found

FREE_SHARE = 0.05
IMPORT_SECONDS = 300
ANSWER = "IMPORTED "


class NotLooked(Exception):
    """The DAGs could not be looked at."""


def every_dag_imports(_: datetime) -> Found:
    """Alarm for each file of the folder of DAGs that Airflow cannot import."""
    imported, errors = imports(os.environ)
    return Found(
        f"{imported} DAGs",
        tuple(
            Cause(
                *("dag_import", Path(file).name),
                why=last_words(error),
                todo=f"mend {file}; until then its DAG does not run",
                page="/dags",
            )
            for file, error in sorted(errors.items())
        ),
    )


def imports(env: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """Return how many DAGs Airflow imports from its folder, and the error of each file that it cannot import.

    They are imported in a process of its own, as Airflow does, without its database: a task may not ask that.

    Raises:
        NotLooked: The process ended without an answer; the message shows its last words.
    """
    done = subprocess.run(
        [sys.executable, "-m", "etl.monitor.imports"],
        env={**env, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite://", "PYTHONPATH": _path(env)},
        capture_output=True,
        text=True,
        timeout=IMPORT_SECONDS,
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.startswith(ANSWER):
            imported, errors = json.loads(line.removeprefix(ANSWER))
            return imported, errors
    raise NotLooked(f"the DAGs could not be looked at: {(done.stderr or done.stdout)[-600:]}")


def last_words(error: str) -> str:
    """Return what a traceback ends with: the error itself."""
    return error.strip().splitlines()[-1]


def _path(env: Mapping[str, str]) -> str:
    return os.pathsep.join(part for part in (str(settings.ROOT), env.get("PYTHONPATH", "")) if part)


def the_disk_has_room(_: datetime) -> Found:
    """Alarm when less than 5 percent of the disk under the home is free."""
    home = settings.load().home
    home.mkdir(parents=True, exist_ok=True)
    usage = shutil.disk_usage(home)
    percent = round(100 * usage.free / usage.total, 1)
    if usage.free >= FREE_SHARE * usage.total:
        return Found(f"{percent} % free")
    todo = f"move old nights of {home / 'archive'} to another disk, or give the home more room"
    return Found("", (Cause("disk", str(home), f"only {percent} % of the disk is free, want 5", todo),))
