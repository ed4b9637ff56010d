"""The Wayback Machine's CDX index: kept copies of the pages below an address."""

from __future__ import annotations

from datetime import UTC, date, datetime

from etl.collect import addresses
from etl.collect.discover.service import DiscoveryFailed, Found, Service, allowed

PART = 500  # rows asked for at once
FIELDS = ("timestamp", "original")


def find(service: Service, prefix: str, first: date, last: date, limit: int = 5000) -> list[Found]:
    """Return the pages below an address (without scheme, such as `paper.example/news/`) kept between two days.

    Only copies of HTML with status 200; of each address the earliest. At most `limit` rows of the index are read.

    Raises:
        DiscoveryFailed: The index gave no answer that can be used.
    """
    query = {"url": f"{prefix}*", "output": "json", "fl": ",".join(FIELDS), "collapse": "urlkey", "limit": str(PART)}
    query |= {"from": f"{first:%Y%m%d}", "to": f"{last:%Y%m%d}", "filter": "statuscode:200", "showResumeKey": "true"}
    rows: list[list[str]] = []
    while len(rows) < limit:
        found, key = _page(service.ask_json(**query))
        rows += found
        if not key or not found:
            break
        query["resumeKey"] = key
    host = addresses.authority(service.source.url)
    return allowed(_found(host, stamp, url) for stamp, url in rows[:limit])


def _page(answer: object) -> tuple[list[list[str]], str]:
    """Return the rows of one answer, and the key that asks for the next; the first row is the head."""
    rows = answer if isinstance(answer, list) else []
    key = ""
    if len(rows) >= 2 and rows[-2] == []:
        key, rows = str(rows[-1][0]), rows[:-2]
    if rows and tuple(rows[0]) != FIELDS:
        raise DiscoveryFailed(f"the index answers with columns {rows[0]}; want {list(FIELDS)}")
    return [row for row in rows[1:] if len(row) == len(FIELDS)], key


def _found(host: str, stamp: str, url: str) -> Found:
    seen = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return Found(addresses.clean(url), seen, copy=f"{host}/web/{stamp}id_/{url}")
