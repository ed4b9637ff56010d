"""Which cells of a table are heads of which: written tables, one for each way in which tables are written."""

from __future__ import annotations

import pytest

from etl import read
from etl.model import Table
from etl.read.places import element_at

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


NOTED = (
    "<table><caption>Members in millions</caption><tr><th>Service</th><th>2023<sup>a</sup></th><th>2024*</th></tr>"
    "<tr><th>Viaplay<sup><a href='#n1'>1</a></sup></th><td>4.9</td><td>4.8<sup>2</sup></td></tr>"
    "<tr><th>Joyn</th><td>8.0†</td><td>10<sup>6</sup></td></tr></table>"
    "<p id=n1>1) Without the Baltic states</p><p>a) At the end of the year</p><p>* Estimate; 2) Paying members only</p>"
)


def test_marks_lead_to_their_notes() -> None:
    found = {cell.text: cell.notes for cell in tables(NOTED)[0].cells}
    assert found == {
        "4.9": ("Without the Baltic states", "At the end of the year"),
        "4.8": ("Paying members only", "Without the Baltic states", "Estimate;"),
        "8.0†": ("At the end of the year",),  # no note begins with this sign
        "106": ("Estimate;",),  # nor with this number: ten to the sixth is no mark
    }
    assert {cell.column_heads for cell in tables(NOTED)[0].cells} == {("2023",), ("2024",)}


CARDS = (
    "<h2>The year in figures</h2><div class=grid><div class=box><span>Members</span><b>49.7 million</b></div>"
    "<div class=box><span>Revenue</span><b>$11.2bn</b></div>"
    "<div class=box><span>Seat</span><b>Santa Monica</b></div></div>"
)
TURNED = (
    "<div><div class=kpi><div>49.7m</div><div>members</div></div>"
    "<div class=kpi><div>12 %</div><div>churn</div></div></div>"
)
LIST = "<h3>Prices</h3><dl><dt>With advertising</dt><dd>$7.99 a month</dd><dt>Without</dt><dd>$17.99</dd></dl>"


@pytest.mark.parametrize(
    ("markup", "caption", "pairs"),
    [
        (CARDS, "The year in figures", {"Members": "49.7 million", "Revenue": "$11.2bn", "Seat": "Santa Monica"}),
        (TURNED, "", {"members": "49.7m", "churn": "12 %"}),
        (LIST, "Prices", {"With advertising": "$7.99 a month", "Without": "$17.99"}),
    ],
    ids=["cards", "cards with the number first", "a definition list"],
)
def test_labels_and_values_are_a_table(markup: str, caption: str, pairs: dict[str, str]) -> None:
    [table] = tables(markup)
    assert table.caption == caption
    assert {cell.row_heads[0]: cell.text for cell in table.cells} == pairs


@pytest.mark.parametrize(
    "markup",
    [
        "<dl><dt>FAST</dt><dd>Channels that live on advertising</dd><dt>SVOD</dt><dd>By subscription</dd></dl>",
        "<aside><div><div><b>3</b><span>likes</span></div><div><b>49</b><span>comments</span></div></div></aside>",
        "<div class=share-bar><div><b>349</b><span>Likes</span></div><div><b>149</b><span>Reposts</span></div></div>",
        "<div><div><b>10:30</b><span>News</span></div><div><b>11:45</b><span>Films</span></div></div>",
        "<p><b>Members</b> <span>49.7 million</span></p>",
    ],
    ids=["a glossary", "beside the content", "counts of a network", "times of day", "one pair"],
)
def test_what_is_no_list_of_figures_stays_text(markup: str) -> None:
    assert tables(markup) == ()


def test_a_figure_of_a_card_stands_once_in_the_text_and_leads_to_its_element() -> None:
    page = f"<html lang=en><head><title>What they count</title></head><body><main><h1>What they count</h1>{PROSE}"
    body = f"{page}{CARDS}</main></body></html>".encode()
    document = read.read(body)
    assert document.text.count("49.7 million") == 1
    found = element_at(body, document, document.text.index("49.7 million"))
    assert found and (found.tag, found.text) == ("b", "49.7 million")
