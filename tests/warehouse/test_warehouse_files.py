"""The two files: nothing half loaded, nothing half published, no reader in the way."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights

from etl import load, publish
from etl.load import scripts

NIGHT = date(2026, 11, 20)
LOAD = "import sys, datetime, pathlib; from etl import load; load.load(*map(pathlib.Path, sys.argv[1:3]), datetime.date"
PROGRAM = f"{LOAD}(2026, 11, 20))"


def given(value: int) -> dict[str, Any]:
    """A night of two hundred pages."""
    documents = [
        {"id": f"d{n}", "source": "loupe", "claims": [{"value": value + n, "period": f"{1900 + n}"}]}
        for n in range(200)
    ]
    return {"documents": documents}


@dataclass(frozen=True)
class Empty:
    """A first night without any source, loaded and published: its two files, to be looked at, and what was said."""

    working: Path
    snapshot: Path
    report: load.LoadReport
    figures: int


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Empty:
    folder = tmp_path_factory.mktemp("empty")
    working, snapshot = folder / "w.duckdb", folder / "p" / "s.duckdb"
    report = load.load(working, folder / "staging", NIGHT)
    return Empty(working, snapshot, report, publish.publish(working, snapshot).figures)


def test_the_first_night_may_be_empty(empty: Empty) -> None:
    assert (empty.report.documents, empty.report.claims) == (0, 0)
    assert empty.figures == empty.report.added
    assert [result.name for result in load.check(empty.working) if result.rows] == []


def test_official_history_is_there_from_the_first_night(empty: Empty) -> None:
    con = duckdb.connect(str(empty.working), read_only=True)
    found = con.execute("SELECT value FROM trend('netflix', 'subscribers') WHERE period = '2018-Q4'").fetchall()
    assert [int(value) for (value,) in found] == [139259000]


def test_a_load_that_is_killed_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    working, staging = tmp_path / "w.duckdb", tmp_path / "staging"
    nights.stage_night(staging, NIGHT, given(1000000))
    first = load.load(working, staging, NIGHT)
    nights.stage_night(staging, NIGHT, given(2000000))
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / "other.duckdb"), str(staging)], check=True)
    whole = time.monotonic() - started
    hashes = set()
    for part in (0.6, 0.85):
        running = subprocess.Popen([sys.executable, "-c", PROGRAM, str(working), str(staging)])
        time.sleep(whole * part)
        running.send_signal(signal.SIGKILL)
        running.wait()
        con = duckdb.connect(str(working), read_only=True)
        ((figures, lowest),) = con.execute(
            "SELECT count(*), min(value) FROM trend('netflix', 'subscribers', area := 'FR', kind := 'year')"
        ).fetchall()
        con.close()
        hashes.add((figures, int(lowest)))
    assert hashes <= {(200, 1000000), (200, 2000000)}
    again = load.load(working, staging, NIGHT)
    other = load.load(tmp_path / "other.duckdb", staging, NIGHT)
    assert again.figures_hash == other.figures_hash != first.figures_hash
    assert (other.added, other.changed, other.closed) == (0, 0, 0)


def test_a_model_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    working, staging = tmp_path / "w.duckdb", tmp_path / "staging"
    nights.stage_night(staging, NIGHT, given(1000000))
    first = load.load(working, staging, NIGHT)
    nights.stage_night(staging, NIGHT, given(2000000))

    def broken(con: duckdb.DuckDBPyConnection, folder: str) -> None:
        raise duckdb.Error(f"no {folder}")

    monkeypatch.setattr(scripts, "run_folder", broken)
    with pytest.raises(duckdb.Error, match="no models/core"):
        load.load(working, staging, NIGHT)
    monkeypatch.undo()
    nights.stage_night(staging, NIGHT, given(1000000))
    again = load.load(working, staging, NIGHT)
    assert (again.changed, again.figures_hash) == (0, first.figures_hash)


def test_readers_keep_what_they_opened_and_lock_nobody_out(tmp_path: Path) -> None:
    working, staging, snapshot = tmp_path / "w.duckdb", tmp_path / "staging", tmp_path / "p" / "s.duckdb"
    nights.stage_night(staging, NIGHT, given(1000000))
    load.load(working, staging, NIGHT)
    first = publish.publish(working, snapshot)
    reader = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "ask = lambda: con.execute(\"SELECT count(*) FROM figures WHERE period_kind = 'year' AND area = 'FR' "
        "AND platform = 'netflix' AND metric = 'subscribers' AND period < '2100'\").fetchall()[0][0]\n"
        "print(ask(), flush=True); input(); print(ask(), flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(snapshot)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stdin
        assert running.stdout.readline().strip() == "200"
        nights.stage_night(staging, NIGHT, {"documents": given(1000000)["documents"][:150]})
        load.load(working, staging, NIGHT)
        second = publish.publish(working, snapshot)
        running.stdin.write("\n")
        running.stdin.flush()
        assert running.stdout.readline().strip() == "200"
    assert second.figures == first.figures - 50
    assert [path.name for path in snapshot.parent.iterdir()] == ["s.duckdb"], "the same night leaves no other"


def test_the_snapshot_holds_quotes_and_no_texts(tmp_path: Path) -> None:
    text = "Avant. La plateforme compte 10000000 abonnés. Une phrase que personne ne doit publier."
    documents = [{"id": "a", "source": "loupe", "text": text, "claims": [{"value": 10000000}]}]
    nights.stage_night(tmp_path / "staging", NIGHT, {"documents": documents})
    load.load(tmp_path / "w.duckdb", tmp_path / "staging", NIGHT)
    publish.publish(tmp_path / "w.duckdb", tmp_path / "s.duckdb")
    assert b"personne ne doit publier" in (tmp_path / "w.duckdb").read_bytes()
    assert b"personne ne doit publier" not in (tmp_path / "s.duckdb").read_bytes()


def test_old_clients_can_open_both_files(empty: Empty) -> None:
    for path in (empty.working, empty.snapshot):
        header = path.read_bytes()[:20]
        assert header[8:12] == b"DUCK"
        assert int.from_bytes(header[12:20], "little") == 64  # the layout that clients since 1.2 read


def test_without_a_working_file_the_old_snapshot_stays(empty: Empty, tmp_path: Path) -> None:
    before = shutil.copyfile(empty.snapshot, tmp_path / "s.duckdb").read_bytes()
    with pytest.raises(duckdb.Error):
        publish.publish(tmp_path / "absent.duckdb", tmp_path / "s.duckdb")
    assert (tmp_path / "s.duckdb").read_bytes() == before


def test_nothing_is_known_before_its_night(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="night 2026-11-20 cannot have been known on 2026-11-19"):
        load.load(tmp_path / "w.duckdb", tmp_path / "staging", NIGHT, date(2026, 11, 19))


def test_a_reference_table_without_a_column_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = nights.reference(tmp_path / "reference")
    (folder / "rules.csv").write_text("name,meaning\nmin_confidence,x\n", encoding="utf-8")
    monkeypatch.setattr(scripts, "REFERENCE", folder)
    with pytest.raises(ValueError, match=r"rules\.csv: no column value; there are name, meaning"):
        load.load(tmp_path / "w.duckdb", tmp_path / "staging", NIGHT)


def test_every_published_table_column_and_macro_says_what_it_is(empty: Empty) -> None:
    con = duckdb.connect(str(empty.snapshot), read_only=True)
    silent = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL UNION ALL "
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal "
        "UNION ALL SELECT function_name FROM duckdb_functions() WHERE comment IS NULL AND NOT internal"
    ).fetchall()
    assert silent == []
