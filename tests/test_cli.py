"""The command line as others call it: streams in, streams out, and one clear line when something is wrong."""

from __future__ import annotations

import gzip
import io
import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn

import pytest

from etl import archive, cli

DOCUMENT = {
    "doc_id": "a1",
    "lang": "en",
    "published": "2024-01-24",
    "title": "Netflix grows",
    "text": "Netflix had 260.28 million paid subscribers worldwide at the end of 2023.",
    "unknown_key": "is ignored",
}
FIELDS = {
    *("platform", "metric", "transformation", "value", "value_max", "unit", "per", "period", "area", "status"),
    *("qualifier", "attributed_to", "segment", "quote", "quote_start", "quote_end", "confidence", "repeat"),
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command writes is no part of this checkout's own nights."""
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path / "home"))


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def streamledger(*arguments: str, given: str = "", cwd: Path | None = None) -> Done:
    """Run a command in a process of its own that begins with everything imported: a new Python takes two seconds."""
    with ExitStack() as stack:
        streams = [stack.enter_context(TemporaryFile()) for _ in range(3)]
        streams[0].write(given.encode())
        streams[0].seek(0)
        child = os.fork()
        if child == 0:
            _become(streams, cwd, arguments)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for stream in streams[1:]:
            stream.seek(0)
        return Done(code, *(stream.read().decode() for stream in streams[1:]))


def _become(streams: Sequence[IO[bytes]], cwd: Path | None, arguments: tuple[str, ...]) -> NoReturn:
    code = 120  # as Python has it when the end goes wrong
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, mode), encoding="utf-8") for number, mode in enumerate("rww")
        )
        logging.getLogger().handlers.clear()
        os.chdir(cwd or Path.cwd())
        code = cli.main(list(arguments))
        for stream in (sys.stdout, sys.stderr):
            with suppress(ValueError):  # closed by who wrote its bytes
                stream.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        code = 1
    finally:
        os._exit(code)


def test_the_program_itself(tmp_path: Path) -> None:
    """As a shell starts it: `python -m etl.cli`, the streams, the code it ends with."""
    lines = [json.dumps(DOCUMENT), "{not json"]
    command = [sys.executable, "-m", "etl.cli", "extract", "-"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [json.loads(line)["doc_id"] for line in done.stdout.splitlines()] == ["a1"]
    assert done.stderr.startswith("streamledger extract: ") and "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_gives_claims_with_the_fields_of_the_vocabulary() -> None:
    done = streamledger("extract", "-", given=json.dumps(DOCUMENT) + "\n")
    assert done.returncode == 0, done.stderr
    [row] = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["doc_id"] == "a1"
    [claim] = row["claims"]
    assert set(claim) == FIELDS
    assert (claim["platform"], claim["metric"], claim["value"], claim["area"]) == (
        "netflix",
        "subscribers",
        260280000,
        "WW",
    )
    assert DOCUMENT["text"][claim["quote_start"] : claim["quote_end"]] == claim["quote"]


def test_a_document_without_figures_still_gives_a_line() -> None:
    given = "\n".join(json.dumps({**DOCUMENT, "doc_id": name, "text": "Nothing to see."}) for name in ("a", "b"))
    done = streamledger("extract", "-", given=given)
    assert [json.loads(line)["doc_id"] for line in done.stdout.splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", ["line 2", "JSON"]),
        ("[1, 2]", ["line 2", "object"]),
        (json.dumps({"lang": "en", "text": "x"}), ["line 2", "doc_id"]),
        (json.dumps({**DOCUMENT, "published": "January"}), ["line 2", "January", "YYYY-MM-DD"]),
        (json.dumps({**DOCUMENT, "lang": "xx"}), ["line 2", "xx"]),
        (json.dumps({**DOCUMENT, "text": 5}), ["line 2", "text", "5"]),
    ],
)
def test_a_bad_line_is_named_and_what_came_before_stands(line: str, says: list[str]) -> None:
    done = streamledger("extract", "-", given=json.dumps(DOCUMENT) + "\n" + line + "\n")
    assert done.returncode != 0
    assert len(done.stdout.splitlines()) == 1
    assert all(word in done.stderr for word in says), done.stderr
    assert "Traceback" not in done.stderr


