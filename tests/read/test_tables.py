"""Which cells of a table are heads of which: written tables, one for each way in which tables are written."""

from __future__ import annotations

import pytest

from etl import read
from etl.model import Table

PROSE = "<p>The services published what they count at the end of each quarter, and the paper put it together.</p>" * 6


def tables(markup: str) -> tuple[Table, ...]:
    page = f"<html lang=en><head><title>What they count</title></head><body><main><h1>What they count</h1>{PROSE}"
    return read.read(f"{page}{markup}</main></body></html>".encode(), url="https://a.example/counts-of-a-year").tables


def table(heads: str, *rows: str) -> Table:
    """Return the table of lines of cells between bars; a cell that begins with `!` is marked as a head."""
    lines = "".join(f"<tr>{''.join(map(cell, row.split('|')))}</tr>" for row in (heads, *rows) if row)
    return tables(f"<table>{lines}</table>")[0]


def cell(words: str) -> str:
    return f"<th>{words[1:]}</th>" if words.startswith("!") else f"<td>{words}</td>"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            ("!Rank|!Service|!Members", "1|Netflix|269.6", "2|Max|99.6", "3|Peacock|34"),
            {"269.6": (("1", "Netflix"), ("Members",)), "34": (("3", "Peacock"), ("Members",))},
            id="a number that counts the rows stands before the name",
        ),
        pytest.param(
            ("!Year|!Service|!Members", "2023|Netflix|260.3", "2023|Max|97.7", "2024|Netflix|301.6", "2024|Max|116.9"),
            {"260.3": (("2023", "Netflix"), ("Members",)), "116.9": (("2024", "Max"), ("Members",))},
            id="two columns tell the rows apart",
        ),
        pytest.param(
            ("!Members|!Service|!Quarter", "269.6|Netflix|2024-Q1", "99.6|Max|2024-Q1", "34|Peacock|2024-Q1"),
            {"269.6": (("Netflix",), ("Members",))},
            id="the name stands behind the number",
        ),
        pytest.param(
            ("!Members|!Service", "269.6|!Netflix", "99.6|!Max"),
            {"99.6": (("Max",), ("Members",))},
            id="the page marks the name",
        ),
        pytest.param(
            ("!Service|!Price", "Netflix|$6.99 a month", "Netflix|$15.49 a month", "Max|$9.99 a month"),
            {"$15.49 a month": (("Netflix",), ("Price",))},
            id="a price is no name, even where the names repeat",
        ),
        pytest.param(
            ("Service|2023|2024", "Netflix|260.3|301.6", "Max|97.7|116.9"),
            {"301.6": (("Netflix",), ("2024",))},
            id="years above numbers are heads that no page marks",
        ),
        pytest.param(
            ("!Day|!Service|!Members", "14 May 2024|Netflix|270", "14 May 2024|Max|100", "31 July 2024|Max|103"),
            {"100": (("14 May 2024", "Max"), ("Members",))},
            id="a day is a name among others",
        ),
        pytest.param(
            ("!Month|!Hours|!Views", "1|2.5|4", "2|2.6|5", "3|2.9|5"),
            {"2.9": (("3",), ("Hours",))},
            id="nothing but numbers: the first counts the rows",
        ),
    ],
)
def test_heads(lines: tuple[str, ...], wanted: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    found = {cell.text: (cell.row_heads, cell.column_heads) for cell in table(*lines).cells}
    assert {words: found[words] for words in wanted} == wanted


def test_a_row_of_one_cell_below_the_heads_heads_the_rows_below_it() -> None:
    rows = "<tr><th>Service</th><th>Members</th></tr><tr><th colspan=2>Europe</th></tr>"
    rows += "<tr><td>Viaplay</td><td>4.9</td></tr><tr><td>Joyn</td><td>8</td></tr>"
    found = tables(f"<table>{rows}</table>")[0].cells
    assert [(cell.text, cell.row_heads, cell.column_heads) for cell in found] == [
        ("4.9", ("Europe", "Viaplay"), ("Members",)),
        ("8", ("Europe", "Joyn"), ("Members",)),
    ]
