"""The project's sources against the list of known ones beside the checkout; without it the tests are skipped."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl import settings
from etl.collect import refused, sources

FOLDER = Path(settings.__file__).parent / "sources"
SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CATALOGUE = SHARED / "sources" / "catalogue.yaml"
RENAMED = {"ecb_fx": "ecb_rates"}
STATED = {"language", "country", "licence", "wait_seconds", "schedule", "paywall", "expect", "note"}
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[a-z]+)?")
known = pytest.mark.skipif(not CATALOGUE.is_file(), reason="no catalogue beside the checkout")


def catalogue(part: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))[part]
    return found


@known
def test_every_known_source_is_shipped() -> None:
    """All are there; those outside of the start set are off; those that are off say why."""
    shipped = {source.name: source for source in sources.load_all(FOLDER)[0]}
    for row in catalogue("sources"):
        source = shipped[RENAMED.get(row["id"], row["id"])]
        assert row["start_set"] or not source.enabled, f"{source.name} is on and not of the start set"
        assert source.paywall != "none" or row["paywall"] == "no" or row["paywall"] is False, source.name


@known
def test_every_host_to_avoid_is_refused() -> None:
    """Each name in the list of what to avoid is on the list of refused hosts."""
    named = [host for row in catalogue("avoid") for host in HOST.findall(row["site"].lower())]
    assert len(named) > 35
    missing = [host for host in named if not refused.why(f"https://{host if '/' in host else host + '/feed'}")]
    assert missing == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_source_states_what_it_is(path: Path) -> None:
    """Nothing that matters is left to a default: whoever reads the file sees it."""
    row = yaml.safe_load(path.read_text(encoding="utf-8"))
    wanted = STATED | ({"fulltext"} if row["kind"] in ("feed", "sitemap") else set())
    assert row.get("sample") or wanted <= set(row), wanted - set(row)
