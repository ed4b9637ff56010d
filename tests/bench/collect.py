"""Measure collecting: `python -m tests.bench.collect`; `--help` lists the options.

Many hosts on loopback (127.1.0.1, 127.1.0.2, ...), one feed of articles each, served by a process of their own. Prints
the wall time against the bound, which is the largest of hosts' pages x wait (nobody who keeps the waits is faster), and
the CPU a page; with `--nights` the memory after each. Where Scrapy is installed, it collects the same pages beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import logging
import multiprocessing
import os
import resource
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
from etl.model import Source

PORT = 18_180
NIGHT = date(2026, 11, 24)
TEXT = "<p>A service has more subscribers than in the year before, it said in a letter.</p>" * 500  # about 40 kB


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--hosts", type=int, default=50)
    options.add_argument("--pages", type=int, default=20, help="pages of each host, its feed among them")
    options.add_argument("--wait", type=float, default=1.0, help="seconds between two requests to one host")
    options.add_argument("--nights", type=int, default=1, help="nights in a row, each of new pages: for the memory")
    chosen = options.parse_args()
    logging.disable(logging.WARNING)
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(chosen.hosts, chosen.pages), daemon=True)
    server.start()
    try:
        time.sleep(2)
        with tempfile.TemporaryDirectory() as home:
            ours = _ours(Path(home), chosen.hosts, chosen.wait, chosen.nights)
        bound = chosen.pages * chosen.wait * chosen.nights
        pages = chosen.hosts * chosen.pages * chosen.nights
        print(_line("streamledger", *ours, pages, bound))
        if importlib.util.find_spec("scrapy") is None:
            print("scrapy is not installed: no peer beside it")
        else:
            print(_line("scrapy", *_peer(chosen.hosts, chosen.wait), pages // chosen.nights, bound / chosen.nights))
    finally:
        server.terminate()
    return 0


def _line(name: str, wall: float, cpu: float, got: int, pages: int, bound: float) -> str:
    share = f"{wall / bound:.3f} x the bound of {bound:g} s" if bound else "no bound"
    return f"{name}: {got} of {pages} pages, {wall:.1f} s = {share}, {1000 * cpu / max(1, got):.1f} ms of CPU a page"


def _ours(home: Path, hosts: int, wait: float, nights: int) -> tuple[float, float, int]:
    """Collect every host at once; return wall seconds, CPU seconds and pages."""
    config = replace(settings.load(), home=home, allow_loopback=True)
    got, begun, before = 0, time.monotonic(), time.process_time()
    with ThreadPoolExecutor(hosts) as pool:
        for number in range(nights):
            night = date.fromordinal(NIGHT.toordinal() + number)
            known = [_source(host, wait, number) for host in range(hosts)]

            def work(source: Source, night: date = night) -> Collected:
                with archive.Writer(config.archive, night, source.name) as store:
                    return collect(source, night, config, store)

            results = list(pool.map(work, known))
            got += sum(result.pages for result in results)
            broken = [line for result in results for line in violations(result.requests, known)]
            if broken:
                print(f"{len(broken)} violations, the first: {broken[0]}")
            if nights > 1:
                print(f"  night {number + 1}: {got} pages, {_memory():.0f} MB", flush=True)
    return time.monotonic() - begun, time.process_time() - before, got


def _source(host: int, wait: float, night: int) -> Source:
    url = f"http://127.1.{host // 250}.{1 + host % 250}:{PORT}/feed/{night}"
    return Source(
        *(f"host_{host}", "Bench", "feed", url, "en", "WW", "press", "written for this measurement"),
        fulltext="feed_then_article",
        wait_seconds=wait,
    )


def _memory() -> float:
    """Return the memory of this process in MB, as it is now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _serve(hosts: int, pages: int) -> None:
    """Serve every host until the process is ended."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        body = _body(path, pages)
        head = f"HTTP/1.1 {200 if body else 404} Bench\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    async def serve() -> None:
        names = [f"127.1.{host // 250}.{1 + host % 250}" for host in range(hosts)]
        servers = [await asyncio.start_server(answer, name, PORT) for name in names]
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(serve())


def _body(path: str, pages: int) -> bytes:
    if path.startswith("/feed/"):
        night = path.removeprefix("/feed/")
        links = (f"/article/{night}/{number}" for number in range(pages - 1))
        items = "".join(f"<item><title>Netflix</title><link>{link}</link></item>" for link in links)
        return f'<rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'.encode()
    return f"<html><body><h1>{path}</h1>{TEXT}</body></html>".encode() if path.startswith("/article/") else b""


def _peer(hosts: int, wait: float) -> tuple[float, float, int]:
    """Let Scrapy collect the same feeds and articles with the same waits, in a process of its own."""
    begun, before = time.monotonic(), _children()
    urls = [_source(host, wait, 0).url for host in range(hosts)]
    code = _SPIDER.format(urls=urls, wait=wait, hosts=hosts)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=os.environ)
    return time.monotonic() - begun, _children() - before, int(done.stdout.split()[-1])


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


_SPIDER = """
import scrapy
from scrapy.crawler import CrawlerProcess

class Bench(scrapy.Spider):
    name = "bench"
    start_urls = {urls}
    got = 0
    def parse(self, response):
        Bench.got += 1
        for link in response.xpath("//link/text()").getall():
            yield response.follow(link, self.count)
    def count(self, response):
        Bench.got += 1

process = CrawlerProcess(dict(ROBOTSTXT_OBEY=True, DOWNLOAD_DELAY={wait}, RANDOMIZE_DOWNLOAD_DELAY=False,
    LOG_ENABLED=False, CONCURRENT_REQUESTS={hosts}, CONCURRENT_REQUESTS_PER_DOMAIN=1, TELNETCONSOLE_ENABLED=False))
process.crawl(Bench)
process.start()
print(Bench.got)
"""

if __name__ == "__main__":
    sys.exit(main())
