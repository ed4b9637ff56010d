"""The cost of reading: `python -m tests.bench.read_speed`; `--help` lists the options.

Each page of the sets under `$STREAMLEDGER_SHARED/bench/html` is read by this project, whole, and by trafilatura with
its metadata, in turns, in one process; the sieve in front is timed beside them. Prints the ratio of computed seconds,
round by round, and the median. `--sieve` also reads every page that the sieve sets aside, and names those that should
have passed. `--memory N` reads N pages and prints what the process holds after each thousand.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import logging
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import trafilatura

from etl import read
from etl.extract import platforms
from etl.read import language
from etl.read.sieve import Sieve
from tests.bench.read import HTML

OWN = Path(__file__).parents[1] / "read" / "pages"
WARM = 50  # pages read before the clock starts: models are loaded then
BATCH = 200  # pages between two emptyings of the caches
Sample = tuple[bytes, str]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1, help="take one page of so many")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--sieve", action="store_true")
    options.add_argument("--memory", type=int, default=0)
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    pages = list(itertools.islice(samples(), 0, None, chosen.every))
    if chosen.memory:
        for number, megabytes in held(pages, chosen.memory, 1000):
            print(f"{number} pages: {megabytes} MB", flush=True)
    elif chosen.sieve:
        print(sieved(pages))
    else:
        compare(pages, chosen.rounds)
    return 0


def samples() -> Iterator[Sample]:
    """Yield the project's pages and the real ones, each with its address."""
    for path in sorted(OWN.glob("*/page.*")):
        yield path.read_bytes(), ""
    for gold in sorted(HTML.glob("*/gold.jsonl")):
        for line in gold.read_text(encoding="utf-8").split("\n"):
            if line:
                row = json.loads(line)
                yield (
                    gzip.decompress((gold.parent / "pages" / f"{row['id']}.html.gz").read_bytes()),
                    row.get("url") or "",
                )


def compare(pages: list[Sample], rounds: int) -> None:
    sieve = Sieve(*platforms.spellings())
    ways: dict[str, Callable[[bytes, str], object]] = {
        "ours": lambda body, url: read.read(body, url=url),
        "trafilatura": lambda body, url: trafilatura.bare_extraction(body, url=url or None, with_metadata=True),
        "sieve": lambda body, url: sieve.lets_through(body),
    }
    language.spoken("the model of languages is loaded once a process", known=True)
    for body, url in pages[:: max(1, len(pages) // WARM)]:
        for way in ways.values():
            way(body, url)
    ratios: dict[str, list[float]] = {"ours": [], "sieve": []}
    for turn in range(rounds):
        spent = dict.fromkeys(ways, 0.0)
        for number, (body, url) in enumerate(pages):
            names = list(ways)[(number + turn) % 3 :] + list(ways)[: (number + turn) % 3]
            for name in names:
                spent[name] += _seconds(ways[name], body, url)
            if number % BATCH == BATCH - 1:
                read.reset_caches()
        for name, found in ratios.items():
            found.append(spent[name] / spent["trafilatura"])
        said = ", ".join(f"{name} {1000 * seconds / len(pages):.1f} ms" for name, seconds in spent.items())
        print(f"{len(pages)} pages: {said}; " + ", ".join(f"{n} {r[-1]:.3f} x" for n, r in ratios.items()), flush=True)
    print("median of the rounds: " + ", ".join(f"{name} {statistics.median(r):.3f} x" for name, r in ratios.items()))


def _seconds(way: Callable[[bytes, str], object], body: bytes, url: str) -> float:
    before = time.process_time()
    way(body, url)
    return time.process_time() - before


def sieved(pages: list[Sample]) -> str:
    """Return how many pages the sieve sets aside, and those whose document names a platform all the same."""
    sieve = Sieve(*platforms.spellings())
    aside = [(body, url) for body, url in pages if not sieve.lets_through(body)]
    documents = [read.read(body, url=url) for body, url in aside]
    missed = [one.url for one in documents if platforms.names_platform(f"{one.title or ''}\n{one.text}")]
    return f"{len(aside)} of {len(pages)} pages set aside, {len(missed)} of them name a platform: {missed}"


def held(pages: list[Sample], count: int, each: int) -> Iterator[tuple[int, int]]:
    """Read pages, again from the first when all are read; yield the MB that the process holds after `each` of them."""
    for number, (body, url) in enumerate(itertools.islice(itertools.cycle(pages), count), 1):
        read.read(body, url=url)
        if number % BATCH == 0:
            read.reset_caches()
        if number % each == 0:
            yield number, resident()


def resident() -> int:
    """Return the MB that this process holds in memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1000 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    raise SystemExit(main())
