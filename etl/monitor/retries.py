"""What Airflow does with a task that ended badly."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

# A step that asks no network fails again the way it failed, so its own failure is final. A task whose worker was lost
# raised nothing: nobody asks the policy, and Airflow gives it to another worker, since a second try is allowed.
WHEN_LOST = {
    "retries": 1,
    "retry_delay": timedelta(seconds=10),
    "retry_policy": ExceptionRetryPolicy(
        rules=[RetryRule(exception=Exception, action=RetryAction.FAIL, reason="a second try would fail alike")]
    ),
}
