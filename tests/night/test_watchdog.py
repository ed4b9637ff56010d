"""The watches of the morning: each catches its own cause and is quiet about those of the others.

That each turns its own task red under Airflow's scheduler, and is told once, is tested in `test_airflow.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import namedtuple
from datetime import UTC, date, datetime, timedelta

import pytest

from etl import queries, settings
from etl.steps import progress, watchdog, watchdog_machine, watchdog_night
from etl.steps.base import CheckFailed
from etl.steps.watchdog_base import Alarm

pytestmark = pytest.mark.usefixtures("watched")
TODAY = datetime.now(UTC).date()
NIGHT_WATCHES = ("the_night_ran", "no_run_is_stuck", "the_night_is_published", "the_night_is_not_empty")
USAGE = namedtuple("USAGE", "total used free")
HEALTHY = {"sample": False, "items": [3] * 10, "claims": 4}
ARRIVED = {"arrived": True, "claims": 2}
NO_HISTORY = timedelta(hours=4)


@pytest.fixture
def seven(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is seven in the morning of a day that began two hours before the night's run is due."""
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
    monkeypatch.setattr(watchdog_night, "missed", lambda _: False)
    monkeypatch.setattr(watchdog_night, "imports", lambda _: (4, {}))
    return now


def ran(night: date, *lines: tuple[str, str, datetime], why: str = "") -> None:
    """Write the progress of a night as its steps do, at the hours of the test."""
    path = settings.load().progress / f"{night}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        for name, state, at in lines:
            row = {"step": name, "state": state, "at": at.isoformat()}
            out.write(json.dumps({**row, "why": why} if state == "failed" else row) + "\n")


def alarms(now: datetime, watches: tuple[str, ...] = NIGHT_WATCHES) -> dict[str, str]:
    """The words of each watch that is red."""
    found = {}
    for what in watches:
        try:
            watchdog.watch(what, now.isoformat())
        except Alarm as alarm:
            found[what] = str(alarm)
    return found


def published(at: datetime) -> None:
    snapshot = settings.load().snapshot
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    snapshot.write_bytes(b"")
    os.utime(snapshot, (at.timestamp(), at.timestamp()))


def whole(night: date, begun: datetime, minutes: int = 20) -> None:
    done = begun + timedelta(minutes=minutes)
    ran(night, ("tonight", "begun", begun), ("tonight", "done", begun), ("publish", "begun", done))
    ran(night, ("publish", "done", done))


def test_no_run(seven: datetime) -> None:
    published(seven - timedelta(hours=29))
    whole(TODAY - timedelta(days=1), seven - timedelta(hours=29))
    found = alarms(seven)
    assert list(found) == ["the_night_ran"], found
    assert f"{TODAY}: no run of nightly began" in found["the_night_ran"] and "trigger nightly" in found["the_night_ran"]


def test_no_run_because_its_dag_is_broken_is_told_once(seven: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog_night, "imports", lambda _: (3, {"/dags/nightly.py": "SyntaxError"}))
    assert alarms(seven) == {}


def test_a_run_that_hangs(seven: datetime) -> None:
    """It is measured by the nights before: three times their usual time, one hour at least."""
    for ago in range(1, 6):
        night = TODAY - timedelta(days=ago)
        whole(night, seven - timedelta(days=ago, hours=5), minutes=30)
    ran(TODAY, ("tonight", "begun", seven - timedelta(minutes=80)), ("load", "begun", seven - timedelta(minutes=70)))
    late = alarms(seven)
    assert list(late) == ["the_night_is_published"] and "80 minutes" in late["the_night_is_published"]
    found = alarms(seven + timedelta(minutes=20))
    assert list(found) == ["no_run_is_stuck"], found
    assert "began last is load" in found["no_run_is_stuck"] and "1.5 hours would be usual" in found["no_run_is_stuck"]


def test_a_run_that_hangs_in_a_young_home(seven: datetime) -> None:
    ran(TODAY, ("tonight", "begun", seven - NO_HISTORY - timedelta(minutes=1)))
    assert list(alarms(seven)) == ["no_run_is_stuck"]


def test_a_night_that_failed(seven: datetime) -> None:
    """Told as the night's own run tells it, so that nobody is told twice."""
    published(seven - timedelta(hours=29))
    ran(TODAY, ("tonight", "begun", seven), ("check", "begun", seven))
    ran(TODAY, ("check", "failed", seven), why="nothing was published: sums (2 rows)")
    found = alarms(seven)
    assert list(found) == ["the_night_is_published"] and "sums (2 rows)" in found["the_night_is_published"]
    ran(TODAY, ("check", "begun", seven), ("check", "done", seven), ("publish", "begun", seven))
    ran(TODAY, ("publish", "done", seven))  # somebody cleared the task
    published(seven)
    assert progress.of(TODAY).failed == ""


