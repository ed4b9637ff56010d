"""The small chart of the page: each value at its own time, lines at round values."""

from __future__ import annotations

import pytest

from etl.monitor.picture import line_chart, sparkline
from etl.monitor.wording import grouped, loaded
from etl.steps.status import Broken


def test_a_gap_of_quarters_is_as_wide_as_it_is_long() -> None:
    chart = line_chart([("2019-Q1", 148.9), ("2019-Q2", 151.6), ("2020-Q2", 192.9)])
    first, second, third = (point.x for point in chart.points)
    assert third - second == pytest.approx(4 * (second - first), abs=1)
    assert [year for _, year in chart.years] == ["2019", "2020"] and chart.years[0][0] == first


@pytest.mark.parametrize(("top", "lines"), [(325, "50"), (99, "20"), (33, "5"), (1, "0"), (48_000, "10,000")])
def test_the_lines_stand_at_round_values(top: float, lines: str) -> None:
    grid = line_chart([("2023-Q4", top)]).grid
    assert grid[0][1] == "0" and grid[1][1] == lines and 4 < len(grid) < 10


def test_a_chart_of_nothing_and_a_night_of_nothing() -> None:
    assert line_chart([]).points == []
    assert sparkline([0, 4]) == [(0, 2.0, False), (3, 16.0, True)]


def test_what_is_mended_alike_stands_together_and_what_was_loaded_is_said() -> None:
    rows = [
        Broken("Failed", name, "x", "theirs", todo, False)
        for name, todo in (("c", "wait"), ("b", "ask"), ("a", "wait"))
    ]
    assert [[one.subject for one in group] for group in grouped(rows)] == [["b"], ["a", "c"]]
    new = {"documents": 76, "claims": 1304, "added": 2, "changed": 0, "closed": 0, "figures": 834}
    assert loaded(new) == "76 documents, 1,304 claims; figures: 2 added, 0 changed, 0 closed, 834 in all"
    assert loaded({}) == ""
