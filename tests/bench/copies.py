"""Whether copies of a text are found: `python -m tests.bench.copies`; `--help` lists the options.

Articles that are at hand under `$STREAMLEDGER_SHARED/bench` are rewritten in the ways of `rewrites.py`, loaded into a
warehouse of their own, and the clusters of `documents.copy_of` are compared with the true ones pair by pair. Articles
of the dev sets are independent of each other: a pair of them that was joined is a mistake. In texts of real pages one
page may stand in two sets; those with the same address or the same first words are taken once.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import duckdb

from etl import load, stage
from etl.model import Document, Kind, Source
from tests.bench.read import SHARED
from tests.bench.rewrites import WAYS, added, of_a

NIGHT = date(2026, 11, 20)
WORDS = 80  # shorter texts are briefs, of which a third is a sentence


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--real", type=int, default=400, help="texts of real pages, at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--errors", action="store_true", help="list the pairs that were joined wrongly")
    chosen = options.parse_args()
    articles = [*dev(), *real(chosen.real)]
    if not articles:
        print(f"no articles under {SHARED / 'bench'}; STREAMLEDGER_SHARED names the folder that holds bench/")
        return 0
    rows = [row for article in articles for row in versions(article, chosen.seed)]
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        roots = clusters(Path(folder), rows)
    print(f"{len(articles)} texts, {len(rows)} documents, loaded in {time.monotonic() - started:.1f} s")
    print("\n".join(lines(rows, roots, chosen.errors)))
    return 0


def dev() -> Iterator[tuple[str, str, str]]:
    """Yield name, language and text of each dev article."""
    for path in sorted((SHARED / "bench").glob("dev_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"dev/{row['doc_id']}", row["lang"], row["text"]


def real(most: int) -> Iterator[tuple[str, str, str]]:
    """Yield name, language and text of real pages, as evenly from each set as they are there."""
    found, seen = [], set()
    for path in sorted((SHARED / "bench" / "html").glob("*/gold.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line else {}
            text = row.get("text") or ""
            start = " ".join(text.split()[:12])
            if len(text.split()) < WORDS or start in seen or row.get("url") in seen:
                continue
            seen |= {start, row.get("url") or start}
            found.append((f"{path.parent.name}/{row['id']}", row.get("lang") or "en", text))
    yield from found[:: max(len(found) // most, 1)][:most] if most else []


def versions(article: tuple[str, str, str], seed: int) -> Iterator[Document]:
    """Yield the article and its rewrites, each on a site of its own; the earlier version on that of the article."""
    name, lang, text = article
    chance = random.Random(f"{seed} {name}")  # noqa: S311
    title, body = of_a(text)
    day = date(2022, 1, 3) + timedelta(days=chance.randrange(900))
    yield _document(f"{name} original", lang, "\n".join([title, *body]), day, f"https://a.test/{name}")
    for number, way in enumerate(WAYS):
        start = added(lang)[:40] if way.__name__ != "earlier" else title
        url = f"https://{way.__name__}.test/{name}" if way.__name__ != "earlier" else f"https://a.test/{name}"
        text = "\n".join([start, *way(body, lang, chance)])
        yield _document(f"{name} {way.__name__}", lang, text, day + timedelta(days=number % 3), url)


def _document(name: str, lang: str, text: str, day: date, url: str) -> Document:
    return Document(name, lang, text, published=day, url=url, source="bench", kind=Kind.ARTICLE, digest=name)


def clusters(folder: Path, rows: list[Document]) -> dict[str, str]:
    """Load the documents and return for each of them the one at the root of its cluster."""
    source = Source(
        *("bench", "bench", "feed", "https://bench.test/feed", "en", ""),
        authority="press",
        licence="none",
        sample=False,
    )
    stage.write(folder / "staging", "sources", NIGHT, "bench", [source])
    stage.write(folder / "staging", "documents", NIGHT, "bench", rows)
    load.load(folder / "w.duckdb", folder / "staging", NIGHT)
    con = duckdb.connect(str(folder / "w.duckdb"), read_only=True)
    found = con.execute("SELECT document_id, coalesce(copy_of, document_id) FROM documents").fetchall()
    con.close()
    return dict(found)


def lines(rows: list[Document], roots: dict[str, str], errors: bool) -> Iterator[str]:
    """Yield precision, recall and F1 over pairs, recall of each way against its original, and the pairs of mistakes."""
    members: dict[str, list[str]] = {}
    for row in rows:
        members.setdefault(roots[row.document_id], []).append(row.document_id)
    joined = [pair for names in members.values() for pair in combinations(sorted(names), 2)]
    wrong = [pair for pair in joined if article_of(pair[0]) != article_of(pair[1])]
    sizes = Counter(article_of(row.document_id) for row in rows)
    true = sum(size * (size - 1) // 2 for size in sizes.values())
    right = len(joined) - len(wrong)
    precision, recall = right / max(len(joined), 1), right / true
    yield f"pairs: precision {precision:.4f}, recall {recall:.4f}, F1 {2 * right / (len(joined) + true):.4f}"
    originals = {
        article_of(row.document_id): roots[row.document_id] for row in rows if row.document_id.endswith(" original")
    }
    for way in WAYS:
        of_it = [row.document_id for row in rows if row.document_id.endswith(f" {way.__name__}")]
        found = sum(roots[name] == originals[article_of(name)] for name in of_it)
        yield f"  {way.__name__:<16}{found:>5} of {len(of_it)} with their original"
    dev_pairs = {tuple(map(article_of, pair)) for pair in wrong if all(name.startswith("dev/") for name in pair)}
    yield f"independent dev articles joined: {len(dev_pairs)}; others: {len(set(map(_articles, wrong)) - dev_pairs)}"
    if errors:
        yield from sorted({f"  {one} = {two}" for one, two in map(_articles, wrong)})


def article_of(name: str) -> str:
    return name.rsplit(" ", 1)[0]


def _articles(pair: tuple[str, str]) -> tuple[str, str]:
    return article_of(pair[0]), article_of(pair[1])


if __name__ == "__main__":
    raise SystemExit(main())
