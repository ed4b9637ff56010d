"""What is put back among the blocks that were found, and which boxes among them go; on pages of a few lines."""

from __future__ import annotations

import pytest

from etl import read
from etl.read.compose import Piece
from etl.read.fill import Opening, fill
from etl.read.lines import lines
from etl.read.tree import parse

STORY = [
    f"<p>In month {n} the service gained members in every market that it had entered, its owner told investors.</p>"
    for n in range(6)
]
PROSE = "".join(STORY)
SAID = [line.removeprefix("<p>").removesuffix("</p>") for line in STORY]


def text(body: str, head: str = "") -> str:
    page = f"<html lang=en><head><title>Members in every market</title>{head}</head><body>{body}</body></html>"
    return read.body_text(read.read(page.encode(), url="https://a.example/story/members-in-every-market"))


def filled(inner: str, found: list[str], around: str = "") -> list[str]:
    """Return what stands after filling, when these blocks were found on a page."""
    root = parse(f"<html><body>{story(inner, around)}</body></html>")
    pieces = fill([Piece("paragraph", said) for said in found], lines(root), Opening("Members in every market", ""))
    return [piece.text for piece in pieces]


def story(inner: str, around: str = "") -> str:
    return f"<main><article><h1>Members in every market</h1><div class=body>{inner}</div></article>{around}</main>"


@pytest.mark.parametrize(
    "box",
    [
        "<form><p>{}</p></form>",
        '<div class="author-bio"><p>{}</p></div>',
        '<div class="site_Modal__x1"><p>{}</p></div>',
        '<section id="comments"><p>{}</p></section>',
    ],
)
def test_a_box_of_another_use_goes(box: str) -> None:
    other = "Tell us what you pay for your films, and we will write to you once a week about it."
    found = filled(PROSE + box.format(other), [*SAID, other])
    assert found == SAID


def test_a_box_that_holds_the_text_stays_whatever_its_name() -> None:
    assert "In month 5" in text(story(f'<div class="newsletter-body">{PROSE}</div>'))


def test_a_heading_stays_whatever_its_anchor_is_called() -> None:
    heading = '<h2 id="how-social-networks-share">How social networks share what is watched</h2>'
    assert "How social networks share" in text(story("".join(STORY[:3]) + heading + "".join(STORY[3:])))


def test_another_story_below_the_own_one_goes() -> None:
    goats = [f"Sentence {n} of a tale of goats that climbed a dam and would not come down." for n in range(9)]
    other = "".join(f"<p>{line}</p>" for line in goats)
    assert filled(PROSE, [*SAID, *goats], f"<article><h1>Goats on the dam</h1>{other}</article>") == SAID


def test_words_for_screen_readers_go_and_part_nothing_else() -> None:
    link = '<a href="/x">Northwind</a><span class="sr-only">, opens in a new tab</span> says so.'
    clipped = '<span style="clip:rect(0,0,0,0);position:absolute">End of the box</span>'
    found = text(story(f"{PROSE}<p>The share of {link} Nobody at the company denies it this time.</p>{clipped}"))
    assert "The share of Northwind says so. Nobody" in found.replace("  ", " ")
    assert "opens in" not in found and "End of the box" not in found


def test_a_heading_for_screen_readers_can_be_the_headline() -> None:
    headline = '<h1 class="visually-hidden">Members in every market</h1>'
    page = f"<html lang=en><body><main>{headline}{PROSE}</main></body></html>"
    assert read.read(page.encode()).title == "Members in every market"


def test_a_line_that_was_taken_apart_is_one_again() -> None:
    line = "The field <code>price</code> holds what a member pays in a month, before tax and in euros."
    parts = ["The field", "price", "holds what a member pays in a month, before tax and in euros."]
    assert filled(f"{PROSE}<p>{line}</p>", [*SAID, *parts])[-1] == " ".join(parts)


def test_a_sentence_left_out_among_the_others_comes_back_and_a_repeated_one_does_not() -> None:
    lost = "The owner said that a third of them came from one market, and that it had not expected so many."
    advert = "Are you under 26? Find out what you pay for all of our five titles, and what you get for it."
    inner = "".join(STORY[:2]) + f"<div><p>{lost}</p></div><div><p>{advert}</p></div>" + "".join(STORY[2:])
    assert filled(inner + f"<div><p>{advert}</p></div>{STORY[-1]}", SAID) == [*SAID[:2], lost, *SAID[2:]]


def test_the_entries_of_a_live_page_keep_their_headings() -> None:
    calls = [
        f"Call {n}: what the chief told analysts about the month, and what they made of what he told them."
        for n in range(8)
    ]
    entries = "".join(
        f"<div class=entry><h3>{n}:15 pm</h3><div class=words><p>{call}</p></div></div>" for n, call in enumerate(calls)
    )
    found = filled(f"<div class=words>{PROSE}</div>{entries}", SAID)
    assert found == [*SAID, *(line for n, call in enumerate(calls) for line in (f"{n}:15 pm", call))]
