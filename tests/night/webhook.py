"""Somebody on loopback who takes what is posted, or refuses it; and a post office that takes e-mail."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from tests.night.loopback import serving


@dataclass
class Receiver:
    """A running receiver: `got` holds the bodies, `status` is what it answers."""

    url: str = ""
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)


@contextlib.contextmanager
def receiving(secret: str) -> Iterator[Receiver]:
    """Run a receiver under an address that ends with a secret."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.path == f"/{secret}"
            receiver.got.append(json.loads(body))
            self.send_response(receiver.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as base:
        receiver.url = f"{base}/{secret}"
        yield receiver


@contextlib.contextmanager
def post_office() -> Iterator[tuple[int, list[str]]]:
    """Run a mail server that takes everything: its port, and each line it was told."""
    told: list[str] = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            in_letter = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                told.append(line)
                if in_letter and line != ".":
                    continue
                in_letter = line.upper() == "DATA"
                self.wfile.write(b"354 go on\r\n" if in_letter else b"250 well\r\n")
                if line.upper() == "QUIT":
                    return

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server.server_address[1], told
    finally:
        server.shutdown()
        server.server_close()
