"""Run by `make test-scaleout` only: PostgreSQL, Redis and a second environment are needed, and minutes."""

from __future__ import annotations

import shutil

import pytest

from tests.scaleout import cluster


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "scaleout" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("scaleout"):
            item.add_marker(pytest.mark.skip(reason="several workers: run by `make test-scaleout`"))


@pytest.fixture(scope="session")
def _at_hand() -> None:
    wanted = {
        ".venv-scale (made by `make test-scaleout`)": cluster.PROGRAMS.is_dir(),
        "PostgreSQL (Debian: apt-get install postgresql)": cluster.postgres_programs(),
        "Redis (Debian: apt-get install redis-server)": shutil.which("redis-server"),
    }
    missing = [name for name, found in wanted.items() if not found]
    assert not missing, f"not at hand: {', '.join(missing)}"
