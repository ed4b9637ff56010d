"""### Old news down the same path as the night

Each WARC file named in `files` (a crawl's news archive, an archive of your own) enters the archive with the dates of
its records, in **parts** of some hundred pages, is read and extracted part by part, and is loaded like a night. Pages
that name no platform are set aside by their bytes. Nothing is fetched, and no page of today is passed off as old.

The log of **parts** says what reading will cost before it starts; the tasks of **extract** show how far it is. After a
failure, clear the red tasks: what is done stays done.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag, task

from etl import settings
from etl.monitor.assets import ARCHIVE, CLAIMS, SNAPSHOT, WAREHOUSE, told
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

    @task(map_index_template="{{ task.op_kwargs['file'] }}", outlets=[ARCHIVE])
    def adopt(file: str, night: str, outlet_events: dict | None = None) -> list[str]:
        return told(outlet_events, ARCHIVE, {"file": file, "parts": steps.adopt(file, night)})["parts"]

    @task(trigger_rule="all_done")
    def parts(adopted: list[list[str]]) -> list[str]:
        return steps.parts(adopted[:])

    @task(
        max_active_tis_per_dagrun=settings.load().backfill_at_once,
        map_index_template="{{ task.op_kwargs['source'] }}",
        outlets=[CLAIMS],
    )
    def extract(source: str, night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, CLAIMS, extract_source(source, night))

    @task(pool="warehouse", trigger_rule="all_done", outlets=[WAREHOUSE])
    def load(night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, WAREHOUSE, load_night(night))

    @task(pool="warehouse")
    def check(night: str) -> dict:
        return check_night(night)

    @task(pool="warehouse", outlets=[SNAPSHOT])
    def publish(night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, SNAPSHOT, publish_night(night))

    @task
    def every_file_arrived() -> None:
        """Does nothing: it is red when a file failed, which `load` forgives."""

    arrived = every_file_arrived()
    adopted = adopt.partial(night=NIGHT).expand(file=files())
    read = extract.partial(night=NIGHT).expand(source=parts(adopted))
    read >> load(NIGHT) >> check(NIGHT) >> publish(NIGHT) >> arrived
    [adopted, read] >> arrived


backfill()
