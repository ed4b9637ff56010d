"""Periods as tables: `corpus/periods_<lang>.yaml`; known gaps in `.gaps.yaml` are strict xfails.

A row: a text, the words that must be found in it, in order, each with its period, its kind, or both ("2025 deadline").
`from`: a period that an anaphoric mention refers to, and the one that it then means.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import yamls
from etl.extract import periods, words
from etl.extract.periods import calendars

CORPUS = Path(__file__).parent / "corpus"
KINDS = {"absolute", "relative", "fiscal", "anaphoric", "deadline", "since", "now", "comparison", "sequential"}
PUBLISHED = date(2017, 10, 27)


def rows() -> list[Any]:
    found = []
    for path in sorted(CORPUS.glob("periods_*.yaml")):
        lang, gap = path.stem.split("_")[1][:2], path.name.endswith(".gaps.yaml")
        for number, row in enumerate(yamls.read(path) or []):
            marks = [pytest.mark.xfail(strict=True, reason="known gap")] if gap else []
            found.append(pytest.param(lang, row, id=f"{path.stem}-{number + 1}", marks=marks))
    return found


@pytest.mark.parametrize(("lang", "row"), rows())
def test_corpus(lang: str, row: dict[str, Any]) -> None:
    published = row.get("published", PUBLISHED)
    text = row["text"]
    mentions = periods.find(text, lang, published)
    assert all(0 <= m.start < m.end <= len(text) and m.kind in KINDS for m in mentions)
    found = {text[m.start : m.end]: m for m in mentions}
    wanted = {str(named): expected for named, expected in (row.get("want") or {}).items()}
    assert list(found) == list(wanted), f"in {text!r}"
    for named, expected in wanted.items():
        mention = found[named]
        for part in str(expected).split():
            if part in KINDS:
                assert mention.kind == part, named
            elif part == "none":
                assert mention.period is None, named
            else:
                assert periods.resolve(mention, published, row.get("platform")) == part, named
    if "from" in row:
        base, landing = row["from"]
        anaphoric = next(m for m in mentions if m.kind == "anaphoric")
        assert periods.relative_to(anaphoric, str(base)) == str(landing)


@pytest.mark.parametrize(
    ("period", "back", "expected"),
    [
        ("2017-Q1", {"years": 1}, "2016-Q1"),
        ("2017-Q1", {"quarters": 1}, "2016-Q4"),
        ("2017-H1", {"months": 6}, "2016-H2"),
        ("2017", {"years": 2}, "2015"),
        ("2017-03", {"months": 3}, "2016-12"),
        ("2024-02-29", {"years": 1}, "2023-02-28"),
        ("2017-10-27", {"days": 30}, "2017-09-27"),
        ("2019/2021", {"years": 1}, "2018/2020"),
        ("2023-10/2024-09", {"years": 1}, "2022-10/2023-09"),
        ("2017-Q3", {"months": 1}, "2017-06/2017-08"),
        ("2022-05-30/2022-06-05", {"days": 7}, "2022-05-23/2022-05-29"),
        ("2016", {"years": -1}, "2017"),
    ],
)
def test_before(period: str, back: dict[str, int], expected: str) -> None:
    assert periods.before(period, **back) == expected


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2017-Q3", "2017-07-01", "2017-09-30"),
        ("2017-H2", "2017-07-01", "2017-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2017-10-27", "2017-10-27", "2017-10-27"),
        ("2019/2021", "2019-01-01", "2021-12-31"),
        ("2020-10/2023-02", "2020-10-01", "2023-02-28"),
    ],
)
def test_interval(period: str, first: str, last: str) -> None:
    assert periods.interval(period) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("wrong", ["", "17", "2017-Q5", "2017-13-01", "autumn", "2017-Q3-1"])
def test_no_interval(wrong: str) -> None:
    with pytest.raises(ValueError):
        periods.interval(wrong)


def test_contains() -> None:
    assert periods.contains("2017", "2017-Q3")
    assert periods.contains("2019/2021", "2020-05")
    assert not periods.contains("2017-Q3", "2017-10")
    assert not periods.contains("2017-10", "2017")


def test_month_of() -> None:
    assert periods.month_of(date(2017, 3, 9)) == "2017-03"


@pytest.mark.parametrize(
    ("platform", "year", "quarter", "expected"),
    [
        ("disney_plus", 2022, 3, "2022-Q2"),
        ("disney", 2023, 1, "2022-Q4"),
        ("apple", 2020, 4, "2020-Q3"),
        ("microsoft", 2024, 1, "2023-Q3"),
        ("fox", 2023, 4, "2023-Q2"),
        ("sony", 2022, 1, "2022-Q2"),
        ("sony", 2022, 4, "2023-Q1"),
        ("zee5", 2024, 4, "2024-Q1"),
    ],
)
def test_fiscal_quarters(platform: str, year: int, quarter: int, expected: str) -> None:
    calendar = calendars.of(platform)
    assert calendar is not None
    assert calendar.period(year, "quarter", quarter) == expected


def test_calendar_changes_with_the_owner() -> None:
    before, after = calendars.of("sky", date(2017, 10, 12)), calendars.of("sky", date(2021, 2, 1))
    assert before is not None and before.period(2017) == "2016-07/2017-06"
    assert after is not None and after.period(2020) == "2020"


def test_calendar_year_is_the_rule() -> None:
    assert calendars.of("netflix") is None
    assert calendars.of(None) is None


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "2017",
        "\n\n2018\n",
        "31.02.2020",
        "Q",
        "T",
        "12/13/2019",
        "1" * 400,
        "99/99/9999 Q9 FY",
        "2017-2016",
        "0000-00-00",
        "'24 ’24",
        "- - -",
    ],
)
def test_odd_texts_do_no_harm(lang: str, text: str) -> None:
    for mention in periods.find(text, lang, None):
        assert text[mention.start : mention.end].strip()
        periods.resolve(mention, None, None)


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es"])
@pytest.mark.parametrize("words", ["2017 ", "of the ", "from 2017 to ", "de ", "1 2 3. ", "Q3 ", "a", "2017-"])
def test_long_runs_take_linear_time(lang: str, words: str) -> None:
    periods.find(words * 10, lang, PUBLISHED)
    begin = time.process_time()
    periods.find(words * (20_000 // len(words)), lang, PUBLISHED)
    assert time.process_time() - begin < 8  # it takes one; a quadratic reader, minutes


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        periods.find("2017", "xx", None)


@pytest.mark.parametrize(
    ("lang", "text", "against"),
    [
        ("en", "It has two points more than in 2016.", True),
        ("en", "It had two points in 2016.", False),
        ("fr", "C'est deux points de plus qu'en 2016.", True),
        ("fr", "Il en avait deux en 2016.", False),
        ("de", "Es sind zwei mehr als im Jahr 2016.", True),
        ("de", "Im Jahr 2016 waren es zwei.", False),
        ("es", "Son dos más que en 2016.", True),
        ("es", "Eran dos en 2016.", False),
    ],
)
def test_what_something_is_compared_with(lang: str, text: str, against: bool) -> None:
    (mention,) = periods.find(text, lang, PUBLISHED)
    assert mention.against is against


ITALIAN = """
date_order: dmy
compact: {quarter: TQ, half: HS}
articles: [un]
ordinals: {terzo: 3}
months: {10: [ottobre]}
quarter: [trimestre]
year: [anno]
fillers: [nel, di, del, dell']
last: [scorso]
adjectives_follow: true
earlier: [prima]
by: [entro, entro il]
"""


def test_a_new_language_is_one_file_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "periods.yaml").write_text(ITALIAN, encoding="utf-8")
    monkeypatch.setattr(words, "LEXICON", tmp_path)
    text = "Nel terzo trimestre del 2016, l'anno scorso, un anno prima, il 3 ottobre, entro il 2020."
    found = [(text[m.start : m.end], m.period, m.kind) for m in periods.find(text, "it", PUBLISHED)]
    assert found == [
        ("terzo trimestre del 2016", "2016-Q3", "absolute"),
        ("anno scorso", "2016", "relative"),
        ("un anno prima", None, "anaphoric"),
        ("3 ottobre", "2017-10-03", "absolute"),
        ("entro il 2020", "2020", "deadline"),
    ]
