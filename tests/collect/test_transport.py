"""One request over TLS: certificates are checked, and the guarded connection carries them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from collect_zoo import settings

from etl.collect.connecting import NoAnswer, is_allowed
from etl.collect.transport import Transport


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An https server with a certificate of its own making."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run([*make, "-keyout", key, "-out", certificate, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_address[1]}", certificate
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program to make a certificate")
def test_certificates_are_checked(tmp_path: Path, secure: tuple[str, Path]) -> None:
    """A certificate of nobody's is refused; one that is trusted carries the answer; another name's is refused."""
    base, certificate = secure
    transport = Transport(settings(tmp_path))
    with pytest.raises(NoAnswer, match=r"TLS: .*certificate"):
        transport.get(f"{base}/", {}, 1000)
    transport.tls = ssl.create_default_context(cafile=certificate)
    assert transport.get(f"{base}/", {}, 1000).body == b"hello"
    with pytest.raises(NoAnswer, match=r"TLS: .*127\.0\.0\.1"):
        transport.get(f"{base.replace('localhost', '127.0.0.1')}/", {}, 1000)


PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]
PRIVATE = ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255"]  # noqa: S104
PRIVATE += [
    "224.0.0.1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
]
LOOPBACK = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE, *LOOPBACK])
def test_addresses_that_may_be_connected_to(address: str) -> None:
    """Public ones; loopback with leave only; private networks never, however they are written."""
    assert is_allowed(address, loopback=False) == (address in PUBLIC)
    assert is_allowed(address, loopback=True) == (address in PUBLIC or address in LOOPBACK)


def test_a_name_that_points_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name with a private address is not connected to; with a public one beside it, only that is used."""
    rows = [(2, 1, 6, "", ("10.0.0.1", 80)), (2, 1, 6, "", ("192.168.0.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: rows)
    tried: list[str] = []

    def connect(address: tuple[str, int], **_: float) -> None:
        tried.append(address[0])
        raise OSError("refused")

    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(NoAnswer, match="private network"):
        Transport(settings(tmp_path)).get("http://inside.example/", {}, 1000)
    rows.append((2, 1, 6, "", ("93.184.215.14", 80)))
    with pytest.raises(NoAnswer, match="does not answer"):
        Transport(settings(tmp_path)).get("http://inside.example/", {}, 1000)
    assert tried == ["93.184.215.14"]
