"""Readers beside publications, and deaths at random moments: the short form of `tests.bench.warehouse_files`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.warehouse import bare
from tests.bench.warehouse_files import beside, killed


@pytest.mark.slow
def test_readers_meet_no_error_and_no_half_night(tmp_path: Path) -> None:
    with bare(tmp_path):
        said = beside(tmp_path, processes=3, seconds=5, publications=6)
    assert "6 publications" in said
    assert " 0 opened" not in said, said
    assert "0 errors, 0 torn, 0 went backwards" in said, said


@pytest.mark.slow
def test_a_death_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with bare(tmp_path):
        said = killed(tmp_path, times=4)
    assert said.startswith("4 deaths"), said
    assert ": 0 lost, doubled or broken" in said, said
