"""The assets that the DAGs leave behind, as Airflow knows them, with what was new as the extra of each event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowSkipException

ARCHIVE = Asset(name="archive", uri="streamledger://archive", group="streamledger")
CLAIMS = Asset(name="claims", uri="streamledger://claims", group="streamledger")
WAREHOUSE = Asset(name="warehouse", uri="streamledger://warehouse", group="streamledger")
SNAPSHOT = Asset(name="snapshot", uri="streamledger://snapshot", group="streamledger")
EXTRACTOR = Asset(name="extractor", uri="streamledger://extractor", group="streamledger")


def told(events: Mapping[Asset, Any], asset: Asset, counts: dict[str, Any]) -> dict[str, Any]:
    """Say in the event of an asset what was new, and return it."""
    events[asset].extra = counts
    return counts


def accepted(counts: dict[str, Any]) -> dict[str, Any]:
    """Return what a reading changed when it was published.

    Raises:
        AirflowSkipException: It was not: the assets are as they were.
    """
    if not counts["published"]:
        raise AirflowSkipException("not to be published")
    return counts


def another(said: dict[str, Any]) -> dict[str, Any]:
    """Return which extractor read a night when the night before had another one.

    Raises:
        AirflowSkipException: It is the same, or the first: nothing is to be read again.
    """
    if said["before"] in ("", said["extractor"]):
        raise AirflowSkipException("the extractor of the night before")
    return said
