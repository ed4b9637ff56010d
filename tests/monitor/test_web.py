"""The pages inside the Airflow UI, asked as Airflow's server asks them, over a night of the starter and a hostile page.

That nobody sees them without a login, and how they look in a browser, is tested under real Airflow (`tests/night`).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import yaml
from airflow.api_fastapi.core_api.security import get_user
from fastapi.testclient import TestClient

from etl import archive, queries, settings, stage
from etl.collect import sources
from etl.load import reference, scripts
from etl.monitor import web
from etl.steps import nightly, reading
from etl.steps.prove import prove_snapshot

NIGHT = datetime.now(UTC).date() - timedelta(days=1)
HOSTILE = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24">
<title>&lt;script&gt;alert(1)&lt;/script&gt; Netflix ends the year with 260 million subscribers</title></head>
<body><article>
<h1>&lt;script&gt;alert(1)&lt;/script&gt; Netflix ends the year with 260 million subscribers</h1>
<p>Netflix had 260.28 million "&gt;&lt;img src=x onerror=alert(2)&gt; paid subscribers worldwide at the end of 2023, the
company said in its letter to shareholders, more than ever before &lt;svg onload=alert(3)&gt;. Its revenue rose by
12.5 percent in the fourth quarter of 2023.</p></article></body></html>"""


class Somebody:
    """Whoever is logged in."""

    def get_name(self) -> str:
        return "somebody"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages after a night."""
    home = tmp_path_factory.mktemp("pages")
    row = sources.load(settings.CODE / "sources", "sample_netflix_newsroom")
    told = {"title": "Hostile", "kind": "page", "url": "https://hostile.example/", "language": "en", "country": "US"}
    told |= {"authority": "press", "licence": "<b>none</b>", "relevant_only": False}
    (home / "sources").mkdir()
    (home / "sources" / "hostile.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    mine = settings.CODE / "sources" / f"{row.name}.yaml"
    (home / "sources" / mine.name).write_text(mine.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_HOME", str(home / "data"))
        patch.setenv("STREAMLEDGER_SOURCES", str(home / "sources"))
        patch.setitem(web.app.dependency_overrides, get_user, Somebody)
        patch.setitem(web.app.dependency_overrides, web.may_correct, lambda: None)
        nightly.collect(row.name, NIGHT)
        stage.write(settings.load().staging, "sources", NIGHT, "hostile", [reading.source_of("hostile", NIGHT)])
        with archive.Writer(settings.load().archive, NIGHT, "hostile") as writer:
            writer.add(told["url"], 200, {}, HOSTILE.encode(), datetime.now(UTC), "text/html")
        for name in (row.name, "hostile"):
            reading.extract_source(name, NIGHT)
        nightly.load_night(NIGHT)
        nightly.publish_night(NIGHT)
        yield TestClient(web.app)


def links(text: str, to: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'href="(?:/streamledger/)?({to}\?[^"]+)"', text)]


PAGES = (
    "/",
    "/trends",
    "/trends?series=platform%3Dnetflix%26metric%3Dsubscribers%26area%3DEMEA%26kind%3Dquarter&day=2026-01-01",
    "/sources",
    "/review",
    "/figure?platform=netflix&metric=subscribers&period=2023-Q4",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_served_under_its_policy_and_names_no_other_host(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert " style=" not in answer.text and "<script>" not in answer.text
    asked = re.findall(r'<(?:link|script|img|iframe|image)\b[^>]*(?:src|href)="([^"]*)"', answer.text)
    assert asked and all(address.startswith("/streamledger/static/") for address in asked)
    assert "here.invalid" not in answer.text


def test_from_a_trend_to_the_words_on_the_archived_page(site: TestClient) -> None:
    trend = site.get("/trends").text
    assert trend.count("<svg") == 1 and "aria-label=" in trend
    drawn = [unescape(found) for found in re.findall(r'xlink:href="(figure\?[^"]+)"', trend)]
    assert len(drawn) > 20, "each value in the picture is a link"
    (figure,) = {link for link in links(trend, "figure") if "2017-Q4" in link}
    assert figure in drawn
    told = site.get(f"/{figure}").text
    assert "<mark>" in told and "decides" in told and "at byte" in told
    page = site.get(f"/{links(told, 'article')[0]}").text
    assert page.count("<mark") >= 3 and 'class="asked"' in page
    assert any("2017-Q4" in link for link in links(page, "figure")), "and from the page back to its figures"


def test_a_hostile_page_is_only_text(site: TestClient) -> None:
    (claim,) = {
        row["claim_id"]
        for row in queries.records("figures_of_a_page", {"url": "%hostile%"})
        if row["value"] == 260_280_000
    }
    for path in (
        "/",
        "/sources",
        "/figure?platform=netflix&metric=subscribers&period=2023-Q4",
        f"/article?claim={claim}",
    ):
        text = site.get(path).text
        assert not re.search(r"<(script>|img|svg onload|b>none)", text), path
        assert path == "/" or "&lt;" in text, path


def test_a_persons_word_becomes_a_correction_that_counts(
    site: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(scripts.REFERENCE, tmp_path / "reference")
    monkeypatch.setattr(scripts, "REFERENCE", tmp_path / "reference")
    (claim,) = (
        row["claim_id"]
        for row in queries.records("figures_of_a_page", {"url": "%hostile%"})
        if row["value"] == 260_280_000
    )
    fix = {"claim": claim, "action": "fix", "field": "value", "becomes": "261280000", "reason": "a typing error, seen"}
    wrong = site.post("/review", data=fix | {"becomes": "much"})
    assert wrong.status_code == 404 and "a number in base units" in wrong.text
    assert site.post("/review", data=fix | {"reason": " "}).status_code == 404
    assert reference.read("corrections") == []
    for becomes in ("999", "261280000"):  # the second takes the place of the first
        answer = site.post("/review", data=fix | {"becomes": becomes})
        assert answer.status_code == 200 and "Written down" in answer.text
    (row,) = reference.read("corrections")
    assert (row["was"], row["becomes"], row["url"]) == ("260280000", "261280000", "https://hostile.example/")
    nightly.load_night(NIGHT)
    nightly.publish_night(NIGHT)
    told = [
        one
        for one in queries.records("claims_of_an_article", {"claim": claim})
        if "fixed: value" in str(one["correction"])
    ]
    assert 261_280_000 in {one["value"] for one in told}
    assert "a typing error, seen" in site.get("/figure?platform=netflix&metric=subscribers&period=2023-Q4").text
    assert prove_snapshot().unproved == []


def test_only_the_page_itself_may_correct(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(web.app.dependency_overrides, web.may_correct)
    given = {"claim": "x", "action": "reject", "reason": "x"}
    for headers in ({}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        assert site.post("/review", data=given, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/figure?platform=netflix&metric=subscribers&period=1950", "there are:"),
        ("/trends?day=yesterday", "want YYYY-MM-DD"),
        ("/article?claim=<b>", "no claim &#39;&lt;b&gt;&#39;"),
        ("/?night=2026-13-01", "month must be in 1..12"),
    ],
)
def test_what_is_not_there_is_said(site: TestClient, path: str, says: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert says in answer.text


def test_a_series_that_is_not_there_leaves_the_choice(site: TestClient) -> None:
    assert "No such series" in site.get("/trends?platform=nobody").text


def test_before_the_first_night(site: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    assert "No night yet" in site.get("/trends").text
