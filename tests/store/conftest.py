"""A store and machines that share it: each a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import settings
from etl.store import places
from tests.store import moto, s3

Go = Callable[[str], Path]


@pytest.fixture
def server() -> Iterator[s3.Server]:
    with s3.running() as server:
        yield server


@pytest.fixture
def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Go:
    """Go on as another machine: its name gives it a home, in which nothing is remembered of the store."""
    monkeypatch.setattr(places, "FRESH", 0.0)
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)

    def go(name: str) -> Path:
        monkeypatch.setenv("STREAMLEDGER_HOME", str(tmp_path / name))
        (tmp_path / name).mkdir(exist_ok=True)
        places.look_again()
        return settings.load().home

    return go


@pytest.fixture
def at_s3(server: s3.Server, monkeypatch: pytest.MonkeyPatch) -> s3.Server:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture(scope="session")
def independent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[moto.Server]:
    """An S3 server that is not ours."""
    with moto.running(tmp_path_factory.mktemp("moto") / "s3.log") as server:
        yield server


@pytest.fixture
def at_moto(independent: moto.Server, monkeypatch: pytest.MonkeyPatch) -> moto.Server:
    independent.forget()
    for name, value in independent.environment().items():
        monkeypatch.setenv(name, value)
    return independent


SERVERS = ["at_s3", pytest.param("at_moto", marks=pytest.mark.scaleout)]


@pytest.fixture(params=SERVERS)
def in_a_bucket(request: pytest.FixtureRequest) -> None:
    """On each server of S3; of them only ours may be asked to fail."""
    request.getfixturevalue(request.param)


@pytest.fixture(params=[*SERVERS, "folder"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each kind of store."""
    if request.param != "folder":
        request.getfixturevalue(request.param)
    else:
        monkeypatch.setenv("STREAMLEDGER_STORE", f"file://{tmp_path / 'shared'}")
    return str(request.param)
