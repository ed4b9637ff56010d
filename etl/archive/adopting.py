"""WARC files from elsewhere: pages written for the project, and old news."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from etl.archive.records import BROKEN, guarded, headers_of
from etl.archive.writing import LIMIT, Writer

log = logging.getLogger("streamledger")


Refuses = Callable[[str, Mapping[str, str], bytes], bool]  # address, headers (names in lower case), body


def adopt(
    root: Path,
    night: date,
    source: str,
    warc_path: Path,
    limit: int = LIMIT,
    refuses: Refuses = lambda *_: False,
) -> int:
    """Copy the answers of a WARC file into a night, with the dates they were fetched; return how many were taken.

    Only answers of 200 to 299 are taken, and of those only what `refuses` lets through; one that cannot be unpacked is
    named in the log. Doing it twice adds nothing.

    Raises:
        FileNotFoundError: There is no such file.
        DamagedArchive: It is no WARC file, or breaks off; then nothing is taken.
    """
    count = 0
    with warc_path.open("rb") as stream, Writer(root, night, source, limit=limit) as writer:
        for record in guarded(ArchiveIterator(stream), warc_path, stream.tell):
            if record.rec_type == "response" and record.http_headers and _status(record) // 100 == 2:
                count += _take(writer, record, refuses)
    return count


def _take(writer: Writer, record: Any, refuses: Refuses) -> bool:
    url = record.rec_headers.get_header("WARC-Target-URI")
    try:
        body = record.content_stream().read()
        fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    except BROKEN as broken:
        log.warning("adopt: %s cannot be unpacked (%s)", url, broken)
        return False
    content_type = record.http_headers.get_header("Content-Type") or ""
    headers = headers_of(record)
    if not url or refuses(url, headers, body):
        return False
    writer.add(url, _status(record), headers, body, fetched_at, content_type)
    return True


def _status(record: Any) -> int:
    said = record.http_headers.get_statuscode() or ""
    return int(said) if said.isdigit() else 0
