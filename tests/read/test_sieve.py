"""What names a platform gets through in whatever way it is written; what names none does not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from etl import read
from etl.extract import platforms
from etl.read import Sieve

PAGES = Path(__file__).with_name("pages")
SIEVE = Sieve(*platforms.spellings())
ENCODINGS = ("utf-8", "utf-16", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "markup",
    [
        "<p>Disney&#43; gains</p>",
        "<p>N&#101;tflix gains</p>",
        "<p>Canal&nbsp;+ gagne</p>",
        "<p>Net&shy;flix gains</p>",
        "<p><span class='drop'>N</span>etflix gains</p>",
        "<p>Net<b>fl</b>ix gains</p>",
        "<p>Net<!-- a > b -->flix gains</p>",
        "<p>Star<sup>+</sup> gains</p>",
        "<p>HBO <i>Max</i> gains</p>",
        "<p>NETFLIX gains</p>",
        "<p>Die Mediatheken wachsen</p>",
        "<p>la télévision <b>payante</b></p>",
        "<p>la t&eacute;l&eacute;vision payante</p>",
        "<head><meta property='og:title' content='Netflix gains'></head><p>It does.</p>",
        '<p>It does.</p><script>{"headline": "La t\\u00e9l\\u00e9vision payante"}</script>',
        "<table><tr><td><img alt='Netflix'></td><td>5</td></tr></table>",
        "<!-- <script> --><p>Netflix gains</p><script></script>",
        "<script src='a.js' /><p>Netflix gains</p><script></script>",
        "<p data-made='a > <script>'>One.</p><p>Netflix gains</p><script></script>",
        "Netflix;5;6",
    ],
)
def test_a_name_gets_through_however_it_is_written(markup: str, encoding: str) -> None:
    body = markup.encode(encoding)
    assert SIEVE.lets_through(body)
    assert SIEVE.lets_through(gzip.compress(body))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "markup",
    [
        "<p>The council met on Tuesday.</p>",
        "<p>Maxime spielte starke Sätze.</p><script>Math.max(netflix)</script>",
        "<p>Read it <a href='https://a.example/netflix'>here</a>.</p>",
    ],
)
def test_what_names_none_is_set_aside(markup: str, encoding: str) -> None:
    assert not SIEVE.lets_through(markup.encode(encoding))


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"\x1f\x8bgarbage"])
def test_what_is_no_text_is_left_to_the_reader(body: bytes) -> None:
    assert SIEVE.lets_through(body)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/page.html")), ids=lambda path: path.parent.name)
def test_no_page_is_set_aside_whose_document_names_a_platform(path: Path) -> None:
    body = path.read_bytes()
    document = read.read(body)
    if platforms.names_platform(f"{document.title or ''}\n{document.text}"):
        assert SIEVE.lets_through(body)
