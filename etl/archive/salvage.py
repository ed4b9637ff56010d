"""What a killed run had written: how much of it is whole."""

from __future__ import annotations

import zlib
from pathlib import Path

PIECE = 1 << 20  # bytes read at a time


def whole_until(path: Path, start: int) -> int:
    """Return up to which byte a file holds whole records (gzip members), looked at from a byte on."""
    end = start
    with path.open("rb") as stream:
        stream.seek(start)
        rest = b""
        while rest or (rest := stream.read(PIECE)):
            member = zlib.decompressobj(wbits=31)
            while not member.eof:
                try:
                    member.decompress(rest)
                except zlib.error:
                    return end
                if not member.eof and not (rest := stream.read(PIECE)):
                    return end
            rest = member.unused_data
            end = stream.tell() - len(rest)
    return end
