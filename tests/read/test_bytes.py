"""Bytes of every kind: what cannot be read says why and raises nothing."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date

import pytest

from etl import read
from etl.model import Kind
from etl.read.decode import decode

PAGE = "<html lang='fr'><body><h1>Été</h1><p>Le prix passe à 9,99 € par mois – dès l’été.</p></body></html>"
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Le Journal du câble</title><language>fr</language>
<item><title>Canal+ s&#8217;offre un studio &amp; deux chaînes</title><link>https://cable.example/a</link>
<dc:creator>Agathe Meunier</dc:creator><pubDate>Thu, 14 Mar 2024 00:30:00 +0100</pubDate>
<description>Un résumé.</description>
<content:encoded><![CDATA[<p>Le groupe paie 120&nbsp;millions d’euros.</p>
<ul><li>Studio : 80&nbsp;millions</li></ul>]]></content:encoded>
</item><item><title>Sans texte</title><link>https://cable.example/b</link></item></channel></rss>"""


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (PAGE.encode("utf-8"), ""),
        (b"\xef\xbb\xbf" + PAGE.encode("utf-8"), "text/html; charset=iso-8859-1"),
        (PAGE.encode("utf-16"), ""),
        (PAGE.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (PAGE.encode("cp1252"), "text/html; charset=utf-8"),
        (PAGE.encode("utf-8"), "text/html; charset=latin-1"),
        (gzip.compress(PAGE.encode("utf-8")), ""),
        (gzip.compress(gzip.compress(PAGE.encode("utf-8"))), ""),
    ],
)
def test_decodes_to_the_same_text(body: bytes, header: str) -> None:
    assert decode(body, header) == PAGE


def test_a_stray_byte_does_not_spoil_the_rest() -> None:
    assert decode("déjà à l’été ".encode() + b"caf\xe9") == "déjà à l’été café"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><h1>{}</h1></body></html><main>{}</main></body></html>",
        "<html><head></head><body><h1>{}</h1></BODY ><main>{}</main></html>",
        "<html><body><h1>{}</h1></html><!doctype html><html><head></head><body><main>{}</main></body>",
    ],
)
def test_what_stands_behind_an_end_of_the_body_is_read(page: str) -> None:
    told = [
        f"Sentence {number} of the story of a mast that was put up behind the end of a page." for number in range(9)
    ]
    document = read.read(page.format("Masts at last", "".join(f"<p>{one}</p>" for one in told)).encode())
    assert document.text == "\n".join(["Masts at last", *told])


def test_what_a_server_complains_of_is_not_read() -> None:
    wrong = (
        "<br />\n<b>Warning</b>:  Use of undefined constant mast in <b>/home/a/mast.php</b> on line <b>928</b><br />\n"
    )
    told = [
        f"Sentence {number} of the story of a mast that was put up while a server complained." for number in range(9)
    ]
    page = f"<html lang=en><body>{3 * wrong}<h1>Masts at last</h1>{wrong.join(f'<p>{one}</p>' for one in told)}{wrong}"
    assert read.read(page.encode()).text == "\n".join(["Masts at last", *told])


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        (b"", "empty body"),
        (b"   \n", "empty body"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8bgarbage", "broken gzip"),
        (bytes(range(256)) * 20, "binary data"),
    ],
)
def test_unreadable_says_what_came(body: bytes, evidence: str) -> None:
    document = read.read(body, url="https://a.example/x")
    assert document.kind is Kind.UNREADABLE
    assert evidence in document.evidence
    assert document.digest == hashlib.sha256(body).hexdigest()


def test_a_broken_address_does_not_matter() -> None:
    document = read.read(PAGE.encode(), url="http://[broken")
    assert (document.kind, document.url, document.title) == (Kind.ARTICLE, "http://[broken", "Été")


def test_truncated_gzip_is_read_as_far_as_it_goes() -> None:
    body = gzip.compress((PAGE + "<!-- -->" * 2000).encode())
    assert "9,99 €" in read.read(body[:-12]).text


def test_document_id_names_address_and_body() -> None:
    body = PAGE.encode()
    expected = hashlib.sha256(f"https://a.example/\n{hashlib.sha256(body).hexdigest()}".encode()).hexdigest()[:16]
    assert read.read(body, url="https://a.example/").document_id == expected


def test_body_text_is_the_text_without_the_headline() -> None:
    document = read.read(PAGE.encode())
    assert document.text.startswith("Été\n")
    assert read.body_text(document) == "Le prix passe à 9,99 € par mois – dès l’été."


def test_feed_gives_a_document_an_item() -> None:
    first, second = read.feed(RSS.encode(), url="https://cable.example/rss", language="fr")
    assert (
        first.text
        == "Canal+ s’offre un studio & deux chaînes\nLe groupe paie 120\xa0millions d’euros.\nStudio : 80\xa0millions"
    )
    assert (first.published, first.published_from, first.lang) == (date(2024, 3, 14), "feed", "fr")
    assert (first.url, first.authors, first.site) == (
        "https://cable.example/a",
        ("Agathe Meunier",),
        "Le Journal du câble",
    )
    assert second.kind is Kind.EMPTY_SHELL


def test_a_web_page_instead_of_a_feed_is_named() -> None:
    (document,) = read.feed(PAGE.encode(), url="https://cable.example/rss")
    assert document.kind is Kind.UNREADABLE
    assert "a web page came instead of a feed" in document.evidence
