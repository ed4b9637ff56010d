"""A refused host that a publisher opened to us: asked, and said aloud every night, wherever the file names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from collect_zoo import Site, run, serve, source

from etl.collect import refused

PLACES: list[dict[str, Any]] = [
    {"url": "{base}/page"},
    {"url": "{base}/page", "hosts": ("other.example", "refused.example")},
    {"url": "{base}/page", "also": ("http://refused.example/page",)},
]


@pytest.mark.parametrize("keys", PLACES, ids=["url", "hosts", "also"])
def test_permission_is_told_every_night(keys: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"ground": "terms", "why": "they forbid robots"}
    hosts = {"refused.example": entry} | ({"127.0.0.1": entry} if len(keys) == 1 else {})
    monkeypatch.setattr(refused, "_by_host", lambda: hosts)
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    with serve(Site({"/page": {"html": "<p>x</p>"}})) as site:
        site.words = {"base": site.base}
        found = run(tmp_path, source(site, kind="page", fulltext="none", permission="letter of 2026-11-01", **keys))
    told = [problem for problem in found.problems if "letter of 2026-11-01" in problem]
    assert len(told) == 1
    assert "terms, they forbid robots" in told[0]
    assert found.pages == 1
