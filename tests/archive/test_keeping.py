"""The archive keeps bytes once, whole, and gives them back unchanged."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl import archive
from etl.model import Page

NIGHT, NEXT = date(2026, 11, 20), date(2026, 11, 21)
AT = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)


def keep(root: Path, night: date, *bodies: tuple[str, bytes], source: str = "paper") -> list[Page]:
    with archive.Writer(root, night, source) as writer:
        return [writer.add(url, 200, {"ETag": '"1"'}, body, AT, "text/html; charset=utf-8") for url, body in bodies]


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    """Address, time to the microsecond, status, type and bytes survive; binary bytes too."""
    kept = keep(
        tmp_path,
        NIGHT,
        ("https://paper.example/é?a=1", "Größe".encode()),
        ("https://paper.example/z", bytes(range(256))),
    )
    back = list(archive.pages(tmp_path, NIGHT, "paper"))
    assert [page for page, _ in back] == kept
    assert [body for _, body in back] == ["Größe".encode(), bytes(range(256))]
    assert kept[0].fetched_at == AT
    assert archive.body(tmp_path, kept[1]) == bytes(range(256))
    assert (tmp_path / "2026/11/20/paper.warc.gz").is_file()


def test_nothing_kept_is_nothing(tmp_path: Path) -> None:
    """A night without a file yields nothing; a run without additions leaves no file."""
    assert list(archive.pages(tmp_path, NIGHT, "paper")) == []
    assert keep(tmp_path, NIGHT) == []
    assert archive.nights(tmp_path) == []


def test_nights_lists_what_is_there(tmp_path: Path) -> None:
    """Nights come oldest first, a source each."""
    keep(tmp_path, NEXT, ("https://b.example/", b"b"), source="b")
    keep(tmp_path, NIGHT, ("https://a.example/", b"a"), source="a.news")
    assert archive.nights(tmp_path) == [(NIGHT, "a.news"), (NEXT, "b")]


def test_same_body_is_written_once(tmp_path: Path) -> None:
    """The second night's copy is a pointer; reading it gives the first night's bytes."""
    body = os.urandom(50_000)
    first = keep(tmp_path, NIGHT, ("https://paper.example/1", body))[0]
    second = keep(tmp_path, NEXT, ("https://paper.example/1", body), ("https://paper.example/2", body))
    assert (tmp_path / second[0].archive_file).stat().st_size < 3000
    assert [data for _, data in archive.pages(tmp_path, NEXT, "paper")] == [body, body]
    assert archive.body(tmp_path, second[1]) == body
    with archive.Writer(tmp_path, NEXT, "paper") as writer:
        assert writer.known(first.digest) == first
        assert writer.known("0" * 64) is None


def test_index_is_only_a_help(tmp_path: Path) -> None:
    """A lost or garbled index is read anew out of the files."""
    first = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))[0]
    index = tmp_path / "index" / "paper.db"
    for damage in (index.unlink, lambda: index.write_text('{"digest": "ab')):
        damage()
        with archive.Writer(tmp_path, NEXT, "paper") as writer:
            assert writer.known(first.digest) == first


def test_an_index_that_was_never_told(tmp_path: Path) -> None:
    """Killed between the file and the index: what points to a body still finds it."""
    keep(tmp_path, NIGHT, ("https://paper.example/0", b"zero"))
    index = (tmp_path / "index/paper.db").read_bytes()
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"), ("https://paper.example/2", b"one"))
    (tmp_path / "index/paper.db").write_bytes(index)
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"zero", b"one", b"one"]


def test_known_body_whose_file_is_gone_is_unknown(tmp_path: Path) -> None:
    """A night deleted by hand never makes a later one point into nothing."""
    first = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))[0]
    (tmp_path / first.archive_file).unlink()
    keep(tmp_path, NEXT, ("https://paper.example/1", b"one"))
    assert [data for _, data in archive.pages(tmp_path, NEXT, "paper")] == [b"one"]


def test_second_run_of_a_night_adds(tmp_path: Path) -> None:
    """What the first run kept stays in its place, byte for byte; the same page is not kept twice."""
    first = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))
    before = (tmp_path / first[0].archive_file).read_bytes()
    again = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"), ("https://paper.example/1", b"one, corrected"))
    assert again[0] == first[0]
    assert (tmp_path / first[0].archive_file).read_bytes().startswith(before)
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one", b"one, corrected"]


def test_failed_run_leaves_the_earlier_file(tmp_path: Path) -> None:
    """An error inside the run puts nothing in place; the next run takes up what it had added."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))
    with pytest.raises(RuntimeError), archive.Writer(tmp_path, NIGHT, "paper") as writer:
        writer.add("https://paper.example/2", 200, {}, b"two", AT, "text/html")
        raise RuntimeError("stop")
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one"]
    assert keep(tmp_path, NIGHT) == []
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one", b"two"]
    assert [path.name for path in (tmp_path / "2026/11/20").iterdir()] == ["paper.warc.gz"]


