"""Readers beside publications, deaths at random moments, full disks: `python -m tests.bench.warehouse_files readers`.

`readers --processes 8 --seconds 600 --publications 300`: processes that open the snapshot, count what must agree in it,
and keep some connections open over publications, while another loads and publishes, so many times over so many seconds
at least. Prints errors, torn reads, and reads that went backwards.
`kills --times 300`: a process that loads, resolves and publishes one night after the other is killed at random moments;
after each death the file is opened and the next run goes on. In the end every night must be there once, as in a file
that nobody killed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from etl import load, publish, stage
from etl.model import Claim, Document, Kind, Metric, Page, Qualifier, Source, Status, Transformation
from tests.bench.warehouse import bare
from tests.bench.warehouse_night import about, page

FIRST = date(2026, 1, 1)
COUNTED = "SELECT (SELECT max(night) FROM nights), count(*), count(DISTINCT claim_id) FROM claims"
REST = "SELECT count(*), count(DISTINCT figure_id), (SELECT count(*) FROM documents) FROM figures"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader process met."""

    opened: int
    errors: list[str]
    torn: list[str]
    backwards: int


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    what = options.add_subparsers(dest="what", required=True)
    readers = what.add_parser("readers")
    readers.add_argument("--processes", type=int, default=8)
    readers.add_argument("--seconds", type=float, default=600)
    readers.add_argument("--publications", type=int, default=300)
    kills = what.add_parser("kills")
    kills.add_argument("--times", type=int, default=300)
    one = what.add_parser("read")
    one.add_argument("snapshot", type=Path)
    one.add_argument("stop", type=Path)
    nights = what.add_parser("nights")
    nights.add_argument("folder", type=Path)
    nights.add_argument("count", type=int)
    chosen = options.parse_args()
    if chosen.what == "read":
        print(json.dumps(read(chosen.snapshot, chosen.stop)))
        return 0
    if chosen.what == "nights":
        with bare(chosen.folder):
            go_on(chosen.folder, chosen.count)
        return 0
    folder = Path(tempfile.mkdtemp(prefix="warehouse-files-"))
    try:
        with bare(folder):
            said = (
                beside(folder, chosen.processes, chosen.seconds, chosen.publications)
                if chosen.what == "readers"
                else killed(folder, chosen.times)
            )
        print(said)
    finally:
        shutil.rmtree(folder)
    return 0


def give(staging: Path, number: int) -> date:
    """Stage night `number`: thirty documents, each with a claim of its own figure, one in three about an older one."""
    night = FIRST + timedelta(days=number)
    made = [one(number, k) for k in range(30)]
    stage.write(staging, "sources", night, "paper", [_source()])
    stage.write(staging, "pages", night, "paper", [_page(document, night) for document, _ in made])
    stage.write(staging, "documents", night, "paper", [document for document, _ in made])
    stage.write(staging, "claims", night, "paper", [claim for _, claim in made], extractor="x1")
    return night


def _source() -> Source:
    return about("paper")


def _page(document: Document, night: date) -> Page:
    return page(document, night)


def one(number: int, k: int) -> tuple[Document, Claim]:
    value = Decimal(1_000_000 + 100 * number + k)
    period = 1000 + (k if k % 3 == 0 else number * 30 + k) % 8000
    quote = f"{value} members"
    name = f"{number}-{k}"
    document = Document(
        document_id=name,
        lang="en",
        text=quote,
        published=FIRST + timedelta(days=number),
        kind=Kind.ARTICLE,
        url=f"https://paper.test/{name}",
        source="paper",
        digest=name,
    )
    claim = Claim(
        document_id=name,
        platform="netflix",
        metric=Metric.SUBSCRIBERS,
        transformation=Transformation.LEVEL,
        value=value,
        value_max=None,
        low=value,
        high=value,
        unit="count",
        per=None,
        period=str(period),
        area="FR",
        status=Status.ACTUAL,
        qualifier=Qualifier.EXACT,
        attributed_to=None,
        segment=None,
        quote=quote,
        quote_start=0,
        quote_end=len(quote),
        confidence=0.9,
    )
    return document, claim


def go_on(folder: Path, count: int) -> None:
    """Load and publish, from the first night that the working file does not hold."""
    working = folder / "w.duckdb"
    for number in range(_held(working), count):
        night = give(folder / "staging", number)
        load.load(working, folder / "staging", night)
        publish.publish(working, folder / "published" / "s.duckdb")


def _held(working: Path) -> int:
    if not working.exists():
        return 0
    with duckdb.connect(str(working), read_only=True) as con:
        try:
            return int(con.execute("SELECT count(*) FROM raw.nights").fetchall()[0][0])
        except duckdb.CatalogException:
            return 0


