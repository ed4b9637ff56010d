"""Run by `make test-scaleout` only: PostgreSQL, Redis and a second environment are needed, and minutes."""

from __future__ import annotations

import shutil

import pytest

from tests.scaleout import cluster
from tests.store import moto


@pytest.fixture(scope="session")
def _at_hand() -> None:
    wanted = {
        ".venv-scale (made by `make test-scaleout`)": cluster.PROGRAMS.is_dir(),
        ".venv-s3 (made by `make test-scaleout`)": moto.PROGRAM.is_file(),
        "PostgreSQL (Debian: apt-get install postgresql)": cluster.postgres_programs(),
        "Redis (Debian: apt-get install redis-server)": shutil.which("redis-server"),
    }
    missing = [name for name, found in wanted.items() if not found]
    assert not missing, f"not at hand: {', '.join(missing)}"
