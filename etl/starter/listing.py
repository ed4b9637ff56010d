"""The list of a sample's pages: what each is, when it was fetched, and what a person reads in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from etl import yamls
from etl.model import Kind

FOLDER = Path(__file__).resolve().parent
PAGES = FOLDER / "pages"


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One page of a sample: its bytes and what they say to a person."""

    source: str
    file: str
    url: str
    fetched_at: datetime
    published: date | None  # None when the page does not say
    status: int
    content_type: str
    kind: Kind
    claims: tuple[dict[str, Any], ...]  # fields of etl.model.Claim; a list holds readings that are all right
    why: str = ""

    @property
    def body(self) -> bytes:
        return (PAGES / self.source / self.file).read_bytes()


def names() -> list[str]:
    """Return the names of the samples."""
    return sorted(path.parent.name for path in PAGES.glob("*/index.yaml"))


def pages(source: str) -> list[SamplePage]:
    """Return a sample's pages in the order in which they were fetched.

    Raises:
        ValueError: The list and the folder do not hold the same files; the message names them.
    """
    path = PAGES / source / "index.yaml"
    rows = yamls.read(path)["pages"]
    found = [_page(source, row) for row in rows]
    listed, there = {page.file for page in found}, {file.name for file in path.parent.glob("*.html")}
    if listed != there or len(listed) != len(found):
        odd = sorted(listed ^ there) or [page.file for page in found]
        raise ValueError(f"{path}: want each page of the folder once; look at {', '.join(odd)}")
    return sorted(found, key=lambda page: (page.fetched_at, page.url))


def _page(source: str, row: dict[str, Any]) -> SamplePage:
    moment = row["fetched_at"]
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return SamplePage(
        source=source,
        file=row["file"],
        url=row["url"],
        fetched_at=moment.astimezone(UTC),
        published=row["published"],
        status=row["status"],
        content_type=row["content_type"],
        kind=Kind(row["kind"]),
        claims=tuple(row["claims"]),
        why=row.get("why", ""),
    )
