"""Claims from sentences of our own, in four languages, and what must hold for any text."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import yamls
from etl.extract import explain, extract, platforms, version
from etl.model import Block, Cell, Claim, Document, Kind, Qualifier, Table

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "fr", "de", "es")
PUBLISHED = "2024-05-15"
NAMES = ("platform", "metric", "transformation", "value", "unit")


def rows(suffix: str = "") -> list[Any]:
    """Return the rows of the corpora as test parameters."""
    found = []
    for lang in LANGUAGES:
        path = CORPUS / f"{lang}{suffix}.yaml"
        listed = yamls.read(path) if path.exists() else None
        found += [pytest.param(lang, row, id=f"{lang}: {row['text'][:60]}") for row in listed or []]
    return found


def document(text: str, lang: str = "en", published: str | None = PUBLISHED, **more: Any) -> Document:
    """Return a document with a text."""
    return Document("d1", lang, text, date.fromisoformat(published) if published else None, **more)


def read(lang: str, row: dict[str, Any]) -> list[Claim]:
    """Return the claims of a row's text; its context stands as the title."""
    published = str(row.get("published", PUBLISHED))
    return extract(document(row["text"], lang, published, title=row.get("context"), country=row.get("country", "")))


def as_written(claim: Claim, wanted: str) -> str:
    """Return a claim in the notation of the corpus, with the optional parts that the wanted one names."""
    value = claim.value.normalize()
    parts = [claim.platform, str(claim.metric), str(claim.transformation), f"{value:f}", claim.unit]
    more = {
        "period": claim.period, "area": claim.area, "status": claim.status, "qualifier": claim.qualifier,
        "per": claim.per, "by": (claim.attributed_to or "").replace(" ", "_"),
        "max": None if claim.value_max is None else f"{claim.value_max.normalize():f}",
    }  # fmt: skip
    for part in wanted.split()[len(NAMES) :]:
        name = part.split("=")[0]
        parts.append(f"{name}={more[name]}" if name in more else ("repeat" if claim.repeat else "said once"))
    return " ".join(parts)


@pytest.mark.parametrize(("lang", "row"), rows())
def test_corpus(lang: str, row: dict[str, Any]) -> None:
    check(lang, row)


@pytest.mark.parametrize(("lang", "row"), rows(".gaps"))
@pytest.mark.xfail(strict=True, reason="a known gap: move the row to the corpus once it is read")
def test_gaps(lang: str, row: dict[str, Any]) -> None:
    check(lang, row)


def check(lang: str, row: dict[str, Any]) -> None:
    """Compare the claims of a row with those wanted, in the order of the text."""
    found = read(lang, row)
    wanted = [str(claim) for claim in row["claims"]]
    written = [as_written(claim, want) for claim, want in zip(found, [*wanted, *[""] * len(found)], strict=False)]
    assert written == wanted


# --- what must hold for any text

