"""A home of its own for each night, a site on loopback, and source files that point at it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import loopback
from planting import write_source
from tonight import ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files, which are other people's and so not in the project."""
    folder = Path(os.environ.get("STREAMLEDGER_SHARED", ROOT.parent / "shared"))
    if not (folder / "samples").is_dir():
        pytest.skip("the folder of real samples is not at hand (STREAMLEDGER_SHARED)")
    return folder


@pytest.fixture(scope="module")
def site() -> Iterator[loopback.Site]:
    with loopback.running() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home with an empty folder of sources; the program is told about both for the module's tests.

    The only host is our own: it is asked without the wait between a host's own files (`tests/collect` measures those).
    """
    home = tmp_path_factory.mktemp("home")
    (home / "sources").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_HOME", str(home / "data"))
        patch.setenv("STREAMLEDGER_SOURCES", str(home / "sources"))
        patch.setenv("STREAMLEDGER_ALLOW_LOOPBACK", "1")
        patch.setenv("STREAMLEDGER_CONNECT_SECONDS", "2")
        patch.setenv("STREAMLEDGER_READ_SECONDS", "5")
        patch.setenv("STREAMLEDGER_RETRIES", "0")
        patch.setattr("etl.collect.asking.AUXILIARY", 0.0)
        patch.setattr("etl.collect.asking.RETRY", 0.0)
        yield home


@pytest.fixture(scope="module")
def source(home: Path) -> Callable[..., None]:
    """Write a source file: `source("paper", url, kind="feed")`."""

    return partial(write_source, home / "sources")


@pytest.fixture
def watched(home: Path, source: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home of its own for each test; `paper` and `page` may be silent for 14 days."""
    monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path))
    for path in (home / "sources").glob("*.yaml"):
        path.unlink()
    for name in ("paper", "page"):
        source(name, f"https://{name}.example/")
