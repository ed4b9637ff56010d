"""An agency is found wherever pages credit one, and only there."""

from __future__ import annotations

import pytest

from etl.read.wires import wire
from etl.read.words import agencies

TEXT = ["The service gained members in every market.", "It will raise its prices in the autumn.", "It did so before."]


@pytest.mark.parametrize(
    ("slug", "opening"),
    [
        ("afp", "PARIS (AFP) - Le service a gagné des abonnés."),
        ("afp", "Paris, 3 mars (AFP) – Le service a gagné des abonnés."),
        ("afp", "AFP - Le service a gagné des abonnés."),
        ("reuters", "LOS ANGELES, March 7 (Reuters) - The service gained members."),
        ("reuters", "NEW YORK (Reuters) The service gained members."),
        ("dpa", "Berlin (dpa) - Der Dienst hat Mitglieder gewonnen."),
        ("dpa", "Berlin/München (dpa/lby). Der Dienst hat Mitglieder gewonnen."),
        ("efe", "Madrid, 3 abr (EFE).- El servicio ganó abonados."),
        ("europapress", "MADRID, 3 Abr. (EUROPA PRESS) - El servicio ganó abonados."),
        ("ap", "LA CROSSE, Wis. (AP) — The service gained members."),
        ("ap", "By The Associated Press"),
        ("pa", "By PA Media"),
        ("apa", "Wien (APA) – Der Dienst hat Mitglieder gewonnen."),
        ("sda", "Bern, sda – Der Dienst hat Mitglieder gewonnen."),
        ("afp", "Avec AFP"),
        ("reuters", "Source: Reuters"),
    ],
)
def test_a_credit_at_the_start(slug: str, opening: str) -> None:
    assert wire((), [opening, *TEXT * 3], agencies()) == slug


@pytest.mark.parametrize(
    ("slug", "closing"),
    [
        ("afp", "Il augmentera ses prix à l’automne. (AFP)"),
        ("afp", "It will raise its prices on August 11. — AFP"),
        ("afp", "(avec AFP)"),
        ("efe", "El servicio subirá los precios en otoño. EFE"),
        ("dpa", "© dpa-infocom, dpa:240516-99-53606/3"),
        ("dpa", "Quelle: dpa/mit Material der Redaktion"),
        ("sda", "SDA/sep"),
        ("reuters", "(Con información de Reuters)"),
        ("ap", "Associated Press writers Ann Lee and John Day contributed to this report."),
        ("reuters", "© Thomson Reuters 2020"),
    ],
)
def test_a_credit_at_the_end(slug: str, closing: str) -> None:
    assert wire((), [*TEXT * 3, closing], agencies()) == slug


@pytest.mark.parametrize(
    "text",
    [
        "The figures were first reported by the agency Reuters, which cited two people.",
        "A shell wounded the photographer of Agence France-Presse (AFP) who stood beside him.",
        "The spokesman would not comment, he told AFP.",
        "Foto: dpa",
        "Jörg Muster/dpa, Bild aus dem Archiv",
        "Ann Lee/AFP via Getty Images",
        "The Dow Jones fell by two percent.",
    ],
)
def test_an_agency_that_is_only_spoken_of(text: str) -> None:
    assert wire(("Ann Lee",), [text, *TEXT * 3, text], agencies()) == ""


@pytest.mark.parametrize(("name", "slug"), [("AFP", "afp"), ("Le Quotidien avec AFP", "afp"), ("TOM DAY, AP", "ap")])
def test_a_credit_among_the_authors(name: str, slug: str) -> None:
    assert wire((name,), TEXT, agencies()) == slug