ALPHABET = "abcéßñ ABC Netflix Disney+ 0123456789 .,;:!?%€$£+-–—'’\"«»()\n\u00a0\u202f|\t"
WORDS = [
    "Netflix", "Disney+", "abonnés", "subscribers", "million", "millions", "12", "3,5", "4.5", "$", "€", "%", "a perdu",
    "rose", "from", "to", "contre", "respectivement", "chacun", "each", "2023", ".", ",", "\n", "(", ")", "revenue",
    "Umsatz", "Kunden", "auf", "um", "suscriptores", "de", "il", "the", "company", "respectively", "|", ":", "- ",
]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@given(
    text=st.one_of(
        st.text(max_size=200), st.text(ALPHABET, max_size=300), st.lists(st.sampled_from(WORDS)).map(" ".join)
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_text(lang: str, text: str) -> None:
    """Nothing raises, quotes are the words at their offsets, and the same text gives the same claims."""
    given_text = document(text, lang)
    claims = extract(given_text)
    assert claims == extract(given_text)
    assert explain.explain(given_text)
    for claim in claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote != ""
        assert claim.platform in platforms.registry()
        assert 0 <= claim.confidence <= 1
        assert claim.low is None or claim.high is None or claim.low <= claim.high


@pytest.mark.parametrize("lang", LANGUAGES)
def test_empty_document(lang: str) -> None:
    assert extract(document("", lang)) == []
    assert extract(document("", lang, published=None)) == []


def test_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        extract(document("Netflix has 5 million subscribers.", "xx"))


@pytest.mark.parametrize(("lang", "row"), rows())
def test_blanks_of_printers_change_nothing(lang: str, row: dict[str, Any]) -> None:
    """No-break blanks, narrow blanks and curly apostrophes read as plain ones."""
    plain = extract(document(row["text"], lang))
    printed = row["text"].replace("'", "’")
    for unit in ("millions", "milliards", "million", "%", "€", "euros", "Millionen", "Prozent", "millones", ":"):
        printed = printed.replace(f" {unit}", f"\u00a0{unit}")
    assert [bare(claim) for claim in extract(document(printed, lang))] == [bare(claim) for claim in plain]


def bare(claim: Claim) -> tuple[Any, ...]:
    """Return what a claim says, without how it was printed."""
    return (claim.platform, claim.metric, claim.transformation, claim.value, claim.unit, claim.period, claim.area)


def test_hedges_bound_the_value() -> None:
    """A rounded number stands for what rounds to it; more than is open upwards, up to is open downwards."""
    rounded, least, most = (
        extract(document(f"Netflix has {words} subscribers."))[0]
        for words in ("100 million", "more than 6 million", "up to 8 million")
    )
    assert (rounded.low, rounded.high) == (Decimal(95_000_000), Decimal(105_000_000))
    assert (least.qualifier, least.low, least.high) == (Qualifier.MIN, Decimal(6_000_000), None)
    assert (most.qualifier, most.low, most.high) == (Qualifier.MAX, None, Decimal(8_000_000))


def test_what_a_text_says_twice_is_marked() -> None:
    text = "Netflix passes 300 million subscribers\n\nNetflix has 300 million subscribers, it said on Tuesday."
    assert [claim.repeat for claim in extract(document(text))] == [False, True]


def test_plans_tell_prices_apart() -> None:
    text = "Netflix charges $7.99 a month with ads, $17.99 for Standard and $24.99 for Premium."
    assert [(int(claim.value), claim.segment) for claim in extract(document(text))] == [
        (7, "ads"),
        (17, "standard"),
        (24, "premium"),
    ]


def test_a_quote_holds_the_words_that_give_the_number_its_meaning() -> None:
    claim = extract(document("La plateforme Netflix revendique plus de 10 millions d'abonnés en France.", "fr"))[0]
    assert claim.quote == "plus de 10 millions d'abonnés"


def test_a_loss_of_at_least_is_at_most_its_negative() -> None:
    claim = extract(document("Peacock lost more than 2 million subscribers."))[0]
    assert (claim.value, claim.low, claim.high) == (Decimal(-2_000_000), None, Decimal(-2_000_000))


def test_cells_of_a_table_take_their_meaning_from_their_heads() -> None:
    text = "Abonnés en millions\nNetflix 10,1 9,2\nDisney+ 5,3 4,4"
    cells = tuple(
        Cell(text[at : at + length], at, at + length, row, column, (head,), (year,))
        for row, head, start in ((0, "Netflix", 20), (1, "Disney+", 37))
        for column, year in ((0, "2023"), (1, "2022"))
        for at, length in (
            (text.index((("10,1", "9,2"), ("5,3", "4,4"))[row][column], start), (4, 3, 3, 3)[row * 2 + column]),
        )
    )
    table = Table("Abonnés en millions", 0, len(text), cells)
    page = document(text, "fr", kind=Kind.TABLE, tables=(table,), blocks=(Block("table", 0, len(text)),))
    found = [(c.platform, str(c.metric), int(c.value), c.period) for c in extract(page)]
    assert found == [
        ("netflix", "subscribers", 10_100_000, "2023"),
        ("netflix", "subscribers", 9_200_000, "2022"),
        ("disney_plus", "subscribers", 5_300_000, "2023"),
        ("disney_plus", "subscribers", 4_400_000, "2022"),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Netflix raises its prices", True),
        ("Les plateformes de streaming face à la crise", True),
        ("Mehr Abonnenten für Disney+", True),
        ("El vídeo bajo demanda crece en España", True),
        ("Canal+ gagne des abonnés", True),
        ("Apple unveils a new phone", False),
        ("Apple spends more on streaming", True),
        ("Orange peels are healthy", False),
        ("The stock market closed higher", False),
        ("Le club a gagné son match", False),
    ],
)
def test_names_platform(text: str, named: bool) -> None:
    assert platforms.names_platform(text) is named


def test_registry_holds_no_unknown_parent() -> None:
    slugs = platforms.registry()
    assert {entry.parent for entry in slugs.values() if entry.parent} <= set(slugs)


def test_version_is_a_short_digest() -> None:
    assert version() == version()
    assert len(version()) == 12


def test_explain_names_the_winner() -> None:
    lines = explain.explain(document("Netflix has 5 million subscribers, and 3 new seasons."))
    assert any("netflix subscribers level" in line for line in lines)
    assert any(line.strip().startswith(">") and "subscribers" in line for line in lines)


# --- pages about something else

OFF_TOPIC = {
    "en": """City beat United 3-1 in front of 53,400 spectators. The game, shown on Sky Sports, was
        watched by the club's owner, who paid £220 million in 2008. Ticket prices rose 8% to £45. The mayor won 54%.""",
    "fr": """Le PSG l'a emporté 3-1 devant 45 000 spectateurs, samedi, lors d'un match diffusé sur Canal+. Le club,
        racheté 70 millions d'euros en 2011, vise un budget de 800 millions. Le maire a recueilli 54 % des voix.""",
    "de": """Bayern gewann am Samstag vor 75.000 Zuschauern mit 3:1. Der Verein setzte zuletzt 854 Millionen Euro um,
        ein Plus von 14 Prozent. Die Partei kam bei der Wahl auf 27,4 Prozent der Stimmen.""",
    "es": """El Betis ganó 3-1 ante 52.000 espectadores. El club facturó 150 millones de euros, un 12% más. El alcalde
        obtuvo el 54% de los votos y anunció una inversión de 30 millones.""",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_about_something_else_gives_no_claims(lang: str) -> None:
    assert extract(document(" ".join(OFF_TOPIC[lang].split()), lang)) == []


# --- the annotated article that the project began with, where it lies beside the checkout

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "bench"
SAID = ("platform", "metric", "transformation", "unit", "per", "status", "qualifier")


@pytest.mark.skipif(
    not (SHARED / "seed_gold.jsonl").exists(), reason="the annotated articles are not beside the checkout"
)
def test_first_article_gives_its_figures_and_no_others() -> None:
    row = json.loads((SHARED / "seed_gold.jsonl").read_text(encoding="utf-8"))
    page = Document(row["doc_id"], row["lang"], row["text"], date.fromisoformat(row["published"]), row["title"])
    found = {(c.platform, str(c.metric), c.unit, float(c.value)): c for c in extract(page)}
    assert len(extract(page)) == len(found) == len(row["figures"])
    for figure in row["figures"]:
        claim = found[(figure["platform"], figure["metric"], figure["unit"], float(figure["value"]))]
        for key in (*SAID, "period", "area", "attributed_to"):
            assert getattr(claim, key) in (figure[key], *figure.get("alt", {}).get(key, [])), (figure["quote"], key)
        assert claim.repeat == figure.get("repeat", False)
