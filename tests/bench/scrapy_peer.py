"""Scrapy beside us: `PYTHON tests/bench/scrapy_peer.py WAIT KEEP FEED...`, with a Python that has Scrapy.

The same politeness: robots.txt is kept, one request at a time to a host, WAIT seconds between two, no throttling by
itself. It throws the pages away; with KEEP = 1 its own cache keeps every answer on the disk, as our archive does.
Prints the seconds it took, and the pages.
"""

import sys
import tempfile
import time

import scrapy
from scrapy.crawler import CrawlerProcess

WAIT, KEEP, FEEDS = float(sys.argv[1]), sys.argv[2] == "1", sys.argv[3:]


class Bench(scrapy.Spider):
    name = "bench"
    start_urls = FEEDS
    got = 0

    def parse(self, response):
        Bench.got += 1
        for link in scrapy.Selector(text=response.text, type="xml").xpath("//link/text()").getall():
            yield response.follow(link, self.count)

    def count(self, response):
        Bench.got += 1


with tempfile.TemporaryDirectory() as folder:
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": len(FEEDS),
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": WAIT,
            "RANDOMIZE_DOWNLOAD_DELAY": False,
            "AUTOTHROTTLE_ENABLED": False,
            "HTTPCACHE_ENABLED": KEEP,
            "HTTPCACHE_DIR": folder,
            "HTTPCACHE_GZIP": True,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Bench)
    begun = time.monotonic()
    process.start()
    print(time.monotonic() - begun, Bench.got)
