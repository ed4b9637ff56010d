"""Areas as tables: `corpus/areas_<lang>.yaml`; known gaps in `.gaps.yaml` are strict xfails.

A row: a text and the words that must be found in it, in order, each with its area and, if given, its kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl import yamls
from etl.extract import areas, words

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "fr", "de", "es")
GROUPS = {"WW", "UCAN", "EMEA", "LATAM", "APAC", "EU", "EUROPE"}


def rows() -> list[Any]:
    found = []
    for path in sorted(CORPUS.glob("areas_*.yaml")):
        lang, gap = path.stem.split("_")[1][:2], path.name.endswith(".gaps.yaml")
        for number, row in enumerate(yamls.read(path) or []):
            marks = [pytest.mark.xfail(strict=True, reason="known gap")] if gap else []
            found.append(pytest.param(lang, row, id=f"{path.stem}-{number + 1}", marks=marks))
    return found


@pytest.mark.parametrize(("lang", "row"), rows())
def test_corpus(lang: str, row: dict[str, Any]) -> None:
    text, wanted = row["text"], row.get("want") or {}
    mentions = areas.find(text, lang)
    found = {text[m.start : m.end]: m for m in mentions}
    assert list(found) == list(wanted), f"in {text!r}"
    for named, expected in wanted.items():
        area, *kind = str(expected).split()
        assert found[named].area == area
        assert not kind or found[named].kind == kind[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_name_in_every_language(lang: str) -> None:
    codes = {str(code) for code in words.load(lang, "areas")["countries"]}
    assert all(len(code) == 2 and code.isupper() for code in codes)
    assert {"US", "FR", "DE", "ES", "GB", "NO", "BR", "IN", "JP", "ZA", "NG"} <= codes
    assert len(codes) > 225


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_name_is_found_alone(lang: str) -> None:
    table = words.load(lang, "areas")
    for code, names in table["countries"].items():
        for name in names:
            name = str(name).rstrip("!")
            found = areas.find(f"x, {name}.", lang)
            assert [m.area for m in found] == [str(code)], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_groups_are_the_vocabulary(lang: str) -> None:
    assert set(words.load(lang, "areas")["groups"]) == GROUPS


def test_wider_areas() -> None:
    assert areas.groups("FR") == ("EU", "EUROPE", "EMEA", "WW")
    assert areas.groups("US") == ("UCAN", "WW")
    assert areas.groups("GB") == ("EUROPE", "EMEA", "WW")
    assert areas.groups("WW") == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ", "U.", "...", "EE.", "\n", "A" * 300, "U.S.\nOpen"])
def test_odd_texts_do_no_harm(lang: str, text: str) -> None:
    assert all(text[m.start : m.end].strip() for m in areas.find(text, lang))


def test_unknown_language() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        areas.find("France", "xx")
