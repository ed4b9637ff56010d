"""How far a long command is: a bar for people, lines for a log, details folded in a task; and how a command ends."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path

import pytest

from etl import cli, logs
from etl.cli import meter


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_people_see_a_bar_with_how_many_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", seen := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with meter.shown():
        assert list(logs.counted(["a", "b", "c"], "nights read", 3)) == ["a", "b", "c"]
    assert "nights read" in seen.getvalue() and "3/3" in seen.getvalue()


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    caplog.set_level(logging.INFO)
    with meter.shown():
        list(logs.counted(range(5000), "pages proved"))
    assert caplog.messages == [], "it took no half minute"
    monkeypatch.setattr(meter, "SECONDS", 0.0)
    with meter.shown():
        list(logs.counted("ab", "pages proved", 2))
    assert caplog.messages[-1] == "pages proved: 2 of 2"
    assert sys.stderr.getvalue() == "", "no bar"


@pytest.mark.parametrize(("count", "inside", "folded"), [(4, True, True), (3, True, False), (4, False, False)])
def test_more_than_a_few_details_are_folded_in_a_task(
    count: int, inside: bool, folded: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("AIRFLOW_CTX_DAG_ID", raising=False)
    if inside:
        monkeypatch.setenv("AIRFLOW_CTX_DAG_ID", "nightly")
    caplog.set_level(logging.INFO)
    logs.details("what went wrong", [f"line {number}" for number in range(count)])
    assert ("::group::what went wrong" in caplog.messages) == ("::endgroup::" in caplog.messages) == folded
    assert [record.levelno for record in caplog.records if "line" in record.message] == [logging.WARNING] * count


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_whoever_stops_a_command_is_told_what_becomes_of_it(
    stop: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also in the middle of a query of DuckDB, which has a word of its own for it."""

    def stopped() -> None:
        raise stop

    monkeypatch.setattr("etl.cli.operate.status", stopped)
    assert cli.main(["status"]) == cli.INTERRUPTED
    assert "stopped; run it again" in capsys.readouterr().err


def test_what_is_not_there_yet_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    for command, says in (
        (["check"], "`streamledger load` makes"),
        (["publish"], "`streamledger load` makes"),
        (["reread"], "run one first: streamledger night"),
        (["report"], "there is no snapshot"),
        (["explain", "x", "--published", "y"], "'y' is no date; want YYYY-MM-DD"),
        (["page", "/nowhere.html"], "no such file"),
        (["watch", "the_night_ran", "2026"], "want YYYY-MM-DD"),
    ):
        assert cli.main(command) == 1, command
        told = capsys.readouterr()
        assert says in told.err and told.out == "", (command, told)
        assert "Traceback" not in told.err
