"""Each folder under `pages/` is a page written for the project and what must be read from it.

`expect.yaml` names only what the page is there to prove; every page is also held to the promises of a Document.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl import read
from etl.model import Document, Kind

PAGES = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/expect.yaml"))
FIELDS = ("title", "published", "published_from", "modified", "site", "wire", "lang")


def load(folder: Path) -> tuple[Document, dict[str, Any]]:
    expect = yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))
    fetched = expect.get("fetched_at")
    document = read.read(
        (folder / "page.html").read_bytes(),
        url=expect["url"],
        content_type=expect.get("content_type", ""),
        language=expect.get("language", ""),
        fetched_at=fetched if isinstance(fetched, datetime) else None,
    )
    return document, expect


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    document, expect = load(folder)
    assert document.kind == Kind(expect["kind"]), document.evidence
    found = {name: getattr(document, name) for name in FIELDS if name in expect}
    assert found == {name: expect[name] for name in FIELDS if name in expect}
    if "authors" in expect:
        assert document.authors == tuple(expect["authors"])
    assert expect.get("evidence", "") in document.evidence
    for words in expect.get("has", ()):
        assert words in document.text
    for words in expect.get("lacks", ()):
        assert words not in document.text
    for kind, count in expect.get("blocks", {}).items():
        assert sum(block.kind == kind for block in document.blocks) == count, kind
    if "tables" in expect:
        assert [as_rows(table) for table in document.tables] == [
            (table["caption"], [(cell[0], tuple(cell[1]), tuple(cell[2])) for cell in table["cells"]])
            for table in expect["tables"]
        ]


def as_rows(table: Any) -> tuple[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    return table.caption, [(cell.text, cell.row_heads, cell.column_heads) for cell in table.cells]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_promises(folder: Path) -> None:
    """Offsets point at what they say, blocks cover the text, evidence is given, reading twice gives the same."""
    document, _ = load(folder)
    assert document.evidence
    assert len(document.document_id) == 16
    assert "\n".join(document.text[block.start : block.end] for block in document.blocks) == document.text
    for table in document.tables:
        for cell in table.cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert table.start <= cell.start <= cell.end <= table.end
    assert (document.published is None) == (document.published_from == "")
    assert load(folder)[0] == document


def test_enough_pages() -> None:
    assert len(PAGES) >= 20
    assert {yaml.safe_load((folder / "expect.yaml").read_text(encoding="utf-8"))["kind"] for folder in PAGES} >= {
        str(kind) for kind in Kind if kind is not Kind.DATASET
    }


def test_published_is_a_day() -> None:
    document, _ = load(PAGES[0])
    assert document.published is None or type(document.published) is date
