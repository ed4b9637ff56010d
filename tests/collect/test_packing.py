"""Bodies unpacked: to the end or not at all, and never beyond the limit, however small the bomb."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest

from etl.collect import packing
from etl.collect.connecting import NoAnswer

BODY = b"<p>one million subscribers</p>" * 40
PACKED = gzip.compress(BODY)


@pytest.mark.parametrize("end", range(1, len(PACKED)))
def test_a_lost_end_is_noticed(end: int) -> None:
    with pytest.raises(NoAnswer, match="breaks off"):
        packing.unpacked(PACKED[:end], "gzip", 100_000, is_cut=False)
    assert BODY.startswith(packing.unpacked(PACKED[:end], "gzip", 100_000, is_cut=True))


def test_every_packing() -> None:
    bare = zlib.compress(BODY)[2:-4]
    for name, body in (("gzip", PACKED), ("x-gzip", PACKED * 3), ("deflate", zlib.compress(BODY)), ("deflate", bare)):
        found = packing.unpacked(body, name, 100_000, is_cut=False)
        assert found == BODY * (3 if body == PACKED * 3 else 1)
    assert packing.names("") == packing.names("identity") == []
    assert packing.names("deflate, GZIP") == ["gzip", "deflate"]


@pytest.mark.parametrize("said", ["br", "gzip, br", "zstd", "gzip;q=1", ", ".join(["gzip"] * 6)])
def test_what_nobody_asked_for(said: str) -> None:
    with pytest.raises(NoAnswer):
        packing.names(said)


def test_a_bomb_takes_no_more_than_the_limit() -> None:
    """Three hundred megabytes of zeros take about as much memory as may be kept."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(300)) + packer.flush()
    tracemalloc.start()
    found = packing.unpacked(bomb, "gzip", 1_000_000, is_cut=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1_000_001
    assert peak < 5_000_000
