"""The gate turns away only what holds no claim."""

from __future__ import annotations

import pytest

from etl.extract import extract, gate
from etl.extract.staging import stage
from etl.model import Document
from tests.bench import claims, learning

CLOSED = {  # text -> language
    "The industry shed 40,000 jobs in 2023, and steel makers fear for 12,000 more.": "en",  # which industry?
    "Le secteur a perdu 40 000 emplois en 2023, dont 3 200 dans les aciéries.": "fr",
    "Le prix du lait a augmenté de 4 % en un an.": "fr",
    "Die Branche verlor 2023 rund 40.000 Stellen.": "de",
    "El sector siderúrgico produjo un 3 % más que en 2022.": "es",
    "Netflix is said to talk to several studios about a deal.": "en",  # no number
    "A maximum of 300 guests, discoveries in 12 caves and a disk of 40 MB.": "en",  # parts of words are no names
}
OPEN = {
    "Netflix counts three hundred million members.": "en",
    "MAX GAGNE 3 MILLIONS D’ABONNÉS": "fr",
    "Der Streaminganbieter zählt 12 Millionen Kunden.": "de",
    "El vídeo\u00a0bajo demanda crece un 12 %.": "es",
    "Disney+ perd 11,5 millions d’abonnés.": "fr",
}


@pytest.mark.parametrize("text", CLOSED)
def test_what_names_no_platform_or_no_number_is_turned_away(text: str) -> None:
    """No claim is lost by it, since the whole reading finds none either."""
    document = claims.document_of({"doc_id": "gate", "lang": CLOSED[text], "published": "2024-05-15", "text": text})
    assert not gate.opens(document)
    assert extract(document) == []


@pytest.mark.parametrize("text", OPEN)
def test_what_names_a_platform_and_a_number_is_let_in(text: str) -> None:
    """In capitals, with special blanks, in compounds, with a plus sign; numbers may be words."""
    document = claims.document_of({"doc_id": "gate", "lang": OPEN[text], "published": "2024-05-15", "text": text})
    assert gate.opens(document)


@pytest.mark.parametrize("lang", claims.LANGUAGES)
def test_no_article_of_ours_that_can_hold_a_claim_is_turned_away(lang: str) -> None:
    """The gate is surer than the reading behind it, which finds each of these to be about a platform."""
    rows = [*learning.ours(lang)[::4], *learning.sentences(lang)]
    documents = [claims.document_of(row) for row in rows]
    shut = [document.text for document in documents if not gate.opens(document) and _may_hold_one(document)]
    assert not shut


def _may_hold_one(document: Document) -> bool:
    scene = stage(document)
    return scene.relevant and bool(scene.spots)


def test_a_language_that_is_not_in_the_lexicon_is_refused() -> None:
    """As it is without a gate."""
    with pytest.raises(ValueError, match="'xx'"):
        gate.opens(claims.document_of({"doc_id": "x", "lang": "xx", "published": "2024-05-15", "text": "5"}))