def test_full_disk_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space while writing or while syncing: the error comes out, the earlier file is whole, the next run works."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            keep(tmp_path, NIGHT, ("https://paper.example/2", b"two"))
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one"]
    keep(tmp_path, NIGHT, ("https://paper.example/2", b"two"))
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one", b"two"]


def test_killed_run_leaves_the_earlier_file(tmp_path: Path) -> None:
    """kill -9 in the middle: the earlier file is whole, and the next run takes up what was added, and completes."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))
    code = (
        "import os, sys; from datetime import *; from pathlib import Path; from etl import archive\n"
        "writer = archive.Writer(Path(sys.argv[1]), date(2026, 11, 20), 'paper')\n"
        "writer.add('https://paper.example/2', 200, {}, b'two' * 9000, datetime.now(UTC), 'text/html')\n"
        "print('added', flush=True); sys.stdin.read()"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"added\n"
        with pytest.raises(OSError, match="another run"):
            keep(tmp_path, NIGHT, ("https://paper.example/3", b"three"))
        process.send_signal(signal.SIGKILL)
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one"]
    keep(tmp_path, NIGHT, ("https://paper.example/3", b"three"))
    assert [data for _, data in archive.pages(tmp_path, NIGHT, "paper")] == [b"one", b"two" * 9000, b"three"]
    assert [path.name for path in (tmp_path / "2026/11/20").iterdir()] == ["paper.warc.gz"]


def test_a_part_cut_anywhere_is_taken_up_as_far_as_it_is_whole(tmp_path: Path) -> None:
    """Wherever a kill cut the file of a run, the next one keeps the whole records, and no torn one survives."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))
    path, part = tmp_path / "2026/11/20/paper.warc.gz", tmp_path / "2026/11/20/.paper.warc.gz.part"
    before = path.read_bytes()
    keep(tmp_path, NIGHT, ("https://paper.example/2", b"two"), ("https://paper.example/3", b"three"))
    whole = path.read_bytes()
    counts = []
    for end in [*range(0, len(whole), 7), len(whole)]:
        path.write_bytes(before)
        part.write_bytes(whole[:end])
        shutil.rmtree(tmp_path / "index")
        keep(tmp_path, NIGHT, ("https://paper.example/4", b"four"))
        bodies = [data for _, data in archive.pages(tmp_path, NIGHT, "paper")]
        assert bodies in ([b"one", *[b"two", b"three"][:n], b"four"] for n in range(3))
        assert not part.exists()
        counts.append(len(bodies))
    assert counts == sorted(counts)
    assert set(counts) == {2, 3, 4}


NOISE = random.Random(1)  # noqa: S311 - bytes that do not compress, the same in every run


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    """One byte changed anywhere: reading names the file, or gives exactly what was kept."""
    body = b"one million " + NOISE.randbytes(900)
    kept = keep(tmp_path, NIGHT, ("https://paper.example/1", body), ("https://paper.example/2", body[::-1]))
    path = tmp_path / kept[0].archive_file
    whole = path.read_bytes()
    noticed = 0
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = [data for _, data in archive.pages(tmp_path, NIGHT, "paper")]
        except archive.DamagedArchive as damage:
            assert "paper.warc.gz" in str(damage)
            noticed += 1
        else:
            assert found == [body, body[::-1]], f"byte {place}"
    assert noticed > len(whole) / 7 * 0.8


def test_a_lost_end_is_noticed(tmp_path: Path) -> None:
    """A file cut anywhere within its last record is reported, by reading it whole and by reading that page."""
    kept = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"), ("https://paper.example/2", NOISE.randbytes(900)))
    path = tmp_path / kept[0].archive_file
    whole = path.read_bytes()
    for end in range(kept[1].archive_offset + 1, len(whole) - 20, 40):
        path.write_bytes(whole[:end])
        with pytest.raises(archive.DamagedArchive, match=r"paper\.warc\.gz"):
            list(archive.pages(tmp_path, NIGHT, "paper"))
        with pytest.raises(archive.DamagedArchive, match=r"paper\.warc\.gz"):
            archive.body(tmp_path, kept[1])


