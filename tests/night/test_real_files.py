"""The whole night over real pages, feeds and datasets, served from loopback; skipped where they are not at hand."""

from __future__ import annotations

import gzip
import html
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from loopback import Site
from tonight import NIGHT, held

from etl import queries, settings
from etl.steps import collecting, nightly
from etl.steps.prove import prove_snapshot

pytestmark = pytest.mark.slow
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


def _gold(shared: Path) -> dict[str, Any]:
    first: dict[str, Any] = json.loads(
        (shared / "bench" / "seed_gold.jsonl").read_text(encoding="utf-8").splitlines()[0]
    )
    return first


def _page(text: str, shared: Path) -> str:
    gold = _gold(shared)
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n") if part.strip())
    head = f'<meta property="article:published_time" content="{gold["published"]}">'
    article = f"<article><h1>Les séries, affaire de géants</h1>{paragraphs}</article>"
    return f'<html lang="fr"><head>{head}</head><body>{article}</body></html>'


def _sql(sql: str, *values: object) -> list[tuple]:
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        return connection.execute(sql, values).fetchall()


def test_only_the_impostor_fails(night: list[str]) -> None:
    assert [failure.split(":")[0] for failure in night] in ([], ["top10_7"]), night


def test_every_article_page_is_read_or_its_owner_says_no(night: list[str], shared: Path) -> None:
    pages = len(list((shared / "samples" / "html").glob("*.html.gz")))
    read = _sql("SELECT count(*) FROM documents WHERE source = 'articles' AND kind = 'article'")
    reserved = _sql("SELECT rule FROM requests WHERE source = 'articles' AND outcome = 'reserved'")
    assert all(rule for (rule,) in reserved)
    assert read[0][0] + len(reserved) == pages == 22
    assert read[0][0] >= 15


def test_the_seed_gives_its_eight_figures_with_quote_and_place(night: list[str], shared: Path, site: Site) -> None:
    gold = _gold(shared)["figures"]
    found = queries.run("figures_of_a_page", {"url": f"%{SEED}"})
    column = {name: [row[index] for row in found.rows] for index, name in enumerate(found.columns)}
    assert len(found.rows) == len(gold) == 8
    facts = ("platform", "metric", "transformation", "value", "unit", "period", "area", "status", "qualifier")
    mine = [tuple(str(column[name][row]) for name in facts) for row in range(8)]
    for claim in gold:
        value = f"{claim['value']:.6f}"
        options = itertools.product(
            *([str({**claim, "value": value}[name]), *map(str, claim.get("alt", {}).get(name, []))] for name in facts)
        )
        match = next((option for option in options if option in mine), None)
        assert match, f"{claim} is not among {mine}"
        mine.remove(match)
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
    # the ranks by country are no figures, and one file is a page of HTML
    assert [name for name, count in sorted(tables.items()) if not count] == ["top10_0", "top10_7"]


def test_the_rates_arrive(night: list[str]) -> None:
    [(count, first)] = _sql("SELECT count(*), min(day) FROM rates")
    assert count > 150_000
    assert str(first) == "1999-01-04"


def test_every_figure_is_proved_from_the_archive(night: list[str]) -> None:
    proof = prove_snapshot()
    assert proof.whole, (proof.unproved[:5], proof.tampered)
    assert proof.from_pages > 1000


def test_the_night_again_changes_no_row(night: list[str]) -> None:
    """Pages are read a second time, all is loaded a second time; what tables and feeds give again is proved above."""
    before = held()
    again = [name for name in collecting.tonight() if name.startswith(("articles", "seed", "top10_1", "eurofxref_csv"))]
    nightly.night(NIGHT, only=again)
    assert held() == before
