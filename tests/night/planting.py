"""Source files, and the faults of `faults.yaml` behind them: what a night of the tests is asked to collect."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml

from tests.night.loopback import Site, running

FAULTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
HEALTHY = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24"></head><body><article>
<h1>Netflix ends the year with 260 million subscribers</h1>
<p>Netflix had 260.28 million paid subscribers worldwide at the end of 2023, the company said in its letter to
shareholders, more than in any quarter before. Its revenue rose by 12.5 percent in the fourth quarter of 2023.</p>
<p>Disney+ and Amazon's Prime Video did not publish figures for the same quarter, and both have begun to show
advertising to those who do not pay for a dearer plan.</p></article></body></html>"""
LURE = "Netflix has 987.65 million subscribers worldwide, the company said on Monday."


def write_source(folder: Path, name: str, url: str, **more: Any) -> None:
    """Write a source file: `write_source(folder, "paper", url, kind="feed")`."""
    row = {
        "title": name,
        "kind": "page",
        "url": url,
        "language": "en",
        "country": "US",
        "authority": "press",
        "licence": "test",
        "wait_seconds": 0,
        "relevant_only": False,
        **more,
    }
    if row["kind"] == "feed":
        row.setdefault("fulltext", "feed_then_article")
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(row), encoding="utf-8")


def plant_all(folder: Path, site: Site, stack: ExitStack) -> None:
    """Plant every fault; a host that a fault has for itself runs until the stack is left."""
    for fault in FAULTS:
        _plant(fault, folder, stack.enter_context(running()) if "own" in fault else site)


def _plant(fault: dict[str, Any], folder: Path, site: Site) -> None:
    name, keys, serve = fault["name"], dict(fault.get("source", {})), dict(fault.get("serve", {}))
    places = {"{lure}": LURE, "{base}": site.base, "{https}": site.base.replace("http:", "https:")}
    body = str(serve.pop("body", "")) * serve.pop("times", 1)
    for place, becomes in places.items():
        body = body.replace(place, becomes)
    url = site.add(f"/{name}", body, serve.pop("type", "text/html"), serve.pop("status", 200))
    for key, value in serve.items():
        setattr(site.answers[f"/{name}"], key, value)
    if "own" in fault:
        site.add("/robots.txt", fault["own"]["body"], "text/plain", fault["own"].get("status", 200))
    if "file" in keys:
        (folder / f"{name}.yaml").write_text(keys["file"], encoding="utf-8")
    else:
        write_source(folder, name, keys.pop("url", url).replace("{https}", places["{https}"]), **keys)
