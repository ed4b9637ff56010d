"""GDELT DOC 2.0: addresses of articles by their words, of about the last three months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from etl.collect import addresses
from etl.collect.discover.service import DiscoveryFailed, Found, Service, allowed

MOST = 250  # articles an answer can hold; a full one means that there may be more
SHORTEST = timedelta(minutes=30)  # a stretch that is not halved again


def find(service: Service, query: str, first: datetime, last: datetime) -> list[Found]:
    """Return the articles of a query, such as `netflix sourcelang:french`, seen between two times (UTC).

    A stretch of time with more articles than one answer holds is asked for in halves.

    Raises:
        DiscoveryFailed: The service gave no answer that can be used, such as an error in words.
    """
    return allowed(_stretch(service, query, first, last))


def _stretch(service: Service, query: str, first: datetime, last: datetime) -> Iterator[Found]:
    stamps = {"startdatetime": f"{first:%Y%m%d%H%M%S}", "enddatetime": f"{last:%Y%m%d%H%M%S}"}
    answer = service.ask_json(
        query=query, mode="artlist", format="json", maxrecords=str(MOST), sort="datedesc", **stamps
    )
    rows = _articles(answer)
    if len(rows) >= MOST and last - first > SHORTEST:
        middle = first + (last - first) / 2
        yield from _stretch(service, query, first, middle)
        yield from _stretch(service, query, middle, last)
        return
    for row in rows:
        yield Found(addresses.clean(str(row.get("url", ""))), _seen(row), title=str(row.get("title", "")))


def _articles(answer: Any) -> list[dict[str, Any]]:
    if answer is None or answer == {}:
        return []
    if not isinstance(answer, dict) or not isinstance(answer.get("articles"), list):
        raise DiscoveryFailed(f"the answer holds no list of articles: {str(answer)[:200]}")
    return [row for row in answer["articles"] if isinstance(row, dict)]


def _seen(row: dict[str, Any]) -> datetime:
    try:
        return datetime.strptime(str(row.get("seendate")), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise DiscoveryFailed(f"an article without a time that can be read: {str(row)[:200]}") from None
