"""A refused host that a publisher opened to us: asked, and said aloud every night, wherever the file names it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from collect_zoo import Site, run, serve, source

from etl.collect import refused
from etl.collect.replay import violations

LEAVE = "127.0.0.1, refused.example: letter of 2026-11-01"
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
        found = run(tmp_path, source(site, kind="page", fulltext="none", permission=LEAVE, **keys))
    told = [problem.partition(" ")[0] for problem in found.problems if f"by permission: {LEAVE}" in problem]
    assert told == [host for host in ("127.0.0.1", "refused.example") if host in hosts]
    assert sum("refused (terms, they forbid robots)" in problem for problem in found.problems) == len(told)
    assert found.pages == 1


def test_permission_opens_no_other_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave for one refused host is none for the one it redirects to, and the ledger is held to that."""
    entry = {"ground": "terms", "why": "they forbid robots"}
    monkeypatch.setattr(refused, "_by_host", lambda: {"127.0.0.1": entry, "refused.example": entry})
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    away = {"status": 302, "headers": {"Location": "http://refused.example/page"}}
    with serve(Site({"/page": away})) as site:
        site.words = {"base": site.base}
        keys = {"kind": "page", "fulltext": "none", "url": "{base}/page"}
        found = run(tmp_path, source(site, permission="127.0.0.1: letter of 2026-11-01", **keys))
        wider = source(site, permission="letter of 2026-11-01", **keys)
        assert run(tmp_path / "wider", wider).requests[-1].outcome == "refused_by_list"
    assert [row.outcome for row in found.requests][-2:] == ["redirected", "refused_by_list"]
    assert any("the host is refused" in line for line in violations(found.requests, [wider]))
