"""A text that is printed in capitals, or in small letters, is read like any other."""

from __future__ import annotations

import pytest

from etl.extract import casing, extract
from tests.bench.claims import document_of
from tests.bench.variants import VARIANTS

TEXTS = {
    "en": "Disney+ said on Monday that it had 118 million subscribers in France and Germany at the end of June 2021. "
    "The company expects 130 million by December. Hulu lost 2 million viewers in Canada.",
    "fr": "Netflix compte 12 millions d'abonnés en France depuis janvier 2023. La plateforme en avait gagné 3 millions "
    "en Allemagne. Le groupe vise 15 millions de clients en Belgique en 2025.",
    "de": "Ende 2021 zählte Netflix in Deutschland 3,8 Millionen Abonnenten. Im Mai waren es noch 3,5 Millionen. "
    "Disney+ kam in Österreich auf 1,2 Millionen Kunden.",
    "es": "Netflix tenía 8 millones de suscriptores en España a finales de marzo de 2022. La plataforma espera 9 "
    "millones en diciembre. Filmin sumó 200.000 abonados en Portugal.",
}
FIELDS = ("platform", "metric", "value", "unit", "period", "area", "status", "quote_start", "quote_end")


@pytest.mark.parametrize("way", ["capitals", "small letters"])
@pytest.mark.parametrize("lang", TEXTS)
def test_capitals_change_nothing(lang: str, way: str) -> None:
    """Sentences, months and countries are found without them; the quote is what is printed."""
    row = {"doc_id": "case", "lang": lang, "published": "2024-05-15", "text": TEXTS[lang]}
    printed = row | {"text": VARIANTS[way](TEXTS[lang])}
    wanted = [[getattr(claim, field) for field in FIELDS] for claim in extract(document_of(row))]
    found = extract(document_of(printed))
    assert len(wanted) >= 3
    assert [[getattr(claim, field) for field in FIELDS] for claim in found] == wanted
    assert all(claim.quote == printed["text"][claim.quote_start : claim.quote_end] for claim in found)


@pytest.mark.parametrize("way", ["capitals", "small letters"])
def test_short_names_and_titles_are_found_without_capitals(way: str) -> None:
    """The countries that are pronouns otherwise, signs of currencies, months that are verbs, and a line of its own."""
    text = "Max had 4.1 million customers in the US in May and 2.2 million in the UK, and may soon lose some of us. "
    text += "A month of it now costs C$11.49. Nielsen counted 9 million viewers in US homes in March."
    printed = VARIANTS[way](text)
    assert casing.restored(printed, "en").startswith("Max had 4.1 million customers in the US in May and 2.2")
    assert "in the UK, and may soon lose some of us" in casing.restored(printed, "en")
    assert "C$11.49" in casing.restored(printed, "en")
    assert "US homes in March" in casing.restored(printed, "en")
    assert casing.restored(VARIANTS[way]("Max adds viewers"), "en", printed) == "Max adds viewers"


@pytest.mark.parametrize("lang", TEXTS)
def test_what_uses_capitals_stays_as_it_is(lang: str) -> None:
    """Also a short text without any, which shows nothing."""
    assert casing.restored(TEXTS[lang], lang) is TEXTS[lang]
    assert casing.restored("3 million more", lang) == "3 million more"


def test_every_offset_stays() -> None:
    """Letters that other letters' capitals are longer than stay as they are."""
    text = "İSTANBUL STRASSE ß ŉ " * 20
    assert len(casing.restored(text, "de")) == len(text)
