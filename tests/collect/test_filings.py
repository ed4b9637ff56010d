"""Letters to shareholders: from a company's list of filings to the exhibits, each fetched once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

from etl import archive
from etl.collect import filings
from etl.collect.replay import violations

FORMS = [
    ("8-K", "2.02,9.01", "0000000007-26-000003", "2026-10-20"),
    ("8-K", "5.02", "0000000007-26-000002", "2026-10-10"),
    ("10-Q", "", "0000000007-26-000001", "2026-10-22"),
    ("8-K", "2.02", "0000000007-26-000000", "2026-04-20"),
]
FOLDER = "/data/7/000000000726000003"


def listing(forms: list[tuple[str, str, str, str]]) -> str:
    names = ("form", "items", "accessionNumber", "filingDate")
    recent = {name: [form[place] for form in forms] for place, name in enumerate(names)}
    return json.dumps({"cik": "0000000007", "filings": {"recent": recent}})


def index(*names: str) -> str:
    return json.dumps({"directory": {"item": [{"name": name} for name in names]}})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)
    routes: dict[str, Any] = {
        "/list.json": {"body": listing(FORMS), "headers": {"Content-Type": "application/json"}},
        f"{FOLDER}/index.json": {"body": index("a-20261020.htm", "ex991_q326.htm", "ex-99.2.pdf", "R1.htm")},
        f"{FOLDER}/ex991_q326.htm": {"html": "<p>Fellow shareholders</p>"},
    }
    with serve(Site(routes)) as found:
        found.words = {"base": found.base}
        monkeypatch.setattr("etl.collect.filings.ARCHIVES", f"{found.base}/data")
        yield found


def kept(home: Path, night: date) -> list[str]:
    return [page.url.rpartition("/")[2] for page, _ in archive.pages(home / "archive", night, "zoo")]


def test_letters(tmp_path: Path, site: Site) -> None:
    """Only filings of results of the last quarter, of them only the letters; the next night asks for the list alone."""
    what = source(site, kind="filings", url="{base}/list.json")
    result = run(tmp_path, what)
    assert (result.failed, result.pages, result.problems) == (False, 1, [])
    assert kept(tmp_path, NIGHT) == ["ex991_q326.htm"]
    assert violations(result.requests, [what]) == []
    site.asked.clear()
    again = run(tmp_path, what, NIGHT + timedelta(days=1))
    assert (again.failed, again.pages) == (False, 0)
    assert site.paths() == ["/list.json"]


def test_a_letter_that_failed_is_tried_again(tmp_path: Path, site: Site) -> None:
    """What did not come tonight comes another night; the other letters of the filing are not asked for twice."""
    what = source(site, kind="filings", url="{base}/list.json")
    site.routes[f"{FOLDER}/index.json"] = {"body": index("ex991_q326.htm", "ex992_q326.htm")}
    site.routes[f"{FOLDER}/ex992_q326.htm"] = {"html": "<p>Tables</p>"}
    letter, site.routes[f"{FOLDER}/ex991_q326.htm"] = site.routes[f"{FOLDER}/ex991_q326.htm"], {"status": 500}
    assert any("HTTP 500" in problem for problem in run(tmp_path, what).problems)
    site.routes[f"{FOLDER}/ex991_q326.htm"] = letter
    assert kept(tmp_path, NIGHT) == ["ex992_q326.htm"]
    assert run(tmp_path, what, NIGHT + timedelta(days=1)).pages == 1
    assert kept(tmp_path, NIGHT + timedelta(days=1)) == ["ex991_q326.htm"]
    assert site.paths().count(f"{FOLDER}/ex992_q326.htm") == 1


WRONG = ["", "{}", "[]", '{"cik": "x", "filings": {"recent": {}}}', '{"cik": 7, "filings": 3}', "[" * 100_000, "<html>"]


@pytest.mark.parametrize("body", WRONG, ids=[body[:20] for body in WRONG])
def test_what_is_no_list(tmp_path: Path, site: Site, body: str) -> None:
    """The source fails by name, whatever came."""
    site.routes["/list.json"] = {"body": body}
    result = run(tmp_path, source(site, kind="filings", url="{base}/list.json"))
    assert result.failed
    assert result.requests[-1].outcome in ("not_a_dataset", "empty_body")


@pytest.mark.parametrize("body", WRONG, ids=[body[:20] for body in WRONG])
def test_what_is_no_index(body: str) -> None:
    assert filings.letters(body.encode()) == []


NAMES = {
    "ex991_q226.htm": True,
    "dis-ex991.htm": True,
    "exhibit99-1.html": True,
    "q42025exhibit991.htm": True,
    "ex101.htm": False,
    "R2.htm": False,
    "ex99.pdf": False,
    "../ex99.htm": False,
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_letters(name: str) -> None:
    assert bool(filings.letters(index(name).encode())) == NAMES[name]
