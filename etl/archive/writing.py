"""Adding to the archive: beside the file, then in its place."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Self

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive.index import Index
from etl.archive.records import END, name_of, payload, records, stamp_of
from etl.archive.salvage import whole_until
from etl.model import Page

ASIDES = "asides"  # folder, beside the nights, of answers that are no pages
PROFILES = "http://netpreserve.org/warc/1.1/revisit"
NOT_MODIFIED = 304
TRANSPORT = ("content-encoding", "transfer-encoding", "content-length")  # no longer true of the body as it is kept


class Writer:
    """Adds pages to one source's file of one night; the file is put in place on `commit` or at a clean end.

    Raises:
        OSError: The disk refuses, or another run is writing the same file.
        DamagedArchive: The earlier file of this night cannot be read.
    """

    def __init__(self, root: Path, night: date, source: str, beside: Writer | None = None) -> None:
        self._beside = beside  # the writer of pages that this one writes the asides of
        self._asides: Writer | None = None
        self.root, self.night, self.source = root, night, source
        self.path = root / name_of(night, source)
        self._temporary = self.path.with_name(f".{source}{END}.part")
        self._out: IO[bytes] | None = None
        self._broken = False
        self._added: dict[str, Page] = {}  # by digest, of this run
        self._earlier = Index(root, source)
        name = self.path.relative_to(root)
        self._here = {(page.url, page.digest): page for page, _ in records(root, name)}
        self._take_up()
        if beside is None and (root / ASIDES / name.with_name(self._temporary.name)).exists():
            self._asides = Writer(root / ASIDES, night, source, beside=self)

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
        self._asides = self._asides or Writer(self.root / ASIDES, self.night, self.source, beside=self)
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
            archive_file=str(name_of(self.night, self.source)),
            archive_offset=0,
        )
        try:
            page = self._write(page, dict(headers), body)
        except BaseException:
            self._broken = True
            raise
        self._added.setdefault(digest, page)
        self._here[url, digest] = page
        return page

    def tonight(self, url: str) -> tuple[Page, dict[str, str], bytes] | None:
        """Return what was kept of an address this night, with its HTTP headers (names in lower case) and its bytes."""
        found = [page for page in self._here.values() if page.url == url]
        file = self._temporary if self._out else self.path
        for page, record in (
            records(self.root, Path(found[-1].archive_file), found[-1].archive_offset, file) if found else ()
        ):
            if record.rec_type == "response" and page.digest == found[-1].digest:
                headers = {key.lower(): value for key, value in record.http_headers.headers}
                return page, headers, payload(page, record)
            break
        return None

    def commit(self) -> None:
        """Put what was added in place, whole and safe on the disk; without additions the earlier file stays."""
        if self._asides:
            self._asides.commit()
        if self._out is None:
            return
        try:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._temporary.replace(self.path)
            _sync_folder(self.path.parent)
        except BaseException:
            self._broken = True
            raise
        self._out.close()
        self._out = None
        self._earlier.append(self._added.values())
        self._added = {}

    def _write(self, page: Page, headers: dict[str, str], body: bytes) -> Page:
        out = self._out = self._out or self._begin()
        page = replace(page, archive_offset=out.tell())
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
        out.flush()  # from here on it survives a kill: the next run takes it up
        return page

    def _take_up(self) -> None:
        """Go on with what a killed run had added, as far as it is whole; what it had not, is cut off."""
        start = self.path.stat().st_size if self.path.exists() else 0
        if not self._temporary.exists() or self._temporary.stat().st_size < start:
            return
        out = self._temporary.open("ab")
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # of a run that is at work: `add` will say so
            out.close()
            return
        out.truncate(whole_until(self._temporary, start))
        found = list(records(self.root, self.path.relative_to(self.root), start, self._temporary))
        if not found:  # not even one: begin anew
            self._temporary.unlink()
            out.close()
            return
        out.seek(0, os.SEEK_END)
        self._out = out
        for page, record in found:
            self._here[page.url, page.digest] = page
            if record.rec_type == "response":
                self._added.setdefault(page.digest, page)

    def _begin(self) -> IO[bytes]:
        """Open the file beside the earlier one, with the earlier one's bytes in it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        out = self._temporary.open("ab")
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            out.close()
            raise OSError(f"{self.path}: another run is writing it") from None
        out.truncate(0)
        if self.path.exists():
            with self.path.open("rb") as earlier:
                shutil.copyfileobj(earlier, out)
        else:
            info = WARCWriter(out, gzip=True, warc_version="1.1")
            info.write_record(info.create_warcinfo_record(self.path.name, {"software": "Streamledger"}))
        return out

    def _leave(self) -> None:
        """Let go of a file that was not put in its place; the next run takes it up."""
        if self._out is not None:
            with contextlib.suppress(OSError):  # of a full disk, which was told already
                self._out.close()
            self._out = None


def _http_headers(page: Page, headers: dict[str, str], length: int) -> StatusAndHeaders:
    kept = [(f"X-Archive-Orig-{key}" if key.lower() in TRANSPORT else key, value) for key, value in headers.items()]
    if page.content_type and not any(key.lower() == "content-type" for key, _ in kept):
        kept.append(("Content-Type", page.content_type))
    safe = [(key, value.replace("\r", " ").replace("\n", " ")) for key, value in kept]
    return StatusAndHeaders(f"{page.status} Kept", [*safe, ("Content-Length", str(length))], protocol="HTTP/1.1")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
