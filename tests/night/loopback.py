"""A web site on loopback: pages, feeds and files under addresses of its own, faults included."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

HELD_SECONDS = 600


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    """What one address answers."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    when: Event | None = None  # held back until this is set
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0  # bytes that are announced and never sent
    hang_up: bool = False  # without a word


@dataclass
class Site:
    """A running site: `answers` may be changed while it runs, `asked` holds every path that was asked for."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(
        self, path: str, body: bytes | str, content_type: str = "text/html; charset=utf-8", status: int = 200
    ) -> str:
        """Put an answer under a path and return its whole address."""
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(data, content_type, status)
        return self.base + path

    def feed(self, path: str, links: list[tuple[str, str]]) -> str:
        """Put an RSS feed of (title, address) under a path and return its whole address."""
        items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for title, link in links)
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Site</title>{items}</channel></rss>'
        return self.add(path, rss, "application/rss+xml")


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Run a server on a free port of loopback until the block ends; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def running() -> Iterator[Site]:
    """Run a site on a free port of loopback until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            bare = site.answers.get(self.path.partition("?")[0], Answer(b"no such page", "text/plain", 404))
            answer = site.answers.get(self.path, bare)
            if answer.when:
                answer.when.wait(HELD_SECONDS)
            self.close_connection = answer.hang_up or answer.missing > 0
            if answer.hang_up:
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body) + answer.missing))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as site.base:
        yield site