def test_a_swapped_body_is_noticed(tmp_path: Path) -> None:
    """A body exchanged by hand no longer has the digest it was kept with."""
    kept = keep(tmp_path, NIGHT, ("https://paper.example/1", b"one million subscribers"))[0]
    path = tmp_path / kept.archive_file
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"one million", b"two million")))
    with pytest.raises(archive.DamagedArchive, match=r"paper\.warc\.gz"):
        list(archive.pages(tmp_path, NIGHT, "paper"))


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Path]:
    """A WARC as others write it: gzip and chunked bodies, requests, an error page, dates in whole seconds."""
    path = tmp_path / "foreign.warc.gz"
    packed = gzip.compress(b"<p>packed</p>")
    chunked = b"6\r\n<p>chu\r\n7\r\nnks</p>\r\n0\r\n\r\n"
    answers = [
        ("https://old.example/packed", "200 OK", packed, {"Content-Encoding": "gzip", "Content-Type": "text/html"}),
        ("https://old.example/chunked", "200 OK", chunked, {"Transfer-Encoding": "chunked"}),
        ("https://old.example/lost", "404 Not Found", b"no", {}),
    ]
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(writer.create_warcinfo_record("foreign", {"software": "other"}))
        for url, status, payload, headers in answers:
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=BytesIO(payload),
                    warc_headers_dict={"WARC-Date": "2019-03-04T05:06:07Z"},
                    http_headers=StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1"),
                )
            )
    yield path


def test_adopting_keeps_the_dates(tmp_path: Path, foreign: Path) -> None:
    """Good answers are taken with the time they were fetched, unpacked; twice is once."""
    root = tmp_path / "archive"
    assert archive.adopt(root, NIGHT, "old", foreign) == 2
    assert archive.adopt(root, NIGHT, "old", foreign) == 2
    found = {page.url: (page, data) for page, data in archive.pages(root, NIGHT, "old")}
    assert {url: data for url, (_, data) in found.items()} == {
        "https://old.example/packed": b"<p>packed</p>",
        "https://old.example/chunked": b"<p>chunks</p>",
    }
    page = found["https://old.example/packed"][0]
    assert page.fetched_at == datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert page.night == NIGHT
    assert page.digest == hashlib.sha256(b"<p>packed</p>").hexdigest()


def test_adopting_what_is_no_warc(tmp_path: Path) -> None:
    """A file that is no WARC is refused by name, and nothing is left behind."""
    wrong = tmp_path / "wrong.warc.gz"
    wrong.write_bytes(b"<html>not found</html>")
    with pytest.raises(archive.DamagedArchive, match=r"wrong\.warc\.gz"):
        archive.adopt(tmp_path / "archive", NIGHT, "old", wrong)
    assert archive.nights(tmp_path / "archive") == []


@pytest.mark.parametrize("lost", [20, 60, 120])
def test_adopting_what_breaks_off(tmp_path: Path, foreign: Path, lost: int) -> None:
    """A file whose last record is not all there is refused, whatever of it can be unpacked; nothing is taken."""
    foreign.write_bytes(foreign.read_bytes()[:-lost])
    with pytest.raises(archive.DamagedArchive, match=r"near byte \d+"):
        archive.adopt(tmp_path / "archive", NIGHT, "old", foreign)
    assert archive.nights(tmp_path / "archive") == []


