"""Certificates that nobody should trust, each with the ledger row it must leave; none is ever asked past."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from collect_zoo import Site, run, source

from etl.collect.transport import Transport

pytest.importorskip("cryptography", reason="makes the certificates; comes with Airflow")
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def made(folder: Path, name: str, begins: datetime, ends: datetime) -> tuple[Path, Path]:
    """Make a certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number(), begins, ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    coding = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files[1].write_bytes(key.private_bytes(*coding))
    return files


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/page"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "8" if found else "0")
        self.end_headers()
        self.wfile.write(b"<p>a</p>" if found else b"")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(certificate: Path, key: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), Page)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up are what is tested here
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_address[1]}/page"
    finally:
        server.shutdown()
        server.server_close()


CASES = {  # name in the certificate, from when to when, whether its maker is trusted -> what the row says
    "good": ("localhost", -DAY, DAY, True, ""),
    "signed by itself": ("localhost", -DAY, DAY, False, "self-signed certificate"),
    "expired": ("localhost", -3 * DAY, -DAY, True, "certificate has expired"),
    "not yet valid": ("localhost", DAY, 3 * DAY, True, "certificate is not yet valid"),
    "another host's": ("elsewhere.example", -DAY, DAY, True, "certificate is not valid for 'localhost'"),
}


@pytest.mark.parametrize("case", CASES)
def test_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    name, begins, ends, is_trusted, words = CASES[case]
    monkeypatch.setattr("etl.collect.asking.AUXILIARY", 0.0)
    certificate, key = made(tmp_path, name, NOW + begins, NOW + ends)
    if is_trusted:
        trusting = partial(Transport, tls=ssl.create_default_context(cafile=certificate))
        monkeypatch.setattr("etl.collect.asking.Transport", trusting)
    with served(certificate, key) as url:
        result = run(tmp_path, source(Site({}), kind="page", url=url, fulltext="none"))
    last = result.requests[-1]
    if not words:
        assert (last.outcome, result.pages) == ("fetched", 1)
        return
    assert (last.url, last.outcome, result.pages, result.failed) == (url, "unreachable", 0, True)
    assert "TLS: " in last.detail
    assert words in last.detail
    assert not any(row.digest for row in result.requests)
