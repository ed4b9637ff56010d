"""One bad thing a night: it ends in a clear row or message, the healthy source arrives whole, and a rerun heals."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from loopback import Site
from tonight import NIGHT, ROOT

from etl import queries, settings, stage
from etl.steps import nightly

FAULTS = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
HEALTHY = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24"></head><body><article>
<h1>Netflix ends the year with 260 million subscribers</h1>
<p>Netflix had 260.28 million paid subscribers worldwide at the end of 2023, the company said in its letter to
shareholders, more than in any quarter before. Its revenue rose by 12.5 percent in the fourth quarter of 2023.</p>
<p>Disney+ and Amazon's Prime Video did not publish figures for the same quarter, and both have begun to show
advertising to those who do not pay for a dearer plan.</p></article></body></html>"""


@pytest.fixture
def house(home: Path, source: Callable[..., None], site: Site) -> Callable[..., None]:
    """A clean home with one healthy source."""
    shutil.rmtree(home / "data", ignore_errors=True)
    for path in (home / "sources").glob("*.yaml"):
        path.unlink()
    source("healthy", site.add("/healthy.html", HEALTHY))
    return source


def rows(name: str) -> list[dict[str, Any]]:
    """Every row that the night left about a source."""
    root = settings.load().staging
    found = [
        row for step in ("collect", "extract") for row in stage.read(root, "outcomes", NIGHT_DAY, f"{name}.{step}")
    ]
    return [*found, *stage.read(root, "requests", NIGHT_DAY, name)]


NIGHT_DAY = nightly.night_of(NIGHT)
# what a night has written, and the seconds after that, when it is killed
KILLS = (
    ("archive/**/*.part", 0.0),
    ("staging/claims/*/paper_3.parquet", 0.0),
    ("warehouse/working.duckdb", 0.4),
    ("published/.*.draft", 0.0),
    ("published/exports-*", 0.1),
)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_costs_only_its_own(fault: dict[str, Any], house: Callable[..., None], home: Path, site: Site) -> None:
    name, keys, serve = fault["name"], dict(fault.get("source", {})), fault.get("serve", {})
    url = site.add(f"/{name}", serve.get("body", ""), serve.get("type", "text/html"), serve.get("status", 200))
    if "file" in keys:
        (home / "sources" / f"{name}.yaml").write_text(keys["file"], encoding="utf-8")
    else:
        house(name, keys.pop("url", url), **keys)
    failed = nightly.night(NIGHT)
    assert bool(failed) == fault.get("fails", bool(failed)), failed
    said = " ".join([*failed, *(str(row) for row in rows(name))])
    assert rows(name), "the night left no row about it"
    assert all(word in said.lower() or word in said for word in fault.get("says", [])), said
    if "outcome" in fault:
        assert {row.get("outcome") for row in rows(name)} & set(fault["outcome"]), said
    answer = queries.run("figures_of_a_page", {"url": "%/healthy.html"})
    assert any(row[answer.columns.index("value")] == 260_280_000 for row in answer.rows), "the healthy source suffered"


def test_an_empty_first_night_is_published(home: Path, house: Callable[..., None]) -> None:
    (home / "sources" / "healthy.yaml").unlink()
    assert nightly.night(NIGHT) == []
    assert queries.run("netflix_paid_memberships_by_quarter").rows, "official history is there without any source"
    assert queries.run("sources_last_night", {"night": NIGHT}).rows == []


def test_a_full_disk_is_named_and_nothing_is_lost(
    house: Callable[..., None], monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    house("second", site.add("/second.html", HEALTHY))
    nightly.night(NIGHT)
    before = nightly.load_night(NIGHT)["hash"]

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            nightly.collect("second", NIGHT, force=True)
    assert nightly.load_night(NIGHT)["hash"] == before


@pytest.mark.slow
def test_a_killed_night_is_healed_by_running_it_again(house: Callable[..., None], site: Site) -> None:
    """Killed once while it collects, and in each of its later steps; each time the whole night comes of the rerun."""
    for number in range(6):
        house(f"paper_{number}", site.add(f"/paper_{number}.html", HEALTHY.replace("260.28", f"26{number % 10}.28")))
    nightly.night(NIGHT)
    home, whole = settings.load().home, nightly.load_night(NIGHT)["hash"]
    left = []
    for sign, after in KILLS:
        shutil.rmtree(home)
        command = [sys.executable, "-m", "etl.cli", "night", "--date", NIGHT]
        killed = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(home.glob(sign)):
            assert killed.poll() is None, f"the night ended before there was {sign}"
            time.sleep(0.005)
        time.sleep(after)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        left.append(sorted(path.name for path in home.iterdir()))
        assert nightly.night(NIGHT) == [], sign
        assert nightly.load_night(NIGHT)["hash"] == whole, sign
    assert "warehouse" not in left[0] and "published" in left[-1], left
