"""Adding to the archive: beside the file, then in its place."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from http.client import responses
from io import BytesIO
from pathlib import Path
from typing import Self

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive.drafts import Draft, bring_drafts, part_of
from etl.archive.index import Index
from etl.archive.records import files_of, headers_of, name_of, number_of, payload, records, stamp_of
from etl.model import Page

ASIDES = "asides"  # folder, beside the nights, of answers that are no pages
PROFILES = "http://netpreserve.org/warc/1.1/revisit"
NOT_MODIFIED = 304
LIMIT = 1_000_000_000  # bytes after which a file is full and the night goes on in another one
TRANSPORT = ("content-encoding", "transfer-encoding", "content-length")  # no longer true of the body as it is kept


class Writer:
    """Adds pages to one source's files of one night; they are put in place on `commit` or at a clean end.

    A file of `limit` bytes or more is full: what comes next goes into another one.

    Raises:
        OSError: The disk refuses, or another run is writing the same file.
        DamagedArchive: The earlier file of this night cannot be read.
    """

    def __init__(self, root: Path, night: date, source: str, beside: Writer | None = None, limit: int = LIMIT) -> None:
        self._beside = beside  # the writer of pages that this one writes the asides of
        self._asides: Writer | None = None
        self.root, self.night, self.source, self.limit = root, night, source, limit
        self._drafts: list[Draft] = []  # not yet in their places; what is added goes into the last one
        self._broken = False
        self._added: dict[str, Page] = {}  # by digest, of this run
        self._earlier = Index(root, source)
        kept = [page for name in files_of(root, source, night) for page, _ in records(root, name)]
        self._here = {(page.url, page.digest): page for page in kept}
        bring_drafts(root, name_of(night, source).parent, source)
        self._of = {page.url: page for page in kept}  # the last one of each address
        self._take_up()
        aside = root / ASIDES / name_of(night, source)
        if beside is None:
            bring_drafts(root / ASIDES, name_of(night, source).parent, source)
        if beside is None and any(aside.parent.glob(part_of(aside.with_name(f"{source}[.+]*")).name)):
            self._asides = Writer(root / ASIDES, night, source, beside=self, limit=limit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        try:
            if failure[0] is None and not self._broken:
                self.commit()
        finally:
            for writer in (self, self._asides):
                if writer:
                    writer._leave()

    def known(self, digest: str) -> Page | None:
        """Return the page of this source that holds this body, of any night."""
        found = self._added.get(digest) or self._earlier.find(digest)
        return found or (self._beside.known(digest) if self._beside else None)

    def aside(
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        fetched_at: datetime,
        content_type: str,
    ) -> None:
        """Keep an answer that is no page (robots.txt, an error, a redirect, "not modified") under `asides/`.

        Nobody reads it for figures; a body that is kept as a page is not kept again.
        """
        if self._asides is None:
            self._asides = Writer(self.root / ASIDES, self.night, self.source, beside=self, limit=self.limit)
        self._asides.add(url, status, headers, body, fetched_at, content_type)

    def add(
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        fetched_at: datetime,
        content_type: str,
    ) -> Page:
        """Keep one answer and return where it lies; the same body at the same address is kept once a night."""
        digest = hashlib.sha256(body).hexdigest()
        if (url, digest) in self._here:
            return self._here[url, digest]
        page = Page(
            *(url, self.source, self.night, fetched_at.astimezone(UTC), status, content_type, digest),
            archive_file="",
            archive_offset=0,
        )
        try:
            page = self._write(page, dict(headers), body)
        except BaseException:
            self._broken = True
            raise
        self._added.setdefault(digest, page)
        self._here[url, digest] = self._of[url] = page
        return page

    def tonight(self, url: str) -> tuple[Page, dict[str, str], bytes] | None:
        """Return what was kept of an address this night, with its HTTP headers (names in lower case) and its bytes."""
        last = self._of.get(url)
        if last is None:
            return None
        name = Path(last.archive_file)
        file = next((draft.temporary for draft in self._drafts if draft.name == name), None)
        for page, record in records(self.root, name, last.archive_offset, file):
            if record.rec_type == "response" and page.digest == last.digest:
                return page, headers_of(record), payload(page, record)
            break
        return None

    def commit(self) -> None:
        """Put what was added in place, whole and safe on the disk; without additions the earlier file stays."""
        if self._asides:
            self._asides.commit()
        if not self._drafts:
            return
        try:
            for draft in self._drafts:
                draft.place()
        except BaseException:
            self._broken = True
            raise
        self._drafts = []
        self._earlier.append(self._added.values())
        self._added = {}

    def _write(self, page: Page, headers: dict[str, str], body: bytes) -> Page:
        draft = self._draft()
        out = draft.out
        page = replace(page, archive_file=str(draft.name), archive_offset=out.tell())
        first = self.known(page.digest)
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        fields = {"WARC-Payload-Digest": f"sha256:{page.digest}"}
        if page.status == NOT_MODIFIED:
            fields = {"WARC-Profile": f"{PROFILES}/server-not-modified"}
        elif first:
            fields |= {
                "WARC-Profile": f"{PROFILES}/identical-payload-digest",
                "WARC-Refers-To-Target-URI": first.url,
                "WARC-Refers-To-Date": stamp_of(first.fetched_at),
            }
        writer.write_record(
            writer.create_warc_record(
                page.url,
                "revisit" if "WARC-Profile" in fields else "response",
                payload=BytesIO(b"" if "WARC-Profile" in fields else body),
                length=0 if "WARC-Profile" in fields else len(body),
                warc_content_type="application/http; msgtype=response",
                warc_headers_dict={"WARC-Date": stamp_of(page.fetched_at), **fields},
                http_headers=_http_headers(page, headers, len(body)),
            )
        )
        draft.keep()  # from here on it survives a kill
        return page

    def _draft(self) -> Draft:
        """Return the draft that takes what is added next: the last file's, or, when that is full, another one's."""
        last = self._drafts[-1] if self._drafts else None
        if last and last.out.tell() < self.limit:
            return last
        names = [draft.name for draft in self._drafts] or files_of(self.root, self.source, self.night)[-1:]
        number = number_of(names[-1]) if names else 1
        if names and (last or (self.root / names[-1]).stat().st_size >= self.limit):
            number += 1
        draft = Draft(self.root, name_of(self.night, self.source, number))
        draft.out.flush()  # begun, and locked
        self._drafts.append(draft)
        return draft

    def _take_up(self) -> None:
        """Go on with what a killed run had added to each file."""
        for number in itertools.count(1):
            draft = Draft(self.root, name_of(self.night, self.source, number))
            if not draft.path.exists() and not draft.temporary.exists():
                return
            if found := draft.take_up():
                self._drafts.append(draft)
            for page, record in found:
                self._here[page.url, page.digest] = self._of[page.url] = page
                if record.rec_type == "response":
                    self._added.setdefault(page.digest, page)

    def _leave(self) -> None:
        """Let go of files that were not put in their places; the next run takes them up."""
        for draft in self._drafts:
            draft.leave()
        self._drafts = []
        self._earlier.close()


def _http_headers(page: Page, headers: dict[str, str], length: int) -> StatusAndHeaders:
    names = {key: f"X-Archive-Orig-{key}" if key.lower() in TRANSPORT else key for key in headers}
    kept = [(names[key], line.replace("\r", " ")) for key, value in headers.items() for line in value.split("\n")]
    if page.content_type and not any(key.lower() == "content-type" for key, _ in kept):
        kept.append(("Content-Type", page.content_type.replace("\r", " ").replace("\n", " ")))
    said = f"{page.status} {responses.get(page.status, 'Unknown')}"
    return StatusAndHeaders(said, [*kept, ("Content-Length", str(length))], protocol="HTTP/1.1")
