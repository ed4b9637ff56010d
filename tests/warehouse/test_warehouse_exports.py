"""What lies beside the snapshot: the night before, and the same tables in other forms."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights

from etl import load, publish
from etl.publish import charts, package

NIGHT, NEXT = date(2026, 11, 20), date(2026, 11, 21)
HOSTS = re.compile(r"""(?:src|href)\s*=\s*["']|@import|url\((?!["']?data:)""")
DOCUMENTS = [
    {"id": "a", "source": "loupe", "claims": [{"value": 10000000, "segment": "homes, with ads"}]},
    {"id": "b", "source": "loupe", "claims": [{"value": 11, "period": "2022-H1"}, {"value": 12000000}]},
    {"id": "c", "source": "ecran", "claims": [{"value": 14000000, "quote": "14000000</script><b>"}]},
]


def published(folder: Path, night: date = NIGHT) -> Path:
    nights.stage_night(folder / "staging", night, {"documents": DOCUMENTS})
    load.load(folder / "w.duckdb", folder / "staging", night)
    publish.publish(folder / "w.duckdb", folder / "p" / "s.duckdb")
    return folder / "p" / "s.duckdb"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one night, published; each test that changes it has its own copy."""
    folder = tmp_path_factory.mktemp("once")
    published(folder)
    return folder


@pytest.fixture
def first(once: Path, tmp_path: Path) -> Path:
    """The snapshot of that night, of each test's own, in its `tmp_path`."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "p" / "s.duckdb"


@pytest.fixture(scope="module")
def snapshot(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with its exports."""
    snapshot = shutil.copytree(once, tmp_path_factory.mktemp("exports") / "home") / "p" / "s.duckdb"
    publish.export(snapshot)
    return snapshot


def newest(path: Path) -> object:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("SELECT max(night) FROM nights").fetchall()[0][0]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_night_before_stays_beside_the_snapshot(first: Path, tmp_path: Path) -> None:
    assert not publish.before(first).exists()
    published(tmp_path, NEXT)
    published(tmp_path, NEXT)  # again: the night before is still the night before
    assert (newest(first), newest(publish.before(first))) == (NEXT, NIGHT)


def test_a_broken_snapshot_is_not_kept(first: Path, tmp_path: Path) -> None:
    first.chmod(0o644)
    first.write_bytes(b"no database")
    published(tmp_path, NEXT)
    assert newest(first) == NEXT
    assert not publish.before(first).exists()


def test_every_table_is_there_in_both_forms(snapshot: Path) -> None:
    folder = snapshot.parent / "exports"
    with duckdb.connect(str(snapshot), read_only=True) as con:
        found = package.tables(con)
        for table in found:
            ((count,),) = con.execute(f"SELECT count(*) FROM {table.name}").fetchall()  # noqa: S608
            parquet = duckdb.read_parquet(str(folder / "parquet" / f"{table.name}.parquet"))
            assert parquet.columns == [column.name for column in table.columns]
            assert len(parquet.fetchall()) == count == len(rows(folder / "csv" / f"{table.name}.csv"))
    assert len(found) > 15


def test_the_package_says_what_everything_is(snapshot: Path) -> None:
    folder = snapshot.parent / "exports"
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["path"] for resource in said["resources"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert paths == there - {"datapackage.json"}
    for resource in said["resources"]:
        body = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert resource["description"]
        assert resource["licenses"][0]["name"]
        assert all(field["description"] for field in resource.get("schema", {}).get("fields", []))


def test_sdmx_has_one_row_a_figure(snapshot: Path) -> None:
    found = rows(snapshot.parent / "exports" / "sdmx" / "figures.csv")
    assert list(found[0])[:4] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ"]
    keys = ("FREQ", "REALM", "PLATFORM", "INDICATOR", "TRANSFORMATION", "SEGMENT", "UNIT_MEASURE", "RATE_PER")
    assert len({tuple(row[key] for key in (*keys, "REF_AREA", "TIME_PERIOD")) for row in found}) == len(found)
    own = {row["TIME_PERIOD"]: row for row in found if row["REF_AREA"] == "FR" and row["ORIGINS"] in ("1", "2")}
    assert (own["2022-S1"]["FREQ"], own["2022-S1"]["OBS_VALUE"]) == ("S", "11.000000")
    (conflict,) = [row for row in found if row["STATE"] == "CONTESTED"]
    assert (conflict["OBS_VALUE"], conflict["OBS_STATUS"], conflict["SEGMENT"]) == ("", "O", "_T")
    assert {row["SEGMENT"] for row in found if row["SEGMENT_TITLE"] == "homes, with ads"} == {"HOMES_WITH_ADS"}


def test_an_export_that_fails_leaves_the_last_one(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.export(first)
    before = (first.parent / "exports").resolve()

    def full(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(package, "write", full)
    with pytest.raises(OSError, match="no space left"):
        publish.export(first)
    assert (first.parent / "exports").resolve() == before
    assert list(first.parent.glob("exports-*")) == [before]


def test_two_folders_are_kept_and_no_more(first: Path) -> None:
    for _ in range(3):
        publish.export(first)
    assert len(list(first.parent.glob("exports-*"))) == 2


def test_the_report_asks_no_other_host(snapshot: Path) -> None:
    page = (snapshot.parent / "exports" / "report.html").read_text(encoding="utf-8")
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not HOSTS.search(markup)
    assert page.count("<script>") == 2
    assert "</script><b>" not in page
    assert 'id="members"' in page


def test_a_chart_shows_its_own_rows() -> None:
    """Its form is made once; the rows of one never stand in the next, and without rows there is none."""
    one, two = ([{"platform": name, "day": "2022-12-31", "value": 1.5}] for name in ("netflix", "hulu"))
    drawn = [charts.lines(one, "Members"), charts.lines(two, "Members"), charts.areas(one), charts.areas(two)]
    assert [chart["data"]["values"] for chart in drawn] == [one, two, one, two]
    assert [chart["encoding"]["x"]["field"] for chart in drawn[2:]] == ["day", "day"]
    assert charts.lines([], "Members") == charts.areas([]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 1440])
def test_a_browser_draws_the_report_offline(snapshot: Path, width: int) -> None:
    browser_of = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    asked: list[str] = []
    with browser_of.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"file://{snapshot.parent / 'exports' / 'report.html'}")
        page.wait_for_selector("#members svg", timeout=20000)
        across = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert across <= width
