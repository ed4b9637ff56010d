"""The audit of dependencies, beside a service on loopback that knows one vulnerability."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.audit import __main__ as audit
from tests.night import loopback

KNOWN = {"id": "GHSA-xxxx-yyyy-zzzz", "aliases": ["CVE-2026-00001"], "summary": "a hole", "details": "a hole"}


@pytest.fixture
def advisories() -> Iterator[str]:
    """A service that knows a vulnerability of every duckdb."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]
            events = [{"introduced": "0"}, {"fixed": "99.0"}]
            affected = [{"package": asked, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]
            said = {"vulns": [{**KNOWN, "affected": affected}]} if asked["name"] == "duckdb" else {}
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with loopback.serving(Handler) as base:
        yield base


def test_a_known_vulnerability_is_named_with_its_mend(advisories: str) -> None:
    """In both locks, by the program as `make audit` runs it."""
    words = [sys.executable, "-m", "tests.audit", "--osv-url", advisories]
    done = subprocess.run(words, cwd=audit.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.count("1 known vulnerabilities, 1 not waived") == len(audit.LOCKS)
    assert "duckdb 2.0.0: CVE-2026-00001, GHSA-xxxx-yyyy-zzzz; mended in 99.0" in done.stdout


def test_who_cannot_be_asked_is_no_all_clear(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for more, code in ([], 0), (["--must"], 1):
        monkeypatch.setattr(sys, "argv", ["audit", "--osv-url", "http://127.0.0.1:9/nobody", *more])
        assert audit.main() == code
        assert "no advisories from http://127.0.0.1:9/nobody, so nothing is known" in capsys.readouterr().out


def test_a_lock_that_cannot_be_read_is_a_fault_and_no_silence(tmp_path: Path) -> None:
    lock = tmp_path / "broken.lock"
    lock.write_text("duckdb\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"broken\.lock could not be audited"):
        audit.known(lock, "http://127.0.0.1:9/nobody")


def test_a_waiver_has_a_reason_and_an_end(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("- {id: CVE-1, reason: not reached, until: 2026-01-31}", encoding="utf-8")
    assert audit.waivers(path, date(2026, 1, 31)) == {"CVE-1"}
    assert audit.waivers(path, date(2026, 2, 1)) == set()
    path.write_text("- {id: CVE-1, until: 2026-01-31}", encoding="utf-8")
    with pytest.raises(ValueError, match="want id, reason, and until"):
        audit.waivers(path, date(2026, 1, 1))
