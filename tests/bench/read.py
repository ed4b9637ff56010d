"""Measure the reader beside trafilatura on sets of real pages: `python -m tests.bench.read`; `--help` lists options.

The sets lie under `$STREAMLEDGER_SHARED/bench/html` (default: the folder `shared` beside the checkout), one folder each
with `gold.jsonl` and `pages/`; their own scorer lies beside them. Both readers take each page in the same process, turn
by turn, after a first one that is not counted. Prints a table with both: text F1 (with the best score given for another
reader), exact titles, day-exact dates, languages, and our CPU time as a share of trafilatura's, for all pages of a set,
its two parts, and its types of page. Pages whose language is not the gold's are named with what their text is made of.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from etl import read
from etl.model import Document, Table
from etl.read import language
from tests.bench import peers

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
HTML = SHARED / "bench" / "html"
MEASURES = {"text": "F1", "segments": "segF1", "title": "title", "date": "date", "language": "lang"}
WARM = 3  # pages read once before, for what both load once a process
KEPT_CACHES = 200  # pages between two times that both readers forget what they keep, as a night does
Row = dict[str, Any]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--set", action="append", help="a set's name; all without it")
    options.add_argument(
        "--part", choices=("seen", "aside"), help="two thirds of the hosts to look at, a third set aside"
    )
    options.add_argument("--keep", type=Path, help="folder for the predictions, one file a set")
    options.add_argument("--alone", action="store_true", help="without trafilatura: no ratio, in half the time")
    chosen = options.parse_args()
    if not HTML.is_dir():
        print(f"no sets under {HTML}; STREAMLEDGER_SHARED names the folder that holds bench/")
        return 1
    print(f"{'set':26}{'pages':>6}" + "".join(f"{name:>14}" for name in MEASURES) + f"{'CPU':>7}  best text given")
    for folder in sorted(path for path in HTML.iterdir() if (path / "gold.jsonl").exists()):
        if not chosen.set or folder.name in chosen.set:
            for line in lines(folder, chosen.part, chosen.keep, chosen.alone):
                print(line, flush=True)
    print("ours/trafilatura; CPU: ours as a share of trafilatura's, both in one process")
    return 0


def lines(folder: Path, part: str | None, keep: Path | None, alone: bool) -> Iterator[str]:
    gold = [json.loads(text) for text in (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n") if text]
    gold = [row for row in gold if part in (None, part_of(host(row)))]
    run = Run(folder, alone)
    for row in gold[:WARM]:
        run.take(row)
    for row in gold:
        run.take(row)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in run.ours.values())
        (keep / f"{folder.name}.jsonl").write_text(text + "\n", encoding="utf-8")
    yield run.line(folder.name, gold)
    groups = {name: [row for row in gold if part_of(host(row)) == name] for name in ("seen", "aside")}
    for kind in sorted({row["page_type"] for row in gold if row.get("page_type")}):
        groups[kind] = [row for row in gold if row["page_type"] == kind]
    if len(groups) > 2:
        groups["not article"] = [row for row in gold if row["page_type"] != "article"]
    for name, rows in groups.items():
        if rows and len(rows) < len(gold):
            yield run.line(f"  {folder.name}, {name}", rows)
    refused = dict(Counter(row["kind"] for row in run.ours.values() if row["kind"] != "article"))
    undated = sum(not row.get("published") and bool(run.ours[row["id"]]["published"]) for row in gold)
    found: Row = {"no article": refused, "dated without gold": undated}
    if any("table" in row for row in gold):
        found |= table_scores(gold, run.documents)
    yield f"  {json.dumps(found)}"
    for row in gold:
        if row.get("lang") and row["lang"] != run.ours[row["id"]]["lang"]:
            yield f"  {tongue(row, run.ours[row['id']])}"


def tongue(row: Row, own: Row) -> str:
    """Return why a page is taken for another language than the gold says: by whose small words and in what script."""
    text = own["text"]
    letters = Counter(unicodedata.name(c, "?").split()[0].capitalize() for c in text if c.isalpha())
    script, most = letters.most_common(1)[0] if letters else ("no letters", 0)
    words = {code: f"{share:.0%}" for code, share in language.small_words(text).items() if share >= 0.01}
    spoken, share = language.spoken(text)
    said = f"{script} {most / max(1, sum(letters.values())):.0%} of letters, small words {words}"
    return f"{row['id']}: gold {row['lang']}, read {own['lang']}: {said}, a model says {spoken} {share:.0%}"


class Run:
    """Both readers on the pages of one set: what they read and the CPU seconds that each page cost them."""

    def __init__(self, folder: Path, alone: bool) -> None:
        self.folder, self.alone = folder, alone
        self.score = scorer().score
        self.documents: dict[str, Document] = {}
        self.ours: dict[str, Row] = {}
        self.theirs: dict[str, Row] = {}
        self.cost: dict[str, tuple[float, float]] = {}

    def take(self, row: Row) -> None:
        """Read one page with both, the first of them by turns."""
        name, url, body = row["id"], row.get("url") or "", body_of(self.folder, row)
        spent = [0.0, 0.0]
        for reader in (0, 1) if len(self.cost) % 2 else (1, 0):
            before = time.process_time()
            if reader == 0:
                self.documents[name] = read.read(body, url=url)
            elif not self.alone:
                self.theirs[name] = peers.trafilatura(body, url)
            spent[reader] = time.process_time() - before
        self.cost[name] = (spent[0], spent[1])
        self.ours[name] = prediction(name, self.documents[name])
        if len(self.cost) % KEPT_CACHES == 0:
            read.reset_caches()

    def line(self, name: str, gold: list[Row]) -> str:
        own, other = self.score(gold, self.ours), self.score(gold, self.theirs)
        cells = [_pair(own.get(key), None if self.alone else other.get(key)) for key in MEASURES.values()]
        ours, theirs = (sum(self.cost[row["id"]][reader] for row in gold) for reader in (0, 1))
        given = peers.GIVEN.get(name)
        best = f"  {given[0]:.3f} {given[1]}" if given else ""
        ratio = f"{ours / theirs:.2f}" if theirs else ""
        return f"{name:26}{len(gold):>6}" + "".join(f"{cell:>14}" for cell in cells) + f"{ratio:>7}{best}"


def _pair(own: float | None, other: float | None) -> str:
    if own is None:
        return ""
    return f"{own:g}" if other is None else f"{own:g}/{other:g}"


def host(row: Row) -> str:
    """Return the host of a page, by which its part is told: pages of one site are in one part; its name without one."""
    return (urlsplit(row.get("url") or "").hostname or row["id"]).removeprefix("www.")


def part_of(name: str) -> str:
    """Return the part of a page, by a name: `aside` is measured and not looked at while the reader is mended."""
    return "seen" if zlib.crc32(name.encode()) % 3 else "aside"


def page(folder: Path, row: Row) -> Document:
    return read.read(body_of(folder, row), url=row.get("url") or "")


def body_of(folder: Path, row: Row) -> bytes:
    return gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())


def prediction(name: str, document: Document) -> Row:
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


def table_scores(gold: list[Row], documents: dict[str, Document]) -> Row:
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