def beside(folder: Path, processes: int, seconds: float, publications: int) -> str:
    """Publish beside readers; return in words what they met."""
    snapshot = folder / "published" / "s.duckdb"
    go_on(folder, 1)
    stop = folder / "stop"
    program = [sys.executable, "-m", "tests.bench.warehouse_files", "read", str(snapshot), str(stop)]
    running = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    started = time.monotonic()
    try:
        for number in range(1, publications + 1):
            if number % 3 == 0:  # a new night now and then; in between the same one is published again
                go_on(folder, number // 3 + 1)
            else:
                publish.publish(folder / "w.duckdb", snapshot)
            time.sleep(max(0.0, started + seconds * number / publications - time.monotonic()))
    finally:
        stop.touch()
    took = time.monotonic() - started
    found = [Reading(**json.loads(one.communicate()[0])) for one in running]
    errors = [error for each in found for error in each.errors]
    torn = [row for each in found for row in each.torn]
    return (
        f"{publications} publications in {took:.0f} s beside {processes} readers: "
        f"{sum(each.opened for each in found)} opened and read, {len(errors)} errors, {len(torn)} torn, "
        f"{sum(each.backwards for each in found)} went backwards {errors[:3]} {torn[:3]}"
    )


def read(snapshot: Path, stop: Path) -> dict[str, object]:
    """Open, read, and read again after a while on the same connection, until told to stop; say what was wrong."""
    opened, backwards, last = 0, 0, ""
    errors: list[str] = []
    torn: list[str] = []
    while not stop.exists():
        try:
            with duckdb.connect(str(snapshot), read_only=True, config={"threads": 1}) as con:
                first = con.execute(COUNTED).fetchall()[0], con.execute(REST).fetchall()[0]
                if opened % 4 == 0:
                    time.sleep(0.5)
                again = con.execute(COUNTED).fetchall()[0], con.execute(REST).fetchall()[0]
            (night, claims, unlike), (figures, keys, documents) = first
            whole = 30 * ((night - FIRST).days + 1)
            if first != again or claims != unlike or figures != keys or claims != whole or documents != whole:
                torn.append(f"{first} {again}")
            backwards += str(night) < last
            last = str(night)
            opened += 1
        except duckdb.Error as wrong:
            errors.append(str(wrong)[:200])
    return {"opened": opened, "errors": errors, "torn": torn, "backwards": backwards}


def killed(folder: Path, times: int) -> str:
    """Kill the nights at random moments; return in words what was lost or doubled."""
    chance = random.Random(300)  # noqa: S311
    working, snapshot = folder / "w.duckdb", folder / "published" / "s.duckdb"
    program = [sys.executable, "-m", "tests.bench.warehouse_files", "nights", str(folder), "100000"]
    deaths, bad, nights = 0, [], 0
    took = 3.0
    while deaths < times:
        started = time.monotonic()
        running = subprocess.Popen(program)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(took + chance.random() * 6)
            bad.append(f"ended with {running.returncode}")
            break
        running.send_signal(signal.SIGKILL)
        running.wait()
        deaths += 1
        held = _held(working)
        bad += [f"after death {deaths}: {wrong}" for wrong in wrongs(working, snapshot, held)]
        took = 8.0 if held == nights else min(took, time.monotonic() - started)
        nights = held
    go_on(folder, nights + 1)
    bad += [f"in the end: {wrong}" for wrong in wrongs(working, snapshot, nights + 1, healed=True)]
    return f"{deaths} deaths over {nights} nights: {len(bad)} lost, doubled or broken {bad[:3]}"


def wrongs(working: Path, snapshot: Path, nights: int, *, healed: bool = False) -> list[str]:
    """Return what the two files hold otherwise than so many whole nights."""
    found = []
    if nights:
        with duckdb.connect(str(working), read_only=True) as con:
            for table in ("raw.claims", "claims", "core.statements", "core.documents"):
                rows = con.table(table).aggregate("count(*)").fetchall()[0][0]
                if rows != 30 * nights:
                    found.append(f"{table} holds {rows} rows after {nights} nights of 30")
    if snapshot.exists():
        with duckdb.connect(str(snapshot), read_only=True) as con:
            night, claims, unlike = con.execute(COUNTED).fetchall()[0]
            if claims != unlike or claims != 30 * ((night - FIRST).days + 1):
                found.append(f"the snapshot of {night} holds {claims} claims, {unlike} unlike")
            if healed and (night - FIRST).days + 1 != nights:
                found.append(f"the snapshot is of {night}, after {nights} nights")
    return found


if __name__ == "__main__":
    sys.exit(main())
