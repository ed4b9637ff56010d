"""The pages inside the Airflow UI, asked as Airflow's server asks them, over a night of the starter and a hostile page.

axe-core judges each of them in Chromium: on a telephone and on a desk, light and dark, nothing serious is found. That
nobody sees them without a login, and how they look inside the UI, is tested under real Airflow (`tests/night`).
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from after_a_night import NIGHT, SHUT, a_night
from fastapi.testclient import TestClient
from playwright.sync_api import Browser
from served import NoBrowser, chromium, served

from etl import queries, settings
from etl.load import reference, scripts
from etl.steps import nightly, watchdog_night
from etl.steps.prove import prove_snapshot

GRAVE = ("serious", "critical")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (380, 1440)
UNCUT = "[...document.querySelectorAll('div.wide')].every(one => one.scrollWidth <= one.clientWidth)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages after a night."""
    from etl.monitor import web

    with a_night(tmp_path_factory.mktemp("pages")):
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
    from etl.monitor import web

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


def test_the_page_says_what_the_night_as_a_whole_lacks_and_what_its_checks_warn_of(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog_night, "STARTS", timedelta(0))  # or no newer night were due until 02:00
    newest, chosen = site.get("/").text, site.get(f"/?night={NIGHT}").text
    assert "needs you" in newest and "no run of nightly began" in newest and 'href="/dags/nightly/runs"' in newest
    assert "needs you" not in chosen, "a night that was chosen is only looked at"
    assert "In short" in chosen and re.search(r"\d+ of \d+ sources? arrived: ", chosen)
    assert "<b>bounds</b>: Too big. 2 rows, such as:" in newest and "source a," in newest


def test_the_page_says_whose_a_failure_is_and_what_to_do(site: TestClient) -> None:
    text = site.get("/").text
    row = next(row for row in text.split("<tr>") if SHUT in row and "collect" in row)
    assert "their right" in row and "ask for permission" in row
    assert '/task_instances?dag_id_pattern=nightly&amp;rendered_map_index=shut"' in text, "its log"
    assert "`" not in text and "<code>enabled: false</code>" in text


def test_a_file_that_is_wrong_stands_among_the_sources(site: TestClient) -> None:
    broken = settings.load().sources / "torn.yaml"
    broken.write_text("title: [", encoding="utf-8")
    try:
        assert "torn.yaml: no YAML" in site.get("/sources").text
    finally:
        broken.unlink()


def test_before_the_first_night(site: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    assert "No night yet" in site.get("/trends").text


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe-core, as its package for Playwright brings them."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.fail("axe-playwright-python is not installed: `make install` takes it from requirements.lock")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def base(site: TestClient) -> Iterator[str]:
    """The pages under the address that they have inside Airflow."""
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            yield stack.enter_context(chromium())
        except NoBrowser as nothing:
            pytest.skip(str(nothing))


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious(axe: str, site: TestClient, base: str, browser: Browser, width: int) -> None:
    figure = next(path for path in PAGES if path.startswith("/figure"))
    article = f"/{links(site.get(figure).text, 'article')[0]}"
    page = browser.new_page(viewport={"width": width, "height": 850})
    found, judged = [], 0
    for path in (*PAGES, article, "/figure?platform=nobody&metric=subscribers&period=1950"):
        page.goto(f"{base}{path}")
        page.evaluate(axe)
        for dark in (False, True):
            page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)
            told = page.evaluate("axe.run({runOnly: %s, resultTypes: ['violations'], preload: false})" % RULES)  # noqa: UP031
            judged += len(told["passes"])
            for one in told["violations"]:
                if one["impact"] in GRAVE:
                    where = [node["html"][:120] for node in one["nodes"][:3]]
                    found.append(f"{path} {'dark' if dark else 'light'} {one['id']}: {one['help']}: {where}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert width > 600 or page.evaluate(UNCUT), f"{path}: a table is cut on a telephone"
    page.close()
    assert judged > 100, "axe looked at the pages"
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_axe_does_find_what_is_wrong(axe: str, base: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{base}/")
    page.evaluate("document.querySelector('main').innerHTML += '<input><p style=\"\">x</p><button></button>'")
    page.evaluate(axe)
    told = page.evaluate("axe.run({runOnly: ['label', 'button-name']})")
    page.close()
    assert {"label", "button-name"} <= {one["id"] for one in told["violations"] if one["impact"] in GRAVE}
