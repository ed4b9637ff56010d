"""WARC files from elsewhere: pages written for the project, and old news."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator

from etl.archive.records import BROKEN, DamagedArchive, guarded, headers_of
from etl.archive.writing import LIMIT, Writer
from etl.logs import log


class Answer(NamedTuple):
    """One answer as it was kept elsewhere, in the order in which `Writer.add` takes it."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # unpacked
    fetched_at: datetime
    content_type: str


Refuses = Callable[[Answer], bool]


def answers(warc_path: Path) -> Iterator[Answer]:
    """Yield the answers of 200 to 299 in a WARC file, in its order; one that cannot be unpacked is named in the log.

    Raises:
        FileNotFoundError: There is no such file.
        DamagedArchive: It is no WARC file, or breaks off; what stands before was yielded.
    """
    with warc_path.open("rb") as stream:
        found = ArchiveIterator(stream)
        for record in guarded(found, warc_path, stream.tell):
            is_good = record.rec_type == "response" and record.http_headers and _status(record) // 100 == 2
            answer = _answer(record) if is_good else None
            if not _is_whole(record):
                raise DamagedArchive(f"{warc_path} near byte {stream.tell()}: the last record breaks off")
            if answer and answer.url:
                yield answer
        if found.offset != warc_path.stat().st_size:  # a stump that has not even a head
            raise DamagedArchive(f"{warc_path} near byte {found.offset}: the last record breaks off")


def adopt(
    root: Path,
    night: date,
    source: str,
    warc_path: Path,
    limit: int = LIMIT,
    refuses: Refuses = lambda _: False,
) -> int:
    """Copy the answers of a WARC file into a night, with the dates they were fetched; return how many were taken.

    Of those that `answers` gives, what `refuses` lets through is taken. Doing it twice adds nothing.

    Raises:
        FileNotFoundError: There is no such file.
        DamagedArchive: It is no WARC file, or breaks off; then nothing is taken.
    """
    count = 0
    with Writer(root, night, source, limit=limit) as writer:
        for answer in answers(warc_path):
            if not refuses(answer):
                writer.add(*answer)
                count += 1
    return count


def _answer(record: Any) -> Answer | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        body = record.content_stream().read()
        fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
    except BROKEN as broken:
        log.warning("adopt: %s cannot be unpacked (%s)", url, broken)
        return None
    content_type = record.http_headers.get_header("Content-Type") or ""
    return Answer(url, _status(record), headers_of(record), body, fetched_at, content_type)


def _is_whole(record: Any) -> bool:
    """Whether a record's bytes were all there; warcio takes the end of the file for the end of the record."""
    while record.raw_stream.read(1 << 16):  # what follows a packed body
        pass
    return not getattr(record.raw_stream, "limit", 0)  # of no stated length, it is as long as it is


def _status(record: Any) -> int:
    said = record.http_headers.get_statuscode() or ""
    return int(said) if said.isdecimal() else 0
