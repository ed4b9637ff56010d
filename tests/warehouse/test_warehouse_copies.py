"""Words that a house prints below everything it says make no copies; sketches of before are drawn again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import warehouse_nights as nights

from etl import load

NIGHT = date(2026, 11, 20)
STANDING = (
    "This page is part of our weekly look at the screens of the valley. Write to the desk if you have seen a mistake, "
    "and we will say so here on the next working day, with the name of whoever noticed it first."
)
NEWS = (
    "A cinema by the river has sold its seats to a school that wanted them for its new hall",
    "Nobody in the old market knows why the aerial on the tower was turned to the east last night",
    "Three brothers rent out the decoders that their father repaired when he still had his shop",
    "Snow kept the crew of the mountain series in a hut, where they wrote two more episodes",
    "The library lends films again, on small grey sticks that fit into any set made since the fair",
    "Rain fell into the studio of the local channel while its presenter was reading the forecast",
    "An usher who worked there for forty years has given the museum a box of torn tickets",
)


def load_pages(folder: Path, texts: list[str], step: int) -> dict[str, str | None]:
    """Load a page every `step` days and return what each is a copy of."""
    documents: list[dict[str, Any]] = [
        {"id": f"d{n}", "source": "loupe", "text": text, "published": date(2022, 1, 3) + timedelta(days=step * n)}
        for n, text in enumerate(texts)
    ]
    nights.stage_night(folder / "staging", NIGHT, {"documents": documents})
    load.load(folder / "w.duckdb", folder / "staging", NIGHT)
    return copies(folder)


def copies(folder: Path) -> dict[str, str | None]:
    con = duckdb.connect(str(folder / "w.duckdb"), read_only=True)
    found = con.execute("SELECT document_id, copy_of FROM documents ORDER BY document_id").fetchall()
    con.close()
    return dict(found)


def test_standing_words_stop_making_copies(tmp_path: Path) -> None:
    found = load_pages(tmp_path, [f"{news}. {STANDING}" for news in NEWS], step=14)
    assert [found[f"d{n}"] for n in (4, 5, 6)] == [None, None, None]


def test_many_copies_in_a_few_days_are_copies(tmp_path: Path) -> None:
    found = load_pages(tmp_path, [f"{news}. {STANDING}" for news in NEWS], step=1)
    assert set(found.values()) == {None, "d0"}


def test_sketches_of_before_are_drawn_again(tmp_path: Path) -> None:
    found = load_pages(tmp_path, [STANDING, f"{STANDING} {NEWS[0]}."], step=1)
    con = duckdb.connect(str(tmp_path / "w.duckdb"))
    con.execute("UPDATE raw.documents SET sketch = []")
    con.execute("DELETE FROM main.migrations WHERE name = 'schema/003_sketches.sql'")
    con.close()
    load.load(tmp_path / "w.duckdb", tmp_path / "staging", date(2026, 11, 21))
    assert copies(tmp_path) == found == {"d0": None, "d1": "d0"}
