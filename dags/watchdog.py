"""### Did the night happen?

At 07:00 UTC, each watch on its own: did a run begin, does it hang, is it published, did it bring anything, is a source
silent for longer than its own file allows, can every DAG be imported, has the disk room. A red task is an alarm, and
each cause has one; its last log line says what to do, and so does the message that is sent (`STREAMLEDGER_ALERTS`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from etl.monitor.notifier import Tell
from etl.steps import watchdog as steps

NOW = "{{ dag_run.run_after.isoformat() }}"


@dag(
    schedule=CronTriggerTimetable("0 7 * * *", timezone="UTC"),
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={
        "owner": "streamledger",
        "retries": 0,
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": Tell(),
    },
    tags=["streamledger"],
    doc_md=__doc__,
)
def watchdog() -> None:
    @task(map_index_template="{{ task.op_kwargs['what'] }}")
    def watch(what: str, now: str) -> dict:
        return steps.watch(what, now)

    watch.partial(now=NOW).expand(what=list(steps.WATCHES))


watchdog()
