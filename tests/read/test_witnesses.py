"""Which witness dates a page, and what tells its language, on pages of a few lines."""

from __future__ import annotations

from datetime import UTC, date, datetime

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
    ("head", "body", "day", "witness"),
    [
        ("<meta name='article:published_time' value='2017-01-13T21:45:08Z'>", "", date(2017, 1, 13), "meta"),
        ('<script>var d={"datePublished":"2020-07-09T10:04:04Z"}</script>', "", date(2020, 7, 9), "json"),
    ],
)
def test_date(head: str, body: str, day: date, witness: str) -> None:
    document = read.read(page(head, body).encode(), url="https://a.example/2020/07/05/story")
    assert (document.published, document.published_from) == (day, witness)


PUBLISHED = (
    '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":"2020-07-09T02:04:04Z"}</script>'
)


@pytest.mark.parametrize(
    ("url", "line", "day"),
    [
        ("https://a.example/2020/07/08/story", "", date(2020, 7, 8)),
        ("https://a.example/2020/07/08/story", "<p class=date>July 9, 2020</p>", date(2020, 7, 9)),
        ("https://a.example/story", "<time class=published datetime='2020-07-08T22:04:04-04:00'></time>"
         "<time class=published datetime='2020-07-09T12:00:00-04:00'></time>"
         "<time class=published datetime='2020-07-09T13:00:00-04:00'></time>", date(2020, 7, 8)),
    ],
    ids=["the address alone knows the clock", "two clocks disagree", "comments have times too"],
)  # fmt: skip
def test_a_moment_in_utc_is_of_the_day_that_most_clocks_of_the_publisher_show(url: str, line: str, day: date) -> None:
    assert read.read(page(PUBLISHED, f"<h1>Members at last</h1>{line}").encode(), url=url).published == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("<p class=meta><a href='/2017/08/08/'>08/08/2017</a> <a href='/a'>Nell Harrow</a>, <a href='/b'>Masts</a></p>"
         "<h1>Black aerials</h1><p class=meta><a href='/2017/11/30/'>November 30, 2017</a></p>", date(2017, 8, 8)),
        ("<h1>News</h1><p class=datum>[<a href='/2014/07/19/day'>Saturday, 19 July 2014</a>]</p>"
         "<p>on 28 September 2014 we want to go to the hills and put up masts for all who live there.</p>",
         date(2014, 7, 19)),
        ("<p><a href='/who'>of Nell Harrow, 8 May 2012</a></p>", date(2012, 5, 8)),
        ("<h1>Masts at the dam</h1><p>Nell Harrow before the dam of Upper Aerial, 24 April 2023</p><p>x</p>"
         "<p class=date>Date 28 April 2023</p>", date(2023, 4, 28)),
    ],
    ids=["the day beside the headline", "a link to what was published on it", "the only day", "a caption"],
)  # fmt: skip
def test_which_line_is_the_date_line(lines: str, day: date) -> None:
    document = read.read(page("", lines).encode(), url="https://a.example/story")
    assert (document.published, document.published_from) == (day, "text")
    assert document.modified is None


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


