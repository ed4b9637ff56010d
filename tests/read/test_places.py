"""A quote is found again on its page: the element at its offset says it."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest
from test_pages import PAGES, load

from etl import read
from etl.model import Document
from etl.read.places import Places
from etl.read.wording import fold

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SETS = ("fundus", "zyte", "wcxb", "wikitables", "trafilatura")


def spans(document: Document, random_: random.Random, count: int) -> list[tuple[int, int]]:
    """Return places of quotes: some characters of a block, or of a table's cell."""
    cells = [(cell.start, cell.end) for table in document.tables for cell in table.cells]
    blocks = [(block.start, block.end) for block in document.blocks if block.kind != "table"]
    chosen = random_.choices(cells + blocks, k=count) if cells or blocks else []
    found = []
    for start, end in chosen:
        begin = random_.randrange(start, max(end - 1, start + 1))
        found.append((begin, min(end, begin + random_.randint(1, 80))))
    return found


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_every_block_of_our_pages(folder: Path) -> None:
    document, _ = load(folder)
    if not document.kind.readable:
        pytest.skip("no text is taken from it")
    places = Places((folder / "page.html").read_bytes(), document)
    for block in document.blocks:
        element = places.at(block.start)
        assert element is not None
        if block.kind != "table":
            said = fold(document.text[block.start : block.end])
            assert said[:8] in fold(element.text), element.path  # a block may have lost a date from its middle


@pytest.mark.slow
def test_a_thousand_quotes_of_real_pages() -> None:
    folder = SHARED / "bench" / "html"
    if not folder.is_dir():
        pytest.skip("the folder of real pages is not at hand (STREAMLEDGER_SHARED)")
    random_ = random.Random(7)  # noqa: S311
    missed, asked = [], 0
    for name in SETS:
        rows = (folder / name / "gold.jsonl").read_text(encoding="utf-8").split("\n")
        for text in random_.sample([row for row in rows if row], 20):
            row = json.loads(text)
            body = gzip.decompress((folder / name / "pages" / f"{row['id']}.html.gz").read_bytes())
            document = read.read(body, url=row.get("url") or "")
            if not document.text:
                continue
            places = Places(body, document)
            for start, end in spans(document, random_, 11):
                asked += 1
                element = places.at(start)
                if element is None or fold(document.text[start:end]) not in fold(element.text):
                    missed.append((row["id"], document.text[start:end], element and element.path))
    assert asked >= 1000
    assert not missed, f"{len(missed)} of {asked}: {missed[:5]}"


def test_an_offset_outside_of_the_text_is_named() -> None:
    document, _ = load(PAGES[0])
    with pytest.raises(IndexError, match=f"text of {len(document.text)}"):
        Places((PAGES[0] / "page.html").read_bytes(), document).at(len(document.text))
