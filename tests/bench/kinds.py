"""What pages are taken for: `python -m tests.bench.kinds` prints the confusion table; `--help` lists the options.

Pages written for the project (`tests/read/kinds/`), and the real ones under `$STREAMLEDGER_SHARED`, which count as
articles unless `real.yaml` names them; pages of tables may be either article or table. A third of all pages, chosen by
name, is set aside: its line is measured and not looked at while the reader is mended.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator

import yaml

from etl import read
from etl.model import Kind
from tests.bench.read import HTML, SHARED, part_of
from tests.read.labelled import FOLDER, Labelled, pages

NEITHER = ("product", "service", "forum", "documentation", "collection")  # page types that are none of our kinds
TABLES = "wikitables"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=("seen", "aside"), help="two thirds to look at, one third set aside")
    options.add_argument("--errors", action="store_true", help="list the pages that were taken for something else")
    options.add_argument("--written", action="store_true", help="only the pages written for the project")
    chosen = options.parse_args()
    table: Counter[tuple[str, str]] = Counter()
    for number, page in enumerate(all_pages(chosen.written)):
        if chosen.part not in (None, part_of(page.text)):
            continue
        found = read.read(page.body, url=page.url)
        taken = str(found.kind)
        if page.name.startswith(TABLES) and found.kind is Kind.TABLE:
            taken = str(Kind.ARTICLE)
        table[str(page.kind), taken] += 1
        if chosen.errors and taken != page.kind:
            print(f"{page.name} {page.kind} -> {taken}: {found.evidence[:150]} {page.url[:90]}")
        if number % 200 == 0:
            read.reset_caches()
    print("\n".join(lines(table)))
    return 0


def all_pages(written: bool = False) -> Iterator[Labelled]:
    yield from pages()
    if not written and HTML.is_dir():
        yield from real()


def real() -> Iterator[Labelled]:
    """Yield the real pages with their kinds; those of types that are none of ours are left out."""
    other: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "real.yaml").read_text(encoding="utf-8"))
    for folder in sorted(path for path in HTML.iterdir() if (path / "gold.jsonl").exists()):
        for text in (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n"):
            row = json.loads(text) if text else {}
            if not row or row.get("page_type") in NEITHER:
                continue
            name = f"{folder.name}/{row['id']}"
            kind = Kind(other[name]["kind"]) if name in other else Kind.ARTICLE
            if row.get("page_type") == "listing" and name not in other:
                kind = Kind.LIST
            body = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
            yield Labelled(name, name, row.get("url") or "", kind, body)
    for path in sorted((SHARED / "samples" / "html").glob("*.html.gz")):
        yield Labelled(path.name, path.name, "", Kind.ARTICLE, gzip.decompress(path.read_bytes()))


def lines(table: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield the confusion table, a row for each kind that pages have, and the two promises below it."""
    columns = sorted({taken for _, taken in table} | {kind for kind, _ in table})
    yield f"{'is / taken for':<14}{'pages':>6}" + "".join(f"{name[:11]:>12}" for name in columns)
    for kind in sorted({kind for kind, _ in table}):
        row = [table[kind, taken] for taken in columns]
        yield f"{kind:<14}{sum(row):>6}" + "".join(f"{count or '.':>12}" for count in row)
    readable = {str(kind) for kind in Kind if kind.readable}
    let_in = sum(count for (kind, taken), count in table.items() if kind not in readable and taken in readable)
    walls = sum(count for (kind, _), count in table.items() if kind not in readable)
    refused = sum(n for (kind, taken), n in table.items() if kind == Kind.ARTICLE and taken not in readable)
    articles = sum(count for (kind, _), count in table.items() if kind == Kind.ARTICLE)
    right = sum(count for (kind, taken), count in table.items() if kind == taken)
    total = sum(table.values())
    yield f"{total} pages, {right} right ({right / total:.1%})"
    yield f"walls, errors and lists read as articles: {let_in} of {walls}"
    yield f"articles refused: {refused} of {articles} ({refused / articles:.2%})" if articles else "no articles"


if __name__ == "__main__":
    raise SystemExit(main())
