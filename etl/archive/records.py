"""WARC files of the archive, record by record, and what they are called."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from etl import store
from etl.model import Page

END = ".warc.gz"
BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, AttributeError, zlib.error)  # warcio, on damage


class DamagedArchive(ValueError):
    """A file of the archive cannot be read back as it was written; the message names file and place."""


def name_of(night: date, source: str, number: int = 1) -> Path:
    """Return where a source's file of a night lies, relative to the archive's root; a long night has several."""
    return Path(f"{night:%Y/%m/%d}") / f"{source}{END if number == 1 else f'+{number}{END}'}"


def night_of(name: Path) -> tuple[date, str]:
    """Return the night and the source of such a name."""
    year, month, day = name.parts[:3]
    return date(int(year), int(month), int(day)), name.name.removesuffix(END).partition("+")[0]


def number_of(name: Path) -> int:
    """Return the number of a file among those of its night."""
    return int(name.name.removesuffix(END).partition("+")[2] or 1)


def files_of(root: Path, source: str, night: date | None = None) -> list[Path]:
    """Return the names of a source's files, of all nights or of one, in the order they were written."""
    days = [f"{night:%Y/%m/%d}"] if night else days_of(root)
    ends = (END, f"+[0-9]*{END}")
    found = [Path(day, name) for day in days for end in ends for name in store.names(root / day, f"{source}{end}")]
    return sorted(found, key=lambda name: (name.parts[:3], number_of(name)))


def days_of(root: Path) -> list[str]:
    """Return the folders of all nights."""
    days = [""]
    for _ in range(3):
        days = [f"{day}/{name}".lstrip("/") for day in days for name in store.folders(root / day, "*")]
        days = [day for day in days if day.rpartition("/")[2].isdigit()]
    return days


def stamp_of(moment: datetime) -> str:
    """Return a time as WARC writes it, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def records(root: Path, name: Path, offset: int = 0, file: Path | None = None) -> Iterator[tuple[Page, Any]]:
    """Yield the pages of a file with their records, from a byte on; nothing when there is no such file.

    `file` is where its bytes lie while it is not yet in its place.

    Raises:
        DamagedArchive: The file breaks off or is garbled.
    """
    path = file or root / name
    if not file:
        store.pull(path)
    if not path.exists():
        return
    night, source = night_of(name)
    with path.open("rb") as stream:
        stream.seek(offset)
        found = ArchiveIterator(stream)
        for record in guarded(found, path, lambda: int(found.offset)):
            if record.rec_type == "warcinfo":
                continue
            try:
                page = _page_of(record, name, found.offset, night, source)
            except BROKEN as broken:
                raise DamagedArchive(f"{path} at byte {found.offset}: a record without its head ({broken})") from broken
            yield page, record
        if found.offset != path.stat().st_size:  # warcio takes the stump of a record for the end
            raise DamagedArchive(f"{path} near byte {found.offset}: the last record breaks off")


def _page_of(record: Any, name: Path, offset: int, night: date, source: str) -> Page:
    head, http = record.rec_headers, record.http_headers
    if record.rec_type not in ("response", "revisit"):
        raise ValueError(f"its type is {record.rec_type!r}")
    return Page(
        url=head.get_header("WARC-Target-URI"),
        source=source,
        night=night,
        fetched_at=datetime.fromisoformat(head.get_header("WARC-Date")),
        status=int(http.get_statuscode()),
        content_type=http.get_header("Content-Type") or "",
        digest=(head.get_header("WARC-Payload-Digest") or "").removeprefix("sha256:"),
        archive_file=str(name),
        archive_offset=offset,
    )


def headers_of(record: Any) -> dict[str, str]:
    """Return the HTTP headers of a record, names in lower case, several lines of one name below each other."""
    found: dict[str, str] = {}
    for name, value in record.http_headers.headers:
        key = name.lower()
        found[key] = f"{found[key]}\n{value}" if key in found else value
    return found


def guarded(found: Iterator[Any], path: Path, place: Callable[[], int]) -> Iterator[Any]:
    """Pass records on; say where a file is broken."""
    while True:
        try:
            record = next(found, None)
        except BROKEN as broken:
            raise DamagedArchive(f"{path} near byte {place()}: not a whole WARC file ({broken})") from broken
        if record is None:
            return
        yield record


def payload(page: Page, record: Any) -> bytes:
    """Return the bytes of a record that holds its own.

    Raises:
        DamagedArchive: They are not those that were written.
    """
    where = f"{page.archive_file} at byte {page.archive_offset}"
    try:
        data: bytes = record.content_stream().read()
    except BROKEN as broken:
        raise DamagedArchive(f"{where}: the body of {page.url} cannot be read ({broken})") from broken
    digest = hashlib.sha256(data).hexdigest()
    if digest != page.digest:
        raise DamagedArchive(f"{where}: the body of {page.url} has digest {digest[:12]}, not {page.digest[:12]}")
    return data
