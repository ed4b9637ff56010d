"""Every kind of source, every format, the whole way: from a site on loopback to figures with their quotes."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import yaml
from loopback import Site
from planting import HEALTHY
from tonight import NIGHT

from etl import archive, settings, stage
from etl.extract.datasets import mappings
from etl.steps import nightly

MEMBERS = (260_280_000, "netflix", "subscribers")
SENTENCE = "Netflix had 260.28 million paid subscribers worldwide at the end of 2023."


@pytest.fixture
def house(home: Path, source: Callable[..., None], site: Site) -> Callable[..., None]:
    shutil.rmtree(home / "data", ignore_errors=True)
    for path in (home / "sources").glob("*.yaml"):
        path.unlink()
    return source


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "TV"
    for row in (
        [None, "What We Watched"],
        [None, "January - June 2025"],
        [],
        [None, "Title", "Available Globally?", "Release Date", "Hours Viewed"],
        [None, "A Series: Season 1", "Yes", "2025-03-13", 555100000],
    ):
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def facts() -> bytes:
    def row(value: int, filed: str, number: str) -> dict[str, Any]:
        span = {"start": "2019-04-01", "end": "2019-06-30", "form": "10-Q", "fy": 2019, "fp": "Q2"}
        return {**span, "val": value, "filed": filed, "accn": number}

    rows = [row(25100000, "2019-07-20", "0000313838-19-000001"), row(26400000, "2020-07-20", "0000313838-20-000001")]
    tags = {"Revenues": {"label": "Revenues", "units": {"JPY": rows}}}
    return json.dumps({"cik": 313838, "entityName": "EXAMPLE", "facts": {"us-gaap": tags}}).encode()


def feed(kind: str) -> bytes:
    items = [{"id": "{base}/item", "url": "{base}/item", "title": "Netflix", "content_text": SENTENCE}]
    if kind == "json":
        row = {"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": items}
        return json.dumps({**row, "items": [{**items[0], "date_published": "2024-01-24T00:00:00Z"}]}).encode()
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>P</title><entry><title>Netflix</title>"
        "<link href='{base}/item'/><id>1</id><published>2024-01-24T00:00:00Z</published>"
        f"<content type='html'>&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>"
    ).encode()


SITEMAP = (
    "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{base}/netflix</loc></url>"
    "</urlset>"
)
INDEX = (
    "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{base}/news.xml.gz</loc></sitemap>"
    "</sitemapindex>"
)
WATCHED = (555_100_000, "netflix", "watch_time")
OURS = {"platform": "netflix", "area": "WW", "period": {"column": "quarter"}}
OURS |= {"claims": [{"column": "members", "metric": "subscribers", "unit": "count", "times": 1_000_000}]}
READ = {"fulltext": "feed_only", "relevant_only": True}
FETCH = {"fulltext": "feed_then_article", "relevant_only": True}

CASES: list[tuple[str, dict[str, Any], bytes, str, tuple[Any, ...]]] = [
    ("page.html", {"kind": "page"}, HEALTHY.encode(), "text/html", MEMBERS),
    ("feed.json", {"kind": "feed", **READ}, feed("json"), "application/json", MEMBERS),
    ("packed.json", {"kind": "feed", **READ}, gzip.compress(feed("json")), "application/feed+json", MEMBERS),
    ("atom.xml", {"kind": "feed", **READ}, feed("atom"), "application/atom+xml", MEMBERS),
    ("atom.xml.gz", {"kind": "feed", **READ}, gzip.compress(feed("atom")), "application/gzip", MEMBERS),
    ("links.json", {"kind": "feed", **FETCH}, feed("json"), "application/json", MEMBERS),
    ("map.xml", {"kind": "sitemap", **FETCH}, SITEMAP.encode(), "application/xml", MEMBERS),
    ("map.xml.gz", {"kind": "sitemap", **FETCH}, gzip.compress(SITEMAP.encode()), "application/gzip", MEMBERS),
    ("index.xml", {"kind": "sitemap", **FETCH}, INDEX.encode(), "application/xml", MEMBERS),
    ("index.xml.gz", {"kind": "sitemap", **FETCH}, gzip.compress(INDEX.encode()), "application/x-gzip", MEMBERS),
    (
        "book.xlsx",
        {"kind": "dataset", "dataset": "netflix_engagement"},
        workbook(),
        "application/octet-stream",
        WATCHED,
    ),
    (
        "facts.json",
        {"kind": "dataset", "dataset": "sec_companyfacts"},
        facts(),
        "application/json",
        (26_400_000, "sony", "revenue"),
    ),
    (
        "ours.csv",
        {"kind": "dataset", "dataset": "ours"},
        b'quarter,members,note\n2023-Q4,"260.28","a, b"\n2024-Q1,"269.60",\n',
        "text/csv",
        MEMBERS,
    ),
    (
        "ours.json",
        {"kind": "dataset", "dataset": "ours"},
        b'{"data": [{"quarter": "2023-Q4", "members": 260.28}]}',
        "application/json",
        MEMBERS,
    ),
    (
        "top10.tsv",
        {"kind": "dataset", "dataset": "netflix_top10_global"},
        b"week\tshow_title\tweekly_hours_viewed\n2025-06-29\tA Series\t555100000\n",
        "text/tab-separated-values",
        WATCHED,
    ),
]


def name_of(path: str) -> str:
    return f"paper_{path.replace('.', '_')}"


@pytest.fixture(scope="module")
def failed(home: Path, source: Callable[..., None], site: Site, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """One night of them all, each a source with pages of its own; those that failed."""

    def filled(data: bytes, base: str) -> bytes:
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        plain = plain.replace(b"{base}", base.encode()) if not plain.startswith(b"PK") else plain
        return gzip.compress(plain) if data[:2] == b"\x1f\x8b" else plain

    for path, keys, body, said, _ in CASES:
        name = name_of(path)
        base = f"{site.base}/{name}"
        site.add(f"/{name}/netflix", HEALTHY)
        site.add(f"/{name}/item", HEALTHY)
        site.add(f"/{name}/news.xml.gz", filled(gzip.compress(SITEMAP.encode()), base), "application/gzip")
        address = site.add(f"/{name}/{path}", filled(body, base), said)
        source(name, address, country="US", authority="official", **keys)
    folder = tmp_path_factory.mktemp("mappings")
    (folder / "ours.yaml").write_text(yaml.safe_dump(OURS), encoding="utf-8")
    for file in mappings.FOLDER.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mappings, "FOLDER", folder)
        mappings.mapping.cache_clear()
        failed = nightly.night(NIGHT)
    mappings.mapping.cache_clear()
    return failed


@pytest.mark.parametrize(("path", "wanted"), [(case[0], case[4]) for case in CASES], ids=[case[0] for case in CASES])
def test_the_whole_way(path: str, wanted: tuple[Any, ...], failed: list[str]) -> None:
    """One figure comes out, its quote stands at its offsets, and it leads back to the bytes in the archive."""
    name = name_of(path)
    assert [reason for reason in failed if reason.startswith(f"{name}:")] == []
    sql = """
        SELECT value, platform, metric, quote, quote_start, quote_end, document_id
        FROM claims WHERE source = $name AND standing IN ('decides', 'supports')
    """
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        rows = connection.execute(sql, {"name": name}).fetchall()
    found = {(int(value), platform, metric): receipt for value, platform, metric, *receipt in rows}
    assert wanted in found, rows
    quote, start, end, document = found[wanted]
    night = nightly.night_of(NIGHT)
    documents = {row["document_id"]: row for row in stage.read(settings.load().staging, "documents", night, name)}
    assert documents[document]["text"][start:end] == quote
    assert documents[document]["digest"] in {
        page.digest for page, _ in archive.pages(settings.load().archive, night, name)
    }
    outcomes = stage.read(settings.load().staging, "outcomes", night, f"{name}.extract")
    assert {row["ok"] for row in outcomes} == {True}, outcomes


def test_a_restated_figure_is_the_later_word(house: Callable[..., None], site: Site) -> None:
    """Both values stay, each with its filing; the later one decides and the earlier one is revised."""
    address = site.add("/facts.json", facts(), "application/json")
    house("facts", address, kind="dataset", dataset="sec_companyfacts", authority="official")
    assert nightly.night(NIGHT) == []
    sql = """
        SELECT value, standing, url FROM claims
        WHERE platform = 'sony' AND metric = 'revenue' AND period = '2019-Q2' ORDER BY value
    """
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        rows = connection.execute(sql).fetchall()
    assert [(int(value), standing) for value, standing, _ in rows] == [(25_100_000, "revised"), (26_400_000, "decides")]
    assert [url.rstrip("/").rpartition("/")[2] for *_, url in rows] == ["000031383819000001", "000031383820000001"]
