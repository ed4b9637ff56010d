"""What no reader of a page sees is not read: boxes out of sight, and characters that show nothing."""

from __future__ import annotations

import pytest

from etl import read

STORY = "".join(
    f"<p>In month {n} the service gained members in every market that it had entered, its owner told investors.</p>"
    for n in range(8)
)
LURE = "Netflix had 999 million subscribers worldwide at the end of 2023, the company said in its letter."


def text(inner: str) -> str:
    head = "<head><title>Members in every market</title></head>"
    page = f"<html lang=en>{head}<body><main><article><h1>Members in every market</h1>{STORY}{inner}{STORY}</article>"
    return read.read(f"{page}</main></body></html>".encode(), url="https://a.example/story/members").text


@pytest.mark.parametrize(
    "box",
    [
        '<p style="display:none">{}</p>',
        '<p style="color: red; DISPLAY : None !important">{}</p>',
        '<div style="visibility: hidden"><p>{}</p></div>',
        '<p style="opacity:0">{}</p>',
        '<p style="font-size:0">{}</p>',
        '<p style="font-size: 1px; line-height: 1px">{}</p>',
        '<p style="color:#FFFFFF;background:white">{}</p>',
        '<p style="color:transparent">{}</p>',
        '<p style="position:absolute;left:-9999px">{}</p>',
        '<p style="text-indent: -5000px">{}</p>',
        '<div style="height:0;overflow:hidden"><p>{}</p></div>',
        '<div style="transform: scale(0)"><p>{}</p></div>',
        '<p style="position:absolute;clip:rect(0,0,0,0)">{}</p>',
        "<dialog><p>{}</p></dialog>",
        "<textarea>{}</textarea>",
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
        "<!-- <p>{}</p> -->",
        '<script>document.write("{}")</script>',
        '<img alt="{}" src="/a.png">',
    ],
)
def test_a_number_out_of_sight_is_not_read(box: str) -> None:
    assert "999" not in text(box.format(LURE))


@pytest.mark.parametrize(
    "box",
    [
        '<p style="color:#333;background:#fff">{}</p>',
        '<p style="opacity:0.9;font-size:10px">{}</p>',
        '<p style="height:20px;overflow:hidden">{}</p>',
        '<p style="margin-top:-10px;min-height:0">{}</p>',
        "<details><summary>More</summary><p>{}</p></details>",
    ],
)
def test_a_number_in_sight_is_read(box: str) -> None:
    assert LURE in text(box.format(LURE))


def test_what_a_template_hides_all_over_the_page_is_the_page() -> None:
    """Boxes that appear when one scrolls to them are hidden until a script shows them."""
    shown = "".join(f'<div style="opacity:0">{STORY.replace("month", f"year {n}, month")}</div>' for n in range(6))
    assert "In year 5, month 7" in text(shown)


@pytest.mark.parametrize(
    "written",
    [
        "260\u200b million",
        "26\u20600 million",
        "260 mil\u00adlion",
        "26&shy;0 million",
        "2&#8203;60 million",
        "\u200e260\u200f million",
        "\ufeff260 million",
        "\u202e062\u202c million",
        "&#8238;062&#x202C; million",
    ],
)
def test_a_number_is_read_as_it_is_shown(written: str) -> None:
    assert "Netflix had 260 million subscribers" in text(
        f"<p>Netflix had {written} subscribers, it said in a letter.</p>"
    )


def test_no_break_spaces_and_joiners_of_letters_stay() -> None:
    assert "260\u00a0000\u202f000 abonnés" in text(
        "<p>Netflix compte 260\u00a0000\u202f000 abonnés, dit-il aux siens.</p>"
    )
    assert "می\u200cخواهم" in text("<p>Netflix says می\u200cخواهم to its members, and nobody knows what it means.</p>")