META = "<meta name='article:published_time' content='{}'>"


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (META.format("2024-02-08T09:00:00Z") + "<meta name='date' content='2024-02-08'>", 0.92),
        (META.format("2024-02-08T09:00:00Z") + '<script>var d={"datePublished":"2024-02-07"}</script>', 0.99),
        (META.format("2024-02-08T09:00:00Z") + '<script>var d={"datePublished":"2023-02-08"}</script>', 0.77),
        ("", 0.0),
    ],
    ids=["one witness, twice", "two on days beside each other", "two that disagree", "none"],
)
def test_how_sure_a_day_is(head: str, sure: float) -> None:
    document = read.read(page(head, "").encode(), url="https://a.example/story")
    assert document.published_sure == sure
    assert bool(document.doubts) == (sure == 0.77)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2031-01-01T09:00:00Z", "after the day on which the page was fetched"),
        ("0001-01-01T00:00:00", "before 1994"),
        ("2024-13-45", "no such day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(written: str, why: str) -> None:
    made = page(META.format(written), "<h1>Members at last</h1><p>Published 3 May 2024</p>")
    document = read.read(made.encode(), fetched_at=datetime(2024, 6, 1, tzinfo=UTC))
    assert (document.published, document.published_from) == (date(2024, 5, 3), "text")
    [refused] = [one for one in document.witnesses if one.refused]
    assert (refused.by, refused.day, refused.written) == ("meta", None, written)
    assert why in refused.refused and any(why in doubt and written in doubt for doubt in document.doubts)


def test_a_day_of_creation_contradicts_no_day_of_publication() -> None:
    entry = '{"@type":"NewsArticle","headline":"x","datePublished":"2024-02-08","dateCreated":"2024-01-20"}'
    document = read.read(page(f'<script type="application/ld+json">{entry}</script>', "").encode())
    assert (document.published, document.doubts, document.published_sure) == (date(2024, 2, 8), (), 0.92)
    assert [(one.of, str(one.day)) for one in document.witnesses] == [
        ("published", "2024-02-08"),
        ("published", "2024-02-08"),  # the data of the page's scripts hold the same entry
        ("created", "2024-01-20"),
    ]


def test_every_witness_is_kept_the_believed_first() -> None:
    head = "<meta name='article:modified_time' content='2024-02-20'>" + META.format("2024-02-08T09:00:00Z")
    document = read.read(page(head, "").encode(), url="https://a.example/2024/02/01/story")
    assert [(one.of, one.by, str(one.day)) for one in document.witnesses] == [
        ("published", "meta", "2024-02-08"),
        ("published", "url", "2024-02-01"),
        ("modified", "meta", "2024-02-20"),
    ]


def stated(moment: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{moment}"}}</script>'


@pytest.mark.parametrize(
    ("moment", "address", "day", "witness"),
    [
        ("2024-03-05T23:30:00Z", "2024/03/06", date(2024, 3, 6), "url"),  # past midnight in Europe
        ("2024-03-05T23:30:00Z", "2024/03/04", date(2024, 3, 5), "json-ld"),  # nowhere: the draft was begun that day
        ("2024-03-05T02:30:00Z", "2024/03/04", date(2024, 3, 4), "url"),  # the evening before in America
        ("2024-03-05T02:30:00Z", "2024/03/06", date(2024, 3, 5), "json-ld"),
        ("2024-03-05T23:30:00+01:00", "2024/03/06", date(2024, 3, 5), "json-ld"),
    ],
)
def test_a_moment_in_utc_and_the_day_of_the_address(moment: str, address: str, day: date, witness: str) -> None:
    document = read.read(page(stated(moment), "").encode(), url=f"https://a.example/{address}/story")
    assert (document.published, document.published_from) == (day, witness)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p class=when>December 3, 2024. Updated: December 7, 2024</p>", date(2024, 12, 3)),
        ("<time>Published on August 19, 2019August 19, 2019 • 319 likes</time>", date(2019, 8, 19)),
        ("<p>Guide | February 1, 2022</p>", date(2022, 2, 1)),
    ],
)
def test_a_date_line(line: str, day: date) -> None:
    assert read.read(page("", f"<h1>Members in every market</h1>{line}").encode()).published == day


def test_a_local_time_beside_one_in_utc() -> None:
    body = "<h1>Members in every market</h1><p>Nell Harrow 3/5/2022 22:41</p>"
    html = page(stated("2022-05-04T02:41:00Z"), body).replace("lang=en", "lang=es")
    assert read.read(html.encode()).published == date(2022, 5, 3)


def test_british_english_writes_the_day_first() -> None:
    body = "<h1>Members in every market</h1><p class=date>Published 02/10/2020</p>"
    assert read.read(page("", body).encode()).published == date(2020, 2, 10)
    assert read.read(page("", body).replace("lang=en", "lang=en-GB").encode()).published == date(2020, 10, 2)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("https://a.example/profile/nell-harrow, Nell Harrow", ("Nell Harrow",)),
        ("https://social.example/thepost", ()),
        ("Nell Harrow (nell@a.example)", ("Nell Harrow",)),
    ],
)
def test_an_address_is_no_author(author: str, names: tuple[str, ...]) -> None:
    assert read.read(page(f'<meta name="author" content="{author}">', "").encode()).authors == names


def test_filler_is_no_language() -> None:
    filler = (
        "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore. " * 4
    )
    assert told(filler, "en") == "en"


FRENCH = (
    "<p>Le service a gagné des abonnés dans tous les pays où il est entré, a dit la société à ses actionnaires.</p>" * 4
)
QUOTED = "We have grown in every market that we have entered, and we will go on to grow in all of them, said the chief."


def test_a_block_has_its_own_language_only_where_it_clearly_is_another() -> None:
    blocks = (
        f"<blockquote>{QUOTED}</blockquote><p>« The show must go on »</p><p>Netflix, Disney+, HBO Max, Paramount+, "
    )
    blocks += "Apple TV+, Peacock, Starz, Joyn, Viaplay, Molotov, Salto, Universal+, Filmin, Movistar+ : 9,99 €</p>"
    document = read.read(f"<html lang=fr><head><title>Le service</title></head><body><main>{FRENCH}{blocks}".encode())
    assert document.lang == "fr"
    foreign = [(block.lang, document.text[block.start : block.end]) for block in document.blocks if block.lang]
    assert foreign == [("en", QUOTED)]
