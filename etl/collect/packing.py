"""Bodies as they travel, unpacked: gzip and deflate, to the end or not at all, and never beyond a limit."""

from __future__ import annotations

import zlib

from etl.collect.connecting import NoAnswer

KINDS = {"": (), "identity": (), "gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}  # what zlib calls them
CHAIN = 5  # packings of one body that are taken off


def names(said: str) -> list[str]:
    """Return how a body is packed, by its header Content-Encoding, the outermost first.

    Raises:
        NoAnswer: In a way that was not asked for, or too often.
    """
    found = [word.strip() for word in said.lower().split(",")]
    if not set(found) <= set(KINDS):
        raise NoAnswer("broken_answer", f"packed as {said!r}, which was not asked for")
    if len(found) > CHAIN:
        raise NoAnswer("broken_answer", f"the body cannot be unpacked: it is packed {len(found)} times")
    return [name for name in reversed(found) if KINDS[name]]


def unpacked(body: bytes, name: str, limit: int, is_cut: bool) -> bytes:
    """Return a body without one packing; one of more than `limit` bytes is longer than that by some bytes.

    `is_cut` says that the end of the body is missing, as it may.

    Raises:
        NoAnswer: It is not packed so, or breaks off.
    """
    problem = ""
    for bits in KINDS[name]:
        try:
            return _members(body, bits, limit, is_cut)
        except zlib.error as broken:
            problem = problem or str(broken)
    raise NoAnswer("broken_answer", f"the body cannot be unpacked: {problem}")


def _members(body: bytes, bits: int, limit: int, is_cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body and size <= limit:
        member = zlib.decompressobj(wbits=bits)
        try:
            parts.append(member.decompress(body, limit + 1 - size))
        except zlib.error:
            if parts:  # what follows the last member is none
                break
            raise
        size += len(parts[-1])
        if not member.eof and size <= limit and not is_cut:
            raise NoAnswer("broken_answer", f"the body breaks off: of {name_of(bits)} the end is missing", again=True)
        body = member.unused_data
    return b"".join(parts)


def name_of(bits: int) -> str:
    """Return what one of zlib's numbers means."""
    return next(name for name, known in KINDS.items() if bits in known)
