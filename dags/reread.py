"""### Read the archive again with today's extractor

Every archived night is extracted anew and loaded into a **trial** copy of the warehouse; **compare** lists each figure
that would be added, closed or changed. Nothing reaches the analysts unless the run was triggered with `publish`.

It begins by itself after the first night with another extractor, so its differences are listed before anybody asks.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import Param, dag, task

from etl.monitor.assets import EXTRACTOR, SNAPSHOT, accepted, told
from etl.monitor.notifier import Tell
from etl.monitor.retries import WHEN_LOST
from etl.steps import reread as steps

TODAY = "{{ dag_run.run_after.date() }}"


@dag(
    schedule=[EXTRACTOR],
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    on_failure_callback=Tell(),
    default_args={"owner": "streamledger", **WHEN_LOST, "execution_timeout": timedelta(hours=6)},
    params={"publish": Param(False, type="boolean", title="Publish the result after the comparison")},
    tags=["streamledger"],
    doc_md=__doc__,
)
def reread() -> None:
    @task
    def nights() -> list[str]:
        return steps.archived_nights()

    @task(max_active_tis_per_dagrun=2, map_index_template="{{ task.op_kwargs['night'] }}")
    def extract(night: str) -> dict:
        return steps.extract_night(night)

    @task(pool="warehouse")
    def load(today: str) -> dict:
        return steps.load_trial(today)

    @task(pool="warehouse")
    def compare(today: str) -> dict:
        return steps.compare(today)

    @task(pool="warehouse", outlets=[SNAPSHOT])
    def publish(today: str, params: dict | None = None, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, SNAPSHOT, accepted(steps.accept(today, wanted=params["publish"])))

    extract.expand(night=nights()) >> load(TODAY) >> compare(TODAY) >> publish(TODAY)


reread()
