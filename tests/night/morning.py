"""What the watches look at in the morning, and how each of it goes wrong under a running Airflow: on disk."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from planting import write_source

from etl import settings, stage
from etl.model import Outcome
from etl.steps import watchdog_night

QUIET_DAYS = 20  # a source may be silent for 14
# Python imports a module of this name when it starts: the disk is nearly full for as long as a file says so
MACHINE = """
import os, shutil
usage_of = shutil.disk_usage
def disk_usage(path):
    usage = usage_of(path)
    return usage._replace(free=usage.total // 25) if os.path.exists({flag!r}) else usage
shutil.disk_usage = disk_usage
"""


class Morning:
    """The morning after a night that is well, in a home of the tests."""

    def __init__(self, home: Path, dags: Path) -> None:
        """Make a folder of DAGs and a disk of its own for an Airflow that is started with `env`."""
        self.home, self.dags, self.machine = home, home / "dags", home / "machine"
        shutil.copytree(dags, self.dags)
        self.machine.mkdir()
        self.full = self.machine / "full"
        (self.machine / "sitecustomize.py").write_text(MACHINE.format(flag=str(self.full)), encoding="utf-8")
        self.env = {"PYTHONPATH": str(self.machine), "AIRFLOW__CORE__DAGS_FOLDER": str(self.dags)}

    def is_well(self) -> None:
        """Keep how all is, for `mend`: a night that ran and is published, before which there is nothing to tell."""
        self.night = watchdog_night.due(datetime.now(UTC))
        self.progress = settings.load().progress / f"{self.night}.jsonl"
        self.snapshot = settings.load().snapshot
        if not self.progress.exists():  # between midnight and two o'clock the newest night is not due yet
            shutil.copyfile(max(self.progress.parent.glob("*.jsonl")), self.progress)
        self.kept = self.home / "kept"
        self.kept.mkdir()
        for path in (self.progress, self.snapshot):
            shutil.copyfile(path, self.kept / path.name)

    def mend(self) -> None:
        """Make all well again."""
        for path in (self.progress, self.snapshot):
            shutil.copyfile(self.kept / path.name, path)
        for path in (self.full, self.dags / "torn.py", *(self.home / "sources").glob("quiet.yaml")):
            path.unlink(missing_ok=True)

    def no_run(self) -> None:
        self.progress.unlink()

    def stuck(self) -> None:
        begun = (datetime.now(UTC) - timedelta(hours=5)).isoformat()
        self.progress.write_text(json.dumps({"step": "tonight", "state": "begun", "at": begun}) + "\n", "utf-8")

    def stale(self) -> None:
        written = (datetime.now(UTC) - timedelta(hours=13)).timestamp()
        os.utime(self.snapshot, (written, written))

    def empty(self) -> None:
        """The healthy source gave a page in each of ten nights, and none in the newest."""
        draft = self.kept / "draft.duckdb"
        shutil.copyfile(self.snapshot, draft)
        with duckdb.connect(str(draft)) as con:
            con.execute("DELETE FROM outcomes WHERE source = 'healthy' AND step = 'collect'")
            for ago in range(11):
                night = self.night - timedelta(days=ago)
                con.execute("INSERT INTO nights SELECT $1 WHERE $1 NOT IN (FROM nights)", [night])
                row = [night, "healthy", "collect", "healthy", True, "collected", "", int(ago > 0), False]
                con.execute("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        draft.replace(self.snapshot)

    def silent(self) -> None:
        """A source gave its last page 20 days ago."""
        write_source(self.home / "sources", "quiet", "https://quiet.example/")
        night = self.night - timedelta(days=QUIET_DAYS)
        row = Outcome(night, "quiet", "collect", "quiet", ok=True, outcome="collected", reason="", count=1)
        stage.write(settings.load().staging, "outcomes", night, "quiet.collect", [row])

    def torn(self) -> None:
        words = "from airflow.sdk import dag\nimport nowhere_at_all\n"
        (self.dags / "torn.py").write_text(words, encoding="utf-8")

    def full_disk(self) -> None:
        self.full.touch()
