"""What a row of the ledger shows: whether its request went out, and where it led."""

from __future__ import annotations

from etl.collect import addresses
from etl.model import Request


def is_made(row: Request) -> bool:
    """Whether a row shows that its request went out."""
    return row.status is not None or row.bytes > 0 or bool(row.digest) or row.seconds > 0 or row.outcome == "fetched"


def say(row: Request, words: str) -> str:
    """Return a violation in one line."""
    return f"{row.night} {row.source} {row.requested_at:%H:%M:%S} {row.why} {row.url}: {words}"


def target_of(row: Request) -> str:
    """Return where a redirect led, "" when the row is none."""
    return addresses.clean(row.rule.removeprefix("to "), row.url) if row.outcome == "redirected" else ""
