"""A full disk at each step: a clear error, the published snapshot as it was, and the next run heals.

The process may write no file beyond a size: its writes fail as they do on a full disk, without privileges or a mount.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights

from etl import load, publish

FIRST, SECOND = date(2026, 11, 20), date(2026, 11, 21)
PROGRAM = """
import datetime, pathlib, resource, sys
sys.path.insert(0, "tests/warehouse")
import warehouse_nights as nights
from test_warehouse_disk import given
from etl import load, publish
step, folder, limit = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
night = datetime.date(2026, 11, 21)
if step == "stage":
    nights.stage_night(folder / "staging", night, given(2))
elif step == "load":
    load.load(folder / "w.duckdb", folder / "staging", night)
elif step == "publish":
    publish.publish(folder / "w.duckdb", folder / "published" / "s.duckdb")
else:
    publish.export(folder / "published" / "s.duckdb")
"""
# per step: the size at which the disk is full, and what the error must name
STEPS = [
    ("stage", 2_000, "staging"),
    ("load", 300_000, "w.duckdb"),
    ("publish", 300_000, "s.duckdb"),
    ("export", 9_000, "exports"),
]


def given(number: int) -> dict[str, Any]:
    documents = [
        {"id": f"{number}-{k}", "source": "loupe", "claims": [{"value": 1000000 + k, "period": f"{1900 + k}"}]}
        for k in range(100)
    ]
    return {"documents": documents}


@pytest.mark.slow
def test_a_full_disk_stops_each_step_with_a_clear_error(tmp_path: Path) -> None:
    working, snapshot = tmp_path / "w.duckdb", tmp_path / "published" / "s.duckdb"
    nights.stage_night(tmp_path / "staging", FIRST, given(1))
    load.load(working, tmp_path / "staging", FIRST)
    publish.publish(working, snapshot)
    publish.export(snapshot)
    for step, limit, named in STEPS:
        before = snapshot.read_bytes()
        exported = (snapshot.parent / "exports").resolve()
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, step, str(tmp_path), str(limit)],
            capture_output=True,
            text=True,
            check=False,
        )
        said = ended.stderr.strip().splitlines()
        assert ended.returncode == 1, (step, said)
        assert any(named in line and "File too large" in line for line in said[-3:]), (step, said[-3:])
        assert snapshot.read_bytes() == before, step
        assert (snapshot.parent / "exports").resolve() == exported, step
        heal(step, tmp_path)
    with duckdb.connect(str(snapshot), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM claims WHERE source = 'loupe'").fetchall() == [(200,)]
    assert {path.name for path in snapshot.parent.iterdir() if path.name[0] == "."} == set(), "nothing is left behind"


def heal(step: str, folder: Path) -> None:
    """Take the step again, with room."""
    if step == "stage":
        nights.stage_night(folder / "staging", SECOND, given(2))
    elif step == "load":
        load.load(folder / "w.duckdb", folder / "staging", SECOND)
    elif step == "publish":
        publish.publish(folder / "w.duckdb", folder / "published" / "s.duckdb")
    else:
        publish.export(folder / "published" / "s.duckdb")