def test_one_body_at_two_addresses_in_one_night(tmp_path: Path) -> None:
    """The second is a pointer to the first, and stays one when the index is read again or built anew."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"same"), ("https://paper.example/2", b"same"))
    for _ in range(2):
        found = {page.url: body for page, body in archive.pages(tmp_path, NIGHT, "paper")}
        assert found == {"https://paper.example/1": b"same", "https://paper.example/2": b"same"}
        (tmp_path / "index" / "paper.db").unlink()


def test_a_body_kept_nowhere_is_damage(tmp_path: Path) -> None:
    """A pointer whose target was removed is reported, never read as something else."""
    keep(tmp_path, NIGHT, ("https://paper.example/1", b"one"))
    keep(tmp_path, NEXT, ("https://paper.example/1", b"one"))
    (tmp_path / "2026/11/20/paper.warc.gz").unlink()
    with pytest.raises(archive.DamagedArchive, match="kept nowhere"):
        list(archive.pages(tmp_path, NEXT, "paper"))


def test_any_tool_reads_it_as_warc_1_1(tmp_path: Path) -> None:
    """Plain warcio finds the version, the types and the bytes."""
    keep(tmp_path, NIGHT, ("https://paper.example/a", b"a"), ("https://paper.example/b", b"a"))
    with (tmp_path / "2026/11/20/paper.warc.gz").open("rb") as stream:
        found = [(r.rec_headers.protocol, r.rec_type, r.content_stream().read()) for r in ArchiveIterator(stream)]
    assert [(protocol, kind) for protocol, kind, _ in found] == [
        ("WARC/1.1", "warcinfo"),
        ("WARC/1.1", "response"),
        ("WARC/1.1", "revisit"),
    ]
    assert found[1][2] == b"a"


def test_versions_of_an_address(tmp_path: Path) -> None:
    """Each text that an address has had, in the order it came; the same text again is no version."""
    url = "https://paper.example/1"
    keep(tmp_path, NIGHT, (url, b"one"), ("https://paper.example/2", b"two"))
    keep(tmp_path, NEXT, (url, b"one"), (url, b"one, corrected"))
    found = archive.versions(tmp_path, "paper", url)
    assert [archive.body(tmp_path, page) for page in found] == [b"one", b"one, corrected"]
    assert archive.versions(tmp_path, "paper", "https://paper.example/3") == []


def test_answers_that_are_no_pages(tmp_path: Path) -> None:
    """They are kept apart: not among the pages, not among the nights, and the same bytes only once."""
    asides = [("/robots.txt", 200, b"rules"), ("/gone", 404, b"lost"), ("/same", 304, b""), ("/again", 200, b"a")]
    with archive.Writer(tmp_path, NIGHT, "paper") as writer:
        writer.add("https://paper.example/a", 200, {}, b"a", AT, "text/html")
        for path, status, body in asides:
            writer.aside(f"https://paper.example{path}", status, {}, body, AT, "text/plain")
    assert [page.url for page, _ in archive.pages(tmp_path, NIGHT, "paper")] == ["https://paper.example/a"]
    assert archive.nights(tmp_path) == [(NIGHT, "paper")]
    with (tmp_path / "asides/2026/11/20/paper.warc.gz").open("rb") as stream:
        found = [
            (record.rec_type, record.rec_headers.get_header("WARC-Profile"), record.content_stream().read())
            for record in ArchiveIterator(stream)
        ]
    profile = "http://netpreserve.org/warc/1.1/revisit/"
    assert found[1:] == [
        ("response", None, b"rules"),
        ("response", None, b"lost"),
        ("revisit", f"{profile}server-not-modified", b""),
        ("revisit", f"{profile}identical-payload-digest", b""),
    ]


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    """No file grows without bound; the night is read in order across its files, pointers and all, and goes on later."""
    bodies = [NOISE.randbytes(3000) for _ in range(7)]
    with archive.Writer(tmp_path, NIGHT, "paper", limit=8000) as writer:
        for number, body in enumerate([*bodies[:6], bodies[0]]):
            writer.add(f"https://paper.example/{number}", 200, {}, body, AT, "text/html")
        assert writer.tonight("https://paper.example/0")[2] == bodies[0]  # type: ignore[index]
    names = ["paper+2.warc.gz", "paper+3.warc.gz", "paper.warc.gz"]
    assert sorted(path.name for path in (tmp_path / "2026/11/20").iterdir()) == names
    assert all((tmp_path / "2026/11/20" / name).stat().st_size < 8000 + 4000 for name in names)
    with archive.Writer(tmp_path, NIGHT, "paper", limit=8000) as writer:
        writer.add("https://paper.example/7", 200, {}, bodies[6], AT, "text/html")
    kept = list(archive.pages(tmp_path, NIGHT, "paper"))
    assert [body for _, body in kept] == [*bodies[:6], bodies[0], bodies[6]]
    assert {page.archive_file for page, _ in kept} == {f"2026/11/20/{name}" for name in names}
    assert all(archive.body(tmp_path, page) == body for page, body in kept)
    assert archive.nights(tmp_path) == [(NIGHT, "paper")]
    (tmp_path / "index/paper.db").unlink()
    assert len(archive.versions(tmp_path, "paper", "https://paper.example/4")) == 1


def test_killed_between_full_files(tmp_path: Path) -> None:
    """Whatever of several files had taken its place, the next run takes the others up."""
    bodies = [NOISE.randbytes(3000) for _ in range(6)]

    def write() -> None:
        with archive.Writer(tmp_path, NIGHT, "paper", limit=8000) as writer:
            for number, body in enumerate(bodies):
                writer.add(f"https://paper.example/{number}", 200, {}, body, AT, "text/html")

    write()
    names = ["paper.warc.gz", "paper+2.warc.gz"]
    for placed in range(3):
        for name in names[placed:]:
            path = tmp_path / "2026/11/20" / name
            path.rename(path.with_name(f".{name}.part"))
        shutil.rmtree(tmp_path / "index")
        before = len(list(archive.pages(tmp_path, NIGHT, "paper")))
        write()
        assert [body for _, body in archive.pages(tmp_path, NIGHT, "paper")] == bodies, f"{placed} were in place"
        assert before == 3 * placed
        assert sorted(path.name for path in (tmp_path / "2026/11/20").iterdir()) == sorted(names)
