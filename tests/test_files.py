"""Files replaced whole, by one or by several at once."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from etl import files


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kept"
    files.write(path, b"old")

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "sync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, b"new")
    assert [other.name for other in tmp_path.iterdir()] == ["kept"]
    assert path.read_bytes() == b"old"


def test_what_a_killed_writer_left_goes_after_an_hour(tmp_path: Path) -> None:
    old, young, other = (tmp_path / f".{name}.draft" for name in ("kept.1", "kept.2", "unlike.3"))
    for draft in (old, young, other):
        draft.touch()
    for draft in (old, other):
        os.utime(draft, (time.time() - 2 * files.LEFT,) * 2)
    files.write(tmp_path / "kept", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kept.2.draft", ".unlike.3.draft", "kept"]


def test_who_changes_a_file_in_turn_loses_no_line(tmp_path: Path) -> None:
    path = tmp_path / "list"

    def add(number: int) -> None:
        with files.in_turn(tmp_path):
            before = path.read_text() if path.exists() else ""
            time.sleep(0.01)
            files.write(path, f"{before}{number}\n".encode())

    with ThreadPoolExecutor(8) as people:
        list(people.map(add, range(16)))
    assert sorted(map(int, path.read_text().split())) == list(range(16))
