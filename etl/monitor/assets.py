"""The assets that the DAGs leave behind, as Airflow knows them."""

from __future__ import annotations

from airflow.sdk import Asset

SNAPSHOT = Asset(name="snapshot", uri="streamledger://snapshot", group="streamledger")
