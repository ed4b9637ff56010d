"""What is tidied away is never what a night needs that is run again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

from etl.collect.tidying import tidy


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    with serve(Site({"/feed": {"rss": ["{base}/a"]}, "/a": {"html": "<p>a</p>"}})) as found:
        found.words = {"base": found.base}
        yield found


def test_an_old_night_is_told_again_without_its_rows(tmp_path: Path, site: Site) -> None:
    """Its rows lie in staging; that it is finished and what it kept is told as before, and nobody is asked."""
    first, state = run(tmp_path, source(site)), tmp_path / "state"
    ledger = state / "nights" / str(NIGHT) / "zoo.json"
    size = ledger.stat().st_size
    assert tidy(state, NIGHT + timedelta(days=30), 30) == 0
    assert run(tmp_path, source(site)) == first
    assert tidy(state, NIGHT + timedelta(days=31), 30) == 1
    site.asked.clear()
    again = run(tmp_path, source(site))
    assert site.asked == []
    assert (again.pages, again.failed, again.requests) == (first.pages, False, [])
    assert ledger.stat().st_size < size / 4


def test_no_night_is_looked_at_twice(tmp_path: Path, site: Site) -> None:
    run(tmp_path, source(site))
    state = tmp_path / "state"
    ledger = state / "nights" / str(NIGHT) / "zoo.json"
    whole = ledger.read_bytes()
    assert tidy(state, NIGHT + timedelta(days=31), 30) == 1
    ledger.write_bytes(whole)
    assert tidy(state, NIGHT + timedelta(days=32), 30) == 0
    run(tmp_path, source(site), NIGHT + timedelta(days=1))
    assert tidy(state, NIGHT + timedelta(days=33), 30) == 1


def test_what_never_finished_goes(tmp_path: Path, site: Site) -> None:
    """A killed night that is over cannot go on: neither its journal nor its ledger is of use."""
    site.routes["/feed"] = {"status": 500, "html": "error"}
    assert run(tmp_path, source(site)).failed
    folder = tmp_path / "state" / "nights" / str(NIGHT)
    (folder / "other.jsonl").write_text("{}\n")
    assert tidy(tmp_path / "state", NIGHT + timedelta(days=31), 30) == 2
    assert not folder.exists()


def test_hosts_that_nobody_asks_are_forgotten(tmp_path: Path, site: Site) -> None:
    """Three times as long as ledgers are kept; a host that was asked since stays."""
    run(tmp_path, source(site))
    state = tmp_path / "state"
    files = sorted((state / "hosts").iterdir())
    assert len(files) == 3
    later = NIGHT + timedelta(days=1000)
    for path in files[:2]:
        os.utime(path, (0, 0))
    new = (later - timedelta(days=80) - NIGHT).total_seconds() + files[2].stat().st_mtime
    os.utime(files[2], (new, new))
    tidy(state, later, 30)
    assert sorted((state / "hosts").iterdir()) == files[2:]


def test_nothing_to_tidy(tmp_path: Path) -> None:
    assert tidy(tmp_path / "state", NIGHT, 30) == 0
