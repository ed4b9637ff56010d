"""Common Crawl's CC-NEWS: the WARC files of a month, to be adopted by a backfill."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime

from etl.collect import addresses
from etl.collect.discover.service import DiscoveryFailed, Found, Service

STAMP = re.compile(r"CC-NEWS-(\d{14})-\d+\.warc\.gz$")
UNPACKED = 20_000_000  # bytes that the list of a month may grow to


def files(service: Service, year: int, month: int) -> list[Found]:
    """Return the WARC files of a month, oldest first; each holds about 1 GB, so fetching one is left to the operator.

    Raises:
        DiscoveryFailed: The list of the month did not come, or is none.
    """
    answer = service.ask(f"{service.source.url}{year:04d}/{month:02d}/warc.paths.gz")
    host = addresses.authority(service.source.url)
    found = [(STAMP.search(path), path) for path in _unpacked(answer.body).split()]
    if not all(stamp for stamp, _ in found):
        raise DiscoveryFailed(f"the list of {year}-{month:02d} names other files: {found[0][1][:100]!r}")
    return [
        Found(f"{host}/{path}", datetime.strptime(stamp[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        for stamp, path in sorted(found, key=lambda pair: pair[1])
        if stamp
    ]


def _unpacked(body: bytes) -> str:
    if body[:2] != b"\x1f\x8b":
        return body.decode("ascii", errors="replace")
    try:
        return zlib.decompressobj(wbits=31).decompress(body, UNPACKED).decode("ascii", errors="replace")
    except zlib.error as broken:
        raise DiscoveryFailed(f"the list cannot be unpacked ({broken})") from broken
