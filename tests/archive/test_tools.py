"""Other people's tools read what the archive keeps, record by record: warcio always, FastWARC where it is at hand."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from etl import archive

NIGHT = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
SAME, UNTOUCHED = f"{PROFILE}identical-payload-digest", f"{PROFILE}server-not-modified"
HTML = "text/html; charset=utf-8"
HEADERS = {"etag": '"1"', "set-cookie": "a=1\nb=2", "content-encoding": "gzip", "content-length": "7"}
A, B, R = b"<p>a</p>", "<p>Größe 5 €</p>".encode(), b"User-agent: *\n"

Wanted = list[tuple[str, str, int, bytes]]  # type, profile, status, body
FIRST: Wanted = [("response", "", 200, A), ("response", "", 203, B), ("revisit", SAME, 200, b"")]
SECOND: Wanted = [("revisit", SAME, 200, b""), ("response", "", 200, b"new")]
ASIDE: Wanted = [("response", "", 200, R), ("revisit", UNTOUCHED, 304, b""), ("response", "", 404, b"lost")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Wanted]:
    """Two nights of one source, with pointers within a night and between nights, and asides."""
    root = tmp_path_factory.mktemp("archive")
    with archive.Writer(root, NIGHT, "paper") as writer:
        for path, status, body in (("a", 200, A), ("b", 203, B), ("c", 200, A)):
            writer.add(f"https://paper.example/{path}?é=1", status, HEADERS, body, AT, HTML)
        for path, status, body in (("robots.txt", 200, R), ("a", 304, b""), ("lost", 404, b"lost")):
            writer.aside(f"https://paper.example/{path}", status, {}, body, AT, "text/plain")
    with archive.Writer(root, NIGHT + timedelta(days=1), "paper") as writer:
        for path, body in (("a", A), ("new", b"new")):
            writer.add(f"https://paper.example/{path}", 200, {}, body, AT + timedelta(days=1), HTML)
    night = "2026/11/20/paper.warc.gz"
    return {root / night: FIRST, root / "2026/11/21/paper.warc.gz": SECOND, root / "asides" / night: ASIDE}


def by_warcio(path: Path) -> Iterator[tuple[Any, Any, int, bytes]]:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            head, http = record.rec_headers, record.http_headers
            assert head.protocol == "WARC/1.1"
            status = int(http.get_statuscode()) if http else 0
            yield head.get_header, http.get_header if http else None, status, record.content_stream().read()


def by_fastwarc(path: Path) -> Iterator[tuple[Any, Any, int, bytes]]:
    warc = pytest.importorskip("fastwarc.warc", reason="FastWARC is not installed")
    with path.open("rb") as stream:
        for record in warc.ArchiveIterator(stream, parse_http=True, verify_digests=True):
            head, http = record.headers, record.http_headers
            yield head.get, http.get if http else None, http.status_code if http else 0, record.reader.read()


@pytest.mark.parametrize("reader", [by_warcio, by_fastwarc])
def test_record_by_record(kept: dict[Path, Wanted], reader: Any) -> None:
    """Types, profiles, statuses, bodies and digests; each pointer names the address and time of what it points to."""
    for path, wanted in kept.items():
        found = list(reader(path))
        assert found[0][0]("WARC-Type") == "warcinfo"
        assert [
            (head("WARC-Type"), head("WARC-Profile") or "", status, body) for head, _, status, body in found[1:]
        ] == (wanted)
        for head, http, status, body in found[1:]:
            digest = (head("WARC-Payload-Digest") or "").removeprefix("sha256:")
            if head("WARC-Type") == "response":
                assert digest == hashlib.sha256(body).hexdigest()
                assert http("Content-Length") == str(len(body))
            elif status != 304:
                assert digest == hashlib.sha256(A).hexdigest()
                assert head("WARC-Refers-To-Target-URI") == "https://paper.example/a?é=1"
                assert head("WARC-Refers-To-Date") == "2026-11-20T01:02:03.456789Z"


def test_every_line_of_a_header_is_kept(kept: dict[Path, Wanted]) -> None:
    """Also several of one name; what was true of the way only stands under another name."""
    with next(iter(kept)).open("rb") as stream:
        record = next(record for record in ArchiveIterator(stream) if record.rec_type == "response")
    found = record.http_headers.headers
    assert record.http_headers.get_statuscode() == "200"
    assert [value for name, value in found if name == "set-cookie"] == ["a=1", "b=2"]
    assert ("X-Archive-Orig-content-encoding", "gzip") in found
    assert ("Content-Length", str(len(A))) in found


def test_warcio_check_finds_nothing(kept: dict[Path, Wanted]) -> None:
    for path in kept:
        done = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        assert done.stdout.count("digest pass") >= len(kept[path])
        assert "fail" not in done.stdout
