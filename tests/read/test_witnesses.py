"""Which heading is the headline, which witness dates a page, and what tells its language, on pages of a few lines."""

from __future__ import annotations

from datetime import date

import pytest

from etl import read
from etl.read.language import in_address, told

PROSE = "<p>The service gained members in every market that it entered, the company told its investors.</p>" * 5
SPANISH = (
    "La plataforma ganó más abonados que en el mismo trimestre del año pasado, según los datos de la empresa. " * 4
)


def page(head: str, body: str) -> str:
    return f"<html lang=en><head>{head}</head><body><main>{body}{PROSE}</main></body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Films vs. Series | Cable Post</title><meta property='og:title' content='Films vs Series: a Duel'>",
         "<h1>Films vs. Series: A Duel</h1>", "Films vs. Series: A Duel"),
        ("<title>New prices | Longwinded Broadcasting Review</title>", "", "New prices"),
        ("<title>Ten ways to save</title>", "<h1>Setting up your living room</h1><h1>Setting up your living room</h1>",
         "Setting up your living room"),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str) -> None:
    assert read.read(page(head, body).encode()).title == title


@pytest.mark.parametrize(
    ("head", "body", "day", "witness"),
    [
        ("<meta name='article:published_time' value='2017-01-13T21:45:08Z'>", "", date(2017, 1, 13), "meta"),
        ('<script>var d={"datePublished":"2020-07-09T10:04:04Z"}</script>', "", date(2020, 7, 9), "json"),
    ],
)
def test_date(head: str, body: str, day: date, witness: str) -> None:
    document = read.read(page(head, body).encode(), url="https://a.example/2020/07/05/story")
    assert (document.published, document.published_from) == (day, witness)


def test_scripts_that_disagree_are_no_witness() -> None:
    scripts = '<script>[{"datePublished":"2020-07-09"},{"datePublished":"2020-07-11"}]</script>'
    document = read.read(page(scripts, "").encode(), url="https://a.example/2020/07/08/story")
    assert (document.published, document.published_from) == (date(2020, 7, 8), "url")


@pytest.mark.parametrize(
    ("text", "declared", "hint", "language"),
    [
        (SPANISH, "en", "", "es"),
        (SPANISH, "", "", "es"),
        ("Canal+ 9,99", "fr", "", "fr"),
        ("3DO | 3DO", "", "en", "en"),
        (SPANISH, "pt", "", "pt"),
    ],
)
def test_language(text: str, declared: str, hint: str, language: str) -> None:
    assert told(text, declared, hint) == language


@pytest.mark.parametrize(
    ("url", "language"),
    [("https://en.a.example/x", "en"), ("https://a.example/fr/x", "fr"), ("https://a.at/x", "de"), ("", "")],
)
def test_address_names_a_language(url: str, language: str) -> None:
    assert in_address(url) == language
