"""Measure collecting: `python -m tests.bench.collect`; `--help` lists the options.

Many hosts on loopback, one feed of articles each. Each run is a process of its own; printed are the medians of

- the wall time, against the bound, which is the largest of hosts' pages x wait: nobody who keeps the waits is faster
  (a host's robots.txt and tdmrep.json come on top of its pages);
- the CPU time of the whole process, its start included, divided by the pages;
- with `--nights`, the memory after each: nights in a row, each of new pages.

The peer is Scrapy, in an environment that is thrown away afterwards, since nothing of the project needs it:

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install scrapy
    python -m tests.bench.collect --peer /tmp/peer/bin/python
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from etl import archive, settings
from etl.collect.collect import Collected, collect
from etl.collect.replay import violations
from etl.model import Expect, Request, Source
from tests.bench import hosts

NIGHT = date(2026, 11, 24)
PEER = Path(__file__).with_name("scrapy_peer.py")
Run = tuple[float, float, int]  # wall seconds, CPU seconds, pages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--pages", type=int, default=20, help="pages of each host, its feed among them")
    parser.add_argument("--wait", type=float, default=2.0, help="seconds between two requests to one host")
    parser.add_argument("--nights", type=int, default=1, help="nights in a row, each of new pages: for the memory")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", default="", help="a Python that has Scrapy: it collects the same pages beside us")
    parser.add_argument("--ours", default="", help=argparse.SUPPRESS)  # the home of one run: this is its process
    chosen = parser.parse_args()
    if chosen.ours:
        _collect(Path(chosen.ours), chosen.hosts, chosen.pages, chosen.wait, chosen.nights)
        return 0
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.hosts", str(chosen.hosts), str(chosen.pages)])
    try:
        time.sleep(2)
        if server.poll() is not None:
            return 1  # it has said why: its port is taken by another run, most likely
        bound, pages = chosen.pages * chosen.wait, chosen.hosts * chosen.pages
        ours: list[Run] = []
        peers: dict[str, list[Run]] = {"scrapy, pages thrown away": [], "scrapy, pages kept in its cache": []}
        for _ in range(chosen.runs):  # in turns: whatever else the machine does meets all of them
            ours.append(_ours())
            for keep, runs in enumerate(peers.values() if chosen.peer else ()):
                runs.append(_peer(chosen, keep))
        _report("streamledger", ours, pages * chosen.nights, bound * chosen.nights)
        for name, runs in peers.items() if chosen.peer else ():
            _report(name, runs, pages, bound)
    finally:
        server.terminate()
    return 0


def _report(name: str, runs: list[Run], pages: int, bound: float) -> None:
    wall, cpu, got = (statistics.median(run[place] for run in runs) for place in range(3))
    share = f"{wall / bound:.3f} x the bound of {bound:g} s" if bound else "no bound"
    each = ", ".join(f"{1000 * run[1] / max(1, run[2]):.2f}" for run in runs)
    print(
        f"{name}: {got:g} of {pages} pages, {wall:.1f} s = {share}, {1000 * cpu / max(1, got):.2f} ms of CPU a page"
        f" (median of {len(runs)} runs: {each})",
        flush=True,
    )


def _ours() -> Run:
    with tempfile.TemporaryDirectory() as home:
        return _measured([sys.executable, "-m", "tests.bench.collect", *sys.argv[1:], "--ours", home])


def _peer(chosen: argparse.Namespace, keep: int) -> Run:
    feeds = [hosts.feed_of(host) for host in range(chosen.hosts)]
    return _measured([chosen.peer, str(PEER), str(chosen.wait), str(keep), *feeds])


def _measured(command: list[str]) -> Run:
    """Run a process whose last line of output is its wall time and its pages; return those with its CPU time."""
    before = _spent()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ)
    *lines, last = done.stdout.splitlines()
    print(*lines, sep="\n", end="\n" if lines else "")
    wall, pages = last.split()
    return float(wall), _spent() - before, int(pages)


def _spent() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _collect(home: Path, number_of_hosts: int, pages: int, wait: float, nights: int) -> None:
    """Collect every host at once, night after night; of several nights the ledgers are proved as well."""
    logging.disable(logging.WARNING)
    config = replace(settings.load(), home=home, allow_loopback=True)
    got, begun = 0, time.monotonic()
    with ThreadPoolExecutor(number_of_hosts) as pool:
        for number in range(nights):
            night = date.fromordinal(NIGHT.toordinal() + number)
            known = [_source(host, pages, wait, number) for host in range(number_of_hosts)]

            def work(source: Source, night: date = night) -> Collected:
                with archive.Writer(config.archive, night, source.name) as store:
                    return collect(source, night, config, store)

            results = list(pool.map(work, known))
            got += sum(result.pages for result in results)
            if nights > 1:
                _prove([row for result in results for row in result.requests], known)
                print(f"  night {number + 1}: {got} pages, {_memory():.1f} MB", flush=True)
    print(time.monotonic() - begun, got)


def _prove(rows: list[Request], known: list[Source]) -> None:
    if broken := violations(rows, known):
        print(f"{len(broken)} violations, the first: {broken[0]}")


def _source(host: int, pages: int, wait: float, night: int) -> Source:
    return Source(
        *(f"host_{host}", "Bench", "feed", hosts.feed_of(host, night), "en", "WW", "press", "for this measurement"),
        fulltext="feed_then_article",
        wait_seconds=wait,
        expect=Expect(max_items=max(500, pages)),
    )


def _memory() -> float:
    """Return the memory of this process in MB, as it is now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    sys.exit(main())
