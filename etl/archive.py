"""The archive: every answer as it came, in WARC files, written once and found again by digest.

One file a source and night, `<root>/<YYYY>/<MM>/<DD>/<source>.warc.gz`, that only ever grows. A run writes beside it
and puts the whole in its place at the end, so a killed run leaves what was there and the next one starts afresh. A body
that is already kept is written as a `revisit` record that points to it. `<root>/index/<source>.jsonl` finds bodies by
digest; it is rebuilt from the files when it is lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.model import Page

END = ".warc.gz"
TRANSPORT = ("content-encoding", "transfer-encoding", "content-length")  # no longer true of the body as it is kept


BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, zlib.error)  # what warcio raises on damage


class DamagedArchive(ValueError):
    """A file of the archive cannot be read back as it was written; the message names file and place."""


class Writer:
    """Adds pages to one source's file of one night; the file is put in place on `commit` or at a clean end.

    Raises:
        OSError: The disk refuses, or another run is writing the same file.
        DamagedArchive: The earlier file of this night cannot be read.
    """

    def __init__(self, root: Path, night: date, source: str) -> None:
        self.root, self.night, self.source = root, night, source
        self.path = root / _name(night, source)
        self._temporary = self.path.with_name(f".{source}{END}.part")
        self._out: IO[bytes] | None = None
        self._broken = False
        self._pages: list[Page] = []  # of this run
        self._earlier = _Index(root, source)
        self._here = {(page.url, page.digest): page for page in _listing(root, night, source)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and not self._broken:
            self.commit()
        else:
            self._drop()

    def known(self, digest: str) -> Page | None:
        """Return the page of this source that holds this body, of any night."""
        for page in self._pages:
            if page.digest == digest:
                return page
        return self._earlier.find(digest)

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
            archive_file=str(_name(self.night, self.source)),
            archive_offset=0,
        )
        try:
            page = self._write(page, dict(headers), body)
        except BaseException:
            self._broken = True
            raise
        self._pages.append(page)
        self._here[url, digest] = page
        return page

    def commit(self) -> None:
        """Put what was added in place, whole and safe on the disk; without additions the earlier file stays."""
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
        self._earlier.append(self._pages)
        self._pages = []

    def _write(self, page: Page, headers: dict[str, str], body: bytes) -> Page:
        out = self._out = self._out or self._begin()
        page = replace(page, archive_offset=out.tell())
        first = self.known(page.digest)
        writer = WARCWriter(out, gzip=True)
        fields = {"WARC-Payload-Digest": f"sha256:{page.digest}"}
        if first:
            fields |= {
                "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
                "WARC-Refers-To-Target-URI": first.url,
                "WARC-Refers-To-Date": _stamp(first.fetched_at),
            }
        writer.write_record(
            writer.create_warc_record(
                page.url,
                "revisit" if first else "response",
                payload=BytesIO(b"" if first else body),
                length=0 if first else len(body),
                warc_content_type="application/http; msgtype=response",
                warc_headers_dict={"WARC-Date": _stamp(page.fetched_at), **fields},
                http_headers=_http_headers(page, headers, len(body)),
            )
        )
        return page

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
            info = WARCWriter(out, gzip=True)
            info.write_record(info.create_warcinfo_record(self.path.name, {"software": "Streamledger"}))
        return out

    def _drop(self) -> None:
        if self._out is not None:
            self._out.close()
            self._out = None
            self._temporary.unlink(missing_ok=True)


def pages(root: Path, night: date, source: str) -> Iterator[tuple[Page, bytes]]:
    """Yield what was kept of a source in a night, in the order it came, with its bytes; nothing when there is no file.

    Raises:
        DamagedArchive: A body is not the one that was written.
    """
    for page, record in _records(root, _name(night, source)):
        yield page, _body_of(root, source, page, record)


def body(root: Path, page: Page) -> bytes:
    """Return the bytes of a page.

    Raises:
        FileNotFoundError: Its file is gone; DamagedArchive: the bytes are not those that were written.
    """
    with (root / page.archive_file).open("rb") as stream:
        stream.seek(page.archive_offset)
        for found, record in _records_of(stream, root, Path(page.archive_file)):
            if found.digest == page.digest:
                return _body_of(root, page.source, found, record)
            break
    raise DamagedArchive(f"{page.archive_file} at byte {page.archive_offset}: {page.url} does not lie there")


def nights(root: Path) -> list[tuple[date, str]]:
    """Return the nights and sources of which something is kept, oldest first."""
    found = []
    for path in root.glob(f"[0-9]*/[0-9]*/[0-9]*/*{END}"):
        if not path.name.startswith("."):
            found.append(_night_of(path.relative_to(root)))
    return sorted(found)


def adopt(root: Path, night: date, source: str, warc_path: Path) -> int:
    """Copy the answers of a WARC file from elsewhere into a night, with the dates they were fetched; return how many.

    Only answers of 200 to 299 are taken. Doing it twice adds nothing.

    Raises:
        FileNotFoundError: There is no such file; DamagedArchive: it is no WARC file, or is broken.
    """
    count = 0
    with warc_path.open("rb") as stream, Writer(root, night, source) as writer:
        for record in _guarded(ArchiveIterator(stream), warc_path, lambda: stream.tell()):
            if record.rec_type != "response" or not record.http_headers:
                continue
            status = int(record.http_headers.get_statuscode() or 0)
            if not 200 <= status < 300:
                continue
            writer.add(
                record.rec_headers.get_header("WARC-Target-URI"),
                status,
                dict(record.http_headers.headers),
                record.content_stream().read(),
                datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
                record.http_headers.get_header("Content-Type") or "",
            )
            count += 1
    return count


# --- reading records ----------------------------------------------------------------------------------------------


def _listing(root: Path, night: date, source: str) -> Iterator[Page]:
    for page, _ in _records(root, _name(night, source)):
        yield page


def _records(root: Path, name: Path) -> Iterator[tuple[Page, Any]]:
    path = root / name
    if path.exists():
        with path.open("rb") as stream:
            yield from _records_of(stream, root, name)


def _records_of(stream: IO[bytes], root: Path, name: Path) -> Iterator[tuple[Page, Any]]:
    night, source = _night_of(name)
    records = ArchiveIterator(stream)
    for record in _guarded(records, root / name, lambda: records.offset):
        if record.rec_type not in ("response", "revisit"):
            continue
        head, http = record.rec_headers, record.http_headers
        page = Page(
            url=head.get_header("WARC-Target-URI"),
            source=source,
            night=night,
            fetched_at=datetime.fromisoformat(head.get_header("WARC-Date")),
            status=int(http.get_statuscode()),
            content_type=http.get_header("Content-Type") or "",
            digest=(head.get_header("WARC-Payload-Digest") or "").removeprefix("sha256:"),
            archive_file=str(name),
            archive_offset=records.offset,
        )
        yield page, record


def _guarded(records: Iterator[Any], path: Path, place: Callable[[], int]) -> Iterator[Any]:
    """Pass records on; say where a file is broken."""
    while True:
        try:
            record = next(records, None)
        except BROKEN as broken:
            raise DamagedArchive(f"{path} near byte {place()}: not a whole WARC file ({broken})") from broken
        if record is None:
            return
        yield record


def _body_of(root: Path, source: str, page: Page, record: Any) -> bytes:
    if record.rec_type == "revisit":
        first = _Index(root, source).find(page.digest)
        if first is None:
            raise DamagedArchive(f"{page.archive_file}: the body of {page.url} ({page.digest[:12]}) is kept nowhere")
        return body(root, first)
    where = f"{page.archive_file} at byte {page.archive_offset}"
    try:
        data: bytes = record.content_stream().read()
    except BROKEN as broken:
        raise DamagedArchive(f"{where}: the body of {page.url} cannot be read ({broken})") from broken
    digest = hashlib.sha256(data).hexdigest()
    if digest != page.digest:
        raise DamagedArchive(f"{where}: the body of {page.url} has digest {digest[:12]}, not {page.digest[:12]}")
    return data


# --- finding bodies by digest -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Index:
    """Where the bodies of one source lie: digest -> page, of all nights."""

    root: Path
    source: str
    _known: dict[str, Page] | None = None

    @property
    def path(self) -> Path:
        return self.root / "index" / f"{self.source}.jsonl"

    def find(self, digest: str) -> Page | None:
        if self._known is None:
            self._known = self._load()
        page = self._known.get(digest)
        return page if page and (self.root / page.archive_file).exists() else None

    def append(self, added: list[Page]) -> None:
        known = self._known = self._load() if self._known is None else self._known
        new = [page for page in added if page.digest not in known]
        known.update({page.digest: page for page in new})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(page), default=str) + "\n" for page in new)

    def _load(self) -> dict[str, Page]:
        if not self.path.exists():
            return self._rebuild()
        try:
            lines = [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]
            return {row["digest"]: _page(row) for row in lines}
        except (ValueError, KeyError, TypeError):
            return self._rebuild()

    def _rebuild(self) -> dict[str, Page]:
        """Read the index out of the files: the first record of a digest that is no revisit."""
        known: dict[str, Page] = {}
        for path in sorted(self.root.glob(f"[0-9]*/[0-9]*/[0-9]*/{self.source}{END}")):
            for page, record in _records(self.root, path.relative_to(self.root)):
                if record.rec_type == "response":
                    known.setdefault(page.digest, page)
        if known:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines = "".join(json.dumps(asdict(page), default=str) + "\n" for page in known.values())
            self.path.write_text(lines, encoding="utf-8")
        return known


def _page(row: dict[str, Any]) -> Page:
    row["night"] = date.fromisoformat(row["night"])
    row["fetched_at"] = datetime.fromisoformat(row["fetched_at"])
    return Page(**row)


# --- names and stamps ---------------------------------------------------------------------------------------------


def _name(night: date, source: str) -> Path:
    return Path(f"{night:%Y/%m/%d}") / f"{source}{END}"


def _night_of(name: Path) -> tuple[date, str]:
    year, month, day = name.parts[:3]
    return date(int(year), int(month), int(day)), name.name.removesuffix(END)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


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
