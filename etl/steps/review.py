"""A person's word on one statement: it becomes a row of the corrections, and counts from the next load on."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from etl import load, queries
from etl.logs import log


def correct(claim: str, action: str, reason: str, field: str = "", becomes: str = "") -> dict[str, str]:
    """Accept, reject or fix a published statement, and return the row that was written.

    Raises:
        ValueError: There is no such statement, or that is no correction of it; the message says what is wrong.
        NoSnapshot: Nothing was published yet.
        OSError: The list of corrections cannot be written.
    """
    found = [row for row in queries.records("claims_of_an_article", {"claim": claim}) if row["claim_id"] == claim]
    if not found or found[0]["url"] is None:
        raise ValueError(f"no statement {claim!r} of a page; `streamledger query to_review` lists what waits")
    said = found[0]
    row = {name: str(said[name]) for name in ("url", "quote", "platform", "metric")}
    row |= {"action": action, "reason": " ".join(reason.split()), "reviewed_on": str(datetime.now(UTC).date())}
    if action == "fix":
        was = said.get(field)
        row |= {"field": field, "becomes": becomes.strip()}
        row["was"] = "" if was is None else f"{was.normalize():f}" if isinstance(was, Decimal) else str(was)
    load.correct(row)
    log.info("review: %s %s %s of %s: %s", action, said["platform"], said["metric"], said["url"], row["reason"])
    return row
