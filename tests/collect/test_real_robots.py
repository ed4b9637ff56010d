"""robots.txt files that real sites gave, served on loopback: what each says to us, and what the ledger says of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from collect_zoo import Site, run, serve, source

from etl.collect.replay import violations

HERE = Path(__file__).parent
FILES = Path(os.environ.get("STREAMLEDGER_SHARED", HERE.parents[2] / "shared")) / "samples" / "robots"
WANTED: dict[str, list[str]] = yaml.safe_load((HERE / "robots_real.yaml").read_text(encoding="utf-8"))
PATHS = ("/feed/", "/news/article-1")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.robots.Rules.delay", 0.0)  # some ask for ten seconds: tested in `robots.yaml`


@pytest.mark.skipif(not FILES.is_dir(), reason="no sample files beside the checkout")
@pytest.mark.parametrize("name", WANTED)
def test_real_file(tmp_path: Path, name: str) -> None:
    """Both addresses end as the table says, and nothing that is forbidden was asked for."""
    routes: dict[str, Any] = {path: {"html": f"<p>{path}</p>"} for path in PATHS}
    with serve(Site({**routes, "/robots.txt": {"file": FILES / f"{name}.txt"}})) as site:
        site.words = {"base": site.base}
        also = [f"{{base}}{path}" for path in PATHS[1:]]
        what = source(site, kind="page", url=f"{{base}}{PATHS[0]}", also=also, fulltext="none")
        result = run(tmp_path, what)
    found = {row.url.removeprefix(site.base): row.outcome for row in result.requests if row.why == "page"}
    assert [found[path] for path in PATHS] == WANTED[name]
    assert {path for path in PATHS if path in site.paths()} == {path for path in PATHS if found[path] == "fetched"}
    assert violations(result.requests, [what]) == []


@pytest.mark.skipif(not FILES.is_dir(), reason="no sample files beside the checkout")
def test_the_table_is_whole() -> None:
    assert sorted(path.stem for path in FILES.glob("*.txt")) == sorted(WANTED)
