"""The DAGs as Airflow itself sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization

def once():
    bag = DagBag(sys.argv[1])
    dags = {name: DagSerialization.serialize_dag(dag) for name, dag in sorted(bag.dags.items())}
    return bag, dags

bag, dags = once()
_, again = once()
print("ANSWER" + json.dumps({
    "errors": bag.import_errors,
    "dags": sorted(dags),
    "same": json.dumps(dags, sort_keys=True, default=str) == json.dumps(again, sort_keys=True, default=str),
    "pools": {task.task_id: task.pool for task in bag.dags["nightly"].tasks},
    "once": [f"{name}.{task.task_id}" for name, dag in bag.dags.items() for task in dag.tasks if not task.retries],
    "tells": sorted(
        (asset.name, f"{name}.{task.task_id}")
        for name, dag in bag.dags.items()
        for task in dag.tasks
        for asset in task.outlets
    ),
    "schedules": {name: repr(dag.schedule) for name, dag in bag.dags.items()},
    "documented": sorted(name for name, dag in bag.dags.items() if dag.doc_md),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What a fresh process of Airflow finds in dags/ (its settings are read when it is imported, so not this one)."""
    home = tmp_path_factory.mktemp("airflow")
    env = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "STREAMLEDGER_HOME": str(home / "data"),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(ROOT / "dags")], env=env, capture_output=True, text=True, check=False
    )
    answer = next((line for line in done.stdout.splitlines() if line.startswith("ANSWER")), None)
    assert answer, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(answer.removeprefix("ANSWER"))


def test_every_file_imports(seen: dict) -> None:
    assert seen["errors"] == {}
    assert seen["dags"] == ["backfill", "exports", "nightly", "reread", "watchdog"]


def test_nothing_changes_between_two_readings(seen: dict) -> None:
    assert seen["same"], "a DAG that differs at each reading gets a new version at each reading"


def test_whatever_writes_duckdb_waits_for_its_turn(seen: dict) -> None:
    writers = [name for name, pool in seen["pools"].items() if pool == "warehouse"]
    assert sorted(writers) == ["check", "load", "publish"]


def test_every_task_outlives_a_worker_that_is_lost(seen: dict) -> None:
    # the watchdog tells of the moment, and of the next day again
    once = [name for name in seen["once"] if not name.startswith("watchdog.")]
    assert once == [], "Airflow gives the task of a lost worker to another one only if it may be tried again"


TELLS = {
    "archive": ["backfill.adopt", "nightly.each.collect"],
    "claims": ["backfill.extract", "nightly.each.extract"],
    "warehouse": ["backfill.load", "nightly.load"],
    "snapshot": ["backfill.publish", "nightly.publish", "reread.publish"],
    "extractor": ["nightly.extractor"],
}


def test_each_asset_is_told_of_by_the_tasks_that_make_it(seen: dict) -> None:
    assert {name: [task for asset, task in seen["tells"] if asset == name] for name in TELLS} == TELLS
    assert {asset for asset, _ in seen["tells"]} == set(TELLS)


@pytest.mark.parametrize(("dag", "asset"), [("reread", "extractor"), ("exports", "snapshot")])
def test_what_follows_something_new_waits_for_that_and_for_no_clock(seen: dict, dag: str, asset: str) -> None:
    assert f"name='{asset}'" in seen["schedules"][dag]


def test_every_dag_says_what_it_is_for(seen: dict) -> None:
    assert seen["documented"] == seen["dags"]


def test_wiring_is_only_wiring() -> None:
    long = {path.name: len(path.read_text().splitlines()) for path in (ROOT / "dags").glob("*.py")}
    assert max(long.values()) <= 100, long
