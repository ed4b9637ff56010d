"""Measure the reader on sets of real pages: `python -m tests.bench.read`; `--help` lists the options.

The sets lie under `$STREAMLEDGER_SHARED/bench/html` (default: the folder `shared` beside the checkout), one folder each
with `gold.jsonl` and `pages/`; their own scorer lies beside them. Prints one line a set.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import re
import time
import zlib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from etl import read
from etl.model import Document, Table

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
HTML = SHARED / "bench" / "html"
SHOWN = re.compile("n_|[PRF]1?$|segF1|title|date|author|lang")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--set", action="append", help="a set's name; all without it")
    options.add_argument("--part", choices=("seen", "aside"), help="two thirds to look at, one third set aside")
    options.add_argument("--keep", type=Path, help="folder for the predictions, one file a set")
    chosen = options.parse_args()
    if not HTML.is_dir():
        print(f"no sets under {HTML}; STREAMLEDGER_SHARED names the folder that holds bench/")
        return 1
    for folder in sorted(path for path in HTML.iterdir() if (path / "gold.jsonl").exists()):
        if not chosen.set or folder.name in chosen.set:
            print(line(folder, chosen.part, chosen.keep), flush=True)
    return 0


def line(folder: Path, part: str | None, keep: Path | None) -> str:
    gold = [json.loads(text) for text in (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n") if text]
    gold = [row for row in gold if part in (None, part_of(row["id"]))]
    before = time.process_time()
    documents = {row["id"]: page(folder, row) for row in gold}
    seconds = time.process_time() - before
    read.reset_caches()
    rows = {name: prediction(name, document) for name, document in documents.items()}
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(row, ensure_ascii=False) for row in rows.values())
        (keep / f"{folder.name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    scores = scorer().score(gold, rows)
    scores = {key: value for key, value in scores.items() if SHOWN.match(key)}
    scores["pages/s"] = round(len(gold) / seconds, 1)
    scores["not_article"] = dict(Counter(row["kind"] for row in rows.values() if row["kind"] != "article"))
    undated = sum(not row.get("published") and documents[row["id"]].published is not None for row in gold)
    scores["dated_without_gold"] = undated
    if any("table" in row for row in gold):
        scores |= table_scores(gold, documents)
    return f"{folder.name}: {json.dumps(scores)}"


def part_of(name: str) -> str:
    """Return the part of a page, by its name: `aside` is measured and not looked at while the reader is mended."""
    return "seen" if zlib.crc32(name.encode()) % 3 else "aside"


def page(folder: Path, row: dict[str, Any]) -> Document:
    body = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
    return read.read(body, url=row.get("url") or "")


def prediction(name: str, document: Document) -> dict[str, Any]:
    return {
        "id": name,
        "kind": str(document.kind),
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "published_from": document.published_from,
        "authors": list(document.authors),
        "lang": document.lang,
        "text": read.body_text(document),
        "evidence": document.evidence,
    }


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_html", SHARED / "bench" / "score_html.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score_html.py under {SHARED / 'bench'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table_scores(gold: list[dict[str, Any]], documents: dict[str, Document]) -> dict[str, Any]:
    """Return the cell F1 of the best matching table of each page: cells count by their words."""
    right = wanted = given = missing = 0
    for row in gold:
        cells = Counter(fold(cell) for line in row["table"][1:] for cell in line if fold(cell))
        best: Counter[str] = Counter()
        for table in documents[row["id"]].tables:
            own = words_of(table)
            if sum((own & cells).values()) > sum((best & cells).values()):
                best = own
        right += sum((best & cells).values())
        wanted += sum(cells.values())
        given += sum(best.values())
        missing += not best
    return {"tables": len(gold), "cell_f1": round(2 * right / (wanted + given), 4), "tables_missing": missing}


def words_of(table: Table) -> Counter[str]:
    """Return the cells of a table with its row heads, as often as they cover rows; column heads are not among them."""
    found = Counter(fold(cell.text) for cell in table.cells)
    for row in {cell.row: cell.row_heads for cell in table.cells}.values():
        found.update(fold(head) for head in row)
    return found


def fold(text: str) -> str:
    return "".join(text.split()).casefold()


if __name__ == "__main__":
    raise SystemExit(main())
