"""An SQLite file that heals: garbled or of other tables it is made anew, and what the disk refuses is said."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from etl.sqlite import Kept

MAKE = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, number INTEGER)"
ALL = "SELECT word, number FROM words ORDER BY word"
ADD = "INSERT OR REPLACE INTO words VALUES (?, ?)"


def spoil(path: Path, how: str) -> None:
    if how == "no SQLite":
        path.write_bytes(b"words and words")
    elif how == "half of it":
        path.write_bytes(path.read_bytes()[:4096] + b"\x00" * 4096)
    else:
        path.unlink()
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE words (word TEXT)")
        other.close()


@pytest.mark.parametrize("how", ["no SQLite", "half of it", "of other tables"])
def test_a_garbled_file_is_made_anew(tmp_path: Path, how: str) -> None:
    """Asking and changing both heal, and whoever knows the rows is called to bring them back."""
    path, healed = tmp_path / "words.db", []
    kept = Kept(path, MAKE, lambda: healed.append(1))
    kept.change((ADD, [("a", 1), ("b", 2)]))
    assert kept.ask(ALL) == [("a", 1), ("b", 2)]
    kept.close()
    spoil(path, how)
    assert kept.ask(ALL) == []
    kept.close()
    spoil(path, how)
    kept.change((ADD, [("c", 3)]))
    assert kept.ask(ALL) == [("c", 3)]
    assert healed == [1, 1]
    kept.close()


def test_all_or_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "words.db", MAKE)
    with pytest.raises(OSError, match=r"words\.db"):
        kept.change((ADD, [("a", 1)]), ("INSERT INTO words VALUES (?, ?)", [("b", 2), ("b", 3)]))
    assert kept.ask(ALL) == []
    kept.close()


def test_what_the_disk_refuses_is_said(tmp_path: Path) -> None:
    """A folder where the file should be: nothing is removed, and the error names the place."""
    (tmp_path / "words.db").mkdir()
    with pytest.raises(OSError, match=r"words\.db"):
        Kept(tmp_path / "words.db", MAKE).ask(ALL)
    assert (tmp_path / "words.db").is_dir()
