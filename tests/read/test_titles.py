"""Which heading is the headline, on pages of a few lines."""

from __future__ import annotations

import pytest

from etl import read

PROSE = "<p>The service gained members in every market that it entered, the company told its investors.</p>" * 5
OWN_DAY = "<meta name='twitter:title' content='The Prizes: Best series for a dull day'>"


def page(head: str, body: str) -> str:
    return f"<html lang=en><head>{head}</head><body><main>{body}{PROSE}</main></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Films vs. Series | Cable Post</title><meta property='og:title' content='Films vs Series: a Duel'>",
         "<h1>Films vs. Series: A Duel</h1>", "Films vs. Series: A Duel"),
        ("<title>New prices | Longwinded Broadcasting Review</title>", "", "New prices"),
        ("<title>What a channel costs : Aerial | Notes on viewing | Since 2005</title>",
         "<h1><a href='/'>Aerial</a></h1><h3>What a channel costs</h3>", "What a channel costs"),
        ("<title>Rezone the valley - The Valley Post</title><meta property='og:site_name' content='The Valley Post'>",
         "<h1>The Valley Post, first paper of the valley.</h1><h2>Rezone the valley</h2>", "Rezone the valley"),
        ("<title>Prizes | Best Series Awards - find them here</title>", "<h1>Best Series Awards</h1><h1>Prizes</h1>",
         "Prizes"),
        ("<meta property='og:title' content='Seven channels worth their price'>",
         "<h1>The seven channels worth their price</h1>", "The seven channels worth their price"),
        ("<title>Mast: Seven channels lose a tenth | Post</title><meta property='og:title' "
         "content='Seven channels lose a tenth'>", "<h1>Mast: Seven channels lose a tenth</h1>",
         "Seven channels lose a tenth"),
        ("<title>Seven channels lose a tenth - Office of the Air</title>",
         "<h1><span>1 May 2024</span> <span>Seven channels lose a tenth</span></h1>", "Seven channels lose a tenth"),
        ("<title>History of cable | Origin, Facts</title>", "<h1>history of cable</h1>", "History of cable"),
        ("<title>Nine ways to move to a cheaper bundle - Post</title>",
         "<h2>Nine ways to help you move to a cheaper bundle</h2>", "Nine ways to help you move to a cheaper bundle"),
        ("<title>Ten ways to save</title>", "<h1>Setting up your living room</h1><h1>Setting up your living room</h1>",
         "Setting up your living room"),
        (f"<title>The Prizes: Best series for a dull day</title>{OWN_DAY}<meta property='og:title' "
         "content='Best series for a dull day'>", "<h1>The Prizes: Best series for a dull day</h1>",
         "The Prizes: Best series for a dull day"),
        (f"<title>The Prizes: Best series for a dull day</title>{OWN_DAY}<meta property='og:title' "
         "content='Best series for a dull day'>", "<h1>The Prizes: Best series for a dull day</h1>"
         "<h2><span>The Prizes</span> <span>Best series for a dull day</span></h2>", "Best series for a dull day"),
        ("<title>Plan for Beginners</title>", "<h1>BEGINNERS PLAN</h1>", "Beginners Plan"),
        ("<title>Goat TV | Shop of Aerials</title>", "<h1><div>See how they put up</div> <span>Goat TV</span></h1>",
         "Goat TV"),
        ("<title>Cheap viewing: Series for large families</title>", "<h1>Cheap series</h1>", "Cheap series"),
        ("<title>Aerial 41 Aerials for roofs</title>", "<h1>Aerial 41</h1>", "Aerial 41 Aerials for roofs"),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str) -> None:
    assert read.read(page(head, body).encode(), url="https://a.example/2020/one").title == title


def test_the_only_heading_of_a_front_page_is_its_headline_and_none_elsewhere() -> None:
    made = page("<title>All about masts | A.Example</title>", "<h1>Example</h1>").encode()
    assert read.read(made, url="https://a.example/").title == "Example"
    assert read.read(made, url="https://a.example/2020/masts").title == "All about masts"