def test_a_snapshot_that_is_old_or_gone(seven: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(TODAY, seven - timedelta(hours=5))
    assert "there is no snapshot" in alarms(seven)["the_night_is_published"]
    published(seven - timedelta(hours=13))
    assert "more than 12.0 hours" in alarms(seven)["the_night_is_published"]
    published(seven - timedelta(hours=4))
    monkeypatch.setattr(queries, "records", lambda *_: [])
    assert alarms(seven) == {}


def test_a_watch_that_was_missed_says_nothing_of_the_night() -> None:
    """Airflow makes up for it at the start, when the night is being made up for as well."""
    assert alarms(datetime.now(UTC) - timedelta(hours=3)) == {}


@pytest.mark.parametrize(
    ("collected", "claims", "says"),
    [
        ({"paper": 0, "page": 0}, 2, "2 of 2 sources that usually give pages gave none: page, paper"),
        ({"paper": 0, "page": 3}, 2, "1 of 2 sources"),
        ({"paper": 3, "page": 3}, 2, ""),
    ],
)
def test_a_green_night_that_is_empty(
    seven: datetime, monkeypatch: pytest.MonkeyPatch, collected: dict[str, int], claims: int, says: str
) -> None:
    whole(TODAY, seven - timedelta(hours=5))
    published(seven - timedelta(hours=4))
    rows = {
        "health_of_sources": [{**HEALTHY, "source": name} for name in sorted(collected)],
        "sources_last_night": [{**ARRIVED, "source": name, "collected": n} for name, n in collected.items()],
    }
    monkeypatch.setattr(queries, "records", lambda name, *_: rows[name])
    found = alarms(seven)
    assert list(found) == (["the_night_is_not_empty"] if says else [])
    assert says in found.get("the_night_is_not_empty", "")


def test_a_night_of_pages_without_a_figure(seven: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(TODAY, seven - timedelta(hours=5))
    published(seven - timedelta(hours=4))
    names = [f"paper_{number}" for number in range(6)]
    rows = {
        "health_of_sources": [{**HEALTHY, "source": name} for name in names],
        "sources_last_night": [{"arrived": True, "source": name, "collected": 2, "claims": 0} for name in names],
    }
    monkeypatch.setattr(queries, "records", lambda name, *_: rows[name])
    assert "12 pages came and no figure was read" in alarms(seven)["the_night_is_not_empty"]
    rows["sources_last_night"][0]["claims"] = 1
    assert alarms(seven) == {}


def test_the_steps_of_a_night_leave_their_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun, done with its counts, failed with its reason; a crash leaves a step that only began."""

    @progress.kept("load")
    def load(_: date) -> dict[str, int]:
        return {"documents": 3}

    @progress.kept("check")
    def check(_: date, *__: bool) -> None:
        raise CheckFailed("sums (2 rows)")

    with progress.step(TODAY, "tonight"):
        pass
    load(TODAY)
    progress.warn(TODAY, [{"name": "bounds", "why": "x", "rows": 1, "first": {}}])
    with pytest.raises(CheckFailed):
        check(TODAY)
    with pytest.raises(CheckFailed):
        check(TODAY, True)  # none of the night's
    held = progress.of(TODAY)
    assert (held.failed, held.counts["documents"], held.at) == ("check: sums (2 rows)", 3, "check")
    assert [row["name"] for row in held.warnings] == ["bounds"] and not held.under_way
    with (settings.load().progress / f"{TODAY}.jsonl").open("a") as out:
        out.write('{"step": "pub')  # cut in half by a crash
    assert progress.of(TODAY) == held


def test_an_airflow_that_says_nothing_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", "no such thing"))
    with pytest.raises(watchdog_machine.NotLooked, match="no such thing"):
        watchdog_machine.every_dag_imports(datetime.now(UTC))


def test_a_disk_that_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: USAGE(1000, 960, 40))
    with pytest.raises(Alarm, match=r"only 4\.0 % of the disk is free, want 5; what to do: move old nights"):
        watchdog.watch("the_disk_has_room", f"{TODAY}T07:00:00+00:00")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: USAGE(1000, 940, 60))
    assert watchdog.watch("the_disk_has_room", f"{TODAY}T07:00:00+00:00")["seen"] == "6.0 % free"


def test_an_unknown_watch_is_named() -> None:
    with pytest.raises(ValueError, match="no watch 'x'; there are the_night_ran"):
        watchdog.watch("x", f"{TODAY}T07:00:00+00:00")
