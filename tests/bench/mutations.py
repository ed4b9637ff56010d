"""Broken pages by the thousand: `python -m tests.bench.mutations --pages 20000`; `--help` lists the options.

Each page is one of the project's, or a real one where those are at hand, spoiled in one to three ways (`spoil.py`). The
reader runs in a process of its own with a bound on its memory and on the time that it computes for one page, so that a
crash or a hang is seen and counted on a busy machine as on an idle one. The same seed gives the same pages.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from etl import read
from tests.bench.spoil import MEGABYTE, mutated, originals

FAILED = "the reader failed"
ADDRESS = "https://a.example/2024/05/some-article-of-the-day"
ASLEEP = 60  # times the seconds of computing that an answer may take by the clock
CLEAN = multiprocessing.get_context("spawn")  # a fork has the address space of its parent, which may be over the bound
TOLD = 100  # pages between two words about how far it is


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost, and how the pages are made."""

    seed: int
    seconds: float  # of computing
    megabytes: int  # of address space of the process that reads
    large: bool = True  # whether every thousandth page has up to 50 MB


@dataclass(slots=True)
class Tally:
    """What became of pages; those that crashed, failed or hung are named by number."""

    pages: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)  # the slowest, in seconds of computing
    memory: int = 0  # MB resident at most

    def add(self, other: Tally) -> None:
        self.pages += other.pages
        self.kinds += other.kinds
        self.bad += other.bad
        self.slow = sorted([*self.slow, *other.slow], reverse=True)[:5]
        self.memory = max(self.memory, other.memory)

    def __str__(self) -> str:
        slowest = "; ".join(f"{seconds:.1f} s {what}" for seconds, what in self.slow)
        said = f"{self.pages} pages: {len(self.bad)} crashed, failed or hung; {self.memory} MB at most"
        return "\n".join([said, f"slowest: {slowest}", f"kinds: {dict(self.kinds.most_common())}", *self.bad[:40]])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=20_000)
    options.add_argument("--first", type=int, default=0, help="number of the first page, to look at one again")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=10.0, help="of computing, after which it is a hang")
    options.add_argument("--megabytes", type=int, default=2000, help="of address space; more is a failure")
    options.add_argument("--processes", type=int, default=1)
    chosen = options.parse_args()
    limits = Limits(chosen.seed, chosen.seconds, chosen.megabytes)
    numbers = range(chosen.first, chosen.first + chosen.pages)
    parts = [numbers[start : start + TOLD] for start in range(0, len(numbers), TOLD)]
    total = Tally()
    with ProcessPoolExecutor(chosen.processes) as pool:
        for part in pool.map(run, parts, [limits] * len(parts)):
            total.add(part)
            print(f"{total.pages} of {chosen.pages}, {len(total.bad)} bad", *part.bad, sep="\n  ", flush=True)
    print(f"seed {chosen.seed}, at most {chosen.seconds:g} s of computing and {chosen.megabytes} MB a page")
    print(total)
    return 0


def run(numbers: Iterable[int], limits: Limits) -> Tally:
    """Read the spoiled pages of some numbers and return what became of them."""
    tally, worker = Tally(), Worker(limits)
    for number in numbers:
        tally.pages += 1
        answer = worker.read(number)
        if isinstance(answer, str):
            tally.bad.append(f"{number}: {answer}")
            worker.stop()
            worker = Worker(limits)
            continue
        kind, evidence, how, seconds, size = answer
        tally.kinds[kind] += 1
        tally.memory = max(tally.memory, size)
        tally.slow = sorted([*tally.slow, (seconds, f"{number} ({how})")], reverse=True)[:5]
        if FAILED in evidence:
            tally.bad.append(f"{number} ({how}): {evidence}")
    worker.stop()
    return tally


class Worker:
    """A process that reads pages one by one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pipe, other = CLEAN.Pipe()
        self.process = CLEAN.Process(target=_work, args=(other, limits), daemon=True)
        self.process.start()
        other.close()

    def read(self, number: int) -> tuple[str, str, str, float, int] | str:
        """Return kind, evidence, how it was spoiled, seconds and peak of memory; or in words how the process ended."""
        how = ""
        try:
            self.pipe.send(number)
            how = self.pipe.recv()
            if not self.pipe.poll(self.limits.seconds * ASLEEP):
                return f"({how}): no answer in {self.limits.seconds * ASLEEP:g} s by the clock"
            answer: tuple[str, str, str, float, int] = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            hung = f"still computing after {self.limits.seconds:g} s"
            return f"({how}): {hung if code == -signal.SIGPROF else f'the process died with code {code}'}"
        return answer

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection, limits: Limits) -> None:
    """Read page after page; the timer of the computing time ends a process that takes too long for one."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.megabytes * MEGABYTE, limits.megabytes * MEGABYTE))
    sources = originals()
    while True:
        body, how = mutated(sources, limits.seed, pipe.recv(), limits.large)
        pipe.send(how)
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        before = time.process_time()
        document = read.read(body, url=ADDRESS)
        seconds = time.process_time() - before
        signal.setitimer(signal.ITIMER_PROF, 0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
        pipe.send((str(document.kind), document.evidence[:300], how, seconds, peak))


if __name__ == "__main__":
    raise SystemExit(main())
