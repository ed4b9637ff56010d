"""WARC 1.1 records by the standard library alone: a second reader beside the one that wrote the archive.

A file is a row of gzip members, a record each: WARC headers, HTTP headers, the body as it came.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl import store

CHUNK = 1 << 16
LARGEST = 1 << 30  # bytes of a record: more is no page
BREAK = b"\r\n\r\n"


class NotFound(ValueError):
    """The archive does not give what a claim says lies there; the message says where and what lies there instead."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record; names of headers are in lower case."""

    offset: int
    end: int  # the byte after it
    warc: dict[str, str]
    status: int
    http: dict[str, str]
    body: bytes

    @property
    def url(self) -> str:
        return self.warc.get("warc-target-uri", "")

    @property
    def digest(self) -> str:
        """The sha256 that the body was written with, in hex."""
        return self.warc.get("warc-payload-digest", "").removeprefix("sha256:")


@dataclass(frozen=True)
class Shelf:
    """The archive, opened for reading."""

    root: Path

    def page(self, name: str, offset: int) -> Record:
        """Return the record of a page with its body, which has the digest that it was written with.

        Raises:
            NotFound: No whole record lies there, or its body is another one.
        """
        store.pull(self.root / name)
        record = read(self.root / name, offset)
        if record.warc.get("warc-type") == "revisit":
            holder = self._holder(name, record)
            record = Record(record.offset, record.end, record.warc, record.status, record.http, holder.body)
        digest = hashlib.sha256(record.body).hexdigest()
        if digest != record.digest:
            raise NotFound(f"{name} at byte {offset}: the body has digest {digest[:12]}, not {record.digest[:12]}")
        return record

    def _holder(self, name: str, revisit: Record) -> Record:
        """Return the record that holds the body which a revisit points to."""
        source = Path(name).name.removesuffix(".warc.gz").partition("+")[0]
        places = self._bodies.get(source)
        if places is None:
            places = self._bodies[source] = {}
            for kept in store.sizes(self.root, ".warc.gz"):
                path = self.root / kept
                if kept[0].isdigit() and path.name.removesuffix(".warc.gz").partition("+")[0] == source:
                    store.pull(path)
                    for record in records(path):
                        if record.warc.get("warc-type") == "response":
                            places.setdefault(record.digest, (path, record.offset))
        if revisit.digest not in places:
            raise NotFound(f"{name} at byte {revisit.offset}: the body {revisit.digest[:12]} is kept nowhere")
        return read(*places[revisit.digest])

    @cached_property
    def _bodies(self) -> dict[str, dict[str, tuple[Path, int]]]:
        """For each source whose revisits were followed: where the body of each digest lies."""
        return {}


def records(path: Path) -> Iterator[Record]:
    """Yield the records of a file in order.

    Raises:
        NotFound: The file breaks off or is garbled.
    """
    place, size = 0, path.stat().st_size
    while place < size:
        record = read(path, place)
        yield record
        place = record.end


def read(path: Path, offset: int) -> Record:
    """Return the record that begins at a byte of a file.

    Raises:
        NotFound: There is no such file, or no whole record begins there.
    """
    where = f"{path.name} at byte {offset}"
    try:
        whole, end = _member(path, offset)
        head, _, rest = whole.partition(BREAK)
        version, *lines = head.decode("utf-8").split("\r\n")
        warc = _headers(lines)
        block = rest[: int(warc["content-length"])]
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as broken:
        raise NotFound(f"{where}: no whole record lies there ({type(broken).__name__}: {broken})") from broken
    if not version.startswith("WARC/") or len(block) < int(warc["content-length"]):
        raise NotFound(f"{where}: no whole record lies there (it begins with {version[:20]!r})")
    status, http, body = 0, {}, block
    if warc.get("content-type", "").startswith("application/http"):
        head, _, body = block.partition(BREAK)
        first, *lines = head.decode("utf-8", "replace").split("\r\n")
        http = _headers(lines)
        code = first.split(" ")[1:2]
        status = int(code[0]) if code and code[0].isdecimal() else 0
    return Record(offset, end, warc, status, http, body)


def _member(path: Path, offset: int) -> tuple[bytes, int]:
    """Unpack one gzip member; return its bytes and the place of the byte after it in the file."""
    unpack = zlib.decompressobj(wbits=31)
    parts, length = [], 0
    with path.open("rb") as stream:
        stream.seek(offset)
        place = offset
        while not unpack.eof:
            chunk = stream.read(CHUNK)
            if not chunk:
                raise EOFError(f"{path.name} breaks off at byte {place}")
            place += len(chunk)
            while chunk:
                parts.append(unpack.decompress(chunk, CHUNK * 16))
                length += len(parts[-1])
                if length > LARGEST:
                    raise ValueError(f"a record of more than {LARGEST} bytes")
                chunk = unpack.unconsumed_tail
    return b"".join(parts), place - len(unpack.unused_data)


def _headers(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
