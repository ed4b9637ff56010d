"""A night on machines that share nothing but a store: the same figures as on one; every step on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from etl import archive, queries, settings, store
from etl.publish import report
from etl.steps import backfill, collecting, doctor, nightly, prove, reread, why
from etl.steps.reading import extract_source
from etl.steps.uploading import upload
from tests.store.conftest import Go
from tests.store.s3 import Server

NIGHT = date(2026, 11, 20)
SOURCE = "sample_observatoire"


@contextmanager
def without_a_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.delenv("STREAMLEDGER_STORE")
        yield


def test_the_figures_are_those_of_one_machine(on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "write", lambda con, path: path.write_text("charts take seconds", encoding="utf-8"))
    with without_a_store(monkeypatch):
        on("alone")
        collecting.collect(SOURCE, NIGHT)
        extract_source(SOURCE, NIGHT)
        alone = nightly.load_night(NIGHT)

    on("one")
    collecting.collect(SOURCE, NIGHT)
    on("two")
    assert extract_source(SOURCE, NIGHT)["pages"]
    on("one")
    loaded = nightly.load_night(NIGHT)
    assert loaded == alone
    on("two")
    assert nightly.check_night(NIGHT)["checks"]
    on("one")
    published = nightly.publish_night(NIGHT)

    home = on("reader")
    rows = queries.records("newest_figures")
    assert rows and settings.load().snapshot.stat().st_size == published["bytes"]
    at_s3.fault = lambda method, key: (403, "AccessDenied")
    assert queries.records("newest_figures") == rows, "the copy at hand answers while the store does not"
    at_s3.fault = lambda method, key: None
    assert not (home / "warehouse").exists() and not (home / "archive").exists(), "a reader needs the snapshot only"
    (answer, *_) = why.why(*(str(rows[0][name]) for name in ("platform", "metric", "period", "area")))
    assert answer.told and all(told.passage is None or not told.passage.note for told in answer.told)
    proof = prove.prove_snapshot()
    assert proof.whole and proof.figures == published["figures"]

    reread_elsewhere(on)


def reread_elsewhere(on: Go) -> None:
    """Read the archive again, each step on another machine."""
    on("three")
    assert reread.archived_nights() == [str(NIGHT)]
    on("two")
    reread.extract_night(NIGHT)
    on("three")
    assert reread.load_trial(NIGHT) == {"added": 0, "changed": 0, "closed": 0}
    on("one")
    assert reread.compare(NIGHT)["differences"] == 0
    on("three")
    assert reread.accept(NIGHT, wanted=True)["published"] == 1
    assert not list(store.sizes(settings.load().home / "trial", ""))
    on("two")
    assert nightly.check_night(NIGHT)["checks"], "the warehouse that was accepted came back"


def test_a_file_of_old_news_is_brought_by_the_store(on: Go, kept: str) -> None:
    """Who adopts it need not be the machine that it was laid down on."""
    path = on("one") / "incoming" / "old.warc.gz"
    path.parent.mkdir()
    path.write_bytes((settings.CODE / "starter" / f"{SOURCE}.warc.gz").read_bytes())
    store.push(path)
    home = on("two")
    (file,) = backfill.warc_files([str(home / "incoming" / "old.warc.gz")])
    names = backfill.adopt(file, NIGHT)
    on("one")
    assert [name for name in names if backfill._is_read(name, NIGHT)] == []
    assert extract_source(names[0], NIGHT)["pages"]
    on("two")
    assert backfill._is_read(names[0], NIGHT)


def test_a_home_that_has_nights_is_given_to_a_store(on: Go, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    on("one")
    with without_a_store(monkeypatch):
        collecting.collect(SOURCE, NIGHT)
        with pytest.raises(ValueError, match="STREAMLEDGER_STORE is empty"):
            upload()
    given = upload()
    assert given["archive"] == 2 and int(given["staging"]) == 2  # a WARC file and its index; sources and outcomes
    assert not any(upload().values()), "what is there is not given again"
    home = on("two")
    assert archive.nights(home / "archive") == [(NIGHT, SOURCE)]
    assert len(list(archive.pages(home / "archive", NIGHT, SOURCE))) == 6


def test_the_doctor_looks_at_the_store(on: Go, at_s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    on("one")
    assert doctor.kept() == doctor.Finding("store", doctor.WELL, "s3://ledger/nightly was written, read and listed")
    at_s3.fault = lambda method, key: (403, "AccessDenied")
    found = doctor.kept()
    assert found.state == doctor.WRONG and "AccessDenied" in found.says and "AWS_" in found.mend
    with without_a_store(monkeypatch):
        assert doctor.kept().state == doctor.WELL
