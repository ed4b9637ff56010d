"""What is given bytes of strangers: each target takes any bytes, and raises only when a promise is broken.

A target has seeds, inputs of the right shape from which others are made. What once broke one lies under `found/<name>/`
and is tried for good.
"""

from __future__ import annotations

import contextlib
import gzip
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from etl import extract, read
from etl.archive import adopting
from etl.archive.records import DamagedArchive
from etl.collect import feeds, reservations, sources
from etl.collect.items import NotAFeed
from etl.collect.robots import Rules
from etl.extract import words
from etl.extract.quantities import find
from etl.model import Document
from etl.prove import warc
from etl.read import days

ROOT = Path(__file__).resolve().parents[2]
FOUND = Path(__file__).parent / "found"
URL = "https://paper.example/2024/05/some-article"
TODAY = date(2026, 11, 20)
FEED = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Paper</title><link>https://paper.example/</link><item><title>Members &amp; more</title>
<link>https://paper.example/a</link><pubDate>Mon, 05 Aug 2024 08:00:00 +0200</pubDate>
<description><![CDATA[<p>Netflix has <b>260</b> million members.</p>]]></description></item></channel></rss>"""


@dataclass(frozen=True, slots=True)
class Target:
    """A door to the program: what is tried, and inputs to begin with."""

    attempt: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


@contextlib.contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        yield path


def html(data: bytes) -> None:
    """A document, whatever came; its blocks stand in its text."""
    document = read.read(data, url=URL, fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert "the reader failed" not in document.evidence, document.evidence
    assert all(0 <= block.start <= block.end <= len(document.text) for block in document.blocks)
    assert document.published is None or document.published <= date(2026, 11, 22)


def feed(data: bytes) -> None:
    """A listing or NotAFeed, and documents."""
    with contextlib.suppress(NotAFeed):
        feeds.read(data, URL)
    for document in read.feed(data, url=URL):
        assert "the reader failed" not in document.evidence, document.evidence


def dataset(data: bytes) -> None:
    """Documents, the reason why there are none in them."""
    assert read.dataset(data, url=URL)


def robots(data: bytes) -> None:
    """Rules, a wait that is a number, and reservations."""
    rules = Rules.read(data)
    assert rules.delay >= 0
    rules.refusal(URL)
    reservations.by_robots(rules)
    reservations.by_well_known(data.decode("utf-8", "replace"), URL)


def archive(data: bytes) -> None:
    """Answers or a damaged archive, by both readers: the bytes as they are, and as a member of gzip."""
    for packed in (data, gzip.compress(data, mtime=0)):
        with _file("paper.warc.gz", packed) as path:
            with contextlib.suppress(DamagedArchive):
                for answer in adopting.answers(path):
                    assert isinstance(answer.body, bytes)
            with contextlib.suppress(warc.NotFound):
                list(warc.records(path))


def numbers(data: bytes) -> None:
    """Quantities that stand in the text, in each language."""
    text = data.decode("utf-8", "replace")[:2000]
    for lang in words.languages():
        for found in find(text, lang):
            assert 0 <= found.start < found.end <= len(text)


def claims(data: bytes) -> None:
    """Claims whose quotes are the text between their offsets, in each language."""
    text = data.decode("utf-8", "replace")[:2000]
    for lang in words.languages():
        for claim in extract.extract(Document("fuzz", lang, text, published=TODAY)):
            assert text[claim.quote_start : claim.quote_end] == claim.quote
            assert claim.value.is_finite()


def moments(data: bytes) -> None:
    """Days that were, in text and addresses, in every way to write them."""
    text = data.decode("utf-8", "replace")[:500]
    for found in (days.machine_day(text, TODAY), days.url_day(text, TODAY)):
        assert found is None or found <= TODAY
    for day_first in (True, False):
        list(days.written_days(text, TODAY, day_first))
    days.without_days(text)
    days.relative_day(text, "fr", datetime(2026, 11, 20, tzinfo=UTC))
    days.hour_of(text)


def source(data: bytes) -> None:
    """A source, or a ValueError that names the file."""
    with _file("paper.yaml", data) as path:
        try:
            sources.load(path.parent, "paper")
        except ValueError as refused:
            assert "paper" in str(refused)


def lexicon(data: bytes) -> None:
    """Words, or an error that says what is wrong with the file."""
    with _file("metrics.yaml", data) as path, contextlib.suppress(ValueError, yaml.YAMLError):
        assert isinstance(words._read(path), dict)


def _of(pattern: str, most: int = 12) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(ROOT.glob(pattern))[:most]]


def _records() -> list[bytes]:
    packed = sorted((ROOT / "etl" / "starter").rglob("*.warc.gz"))[:1]
    return [member for path in packed for member in gzip.decompress(path.read_bytes()).split(b"WARC/1.0\r\n")[1:5]]


def _sentences() -> list[bytes]:
    found: list[str] = []
    for path in sorted((ROOT / "tests" / "extract" / "articles").glob("*/*.yaml"))[::40]:
        found += str(yaml.safe_load(path.read_text(encoding="utf-8")).get("text", "")).split("\n")
    return [line.encode() for line in found if any(letter.isdigit() for letter in line)]


TARGETS: dict[str, Target] = {
    "html": Target(html, _of("tests/read/pages/*/page.html")),
    "feed": Target(feed, lambda: [FEED]),
    "dataset": Target(
        dataset, lambda: [b"date,USD,JPY\n2024-01-02,1.1,156.2\n", b'{"cik": 1, "facts": {"us-gaap": {}}}']
    ),
    "robots": Target(
        robots, lambda: [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 2\nContent-Signal: ai-input=no\n"]
    ),
    "archive": Target(archive, lambda: [b"WARC/1.0\r\n" + record for record in _records()]),
    "numbers": Target(numbers, _sentences),
    "claims": Target(claims, _sentences),
    "moments": Target(
        moments, lambda: [b"Publi\xc3\xa9 le 5 ao\xc3\xbbt 2024 \xc3\xa0 8 h", b"2024-08-05T08:00:00+02:00", b"hier"]
    ),
    "source": Target(source, _of("etl/sources/*.yaml")),
    "lexicon": Target(lexicon, _of("etl/extract/lexicon/fr/*.yaml")),
}
