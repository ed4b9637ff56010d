"""A data file whose layout has changed is foreseen: one line of the log, and a row that says what to mend."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from loopback import Site
from tonight import NIGHT

from etl import settings, stage
from etl.steps import collecting
from etl.steps.reading import extract_source

CASES = {
    "netflix_top10_global": ("odd\tcolumns\n1\t2\n", "has the layout changed?"),
    "ecb_rates": ("odd,columns\n1,2\n", "no rate in it"),
}


@pytest.mark.parametrize("dataset", CASES)
def test_a_changed_layout(
    home: Path,
    source: Callable[..., None],
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    dataset: str,
) -> None:
    text, words = CASES[dataset]
    source("data", site.add("/data", text, "text/plain"), kind="dataset", dataset=dataset)
    collecting.collect("data", NIGHT)
    with caplog.at_level(logging.WARNING):
        assert extract_source("data", NIGHT)["unread"] == 1
    (line,) = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert line.exc_info is None
    assert line.getMessage().startswith("data: ")
    assert words in line.getMessage()
    (row,) = stage.read(settings.load().staging, "outcomes", date.fromisoformat(NIGHT), "data.extract")
    assert (row["outcome"], row["ok"]) == ("layout_changed", False)
    assert words in row["reason"]
