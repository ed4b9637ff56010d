"""The project's sources against the list of known ones beside the checkout; without it the tests are skipped."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl import settings
from etl.collect import addresses, refused, sources

FOLDER = Path(settings.__file__).parent / "sources"
SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CATALOGUE = SHARED / "sources" / "catalogue.yaml"
RENAMED = {"ecb_fx": "ecb_rates"}
STATED = {"language", "country", "licence", "fulltext", "wait_seconds", "schedule", "paywall", "expect", "note"}
HELD_BACK = {"guardian_media": "a comment in its robots.txt forbids machine learning and commercial use"}
KINDS = {"rss": ["feed"], "sitemap": ["sitemap"], "html": ["page"], "structured": ["dataset", "filings", "page"]}
KINDS |= {"discovery": ["discovery"], "backfill": ["discovery"], "document": ["dataset"]}
ELSEWHERE = {"netflix_engagement": "the workbooks lie at the publisher's host of files, which its page links"}
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[a-z]+)?")
known = pytest.mark.skipif(not CATALOGUE.is_file(), reason="no catalogue beside the checkout")


def catalogue(part: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))[part]
    return found


@known
def test_every_known_source_is_shipped() -> None:
    """The start set is on, but for what the law or the publisher's word forbids; the others are there and off."""
    shipped = {source.name: source for source in sources.load_all(FOLDER)[0]}
    rows = [(row, shipped[RENAMED.get(row["id"], row["id"])]) for row in catalogue("sources")]
    assert (len(rows), sum(row["start_set"] for row, _ in rows)) == (78, 45)
    assert [source.name for row, source in rows if not row["start_set"] and source.enabled] == []
    assert {source.name for row, source in rows if row["start_set"] and not source.enabled} == set(HELD_BACK)


@known
def test_a_known_source_says_what_is_known_of_it() -> None:
    """Kind, language, country, text rule, schedule, paywall and site are those of the list; ours may be stricter."""
    shipped = {source.name: source for source in sources.load_all(FOLDER)[0]}
    for row in catalogue("sources"):
        source = shipped[RENAMED.get(row["id"], row["id"])]
        said = row["name"], source.name
        assert source.kind in KINDS[row["kind"]], said
        assert row["lang"] in (source.language, "multi"), said
        assert row["country"].replace("UK", "GB") == source.country, said
        assert source.paywall != "none" or row["paywall"] in ("no", False), said
        assert source.kind != "feed" or source.fulltext == row["fulltext"], said
        weekly = "weekly" in row["schedule"]
        assert not weekly or source.schedule.endswith("day"), said
        assert row["schedule"] != "daily" or source.schedule in ("daily", "manual"), said
        known_at = {addresses.site_of(url) for url in (row["url"], *row.get("alt_urls", ()))}
        assert addresses.site_of(source.url) in known_at or source.name in ELSEWHERE, said
        demands = "User-Agent" in str(row["robots"]) or "UA with contact" in str(row["robots"])
        assert not demands or source.needs_contact, said


@known
def test_every_host_to_avoid_is_refused() -> None:
    """Each name in the list of what to avoid is on the list of refused hosts."""
    named = [host for row in catalogue("avoid") for host in HOST.findall(row["site"].lower())]
    assert len(named) > 35
    missing = [host for host in named if not refused.why(f"https://{host if '/' in host else host + '/feed'}")]
    assert missing == []


LIVE = [path for path in sorted(FOLDER.glob("*.yaml")) if "sample: true" not in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", LIVE, ids=lambda path: path.stem)
def test_a_source_states_what_it_is(path: Path) -> None:
    """Nothing that matters is left to a default: whoever reads the file sees it."""
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(row) >= STATED, STATED - set(row)
    assert set(row["expect"]) == {"min_items", "max_items", "max_silent_days"}
    assert row.get("enabled", True) == ("Off: " not in row["note"]), "what is off says why, and nothing else does"


def test_the_shape_of_the_whole() -> None:
    """Without the list beside the checkout: so many are on, of every kind, and each has its reason when it is off."""
    found = [source for source in sources.load_all(FOLDER)[0] if not source.sample]
    on = [source for source in found if source.enabled]
    assert (len(found), len(on)) == (78, 45 - len(HELD_BACK))
    assert {source.kind for source in on} >= {"feed", "sitemap", "filings", "page", "dataset", "discovery"}
    assert {source.language for source in on} >= {"en", "fr", "de", "es"}
    assert all(len(source.note.partition("Off: ")[2]) > 20 for source in found if not source.enabled)
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"Of the {len(found)} live sources {len(on)} are on" in text
