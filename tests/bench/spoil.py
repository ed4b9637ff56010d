"""Ways to spoil a page: cut off, torn, nested deep, mixed with binary data and other encodings, up to 50 MB."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from pathlib import Path

from tests.bench.read import HTML

OWN = Path(__file__).parents[1] / "read" / "pages"
MEGABYTE = 1_000_000


def originals() -> list[bytes]:
    """Return the project's pages, and every eighth of the real ones where they are at hand."""
    found = [path.read_bytes() for path in sorted(OWN.glob("*/page.html"))]
    for path in sorted(HTML.glob("*/pages/*.html.gz"))[::8]:
        found.append(gzip.decompress(path.read_bytes()))
    return found


def mutated(sources: list[bytes], seed: int, number: int, large: bool) -> tuple[bytes, str]:
    """Return the page of a number, and how it was spoiled."""
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311
    body = chance.choice(sources)
    ways = chance.sample(WAYS, chance.randint(1, 3))
    if large and number % 1000 == 999:
        ways = [huge]
    for way in ways:
        body = way(body, chance)
    return body, ", ".join(way.__name__ for way in ways)


def cut_off(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def torn(body: bytes, chance: random.Random) -> bytes:
    """Single bytes of the markup changed, dropped or doubled."""
    data = bytearray(body)
    for _ in range(chance.randint(1, 200)):
        if not data:
            break
        place = chance.randrange(len(data))
        data[place : place + chance.randint(0, 3)] = chance.choice((b"<", b">", b'"', b"&", b"</", b"\x00", b"=", b""))
    return bytes(data)


def binary(body: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.randbytes(chance.randint(1, 20_000)) + body[place:]


def nested(body: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((300, 1000, 5000))
    tag = chance.choice(
        (b"div", b"span", b"table", b"ul", b"li", b"blockquote", b"b", b"font", b"td", b"article", b"p")
    )
    place = chance.choice((0, body.find(b"<p") if b"<p" in body else 0, len(body) // 2))
    closing = (b"</" + tag + b">") * depth if chance.random() < 0.5 else b""
    return body[:place] + (b"<" + tag + b">") * depth + body[place:] + closing


def mixed(body: bytes, chance: random.Random) -> bytes:
    """Parts of the page in other encodings than the rest."""
    text = body.decode("utf-8", errors="replace")
    parts = []
    for start in range(0, len(text), max(len(text) // 6, 1)):
        part = text[start : start + max(len(text) // 6, 1)]
        parts.append(
            part.encode(chance.choice(("utf-8", "cp1252", "utf-16-le", "utf-7", "shift_jis")), errors="replace")
        )
    return b"".join(parts)


def shuffled(body: bytes, chance: random.Random) -> bytes:
    parts = body.split(b"<")
    for _ in range(chance.randint(1, 50)):
        one, two = chance.randrange(len(parts)), chance.randrange(len(parts))
        parts[one], parts[two] = parts[two], parts[one]
    return b"<".join(parts)


def repeated(body: bytes, chance: random.Random) -> bytes:
    """A line, a tag or a number said very often."""
    what = chance.choice(
        (b"<p>by by by by</p>", b"1 2 3 ", b"<a href=x>y</a>", b"&amp;amp;", b"le 3 mai 2024 ", b"<br>", b"- ")
    )
    place = chance.randrange(len(body) + 1)
    return body[:place] + what * chance.choice((100, 2000, 20_000)) + body[place:]


def long_attribute(body: bytes, chance: random.Random) -> bytes:
    value = chance.choice((b"a-", b"a ", b"\xe9", b"1,", b"../")) * chance.choice((1000, 100_000))
    return body.replace(b"<div", b'<div class="' + value + b'"', chance.randint(1, 3))


def wide_table(body: bytes, chance: random.Random) -> bytes:
    span = chance.choice((b"2", b"1000", b"99999999", b"-1", b"x"))
    row = b"<tr>" + (b"<td rowspan=" + span + b" colspan=" + span + b">5</td>") * chance.randint(1, 60) + b"</tr>"
    place = chance.randrange(len(body) + 1)
    return body[:place] + b"<table>" + row * chance.randint(2, 300) + b"</table>" + body[place:]


def deep_data(body: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((50, 5000, 100_000))
    data = chance.choice((b'{"@graph":[' * depth, b"[" * depth, b'{"@type":"Article","datePublished":"' + b"9" * depth))
    return b'<script type="application/ld+json">' + data + b"</script>" + body


def packed(body: bytes, chance: random.Random) -> bytes:
    data = gzip.compress(body, mtime=0)
    return data[: chance.randint(1, len(data))] if chance.random() < 0.7 else data


def huge(body: bytes, chance: random.Random) -> bytes:
    """A page of up to 50 MB: itself again and again, or one endless line."""
    size = chance.choice((5, 20, 50)) * MEGABYTE
    filler = body if chance.random() < 0.5 else chance.choice((b"word ", b"<p>", b"<b>9,99</b> ", b"<td>1</td>"))
    return (body + filler * (size // max(len(filler), 1) + 1))[:size]


WAYS: list[Callable[[bytes, random.Random], bytes]] = [
    *(cut_off, torn, binary, nested, mixed, shuffled, repeated, long_attribute, wide_table, deep_data, packed)
]
