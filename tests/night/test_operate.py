"""The operator's commands over a night on loopback: what they say, and with what they end."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from loopback import Site
from planting import HEALTHY

from etl import settings
from etl.cli import main, operate, parser
from etl.server import control
from etl.steps import doctor, nightly, watchdog_machine, watchdog_night
from etl.steps.status import status

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def night(home: Path, source: Callable[..., None], site: Site) -> list[str]:
    """A night of tonight: one source arrives, one refuses, one cannot be reached, one file is broken."""
    source("healthy", site.add("/healthy.html", HEALTHY))
    source("shut", site.add("/shut.html", "no", status=403))
    source("dead", "http://127.0.0.1:9/")
    (home / "sources" / "torn.yaml").write_text("title: [", encoding="utf-8")
    return nightly.night(TODAY)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_status_says_what_is_new_what_broke_and_whose_fault(
    night: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = answer(capsys, "status")
    assert code == 1, "a source file is broken: that is the operator's"
    assert (told["night"], told["state"], told["sources"], told["arrived"]) == (str(TODAY), "published", 4, 1)
    assert told["new"]["documents"] == 1 and told["new"]["added"] > 0
    whose = {one["subject"]: (one["whose"], one["needs_you"]) for one in told["broken"]}
    assert whose["torn"] == ("yours", True)
    assert whose["dead"] == ("the network", False)
    assert whose["shut"] == ("their right", True)
    assert main(["status"]) == 1
    screen = capsys.readouterr().out
    assert screen.startswith(f"The night of {TODAY}: published at ")
    assert "1 of 4 sources arrived; 1 documents" in screen and "needs you\n" in screen and "torn.yaml" in screen
    assert screen.index("torn.yaml") < screen.index("passes, or waits for a look") < screen.index("127.0.0.1:9")
    assert len(screen.splitlines()) < 40, "one screen"


def test_status_of_a_healthy_night_ends_well_and_names_who_goes_quiet(
    night: list[str], home: Path, source: Callable[..., None]
) -> None:
    kept = home / "kept"
    kept.mkdir()
    for name in ("torn", "shut", "dead"):
        shutil.move(home / "sources" / f"{name}.yaml", kept)
    try:
        for file in (settings.load().staging / "outcomes" / f"night={TODAY}").glob("[std]*.parquet"):
            shutil.move(file, kept)
        found = status()
        assert (found.needs_you, found.quiet) == (False, ()), found
        later = status(datetime.now(UTC) + timedelta(days=10))
        assert [(one.source, one.allowed) for one in later.quiet] == [("healthy", 14)]
        assert later.state == "not run" and later.needs_you
    finally:
        for file in kept.glob("*.yaml"):
            shutil.move(file, home / "sources")
        for file in kept.glob("*.parquet"):
            shutil.move(file, settings.load().staging / "outcomes" / f"night={TODAY}")


def test_every_command_that_prints_results_has_json() -> None:
    """But those that start and stop Airflow, and those whose every line is JSON already."""
    choices = next(action.choices for action in parser()._actions if isinstance(action.choices, dict))
    without = {name for name, made in choices.items() if "--json" not in made.format_help()}
    assert without == {"up", "down", "serve", "read", "discover"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("report",),
        ("query",),
        ("query", "newest_figures"),
        ("why", "netflix", "subscribers", "2023-Q4"),
        ("audit",),
        ("explain", "Netflix had 260.28 million subscribers worldwide at the end of 2023."),
        ("sources", "check"),
        ("extract", "healthy", str(TODAY)),
        ("load",),
        ("check",),
    ],
    ids=" ".join,
)
def test_json_is_json_and_nothing_beside_it(
    night: list[str], capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, told = answer(capsys, *arguments)
    assert code == (1 if arguments[0] == "sources" else 0) and told
    assert "Decimal" not in json.dumps(told)


def test_doctor_names_each_wrong_thing_with_its_mend(night: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watchdog_night, "STARTS", timedelta(0))  # or the night due were another one until 02:00
        patch.setattr(watchdog_machine, "imports", lambda _: (3, {"/dags/nightly.py": "Traceback\nSyntaxError: here"}))
        patch.setenv("STREAMLEDGER_ALERTS", "pager:1")
        patch.delenv("STREAMLEDGER_CONTACT", raising=False)
        code, told = answer(capsys, "doctor")
        assert main(["doctor"]) == 1
    screen = capsys.readouterr().out
    states = {one["name"]: one["state"] for one in told}
    assert code == 1
    assert {name for name, state in states.items() if state == "wrong"} == {"sources", "dags", "alerts"}
    assert states["contact"] == "warning"
    assert all(one["mend"] for one in told if one["state"] != "well")
    assert "nightly.py: SyntaxError: here" in screen and "torn.yaml" in screen


def look(name: str) -> doctor.Finding:
    (found,) = [one for one in doctor.examine({"port": operate._port}) if one.name == name]
    return found


def test_doctor_and_a_warehouse_that_another_program_holds(night: list[str]) -> None:
    assert look("warehouse").state == "well"
    working = settings.load().working
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        connection = duckdb.connect(str(working))
        os.write(ready[1], b"x")
        os.read(go[0], 1)
        connection.close()
        os._exit(0)
    os.read(ready[0], 1)
    try:
        found = look("warehouse")
        assert found.state == "warning" and "lock" in found.says and str(child) in found.says, found
    finally:
        os.write(go[1], b"x")
        os.waitpid(child, 0)


def test_doctor_and_a_broken_warehouse(night: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "working.duckdb").write_bytes(b"x" * 10_000)
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    assert look("warehouse").state == "wrong" and "move" in look("warehouse").mend


def test_doctor_and_a_port_that_is_taken(night: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("STREAMLEDGER_PORT", str(taken.getsockname()[1]))
        assert look("port").state == "wrong" and "in use by another program" in look("port").says
        monkeypatch.setattr(control, "running", lambda: True)
        assert look("port").says.endswith("Airflow is up")
    monkeypatch.setenv("STREAMLEDGER_PORT", "http")
    assert look("port").state == "wrong" and "want a port from 1024" in look("port").says


def test_doctor_and_a_home_that_cannot_be_written(
    night: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path / "file"))
    found = look("home")
    assert found.state == "wrong" and "cannot be written" in found.says and "STREAMLEDGER_HOME" in found.mend


def test_doctor_and_a_clock_that_is_behind(night: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert look("clock").state == "well"
    real = datetime.now(UTC)

    class Behind(datetime):
        @classmethod
        def now(cls, *_: Any) -> datetime:
            return real - timedelta(days=2)

    monkeypatch.setattr(doctor, "datetime", Behind)
    found = look("clock")
    assert found.state == "wrong" and f"the night {TODAY} was collected already" in found.says


def test_doctor_and_a_python_that_is_too_old(night: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 2))
    found = look("python")
    assert found.state == "wrong" and "3.10.2" in found.says and "make PYTHON=" in found.mend


def test_doctor_and_an_old_snapshot(night: list[str]) -> None:
    snapshot = settings.load().snapshot
    before = snapshot.stat()
    old = (datetime.now(UTC) - timedelta(hours=13)).timestamp()
    try:
        os.utime(snapshot, (old, old))
        assert look("snapshot").state == "wrong"
    finally:
        os.utime(snapshot, (before.st_atime, before.st_mtime))
