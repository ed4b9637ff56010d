"""Reading the archive again, bringing in old files, and the alarms of the morning."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from loopback import Site
from planting import HEALTHY
from tonight import NIGHT, ROOT

from etl import cli, extract, settings, stage
from etl.collect import past
from etl.model import Claim, Document
from etl.steps import backfill, collecting, nightly, reread, watchdog, watchdog_night
from etl.steps.reading import extract_source
from etl.steps.watchdog_base import Alarm

LATER = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def once(home: Path, source: Callable[..., None], site: Site) -> Path:
    """What a night with one healthy source leaves, published."""
    source("healthy", site.add("/healthy.html", HEALTHY))
    assert nightly.night(NIGHT) == []
    return (home / "data").rename(home / "once")


@pytest.fixture
def night(home: Path, once: Path) -> None:
    """That night, of each test's own."""
    shutil.rmtree(home / "data", ignore_errors=True)
    shutil.copytree(once, home / "data", symlinks=True)


def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tomorrow's extractor be sure of nothing."""
    today = extract.extract

    def tomorrow(document: Document) -> list[Claim]:
        return [replace(claim, confidence=0.0) for claim in today(document)]

    monkeypatch.setattr(extract, "extract", tomorrow)


def test_a_second_reading_changes_nothing_until_it_is_accepted(
    night: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By hand, by the command that the results for programs come from."""
    before = nightly.load_night(NIGHT)["hash"]
    read_otherwise(monkeypatch)
    assert cli.main(["reread", "--json"]) == 0
    differences = json.loads(capsys.readouterr().out)
    assert differences["nights"] == 1 and differences["differences"] >= 1
    assert "netflix" in Path(str(differences["file"])).read_text(encoding="utf-8")
    kept = reread.accept(LATER, wanted=False)
    assert kept == {"published": 0}
    skips("accepted", kept)
    assert nightly.load_night(NIGHT)["hash"] == before


def skips(asset: str, said: dict[str, Any]) -> None:
    """See that a task which gives this tells of no asset and is skipped; Airflow is imported only for this."""
    from airflow.sdk.exceptions import AirflowSkipException

    from etl.monitor import assets

    with pytest.raises(AirflowSkipException):
        getattr(assets, asset)(said)


def test_another_extractor_is_noticed_in_its_first_night(night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """That event sets the DAG reread going; the first night of all, and every one after it, does not."""
    from etl.monitor import assets

    today = extract.version()
    assert reread.extractor(NIGHT) == {"extractor": today, "before": ""}
    assert reread.extractor(LATER) == {"extractor": today, "before": today}
    for nothing_new in (NIGHT, LATER):
        skips("another", reread.extractor(nothing_new))
    monkeypatch.setattr(extract, "version", lambda: "tomorrow")
    assert assets.another(reread.extractor(LATER)) == {"extractor": "tomorrow", "before": today}


def test_an_accepted_reading_is_known_from_the_day_it_was_made(night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT count(*) FROM claims WHERE source = 'healthy' AND known_from = $day"
    read_otherwise(monkeypatch)
    reread.archived_nights()
    reread.extract_night(NIGHT)
    reread.load_trial(LATER)
    assert reread.accept(LATER, wanted=True)["published"] == 1
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        ((old,),) = connection.execute(sql, {"day": NIGHT}).fetchall()
        ((new,),) = connection.execute(sql, {"day": LATER}).fetchall()
    assert old and new, "what was believed stays on record beside what is believed now"


def test_an_old_file_goes_down_the_same_path(night: None) -> None:
    [file] = backfill.warc_files([str(ROOT / "etl" / "starter" / "sample_stream_post.warc.gz")])
    (name,) = backfill.adopt(file, LATER)
    assert int(extract_source(name, LATER)["claims"]) > 20
    assert int(nightly.load_night(LATER)["added"]) > 10
    nightly.check_night(LATER)
    nightly.publish_night(LATER)
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        ((pages, oldest),) = connection.execute(
            "SELECT count(*), min(fetched_at)::DATE FROM documents WHERE source = $name", {"name": name}
        ).fetchall()
    assert pages > 10
    assert oldest < datetime(2026, 1, 1, tzinfo=UTC).date(), "pages keep the dates of their records"


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match=r"nowhere\.warc\.gz"):
        backfill.warc_files(["nowhere.warc.gz"])


def red(now: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """The words of every watch that is red; that of the DAGs needs Airflow, and is tested with it."""
    monkeypatch.setattr(watchdog_night, "missed", lambda _: False)
    said = []
    for what in watchdog.WATCHES.keys() - {"every_dag_imports"}:
        try:
            watchdog.watch(what, now.isoformat())
        except Alarm as alarm:
            said.append(str(alarm))
    return "; ".join(said)


def test_the_morning_after_a_night(night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quiet when all is well; told: a snapshot that is gone, a night that did not come, a source that fell silent."""
    morning = datetime.combine(nightly.night_of(NIGHT), time(7), UTC)
    assert red(morning, monkeypatch) == ""
    settings.load().snapshot.unlink()
    assert "there is no snapshot" in red(morning, monkeypatch)
    monkeypatch.setattr(watchdog_night, "imports", lambda _: (4, {}))
    later = red(morning + timedelta(days=30), monkeypatch)
    assert "no run of nightly began" in later and f"healthy: silent since {NIGHT}" in later
    assert "snapshot" not in later, "one alarm for one cause"


def test_an_old_night_is_not_collected_today(
    home: Path, source: Callable[..., None], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked and nothing is written; a night that was collected then is told again, unless forced."""
    shutil.rmtree(home / "data", ignore_errors=True)
    source("healthy", site.add("/healthy.html", HEALTHY))
    collecting.collect("healthy", NIGHT)
    with pytest.raises(past.NightIsOver, match="healthy: the night of 2020-01-01 is over"):
        collecting.collect("healthy", "2020-01-01")
    assert stage.nights(settings.load().staging) == [nightly.night_of(NIGHT)]
    monkeypatch.setattr(past, "LATE", timedelta(days=-1))
    assert collecting.collect("healthy", NIGHT)["pages"] == 1
    with pytest.raises(past.NightIsOver, match="streamledger extract healthy"):
        collecting.collect("healthy", NIGHT, force=True)
