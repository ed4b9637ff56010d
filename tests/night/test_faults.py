"""Forty bad things in one night: each ends in a row that names it, the healthy sources arrive whole, a rerun heals."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from loopback import Site
from planting import FAULTS, HEALTHY, plant_all
from tonight import NIGHT, ROOT, held

from etl import queries, settings, stage
from etl.steps import collecting, nightly
from etl.steps.blame import blame

HEALTHY_VALUE = 260_280_000


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


@dataclass
class Night:
    """What the one night of all faults left."""

    failed: list[str]
    rows: dict[str, list[dict[str, Any]]]  # of each source: outcomes, and the ledger
    told: dict[str, str]  # what the page of the night says of each source
    claims: list[tuple[str, Decimal]]  # source and value of each claim that counts


@pytest.fixture(scope="module")
def night(home: Path, source: Callable[..., None], site: Site) -> Iterator[Night]:
    """One night with every fault in it, between two sources that are well."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("STREAMLEDGER_MAX_BODY_BYTES", "1000000")
        patch.setenv("STREAMLEDGER_READ_SECONDS", "2")
        for name in ("a_first_one", "zz_last_one"):  # each fault stands between them
            source(name, site.add(f"/{name}.html", HEALTHY))
        plant_all(home / "sources", site, stack)
        failed = nightly.night(NIGHT)
        yield Night(
            failed,
            rows={fault["name"]: rows(fault["name"]) for fault in FAULTS},
            told=_told_by_the_page(),
            claims=_counting(),
        )


def _told_by_the_page() -> dict[str, str]:
    """What the page Last night has of each source: its row, what failed of it."""
    told: dict[str, str] = {}
    for query in ("sources_last_night", "what_failed_last_night"):
        for row in queries.records(query, {"night": NIGHT}):
            told[row["source"]] = f"{told.get(row['source'], '')} {row}"
    return told


def _counting() -> list[tuple[str, Decimal]]:
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        return connection.execute(
            "SELECT source, value FROM claims WHERE standing IN ('decides', 'supports', 'contested')"
            " AND source <> 'official_history'"
        ).fetchall()


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_a_fault_is_named_with_its_cause(fault: dict[str, Any], night: Night) -> None:
    name, found = fault["name"], night.rows[fault["name"]]
    reasons = [words for words in night.failed if words.startswith(f"{name}:")]
    said = " ".join([*reasons, *(str(row) for row in found)])
    assert bool(reasons) == fault.get("fails", False), said
    assert found, "the night left no row about it"
    assert name in night.told, "the page of the night has it"
    assert all(str(word).lower() in said.lower() for word in fault.get("says", [])), said
    if "outcome" in fault:
        assert {row.get("outcome") for row in found} & set(fault["outcome"]), said
    if reasons:
        assert blame(reasons[0].partition(": ")[2]).fault == fault.get("whose", blame(reasons[0]).fault), said
        assert blame(reasons[0].partition(": ")[2]).fault != "unknown", said


def test_no_fault_cost_another_source_anything(night: Night) -> None:
    """Whatever counts is said by the two that are well, or rightly read from a page whose fault is another."""
    rightly = {"a_first_one", "zz_last_one", *(fault["name"] for fault in FAULTS if "claims" in fault)}
    assert {name for name, _ in night.claims} == rightly
    assert sorted(value for name, value in night.claims if name == "a_first_one") == sorted(
        value for name, value in night.claims if name == "zz_last_one"
    )
    assert (HEALTHY_VALUE in {value for name, value in night.claims if name == "zz_last_one"}) is True
    for fault in FAULTS:
        values = {value for name, value in night.claims if name == fault["name"]}
        assert values == {Decimal(value) for value in fault.get("claims", [])}, fault["name"]


def test_nothing_that_only_a_fault_says_is_published(night: Night) -> None:
    with_lure = [fault["name"] for fault in FAULTS if "987" in str(fault) or "{lure}" in str(fault)]
    assert len(with_lure) >= 20, "most faults offer a figure that is wrong"
    assert not [value for _, value in night.claims if str(value).startswith("98765")]


def test_there_are_forty_of_them() -> None:
    assert len({fault["name"] for fault in FAULTS}) == len(FAULTS) >= 40


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
    before = held()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            collecting.collect("second", NIGHT, force=True)
    nightly.load_night(NIGHT)
    assert held() == before


@pytest.mark.slow
def test_a_killed_night_is_healed_by_running_it_again(house: Callable[..., None], site: Site) -> None:
    """Killed once while it collects, and in each of its later steps; each time the whole night comes of the rerun."""
    for number in range(6):
        house(f"paper_{number}", site.add(f"/paper_{number}.html", HEALTHY.replace("260.28", f"26{number % 10}.28")))
    nightly.night(NIGHT)
    home, whole = settings.load().home, held()
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
        assert held() == whole, sign
    assert "warehouse" not in left[0] and "published" in left[-1], left
