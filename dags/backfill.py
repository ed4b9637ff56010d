"""### Old news down the same path as the night

Each WARC file named in `files` (a crawl's news archive, an archive of your own) enters the archive with the dates of
its records, is read and extracted, and is loaded like a night. Nothing is fetched, and no page of today is passed off
as an old one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag, task, task_group

from etl.monitor.notifier import Tell
from etl.monitor.retries import WHEN_LOST
from etl.steps import backfill as steps
from etl.steps.nightly import check_night, load_night, publish_night
from etl.steps.reading import extract_source

NIGHT = "{{ dag_run.run_after.date() }}"


@dag(
    schedule=None,
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    on_failure_callback=Tell(),
    default_args={"owner": "streamledger", **WHEN_LOST, "execution_timeout": timedelta(hours=12)},
    params={"files": Param([], type="array", items={"type": "string"}, title="Paths of WARC files")},
    tags=["streamledger"],
    doc_md=__doc__,
)
def backfill() -> None:
    @task
    def files(params: dict | None = None) -> list[str]:
        return steps.warc_files(params["files"])

    @task(map_index_template="{{ task.op_kwargs['file'] }}")
    def adopt(file: str, night: str) -> str:
        return steps.adopt(file, night)

    @task(max_active_tis_per_dagrun=2, map_index_template="{{ task.op_kwargs['source'] }}")
    def extract(source: str, night: str) -> dict:
        return extract_source(source, night)

    @task_group
    def each(file: str) -> None:
        extract(source=adopt(file=file, night=NIGHT), night=NIGHT)

    @task(pool="warehouse", trigger_rule="all_done")
    def load(night: str) -> dict:
        return load_night(night)

    @task(pool="warehouse")
    def check(night: str) -> dict:
        return check_night(night)

    @task(pool="warehouse")
    def publish(night: str) -> dict:
        return publish_night(night)

    @task
    def every_file_arrived() -> None:
        """Does nothing: it is red when a file failed, which `load` forgives."""

    arrived = every_file_arrived()
    read = each.expand(file=files())
    read >> load(NIGHT) >> check(NIGHT) >> publish(NIGHT) >> arrived
    read >> arrived


backfill()
