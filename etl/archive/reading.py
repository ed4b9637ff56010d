"""What was kept, with its bytes, each checked against the digest it was written with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from etl import store
from etl.archive.index import Index
from etl.archive.records import END, DamagedArchive, days_of, files_of, night_of, payload, records
from etl.model import Page


def pages(root: Path, night: date, source: str) -> Iterator[tuple[Page, bytes]]:
    """Yield what was kept of a source in a night, in the order it came, with its bytes; nothing when there is no file.

    Raises:
        DamagedArchive: A body is not the one that was written.
    """
    index = Index(root, source)
    for name in files_of(root, source, night):
        for page, record in records(root, name):
            yield page, _body_of(index, page, record)


def body(root: Path, page: Page) -> bytes:
    """Return the bytes of a page.

    Raises:
        DamagedArchive: They are not those that were written, or their file is gone.
    """
    for found, record in records(root, Path(page.archive_file), page.archive_offset):
        if found.digest == page.digest:
            return _body_of(Index(root, page.source), found, record)
        break
    raise DamagedArchive(f"{page.archive_file} at byte {page.archive_offset}: {page.url} does not lie there")


def versions(root: Path, source: str, url: str) -> list[Page]:
    """Return the versions of one address that a source gave, oldest first, each the page that holds its bytes."""
    return Index(root, source).versions(url)


def nights(root: Path) -> list[tuple[date, str]]:
    """Return the nights and sources of which something is kept, oldest first."""
    return sorted({night_of(Path(day, name)) for day in days_of(root) for name in store.names(root / day, f"*{END}")})


def _body_of(index: Index, page: Page, record: Any) -> bytes:
    if record.rec_type != "revisit":
        return payload(page, record)
    first = index.search(page.digest)
    if first is None:
        raise DamagedArchive(f"{page.archive_file}: the body of {page.url} ({page.digest[:12]}) is kept nowhere")
    for found, holder in records(index.root, Path(first.archive_file), first.archive_offset):
        if found.digest == page.digest and holder.rec_type == "response":
            return payload(found, holder)
        break
    raise DamagedArchive(f"{first.archive_file} at byte {first.archive_offset}: {first.url} does not lie there")
