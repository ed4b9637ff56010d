"""A bounded part of the fuzzing: inputs made from seeds by Hypothesis, and all that was ever found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.fuzz.targets import FOUND, TARGETS

KEPT = sorted(path.relative_to(FOUND).as_posix() for path in FOUND.glob("*/*") if path.is_file())
TRICKS = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"&#8238;",
    b"]]>",
    b"1e999",
    b"-0",
    b"\xe2\x80\xae",
    b"\r\n\r\n",
    b"{" * 50,
    b"9" * 40,
]


@pytest.mark.parametrize("kept", KEPT)
def test_what_was_found_once_is_mended(kept: str) -> None:
    TARGETS[kept.partition("/")[0]].attempt((FOUND / kept).read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_break_a_promise(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    assert seeds, "there is nothing to begin with"

    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(some.data())
    def attempt(data: some.DataObject) -> None:
        body = data.draw(some.sampled_from(seeds))
        for _ in range(data.draw(some.integers(0, 4))):
            start = data.draw(some.integers(0, len(body)))
            stop = min(len(body), start + data.draw(some.integers(0, 40)))
            put = data.draw(some.sampled_from(TRICKS) | some.binary(max_size=8))
            body = body[:start] + put + body[stop:]
        target.attempt(body)

    attempt()
