"""`streamledger audit`: a night that kept its rules passes, and what was done against them is named with its row."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from loopback import Site
from tonight import NIGHT

from etl import cli, settings, stage
from etl.model import Request
from etl.steps import collecting

DAY = date.fromisoformat(NIGHT)


@pytest.fixture
def night(
    home: Path, source: Callable[..., None], site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> list[Request]:
    """Two sources of one host in one night; their rows as they were staged."""
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    site.add("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    links = [("Netflix grows", site.add("/a", "<p>a</p>")), ("Netflix falls", site.base + "/private/b")]
    source("paper", site.feed("/feed", links), kind="feed")
    source("page", site.add("/page", "<p>page</p>"))
    for name in ("paper", "page"):
        collecting.collect(name, NIGHT)
    return rows_of("paper")


def rows_of(name: str) -> list[Request]:
    return [Request(**row) for row in stage.read(settings.load().staging, "requests", DAY, name)]


def test_a_night_that_kept_its_rules(night: list[Request], capsys: pytest.CaptureFixture[str]) -> None:
    assert [row.outcome for row in night].count("refused_by_robots") == 1
    for arguments in (["audit", NIGHT], ["audit"]):  # a night, and the newest one
        assert cli.main(arguments) == 0
        assert capsys.readouterr().out == f"{NIGHT}: 0 violations in 6 requests of 2 sources\n"


PLANTS: dict[str, tuple[dict[str, object], str]] = {
    "against robots.txt": ({"robots": "robots.txt: Disallow: /"}, "though of robots.txt it says"),
    "against a reservation": ({"tdm": "header tdm-reservation: 1"}, "though of reservations it says"),
    "elsewhere": ({"url": "https://elsewhere.example/a"}, "outside of the source"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_row_that_was_changed(night: list[Request], capsys: pytest.CaptureFixture[str], name: str) -> None:
    changes, words = PLANTS[name]
    tampered = [replace(row, **changes) if row.url.endswith("/a") else row for row in night]  # type: ignore[arg-type]
    stage.write(settings.load().staging, "requests", DAY, "paper", tampered)
    assert cli.main(["audit", NIGHT]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    assert count.startswith(f"{NIGHT}: {len(lines)} violations in ")
    assert any(f"{NIGHT} paper" in line and words in line for line in lines)


def test_rules_that_changed_afterwards_are_not_held_against_a_night(
    night: list[Request], site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """The host's file as it was read before the requests proves them; one that was read later does not."""
    (file,) = [path for path in (settings.load().home / "state/hosts").iterdir() if path.name.endswith("robots.json")]
    stricter = file.read_text(encoding="utf-8").replace("/private", "/")
    file.write_text(stricter, encoding="utf-8")
    assert cli.main(["audit", NIGHT]) == 1
    assert "though the host's own file says robots.txt: Disallow: /" in capsys.readouterr().out
    at = stricter.partition('"at": ')[2].rstrip("}")
    file.write_text(stricter.replace(at, str(float(at) + 3600)), encoding="utf-8")
    assert cli.main(["audit", NIGHT]) == 0


def test_a_night_without_a_ledger(
    night: list[Request], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["audit", "2020-01-01"]) == 1
    assert f"left no ledger under {os.environ['STREAMLEDGER_HOME']}/staging; the newest that did is {NIGHT}" in (
        capsys.readouterr().err
    )


def test_a_home_without_a_night(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    for arguments in (["audit"], ["audit", NIGHT]):
        assert cli.main(arguments) == 1
        assert "nothing was collected yet" in capsys.readouterr().err
