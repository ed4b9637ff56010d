"""What a person is shown of a page: what was read, from where, and what was left out."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from etl import read
from etl.read import declared
from etl.read.leftover import left_out
from etl.read.places import Places
from etl.read.show import show
from etl.read.tree import parse

PAGE = """<html lang="en"><head><title>Hulu grows | The Paper</title><link rel="canonical" href="/2024/hulu">
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-02-08T09:00:00-05:00">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Hulu grows",
"dateModified": "2024-02-09T10:00:00-05:00"}</script></head><body>
<nav><a href="/">Home</a><a href="/tv">Television and streaming</a></nav>
<article><h1>Hulu grows</h1><p>Hulu had 49.7 million subscribers at the end of 2023, its owner said on Thursday in
a letter, which is more than in any quarter before.</p><p>The service will raise its prices in the autumn, as it
has done in each of the past three years, and will show more advertising.</p>
<table><caption>Subscribers</caption><tr><th>Service</th><th>2022</th><th>2023</th></tr>
<tr><th>Hulu</th><td>48.0 million</td><td>49.7 million</td></tr>
<tr><th>ESPN+</th><td>24.9 million</td><td>25.2 million<br>(estimate)</td></tr></table></article>
<footer><p>Sign up for our newsletter about television, every Friday in your mailbox.</p></footer></body></html>"""
URL = "https://paper.example/2024/hulu?ref=home"


def printed(page: str, url: str = URL, whole: bool = False) -> str:
    out = io.StringIO()
    document = read.read(page.encode(), url=url)
    console = Console(file=out, width=100, highlight=False)
    show(console, document, page.encode(), "", "page.html", whole=whole)
    assert all(len(line) <= 100 for line in out.getvalue().splitlines())
    return out.getvalue()


def test_every_fact_stands_with_its_source() -> None:
    facts = dict(line.split(maxsplit=1) for line in printed(PAGE).split("\n\n")[0].splitlines()[1:])
    assert facts["kind"].startswith("article: ")
    assert facts["published"] == "2024-02-08, from meta, right in 92% of such cases"
    assert "modified    2024-02-09\n" in printed(PAGE)
    assert facts["witnesses"] == "published 2024-02-08: meta"
    assert facts["modified"] == "2024-02-09: json-ld"
    assert (facts["language"], facts["authors"], facts["site"]) == ("en", "Ann Lee", "The Paper")
    assert facts["canonical"] == "https://paper.example/2024/hulu"


def test_blocks_stand_with_offsets_and_elements() -> None:
    said = printed(PAGE)
    assert "headline 0-10  /html/body/article/h1\n    Hulu grows\n" in said
    assert "paragraph 11-" in said and "/html/body/article/p[1]\n    Hulu had 49.7 million subscribers" in said


def test_a_table_is_a_grid_with_its_heads() -> None:
    lines = printed(PAGE).split("Table 1, ")[1].splitlines()
    rows = [line.split() for line in lines[1:5]]
    assert lines[0].endswith(": Subscribers")
    assert (rows[0], set(lines[2].strip())) == (["Service", "2022", "2023"], {"─"})
    assert rows[2] == ["Hulu", "48.0", "million", "49.7", "million"]


def test_what_was_left_out_is_exactly_what_was_not_read() -> None:
    body = PAGE.encode()
    root = parse(PAGE)
    left = [line.text for line in left_out(Places(body, read.read(body, url=URL)), root)]
    newsletter = "Sign up for our newsletter about television, every Friday in your mailbox."
    assert left == ["HomeTelevision and streaming", newsletter]


def test_long_parts_are_shortened_unless_all_is_wanted() -> None:
    prose = "Hulu said that it would go on to grow in every quarter of the year, word for word. " * 9
    links = "".join(f"<p>{'Teaser ' * 4}{number}</p>" for number in range(60))
    page = PAGE.replace("<footer>", f"<footer>{links}").replace("</p><p>The", f"</p><p>{prose} Lastly</p><p>The")
    short, whole = printed(page), printed(page, whole=True)
    assert "Lastly" not in short and "Lastly" in whole
    assert "Teaser Teaser Teaser Teaser 59" in whole
    assert "newsletter" in short, "the longest of what was left out is shown first"


def test_a_wall_says_that_no_figure_is_read() -> None:
    wall = "<html><body><h1>404: Page not found</h1><p>Sorry, this page does not exist any more.</p></body></html>"
    said = printed(wall)
    assert "soft_404: " in said and "no figures are read from such a page" in said
    assert "canonical   not stated" in said


@pytest.mark.parametrize("body", [b"%PDF-1.7\x00\x01", b"", b'{"members": [1, 2]}'])
def test_what_is_no_page_is_shown_too(body: bytes) -> None:
    out = io.StringIO()
    show(Console(file=out, width=100), read.read(body), body, "", "file")
    assert "kind " in out.getvalue() and "Text: " in out.getvalue()


def test_a_page_cannot_steer_the_terminal() -> None:
    page = PAGE.replace("Hulu grows", "Hulu &#27;[2Jgrows [bold]").replace('"headline": "', '"headline": "\\u001b]0;x')
    said = printed(page)
    assert "\x1b" not in said and "[bold]" in said


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('<link rel="canonical" href="https://paper.example/a">', "https://paper.example/a"),
        ('<link rel="Canonical" href="/a"><meta property="og:url" content="/b">', "https://paper.example/a"),
        ('<meta property="og:url" content="https://paper.example/b">', "https://paper.example/b"),
        ('<link rel="alternate" href="/c">', ""),
    ],
)
def test_the_canonical_address_is_the_one_that_is_stated(head: str, says: str) -> None:
    root = parse(f"<html><head>{head}</head><body><p>x</p></body></html>")
    assert declared.canonical(root, "https://paper.example/x/y") == says


def test_witnesses_that_disagree_are_shown() -> None:
    said = printed(PAGE.replace("<p>Hulu had", "<time pubdate datetime='2024-01-30'>30 January</time><p>Hulu had", 1))
    assert "doubts      published: time says 2024-01-30, which is not believed" in said


def test_the_item_of_a_feed_is_shown_without_the_rest_of_the_feed() -> None:
    item = (
        "<item><title>Hulu {0}</title><link>https://paper.example/{0}</link><description>Said {0}.</description></item>"
    )
    items = "".join(map(item.format, ("grows", "shrinks")))
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'.encode()
    first, _ = read.feed(body, url=URL)
    out = io.StringIO()
    show(Console(file=out, width=100), first, body, "", "feed.xml")
    assert "Said grows." in out.getvalue() and "shrinks" not in out.getvalue()


def test_the_notes_of_a_table_stand_below_it() -> None:
    noted = PAGE.replace("25.2 million<br>(estimate)", "25.2 million*").replace(
        "</table>", "</table><p>* Of households</p>"
    )
    assert "    note: Of households\n" in printed(noted)
