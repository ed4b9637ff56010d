"""The main text found stage by stage is the one that trafilatura finds when it runs by itself."""

import time
from pathlib import Path

import pytest
from lxml import etree
from trafilatura import bare_extraction

from etl import read
from etl.model import Kind
from etl.read import cascade
from etl.read.decode import decode
from etl.read.tree import lighten, parse, thin

PAGES = sorted(
    path for path in Path(__file__).with_name("pages").glob("*/page.html") if "bytes" not in path.parent.name
)
SENTENCES = ["The service counted more viewers than in any month before, its owner told investors on Tuesday."] * 8
OTHERS = ["Readers of the weather page stayed for the maps, and they came back for them on the day after."] * 40


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_same_text_as_the_whole_run(path):
    assert_same(decode(path.read_bytes()))


@pytest.mark.parametrize("prose", [0, 1, 2, 8])
@pytest.mark.parametrize("beside", [0, 3, 20, 40])
def test_same_text_however_much_of_the_page_it_is(prose, beside):
    own = "".join(f"<p>{text} {number}</p>" for number, text in enumerate(SENTENCES[:prose]))
    rest = "".join(f"<div>{text} {number}</div>" for number, text in enumerate(OTHERS[:beside]))
    assert_same(f"<html><body><article>{own}</article><div id='more'>{rest}</div></body></html>")


def test_same_text_where_only_the_last_stage_takes_what_looks_like_teasers():
    own = "".join(f"<p>{text} {number}</p>" for number, text in enumerate(SENTENCES[:4]))
    boxes = "".join(f"<div class='teaser remark'><p>{text} {n}</p></div>" for n, text in enumerate(OTHERS))
    assert_same(f"<html><body><article>{own}{boxes}</article></body></html>")


def test_a_forum_keeps_its_posts():
    said = '{"@type": "DiscussionForumPosting"}'
    posts = "".join(f"<div class='comment-body'><p>{text} {n}</p></div>" for n, text in enumerate(SENTENCES))
    page = (
        f"<html><head><script type='application/ld+json'>{said}</script></head>"
        f"<body><h1>Viewers</h1><div class='comments' id='comments'>{posts}</div></body></html>"
    )
    root = parse(page)
    found = cascade.body(root)
    assert found is not None
    assert SENTENCES[0] in " ".join(found.itertext())


def assert_same(page):
    root, other = parse(page), parse(page)
    lighten(root)
    lighten(other)
    before = etree.tostring(root)
    alone = bare_extraction(thin(other), include_comments=False, include_tables=True)
    found = cascade.body(root)
    assert etree.tostring(root) == before
    assert (found is None) == (alone is None)
    if found is not None:
        assert etree.tostring(found) == etree.tostring(alone.body)


def test_what_is_apart_is_not_in_the_text_and_stays_on_the_page():
    said = "".join(f"<p>{text} {number}</p>" for number, text in enumerate(SENTENCES))
    root = parse(f"<html><body><article>{said}<table><tr><td><p>Loose words</p><td>2</table></article></body></html>")
    table = next(root.iter("table"))
    before = etree.tostring(root)
    assert "Loose words" in " ".join(cascade.body(root).itertext())
    found = " ".join(cascade.body(root, apart=[table]).itertext())
    assert "Loose words" not in found
    assert SENTENCES[-1] in found
    assert etree.tostring(root) == before


@pytest.mark.parametrize("times", [2, 8])
def test_lines_of_cells_are_no_paragraphs_of_their_own(times):
    prose = "".join(f"<p>{text} Part {number}.</p>" for number, text in enumerate(SENTENCES[:times]))
    name = "<div>Name of the service<br>and a word on where it is offered, in how many of its languages</div>"
    rows = "".join(f"<tr><td>Service {n}: {name}</td><td>{n} million members</td></tr>" for n in range(60))
    head = "<tr><th>Service<th>Members</tr>"
    page = f"<html lang=en><body><h1>Members</h1><main>{prose}<table>{head}{rows}</table></main></body></html>"
    document = read.read(page.encode(), url="https://a.example/members-by-service")
    blocks = [document.text[one.start : one.end] for one in document.blocks if one.kind not in ("table", "headline")]
    assert document.kind == Kind.TABLE
    assert not any(block.startswith("and a word") for block in blocks)
    assert len(document.tables[0].cells) == 60


def test_many_hidden_cells_are_not_compared_each_with_all_others():
    said = "".join(f"<p>{text} {number}</p>" for number, text in enumerate(SENTENCES))
    cells = "".join(f"<tr><td>{number} of all</td><td>5</td></tr>" for number in range(4000))
    page = f"<html lang=en><body><article>{said}</article><div hidden><table>{cells}</table></div></body></html>"
    before = time.process_time()
    document = read.read(page.encode(), url="https://a.example/cells")
    assert time.process_time() - before < 5
    assert SENTENCES[-1] in document.text
