"""The whole night over real pages, feeds and datasets, served from loopback; skipped where they are not at hand."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import NIGHT
from loopback import Site

from etl import settings
from etl.monitor import queries
from etl.steps import nightly

SEED = "/2017/10/27/seed.html"


@pytest.fixture(scope="module")
def night(shared: Path, site: Site, home: Path, source: Callable[..., None]) -> list[str]:
    """The night over everything under samples/, and the sources that failed in it."""
    pages = sorted((shared / "samples" / "html").glob("*.html.gz"))
    links = [
        (path.name, site.add(f"/{path.name.removesuffix('.gz')}", gzip.decompress(path.read_bytes()))) for path in pages
    ]
    source("articles", site.feed("/articles.xml", links), kind="feed", language="en", country="WW")
    text = (shared / "bench" / "seed_article.txt").read_text(encoding="utf-8")
    source("seed", site.add(SEED, _page(text, shared)), language="fr", country="FR")
    for path in sorted((shared / "samples" / "feeds").glob("*_rssgpt_*.xml")):
        address = site.add(f"/{path.name}", path.read_bytes(), "application/rss+xml")
        source(path.name.split("_rss")[0], address, kind="feed", fulltext="feed_only", language="fr", country="FR")
    for index, path in enumerate(sorted((shared / "samples" / "netflix_top10").glob("*.tsv"))):
        address = site.add(f"/{path.name}", path.read_bytes(), "text/tab-separated-values")
        kind = next(word for word in ("countries", "global", "most-popular") if word in path.name)
        dataset = f"netflix_top10_{kind.replace('-', '_')}"
        source(f"top10_{index}", address, kind="dataset", dataset=dataset, country="WW", authority="official")
    for path in sorted((shared / "samples" / "fx").glob("eurofxref*")):
        address = site.add(f"/{path.name}", path.read_bytes(), "application/octet-stream")
        name = path.name.replace("-", "_").replace(".", "_")
        source(name, address, kind="dataset", dataset="ecb_rates", country="EU", authority="official")
    return nightly.night(NIGHT)


def _page(text: str, shared: Path) -> str:
    gold = json.loads((shared / "bench" / "seed_gold.jsonl").read_text(encoding="utf-8").splitlines()[0])
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    head = f'<meta property="article:published_time" content="{gold["published"]}">'
    article = f"<article><h1>{gold['title']}</h1>{paragraphs}</article>"
    return f'<html lang="fr"><head>{head}</head><body>{article}</body></html>'


def _sql(sql: str, *values: object) -> list[tuple]:
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


def test_only_the_impostor_fails(night: list[str]) -> None:
    assert [failure.split(":")[0] for failure in night] in ([], ["top10_7"]), night


def test_every_article_page_is_read(night: list[str]) -> None:
    rows = queries.run("what_failed_last_night", {"night": NIGHT}).rows
    assert not [row for row in rows if "articles" in row], rows


def test_the_seed_gives_its_eight_figures_with_quote_and_place(night: list[str], shared: Path, site: Site) -> None:
    gold = json.loads((shared / "bench" / "seed_gold.jsonl").read_text(encoding="utf-8").splitlines()[0])["claims"]
    found = queries.run("figures_of_a_page", {"url": f"%{SEED}"})
    column = {name: [row[index] for row in found.rows] for index, name in enumerate(found.columns)}
    assert len(found.rows) == len(gold) == 8
    expected = sorted(
        (claim["platform"], claim["metric"], Decimal(str(claim["value"])), claim["unit"]) for claim in gold
    )
    assert sorted(zip(column["platform"], column["metric"], column["value"], column["unit"], strict=True)) == expected
    assert all(column["quote"])
    assert all(
        end - start == len(quote)
        for quote, start, end in zip(column["quote"], column["quote_start"], column["quote_end"], strict=True)
    )


def test_every_schema_of_the_top_10_is_read(night: list[str]) -> None:
    outcomes = queries.run("sources_last_night", {"night": NIGHT})
    place = {name: index for index, name in enumerate(outcomes.columns)}
    claims = {row[place["source"]]: row[place["claims"]] for row in outcomes.rows}
    tables = {name: count for name, count in claims.items() if name.startswith("top10_")}
    assert len(tables) == 10
    assert [name for name, count in sorted(tables.items()) if not count] == ["top10_7"]


def test_the_rates_arrive(night: list[str]) -> None:
    [(count, first)] = _sql("SELECT count(*), min(day) FROM rates")
    assert count > 150_000
    assert str(first) == "1999-01-04"


def test_the_night_again_changes_no_row(night: list[str]) -> None:
    before = nightly.load_night(NIGHT)["hash"]
    nightly.night(NIGHT)
    assert nightly.load_night(NIGHT)["hash"] == before
