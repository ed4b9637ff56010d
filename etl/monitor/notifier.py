"""How Airflow tells the operator: a notifier that finds the causes, leaves out what was told, and sends the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.sdk import BaseNotifier
from airflow.sdk.configuration import conf

from etl.alerts import Cause
from etl.logs import log
from etl.steps import causes
from etl.steps.telling import tell


class Tell(BaseNotifier):
    """Tells what went wrong: an alarm's own causes, those of the night, or that a run failed and nobody knows why."""

    def render_template_fields(self, *_: Any, **__: Any) -> None:
        """There are none; Airflow's own way to find that out fails where a DAG is tried in one process."""

    def notify(self, context: Any) -> None:
        """Tell the causes that were not told yet; never fails a run."""
        alarm = getattr(context.get("exception"), "causes", None)
        found = list(alarm) if alarm else _of_run(context)
        try:
            tell(found, conf.get("api", "base_url", fallback="http://localhost:8080"), mail)
        except (OSError, ValueError) as failure:
            log.error("nothing could be told: %s", failure)


def mail(to: str, subject: str, text: str) -> None:
    """Send an e-mail over Airflow's connection `smtp_default`."""
    with SmtpHook() as hook:
        hook.send_email_smtp(to=to, subject=subject, html_content=text, mime_subtype="plain")


def _of_run(context: Any) -> list[Cause]:
    dag = context["dag"].dag_id
    run_id = context.get("run_id") or context["dag_run"].run_id
    found = causes.of_night(_night(context)) if dag == "nightly" else []
    failed = context.get("exception") or context.get("reason") not in (None, "success")
    if found or not failed:
        return found
    why = f"{context.get('exception') or context.get('reason')} (run {run_id})"
    return [Cause("run_failed", dag, why, "open the red task of this run: its last line says what", f"/dags/{dag}")]


def _night(context: Any) -> date:
    asked = (context.get("params") or {}).get("date")
    run = context.get("dag_run")
    return date.fromisoformat(str(asked)) if asked else (run.run_after if run else datetime.now(UTC)).date()
