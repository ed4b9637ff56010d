"""Many hosts on loopback (127.1.0.1, 127.1.0.2, ...), one feed of articles each, served by a process of their own.

`python -m tests.bench.hosts HOSTS PAGES` serves until it is ended; the feed of night N is `/feed/N`.
"""

from __future__ import annotations

import asyncio
import sys

PORT = 18_180
TEXT = "<p>A service has more subscribers than in the year before, it said in a letter.</p>" * 500  # about 40 kB


def feed_of(host: int, night: int = 0) -> str:
    """Return the address of a host's feed."""
    return f"http://{_name(host)}:{PORT}/feed/{night}"


def serve(hosts: int, pages: int) -> None:
    """Serve every host, each with a feed of `pages` - 1 articles a night, until the process is ended."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        body = _body(path, pages)
        kind = "application/rss+xml" if path.startswith("/feed/") else "text/html"
        head = f"HTTP/1.1 {200 if body else 404} Bench\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    async def listen() -> None:
        servers = [await asyncio.start_server(answer, _name(host), PORT) for host in range(hosts)]
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(listen())


def _name(host: int) -> str:
    return f"127.1.{host // 250}.{1 + host % 250}"


def _body(path: str, pages: int) -> bytes:
    if path.startswith("/feed/"):
        night = path.removeprefix("/feed/")
        links = (f"/article/{night}/{number}" for number in range(pages - 1))
        items = "".join(f"<item><title>Netflix</title><link>{link}</link></item>" for link in links)
        return f'<rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'.encode()
    return f"<html><body><h1>{path}</h1>{TEXT}</body></html>".encode() if path.startswith("/article/") else b""


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
