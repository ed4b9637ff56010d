"""A row of the ledger in one line of plain words, for a red task and a log: what happened first, where last."""

from __future__ import annotations

from urllib.parse import urlsplit

from etl.model import Request


def reason(row: Request) -> str:
    """Return why a request brought nothing, such as "HTTP 500 from https://paper.example/feed"."""
    host = urlsplit(row.url).netloc
    words = row.outcome.replace("_", " ")
    if row.status and row.rule.startswith("HTTP") and not row.detail:
        answer = f"{row.rule} from {row.url}"
        return answer if row.outcome == "unreachable" else f"{words}: {answer}"
    if row.outcome == "refused_by_robots":
        said = row.rule.removeprefix("robots.txt").lstrip(": ")
        return f"refused by the robots.txt of {host} ({said})" if said else f"refused by the robots.txt of {host}"
    said = row.detail or row.rule
    place = "" if host and host in said else f", at {row.url}"
    return f"{words}: {said}{place}" if said else f"{words}{place}"