def test_read_gives_the_page_plain_or_zipped(tmp_path: Path) -> None:
    page = (
        '<html lang="fr"><head><meta property="article:published_time" content="2023-05-10T08:00:00+02:00"></head>'
        "<body><article><h1>Canal+ progresse</h1><p>Le groupe a gagné des abonnés en France au premier trimestre, "
        "a-t-il annoncé mercredi dans un communiqué.</p><p>Il compte poursuivre ses investissements.</p>"
        "</article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(page.encode()))
    rows = [
        {"id": number, "url": "https://journal.example/a", "path": path}
        for number, path in enumerate(("page.html", "page.html.gz"))
    ]
    done = streamledger("read", "-", given="\n".join(map(json.dumps, rows)), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    plain, zipped = [json.loads(line) for line in done.stdout.splitlines()]
    assert {**plain, "id": 1} == zipped
    assert (plain["kind"], plain["title"], plain["published"], plain["lang"]) == (
        "article",
        "Canal+ progresse",
        "2023-05-10",
        "fr",
    )
    assert set(plain) == {"id", "kind", "title", "published", "authors", "lang", "text"}


def test_a_missing_page_is_named() -> None:
    done = streamledger("read", "-", given='{"id": 1, "url": "https://a.example/", "path": "nowhere.html"}\n')
    assert done.returncode != 0
    assert "nowhere.html" in done.stderr and "line 1" in done.stderr


PAGE = (
    '<html lang="en"><head><meta property="article:published_time" content="2024-02-08"></head><body><article>'
    "<h1>Hulu grows again</h1><p>Hulu had 49.7 million subscribers at the end of 2023, its owner said on Thursday in a "
    "letter, which is more than in any quarter before.</p></article></body></html>"
)


def test_page_shows_a_file_plain_or_zipped(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    shown = []
    for name in ("page.html", "page.html.gz"):
        done = streamledger("page", name, "--url", "https://paper.example/hulu", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Hulu grows again\n") and name in done.stdout
        shown.append(done.stdout.replace(name, ""))
    assert shown[0] == shown[1]


def test_page_shows_the_newest_reading_of_an_archived_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, nights = "https://paper.example/hulu", (date(2024, 2, 8), date(2024, 2, 9))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "paper.yaml").write_text(
        f"title: Paper\nkind: page\nurl: {url}\nlanguage: en\ncountry: US\nauthority: press\nlicence: x\n"
    )
    monkeypatch.setenv("STREAMLEDGER_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    absent = streamledger("page", url)
    assert absent.returncode == 1 and "Traceback" not in absent.stderr
    assert all(words in absent.stderr for words in (url, "not in the archive", "streamledger collect paper"))
    for night, page in zip(nights, (PAGE, PAGE.replace("again", "no more")), strict=True):
        with archive.Writer(tmp_path / "archive", night, "paper") as store:
            moment = datetime(night.year, night.month, night.day, 2, tzinfo=UTC)
            store.add(url, 200, {}, page.encode(), moment, "text/html; charset=utf-8")
    done = streamledger("page", f"{url}?utm_source=letter#top")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Hulu grows no more\n")
    said = " ".join(done.stdout.split())
    assert all(words in said for words in ("source paper", "2024-02-09 02:00 UTC", "1 older in the archive")), said


def test_page_names_a_missing_file_and_a_feed(tmp_path: Path) -> None:
    done = streamledger("page", "nowhere.html", cwd=tmp_path)
    assert done.returncode == 1 and "nowhere.html" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / "feed.xml").write_text('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>')
    done = streamledger("page", "feed.xml", cwd=tmp_path)
    assert done.returncode == 1 and "feed.xml: a feed" in done.stderr


def test_an_unknown_source_lists_those_there_are() -> None:
    done = streamledger("collect", "no_such_source")
    assert done.returncode != 0
    assert "no_such_source" in done.stderr


def test_sources_are_checked_against_the_other_rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataset without a mapping, an archive that is not there, a language that nobody reads: all are said."""
    common = "title: x\nlanguage: {}\ncountry: GB\nauthority: press\nlicence: x\n"
    address = "kind: dataset\nurl: https://paper.example/x\ndataset: {}\n"
    (tmp_path / "good.yaml").write_text(common.format("en") + address.format("ecb_rates"))
    (tmp_path / "unmapped.yaml").write_text(common.format("en") + address.format("nowhere"))
    (tmp_path / "gone.yaml").write_text(common.format("en") + "kind: archive\nurl: starter/nowhere.warc.gz\n")
    (tmp_path / "silent.yaml").write_text(common.format("it") + address.format("ecb_rates"))
    (tmp_path / "broken.yaml").write_text("title: x\n")
    monkeypatch.setenv("STREAMLEDGER_SOURCES", str(tmp_path))
    done = streamledger("sources")
    assert done.returncode == 1
    names = ["broken.yaml", "gone.yaml", "silent.yaml", "unmapped.yaml"]
    assert sorted(line.partition(":")[0] for line in done.stderr.splitlines()) == names
    assert all(word in done.stderr for word in ("nowhere", "there are ecb_rates", "'it'", "de, en, es, fr"))
