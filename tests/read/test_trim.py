"""What may be dropped from a text and what must stay: a figure lost is worse than a teaser kept."""

from __future__ import annotations

import pytest

from etl.read.compose import Piece
from etl.read.trim import Frame, trim
from etl.read.words import words

STORY = "The service gained members in every market that it entered, the company told its investors this week. " * 3


def left(text: str, place: int, kind: str = "paragraph") -> bool:
    """Whether a block is still there after trimming, put at a place among the blocks of a story."""
    pieces = [Piece("paragraph", f"{n} {STORY}") for n in range(8)]
    pieces.insert(place, Piece(kind, text))
    frame = Frame("Members in every market", ("Nell Harrow",), [], words())
    return any(piece.text == text for piece in trim(pieces, frame))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Subscribers rose 5% to 12 million.", 4),
        ("Publicité : le groupe atteint 94 millions de spectateurs par mois", 4),
        ("Photography made up 3% of viewing.", 4),
        ("The newsletter business earned $4m.", 8),
        ("Harrow Media holds the other 20%.", 8),
        ("Le prix passe à 9,99 euros le 3 mai 2024, soit deux euros de plus, a précisé un porte-parole du groupe.", 1),
        ("Abonnements", 4),
    ],
)
def test_stays(text: str, place: int) -> None:
    assert left(text, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lire aussi : Netflix perd 200.000 abonnés", 4),
        ("Lesen Sie auch: Sky benennt seinen Dienst um", 4),
        ("Te puede interesar: las series del verano", 4),
        ("Read more: The price of sport", 4),
        ("By Nell Harrow", 0),
        ("14 March 2024, 9:30", 1),
        ("Nell Harrow is a reporter in London.", 8),
        ("Sign up for our newsletter and never miss a story.", 8),
        ("Members in every market", 1),
    ],
)
def test_goes(text: str, place: int) -> None:
    assert not left(text, place)


def test_nothing_after_the_ending_heading_stays() -> None:
    pieces = [Piece("paragraph", f"{n} {STORY}") for n in range(4)]
    tail = [Piece("heading", "Sur le même sujet"), Piece("paragraph", "Molotov change de formule")]
    assert trim(pieces + tail, Frame("", (), [], words())) == pieces
