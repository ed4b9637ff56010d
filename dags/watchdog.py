"""### Did the night happen?

At 07:00 UTC, each on its own: was a snapshot published since yesterday evening, is a source silent for longer than its
own file allows, is the disk nearly full. A red task is an alarm; its last log line says what to do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from etl.steps import watchdog as steps

NOW = "{{ dag_run.run_after.isoformat() }}"


@dag(
    schedule=CronTriggerTimetable("0 7 * * *", timezone="UTC"),
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "streamledger", "retries": 0, "execution_timeout": timedelta(minutes=10)},
    tags=["streamledger"],
    doc_md=__doc__,
)
def watchdog() -> None:
    @task
    def snapshot_is_fresh(now: str) -> dict:
        return steps.snapshot_is_fresh(now)

    @task
    def no_source_is_silent(now: str) -> dict:
        return steps.no_source_is_silent(now)

    @task
    def disk_has_room() -> dict:
        return steps.disk_has_room()

    snapshot_is_fresh(NOW)
    no_source_is_silent(NOW)
    disk_has_room()


watchdog()
