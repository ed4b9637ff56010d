"""### Every night: collect, read, load, check, publish

One group per source, side by side: **collect** fetches politely into the archive, **extract** reads figures out of what
was archived. Then **load** resolves all claims to figures, **check** guards, **publish** swaps in the analysts' file,
which sets the DAG `exports` going.

A source that fails turns its own task red and, at the end, **every_source_arrived**; everything that the other sources
gave is published all the same. Running a night again changes nothing that was already known.

*Trigger with parameters* to repeat a day (`date`), to run a few sources (`sources`), or to ask again for what was
already collected (`force`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import CronTriggerTimetable, ExceptionRetryPolicy, Param, RetryAction, RetryRule, dag, task, task_group

from etl import settings, steps
from etl.monitor.assets import ARCHIVE, CLAIMS, EXTRACTOR, SNAPSHOT, WAREHOUSE, another, told
from etl.monitor.notifier import Tell
from etl.monitor.retries import WHEN_LOST
from etl.steps.base import SourceRefused

NIGHT = "{{ params.date or dag_run.run_after.date() }}"
BY_SOURCE = "{{ task.op_kwargs['source'] }}"
NO_HELP = [RetryRule(exception=refusal, action=RetryAction.FAIL) for refusal in (SourceRefused, ValueError)]
NETWORK = {
    "retries": settings.load().retries,
    "retry_delay": timedelta(seconds=settings.load().retry_seconds),
    "retry_exponential_backoff": 2.0,
    "retry_policy": ExceptionRetryPolicy(rules=NO_HELP),
    "execution_timeout": timedelta(hours=2),
}


@dag(
    schedule=CronTriggerTimetable("0 2 * * *", timezone="UTC"),
    start_date=datetime(2026, 11, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),  # an hour after the watchdog has told that it is stuck
    on_success_callback=Tell(),
    on_failure_callback=Tell(),
    default_args={"owner": "streamledger", "execution_timeout": timedelta(hours=1)},
    params={
        "sources": Param(None, type=["null", "array"], items={"type": "string"}, title="Only these sources"),
        "date": Param(None, type=["null", "string"], format="date", title="Night (YYYY-MM-DD), today when empty"),
        "force": Param(False, type="boolean", title="Ask again for what this night already collected"),
    },
    tags=["streamledger", "nightly"],
    doc_md=__doc__,
)
def nightly() -> None:
    @task(**WHEN_LOST)
    def tonight(night: str, params: dict | None = None) -> list[str]:
        return steps.collecting.tonight(params["sources"], night)

    @task(**NETWORK, max_active_tis_per_dagrun=8, map_index_template=BY_SOURCE, outlets=[ARCHIVE])
    def collect(source: str, night: str, params: dict | None = None, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, ARCHIVE, steps.collecting.collect(source, night, force=params["force"]))

    @task(**WHEN_LOST, map_index_template=BY_SOURCE, outlets=[CLAIMS])
    def extract(source: str, night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, CLAIMS, steps.reading.extract_source(source, night))

    @task_group
    def each(source: str) -> None:
        collect(source=source, night=NIGHT) >> extract(source=source, night=NIGHT)

    @task(retries=1, pool="warehouse", trigger_rule="all_done", outlets=[WAREHOUSE])
    def load(night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, WAREHOUSE, steps.nightly.load_night(night))

    @task(**WHEN_LOST, pool="warehouse")
    def check(night: str) -> dict:
        return steps.nightly.check_night(night)

    @task(retries=1, pool="warehouse", outlets=[SNAPSHOT])
    def publish(night: str, outlet_events: dict | None = None) -> dict:
        return told(outlet_events, SNAPSHOT, steps.nightly.publish_night(night))

    @task(**WHEN_LOST)
    def every_source_arrived() -> None:
        """Does nothing: it is red when a source failed, which `load` forgives so that the rest is published."""

    @task(**WHEN_LOST, outlets=[EXTRACTOR])
    def extractor(night: str) -> dict:
        """Skipped while it is the one of the night before; another one sets `reread` going."""
        return another(steps.reread.extractor(night))

    sources = each.expand(source=tonight(NIGHT))
    arrived = every_source_arrived()
    sources >> load(NIGHT) >> check(NIGHT) >> publish(NIGHT) >> [arrived, extractor(NIGHT)]
    sources >> arrived


nightly()
