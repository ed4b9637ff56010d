"""How fast old news goes by on one core: `python -m tests.bench.backfill`; `--help` lists the options.

A WARC file is written to a temporary folder: the pages under `$STREAMLEDGER_SHARED/bench/html`, again and again, each
time changed (an address, a number and a sentence of its own), one in `--named` from those that name a platform, the
others from those that do not. Then, on one core each: the file is read and unpacked and nothing else (by warcio, which
is ours, and by FastWARC where `--peer` names a Python that has it); `backfill` copies what names a platform, and reads
that, in parts of `--part` pages; trafilatura extracts the texts of the same pages. Prints pages and megabytes (of
unpacked pages) per second of CPU, so that a busy machine counts little, and what the process holds after each tenth.
`--workers 2` also reads the parts by one process and by so many side by side, by the clock: that wants a quiet machine.
"""

from __future__ import annotations

import argparse
import gzip
import io
import logging
import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import trafilatura
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl import archive, settings
from etl.extract import platforms
from etl.read.sieve import Sieve
from etl.steps import backfill
from etl.steps.reading import extract_source
from tests.bench.read_speed import samples

TODAY = datetime.now(UTC).date()
LETTER = b"It was the %d. letter of the house that day."
FASTWARC = """
import sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
print(sum(len(record.reader.read()) for record in ArchiveIterator(open(sys.argv[1], "rb"),
      record_types=WarcRecordType.response)))
"""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--named", type=int, default=20, help="one page in so many names a platform")
    options.add_argument("--peer", default="", help="a Python that has FastWARC")
    options.add_argument("--keep", type=Path, help="where the WARC file is kept for another time")
    options.add_argument("--part", type=int, default=100, help="pages of a part")
    options.add_argument("--workers", type=int, default=1, help="processes that read parts side by side")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    backfill.PART = chosen.part
    with tempfile.TemporaryDirectory(prefix="backfill-") as name:
        folder = Path(name)
        os.environ["STREAMLEDGER_HOME"] = str(folder / "data")
        file = (chosen.keep or folder) / f"news-{chosen.pages}-{chosen.named}.warc.gz"
        if not file.exists():
            write(file, chosen.pages, chosen.named)
        print(
            f"{chosen.pages} pages, {file.stat().st_size / 1e6:.0f} MB packed, one in {chosen.named} names a platform"
        )
        names = measure(file, chosen.pages, chosen.peer)
        if chosen.workers > 1:
            share(names, chosen.workers)
    return 0


def write(file: Path, pages: int, named: int) -> None:
    """Write the WARC file, each record packed alone, as archives of the web are."""
    draft = file.with_suffix(".draft")
    sieve = Sieve(*platforms.spellings())
    tells: list[bytes] = []
    mute: list[bytes] = []
    for body, _ in samples():
        (tells if sieve.lets_through(body) else mute).append(body)
    with draft.open("wb") as out:
        for number in range(pages):
            chosen = mute if number % named else tells
            body = chosen[number // named % len(chosen) if chosen is tells else number % len(chosen)]
            changed = body.replace(b"</p>", b" " + LETTER % number + b"</p>", 1) + b"<!-- %d -->" % number
            out.write(record(f"https://paper{number % 500}.example/{number}", changed))
    draft.replace(file)


def record(url: str, body: bytes) -> bytes:
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    dated = {"WARC-Date": "2019-03-04T05:06:07Z"}
    made = writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), length=len(body), warc_headers_dict=dated, http_headers=http
    )
    writer.write_record(made)
    return gzip.compress(plain.getvalue(), 1)


def measure(file: Path, pages: int, peer: str) -> list[str]:
    with timed("read and unpacked by warcio, nothing else") as told:
        told.append(pages)
        told.append(sum(len(answer.body) for answer in archive.answers(file)))
    whole = told[1]
    if peer:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([peer, "-c", FASTWARC, str(file)], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        show("read and unpacked by FastWARC, nothing else", pages, whole, after.ru_utime - before.ru_utime)
    with timed("backfill: pages set aside, or copied into the archive") as told:
        told += [pages, whole]
        names = backfill.adopt(str(file), TODAY)
    held, read = [memory()], 0
    root = settings.load().archive
    size = sum(len(body) for name in names for _, body in archive.pages(root, TODAY, name))
    every = max(1, len(names) // 10)
    with timed("backfill: copied pages read and their figures extracted") as told:
        for number, name in enumerate(names, 1):
            read += int(extract_source(name, TODAY)["pages"])
            if number % every == 0:
                held.append(memory())
        told += [read, size]
    print(f"{read} pages copied in {len(names)} parts; memory in MB: {', '.join(map(str, held))}")
    with timed("trafilatura: the text of the same pages and its data, no figures") as told:
        for name in names:
            for _, body in archive.pages(root, TODAY, name):
                trafilatura.bare_extraction(body, with_metadata=True)
        told += [read, size]
    return names


def share(names: list[str], workers: int) -> None:
    """Read all parts by one process, and by several.

    Raises:
        SystemExit: They are too few to be shared fairly.
    """
    if len(names) < 4 * workers:
        raise SystemExit(f"{len(names)} parts for {workers} workers; want {4 * workers} or more: --pages, --part")
    seconds = []
    for count in (1, workers):
        with ProcessPoolExecutor(count, get_context("spawn")) as pool:
            list(pool.map(read_part, names[:count]))  # each has begun, and has read its words
            clock = time.monotonic()
            list(pool.map(read_part, names))
            seconds.append(time.monotonic() - clock)
    one, several = seconds
    print(
        f"{workers} processes read the parts in {several:.0f} s by the clock, one in {one:.0f} s: {one / several:.2f} x"
    )


def read_part(name: str) -> None:
    logging.disable(logging.CRITICAL)
    extract_source(name, TODAY)


@contextmanager
def timed(what: str) -> Iterator[list[int]]:
    """Time a block, which says how many pages and bytes went through it."""
    told: list[int] = []
    cpu, clock = time.process_time(), time.monotonic()
    yield told
    show(what, told[0], told[1], time.process_time() - cpu, time.monotonic() - clock)


def show(what: str, pages: int, size: int, cpu: float, clock: float = 0.0) -> None:
    went = f"; {clock:.0f} s by the clock" if clock else ""
    print(f"{what}: {pages / cpu:.1f} pages/s, {size / 1e6 / cpu:.1f} MB/s ({cpu:.1f} s of CPU{went})", flush=True)


def memory() -> int:
    """Return the megabytes that this process holds now."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


if __name__ == "__main__":
    raise SystemExit(main())
