"""### The same tables for those who do not open DuckDB files

After each publication the snapshot is written once more beside itself, in `exports/`: Parquet and CSV of every table,
SDMX-CSV, a data package that describes them, and the report as one HTML page. The folder is swapped in whole.

Analysts who read the snapshot do not wait for it, and when it fails the night is published all the same.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import dag, task

from etl import steps
from etl.monitor.assets import SNAPSHOT
from etl.monitor.notifier import Tell
from etl.monitor.retries import WHEN_LOST


@dag(
    schedule=[SNAPSHOT],
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    on_failure_callback=Tell(),
    default_args={"owner": "streamledger", **WHEN_LOST, "execution_timeout": timedelta(hours=2)},
    tags=["streamledger"],
    doc_md=__doc__,
)
def exports() -> None:
    @task
    def export() -> dict:
        return steps.exporting.export()

    export()


exports()
