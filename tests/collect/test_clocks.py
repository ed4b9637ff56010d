"""A clock that was wrong, in either direction, costs a night at a host at most, and breaks no rule."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from etl.collect.hosts import Held, Hosts

HOST = "paper.example"
YEARS = 10 * 366 * 24 * 3600.0


def moment_of(hosts: Hosts) -> Path:
    (path,) = hosts.folder.glob("*.turn")
    return path


@pytest.mark.parametrize("ahead", [YEARS, float("inf")], ids=["ten years ahead", "no time at all"])
def test_a_turn_from_a_far_future(tmp_path: Path, ahead: float) -> None:
    """The host is asked again, after the wait that was due had it been asked just now."""
    hosts = Hosts(tmp_path)
    with hosts.turn(HOST, 0.0):
        pass
    moment_of(hosts).write_text(repr(time.time() + ahead))
    with hosts.turn(HOST, 0.2) as turn:
        assert 0.15 < turn.waited < 2
    with hosts.turn(HOST, 0.0) as turn:
        assert turn.waited < 0.1


def test_a_turn_from_an_hour_ahead(tmp_path: Path) -> None:
    """It may be a rest that the host asked for, so it is kept: the night goes on without this host, at once."""
    hosts = Hosts(tmp_path)
    with hosts.turn(HOST, 0.0):
        pass
    moment_of(hosts).write_text(repr(time.time() + 3600))
    begun = time.monotonic()
    with pytest.raises(Held, match="of rest"), hosts.turn(HOST, 1.0):
        pass
    assert time.monotonic() - begun < 1


def test_a_turn_from_long_ago(tmp_path: Path) -> None:
    hosts = Hosts(tmp_path)
    with hosts.turn(HOST, 0.0):
        pass
    moment_of(hosts).write_text("0.0")
    with hosts.turn(HOST, 5.0) as turn:
        assert turn.waited < 0.5


@pytest.mark.parametrize("ahead", [YEARS, 60.0, -YEARS, -25 * 3600.0])
def test_a_robots_txt_that_was_read_at_no_good_time(tmp_path: Path, ahead: float) -> None:
    """What was read in the future, or more than a day ago, is asked for again."""
    hosts = Hosts(tmp_path)
    hosts.note(f"https://{HOST}", "robots", {"text": "User-agent: *"})
    assert hosts.recall(f"https://{HOST}", "robots") is not None
    (path,) = tmp_path.glob("*.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "at": time.time() + ahead}))
    assert hosts.recall(f"https://{HOST}", "robots") is None
