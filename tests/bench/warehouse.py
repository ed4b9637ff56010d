"""What a night costs, and how fast the trends answer: `python -m tests.bench.warehouse --claims 1000000`.

Makes a history of that many claims (`warehouse_sql/`): one world is resolved as a night is, more worlds beside it are
the same rows under other names. Then loads one staged night of 7,000 claims and prints CPU seconds, by file of the
warehouse with `--files`, and the median time of every trend macro. `--folder` says where; it is removed afterwards
unless `--keep` is given, which costs its size once more, and a history that is there already is used again.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from etl import load
from etl.load import reference, scripts
from tests.bench.warehouse_night import stage_night

SQL = Path(__file__).parent / "warehouse_sql"
WORLD = 100_000  # claims of one world
LAST = date(2026, 11, 26)
TONIGHT = date(2026, 11, 27)
MACROS = {
    "trend": "FROM trend('netflix', 'subscribers')",
    "trend, as of a day": "FROM trend('netflix', 'subscribers', as_of := '2024-03-01')",
    "growth": "FROM growth('subscribers')",
    "compare": "FROM compare('subscribers')",
    "latest": "FROM latest('subscribers', area := 'WW')",
    "market_share": "FROM market_share('revenue')",
    "price_history": "FROM price_history('netflix', area := 'FR')",
    "in_currency": "FROM in_currency('EUR', platform := 'netflix', metric := 'revenue')",
    "forecast_vs_actual": "FROM forecast_vs_actual('netflix', 'subscribers') LIMIT 1000",
    "disagreements": "FROM disagreements() LIMIT 100",
    "coverage": "FROM coverage(platform := 'netflix', metric := 'subscribers')",
    "gaps": "FROM gaps('netflix', 'subscribers')",
    "known_on": "FROM known_on('2026-11-20')",
    "newest_figures": "FROM newest_figures(days := 1) LIMIT 1000",
    "why": "FROM why($figure)",
}
Spent = dict[str, float]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--keep", action="store_true")
    options.add_argument("--files", type=int, default=0, help="show so many of the dearest files")
    options.add_argument("--turns", type=int, default=7, help="how often each macro is asked")
    chosen = options.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="warehouse-"))
    try:
        run(folder, max(1, chosen.claims // WORLD), min(chosen.claims, WORLD), chosen)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)
    return 0


def run(folder: Path, worlds: int, claims: int, chosen: argparse.Namespace) -> None:
    with bare(folder):
        history = folder / f"history-{worlds * claims}.duckdb"
        if not history.exists():
            make(folder, history, worlds, claims)
        size = history.stat().st_size / 1e6
        print(f"history of {worlds * claims} claims: {size:.0f} MB", flush=True)
        stage_night(folder / "staging", TONIGHT, history, 7000)
        working = folder / "tonight.duckdb"
        if chosen.keep:
            shutil.copyfile(history, working)
        else:
            history.replace(working)
        spent, seconds, report = night(working, folder / "staging")
        print(f"night: {seconds:.1f} CPU s; {report}", flush=True)
        for name, each in sorted(spent.items(), key=lambda pair: -pair[1])[: chosen.files]:
            print(f"  {each:6.2f} {name}")
        for name, median, computed in ask(working, chosen.turns):
            print(f"{1000 * median:7.0f} ms, {1000 * computed:6.0f} ms of CPU: {name}", flush=True)
        working.unlink()


@contextmanager
def bare(folder: Path) -> Iterator[None]:
    """Leave out what people keep by hand about the real world: this one is made up."""
    folder.mkdir(parents=True, exist_ok=True)
    before = scripts.REFERENCE
    own = folder / "reference"
    shutil.copytree(before, own, dirs_exist_ok=True)
    for name in ("official_history", "official_history_left_out", "definition_breaks", "corrections", "waivers"):
        (own / f"{name}.csv").write_text(",".join(reference.COLUMNS[name]) + "\n", encoding="utf-8")
    scripts.REFERENCE = own
    try:
        yield
    finally:
        scripts.REFERENCE = before


def make(folder: Path, history: Path, worlds: int, claims: int) -> None:
    first = folder / f"world-{claims}.duckdb"
    if not first.exists():
        con = scripts.connect(first)
        scripts.migrate(con)
        con.execute("SET VARIABLE claims = $claims", {"claims": claims})
        con.execute((SQL / "world.sql").read_text(encoding="utf-8"))
        con.close()
        before = time.process_time()
        report = load.load(first, folder / "empty", LAST)
        print(f"world of {claims} claims resolved: {time.process_time() - before:.1f} CPU s; {report}", flush=True)
    draft = history.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    shutil.copyfile(first, draft)
    if worlds > 1:
        con = scripts.connect(draft)
        con.execute("ATTACH $path AS world (READ_ONLY)", {"path": str(first)})
        con.execute("SET VARIABLE worlds = $worlds", {"worlds": worlds})
        con.execute("SET memory_limit = '8GB'")  # sorting ten million rows takes all there is otherwise
        for statement in duckdb.extract_statements((SQL / "worlds.sql").read_text(encoding="utf-8")):
            con.execute(statement.query)
        con.execute("CHECKPOINT")
        con.close()
    draft.replace(history)


def night(working: Path, staging: Path) -> tuple[Spent, float, load.LoadReport]:
    """Load the staged night; return CPU seconds by file, of all, and what it changed."""
    spent: Spent = defaultdict(float)
    plain = scripts.run

    def timed(con: duckdb.DuckDBPyConnection, script: str) -> None:
        before = time.process_time()
        plain(con, script)
        spent[script] += time.process_time() - before

    scripts.run = timed
    before = time.process_time()
    try:
        report = load.load(working, staging, TONIGHT)
    finally:
        scripts.run = plain
    return spent, time.process_time() - before, report


def ask(working: Path, turns: int) -> Iterator[tuple[str, float, float]]:
    """Yield the median time of each macro by the clock and of computing, rows fetched as Arrow, on two threads."""
    con = duckdb.connect(str(working), read_only=True, config={"threads": 2})
    con.execute("SET TimeZone = 'UTC'")
    one = con.execute("SELECT min(figure_id) FROM trend('netflix', 'subscribers')").fetchall()[0][0]
    for name, query in MACROS.items():
        given = {"figure": one} if "$figure" in query else {}
        times, computed = [], []
        for _ in range(turns + 1):
            started, before = time.perf_counter(), time.process_time()
            con.sql(query, params=given).to_arrow_table()
            times.append(time.perf_counter() - started)
            computed.append(time.process_time() - before)
        yield name, statistics.median(times[1:]), statistics.median(computed[1:])
    con.close()


if __name__ == "__main__":
    sys.exit(main())
