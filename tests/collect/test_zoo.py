"""Each behaviour of `zoo*.yaml`: what is asked, what is kept, what the ledger says."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from collect_zoo import NIGHT, Site, run, serve, source

import etl.collect
from etl import archive, yamls
from etl.collect.hosts import Hosts
from etl.collect.replay import violations

CASES: list[dict[str, Any]] = [
    case for path in sorted(Path(__file__).parent.glob("zoo*.yaml")) for case in yamls.read(path)
]


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    monkeypatch.setattr("etl.collect.asking.RETRY", 0.0)


@pytest.mark.parametrize("case", CASES, ids=[case["behaviour"] for case in CASES])
def test_behaviour(case: dict[str, Any], tmp_path: Path) -> None:
    """The site behaves as the table says, and so does collecting."""
    with ExitStack() as stack:
        site = stack.enter_context(serve(Site(case["site"])))
        other = stack.enter_context(serve(Site(case.get("other", {}))))
        tls = other.base.replace("http:", "https:")
        site.words = other.words = {"base": site.base, "other": other.base, "tls": tls}
        site.words["bare"] = site.base.removeprefix("http://")
        site.words["port"] = str(site.port)
        what = source(site, **case.get("source", {}))
        for before in range(case.get("nights", 1) - 1, 0, -1):
            run(tmp_path, what, NIGHT - timedelta(days=before), **case.get("settings", {}))
        result = run(tmp_path, what, **case.get("settings", {}))
    wanted = case["expect"]
    assert wanted["outcomes"], "each behaviour has the rows that it leaves"
    said = "\n".join(f"{row.url} {row.outcome} {row.rule} {row.detail}" for row in result.requests)
    assert (result.pages, result.failed) == (wanted["pages"], wanted.get("failed", False)), f"{result.reason}\n{said}"
    kept = list(archive.pages(tmp_path / "archive", NIGHT, "zoo"))
    assert len(kept) == wanted["pages"], said
    assert result.unchanged == wanted.get("unchanged", 0), said
    assert result.refused == wanted.get("refused", False), said
    assert bool(result.reason) == result.failed
    outcomes = {site.fill(row.url).removeprefix(site.base): row.outcome for row in result.requests}
    outcomes = {url.replace(other.base, "{other}").replace(tls, "{tls}"): outcome for url, outcome in outcomes.items()}
    outcomes = {url.replace(f"localhost:{site.port}", "localhost:{port}"): outcome for url, outcome in outcomes.items()}
    assert {path: outcomes.get(path) for path in wanted.get("outcomes", {})} == wanted.get("outcomes", {}), said
    assert any(wanted.get("rule", "") in row.rule for row in result.requests), said
    assert any(wanted.get("detail", "") in row.detail for row in result.requests), said
    assert not wanted.get("problem") or any(wanted["problem"] in text for text in result.problems), result.problems
    asked = {*site.paths(), *(f"{{other}}{path}" for path in other.paths())}
    assert not set(case.get("never", [])) & asked, said
    files = Hosts(tmp_path / "state" / "hosts").files()
    assert violations(result.requests, [what], files) == []


def test_every_outcome_is_explained() -> None:
    """The room's own page names each word that the ledger may use, and the zoo shows nearly all of them."""
    explained = {line.split()[0] for line in (etl.collect.__doc__ or "").splitlines() if line.startswith("    ")}
    shown = {outcome for case in CASES for outcome in case["expect"].get("outcomes", {}).values()}
    assert shown <= explained
    assert explained - shown <= {"absent", "unchanged", "permitted"}  # seen in the other tests
