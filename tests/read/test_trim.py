"""What may be dropped from a text and what must stay: a figure lost is worse than a teaser kept."""

from __future__ import annotations

import pytest

from etl.read.compose import Piece
from etl.read.lines import lines
from etl.read.tree import parse
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
        ("12 May 2024", 8),
        ("Published accounts for 2023 put it at 12 May 2024 prices.", 1),
        ("Mise à jour le 6 mars 2024 : le service revendique 12 millions d’abonnés.", 1),
        ("A small commission of 3% goes to the seller.", 1),
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
        ("Publié le mardi 5 mars 2024 à 10h12, mis à jour le mercredi 6 mars 2024 à 8h00 par Nell Harrow", 1),
        ("Publié le 05/03/2024 à 10:12 - Mis à jour le 06/03/2024 à 08:00 - Temps de lecture : 3 min", 4),
        ("Publié hier à 18h30, mis à jour à 20h", 1),
        ("Veröffentlicht am Dienstag, 5. März 2024, zuletzt aktualisiert am 6. März 2024 um 8 Uhr", 8),
        ("Published on Tuesday 5 March 2024 at 10:12 by Nell Harrow. Last updated: 6 March 2024, 8:00", 1),
        ("Publicado el martes 5 de marzo de 2024 a las 10:12, actualizado el 6 de marzo de 2024", 1),
        ("If you buy through a link on this page we earn a small commission.", 1),
    ],
)
def test_goes(text: str, place: int) -> None:
    assert not left(text, place)


def test_nothing_after_the_ending_heading_stays() -> None:
    pieces = [Piece("paragraph", f"{n} {STORY}") for n in range(4)]
    tail = [Piece("heading", "Sur le même sujet"), Piece("paragraph", "Molotov change de formule")]
    assert trim(pieces + tail, Frame("", (), [], words())) == pieces


def test_stories_with_a_paragraph_each_are_no_end_of_the_article() -> None:
    pieces = [Piece("paragraph", f"{n} {STORY}") for n in range(6)]
    tail = [Piece("heading", "More from the Harrow Review")]
    for n in range(3):
        tail += [Piece("heading", f"Another story, number {n}"), Piece("paragraph", f"{n} Another tale. " * 12)]
    frame = Frame("", (), [], words())
    assert trim(pieces + tail, frame) == pieces
    longer = [*tail[:3], *pieces[:3], *tail[3:]]
    assert trim(pieces + longer, frame) == pieces + longer


@pytest.mark.parametrize(
    ("link", "stays"),
    [("/story/{}", False), ("#part-{}", True)],
)
def test_a_list_of_other_stories_goes_and_a_table_of_contents_stays(link: str, stays: bool) -> None:
    headlines = [f"How the market for films moved in quarter {n} of the year" for n in range(3)]
    items = "".join(f'<li><a href="{link.format(n)}">{line}</a></li>' for n, line in enumerate(headlines))
    shown = lines(parse(f"<html><body><ul>{items}</ul><p>{STORY}</p></body></html>"))
    story = [Piece("paragraph", f"{n} {STORY}") for n in range(6)]
    pieces = [*story[:3], *(Piece("item", line) for line in headlines), *story[3:]]
    assert trim(pieces, Frame("", (), shown, words())) == (pieces if stays else story)


def test_a_single_linked_item_stays() -> None:
    line = "How the market for films moved in the quarter"
    shown = lines(parse(f'<html><body><ul><li><a href="/x">{line}</a></li></ul><p>{STORY}</p></body></html>'))
    pieces = [Piece("paragraph", f"{n} {STORY}") for n in range(4)] + [Piece("item", line)]
    assert trim(pieces, Frame("", (), shown, words())) == pieces
