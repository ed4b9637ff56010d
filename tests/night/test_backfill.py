"""Old news in parts: set aside by its bytes, read part by part, taken up again after a kill."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from tonight import ROOT

from etl import archive, settings, stage
from etl.server import environment
from etl.steps import backfill, nightly
from etl.steps.reading import extract_source

TODAY = datetime.now(UTC).date()
TELLS = (
    '<html lang="en"><head><meta property="article:published_time" content="2019-01-18"></head><body><article>'
    "<h1>{name} ends the year with {number} million members</h1><p>{name} had {number}.26 million paid members "
    "worldwide at the end of 2018, the company said in its letter to shareholders on Thursday, more than expected.</p>"
    "<p>Others prepare services of their own, which they want to begin within the year.</p></article></body></html>"
)
IN_PARTS = """
import os, signal, sys
from etl import archive
from etl.steps import backfill

def dying(owner, name, calls):
    real, seen = getattr(owner, name), []
    def until(*given):
        seen.append(given)
        if len(seen) == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)
    setattr(owner, name, until)

file, day, killed = sys.argv[1:]
backfill.PART = 4
dying(*{"copying": (archive.Writer, "add", 7), "reading": (backfill, "extract_source", 2)}[killed])
backfill.by_hand([file], day)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WARC file of thirty pages; two in three name no platform."""
    folder = tmp_path_factory.mktemp("made")
    with archive.Writer(folder, TODAY, "news") as writer:
        for number in range(30):
            body = TELLS.format(name="Acme Foods" if number % 3 else "Netflix", number=100 + number).encode()
            fetched = datetime(2019, 1, 18, tzinfo=UTC)
            writer.add(f"https://paper.example/{number}", 200, {}, body, fetched, "text/html")
    (file,) = folder.rglob("news.warc.gz")
    return file


@pytest.fixture
def news(home: Path, file: Path) -> Path:
    """That file, before anything of it is at home."""
    shutil.rmtree(home / "data", ignore_errors=True)
    return file


@pytest.fixture(scope="module")
def unbroken(home: Path, file: Path) -> dict[str, object]:
    """What the load says of that file, which came in parts of four pages without a break."""
    shutil.rmtree(home / "data", ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backfill, "PART", 4)
        backfill.by_hand([str(file)], TODAY)
        return dict(nightly.load_night(TODAY))


def kept(name: str) -> list[str]:
    return [page.url.rpartition("/")[2] for page, _ in archive.pages(settings.load().archive, TODAY, name)]


def test_a_page_that_names_no_platform_is_neither_copied_nor_read(news: Path) -> None:
    (name,) = backfill.adopt(str(news), TODAY)
    assert kept(name) == [str(number) for number in range(0, 30, 3)]
    (row,) = stage.read(settings.load().staging, "outcomes", TODAY, f"{name}.adopt")
    assert (row["outcome"], row["count"], row["source"]) == ("names_no_platform", 20, name)
    assert extract_source(name, TODAY)["pages"] == 10


def test_a_file_comes_in_parts_and_twice_adds_nothing(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "PART", 4)
    wanted = {"backfill_news": "0 3 6 9", "backfill_news-2": "12 15 18 21", "backfill_news-3": "24 27"}
    for _ in range(2):
        assert backfill.adopt(str(news), TODAY) == list(wanted)
        assert {name: " ".join(kept(name)) for name in wanted} == wanted


def test_parts_give_what_the_whole_gives(news: Path, unbroken: dict[str, object]) -> None:
    assert backfill.by_hand([str(news)], TODAY) == ["backfill_news"]
    whole = nightly.load_night(TODAY)
    assert (unbroken["documents"], unbroken["claims"]) == (whole["documents"], whole["claims"])
    assert int(whole["claims"]) >= 10


def test_a_file_without_any_platform_is_a_source_without_pages(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "_sieve", lambda: NothingPasses())
    (name,) = backfill.adopt(str(news), TODAY)
    assert kept(name) == [] and extract_source(name, TODAY)["pages"] == 0


class NothingPasses:
    def lets_through(self, *_: object) -> bool:
        return False


def test_two_files_of_one_name_are_refused(news: Path, tmp_path: Path) -> None:
    other = tmp_path / "NEWS.warc.gz"
    shutil.copy(news, other)
    with pytest.raises(ValueError, match=r"one name for several files"):
        backfill.warc_files([str(news), str(other)])


@pytest.mark.slow
@pytest.mark.parametrize(("killed", "done"), [("copying", 0), ("reading", 1)])
def test_a_killed_backfill_goes_on(
    news: Path,
    unbroken: dict[str, object],
    killed: str,
    done: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Killed while it copies its second part, or reads it: it goes on and gives what an unbroken one gives."""
    monkeypatch.setattr(backfill, "PART", 4)
    command = [sys.executable, "-c", IN_PARTS, str(news), str(TODAY), killed]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == -signal.SIGKILL
    caplog.set_level(logging.INFO)
    backfill.by_hand([str(news)], TODAY)
    assert caplog.text.count("read already") == done
    assert nightly.load_night(TODAY) == unbroken
    pages = [page for name in ("backfill_news", "backfill_news-2", "backfill_news-3") for page in kept(name)]
    assert pages == [str(number) for number in range(0, 30, 3)]


def test_a_page_in_another_language_is_said_to_be_one(news: Path, tmp_path: Path) -> None:
    """It is set aside calmly: an archive of the world's news is full of them."""
    italian = (
        '<html lang="it"><head><meta property="article:published_time" content="2019-01-18"></head><body><article><h1>'
        "Netflix chiude l'anno con 139 milioni di abbonati</h1><p>Netflix aveva 139,26 milioni di abbonati paganti nel "
        "mondo alla fine del 2018, ha detto la società nella lettera agli azionisti di giovedì, più del previsto.</p>"
        "<p>Anche altri preparano servizi propri, che vogliono lanciare entro la fine dell'anno.</p></article></body>"
    )
    with archive.Writer(tmp_path / "other", TODAY, "italian") as writer:
        fetched = datetime(2019, 1, 18, tzinfo=UTC)
        writer.add("https://giornale.example/1", 200, {}, italian.encode(), fetched, "text/html")
    (file,) = tmp_path.rglob("italian.warc.gz")
    (name,) = backfill.adopt(str(file), TODAY)
    assert extract_source(name, TODAY) == {"source": name, "pages": 1, "unread": 1, "claims": 0}
    (row,) = stage.read(settings.load().staging, "outcomes", TODAY, f"{name}.extract")
    assert (row["ok"], row["outcome"]) == (False, "other_language")
    assert "'it'" in row["reason"] and "de, en, es, fr" in row["reason"]


@pytest.mark.slow
def test_the_dag_reads_the_parts_of_every_file_and_is_red_for_one_that_is_broken(news: Path, tmp_path: Path) -> None:
    """Through real Airflow: what the whole file gave is published all the same."""
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(news.read_bytes()[:-200])  # in the middle of its last page
    environment.prepare()
    conf = json.dumps({"files": [str(news), str(broken)]})
    moment = datetime.now(UTC).isoformat()
    done = subprocess.run(
        [environment.program(), "dags", "test", "backfill", moment, "--conf", conf],
        env=environment.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert "backfill: 1 parts of at most" in said, said[-3000:]
    assert "extract backfill_news" in said and "broken.warc.gz near byte" in said, said[-3000:]
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM claims WHERE source = 'backfill_news'").fetchall()
    assert count >= 10
    assert "state=failed" in said, "a file that is broken leaves the run green"
