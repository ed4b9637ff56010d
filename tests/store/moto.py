"""The S3 server of moto, which is not ours: started from .venv-s3 on loopback, everything in its memory.

It checks no signatures and never fails; what needs a server that does, has tests/store/s3.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from etl.server import supervisor
from tests.composed import ROOT
from tests.night.loopback import free_port
from tests.store import s3

PROGRAM = ROOT / ".venv-s3" / "bin" / "moto_server"
PATIENCE = 60  # seconds in which it has to listen: it brings in most of boto3 first


@dataclass
class Server:
    """Where it listens; the keys are anybody's."""

    endpoint: str
    key: str = "the-key"
    secret: str = field(default_factory=lambda: uuid.uuid4().hex)

    def environment(self, bucket: str = "ledger") -> dict[str, str]:
        """Return the variables by which a program finds a bucket, which is made."""
        self.make(bucket)
        return s3.told(self.endpoint, bucket, self.key, self.secret)

    def make(self, bucket: str) -> None:
        answer = requests.put(f"{self.endpoint}/{bucket}", timeout=60)
        assert answer.status_code == 200, answer.text

    def keys(self, bucket: str) -> list[str]:
        """Return the keys of a bucket, by the first version of the list, which the library does not ask for."""
        found: list[str] = []
        while True:
            after = {"marker": found[-1]} if found else {}
            answer = requests.get(f"{self.endpoint}/{bucket}", params=after, timeout=60)
            assert answer.status_code == 200, answer.text
            found += re.findall("<Key>(.*?)</Key>", answer.text)
            if "<IsTruncated>true" not in answer.text:
                return found

    def forget(self) -> None:
        """Empty it: no bucket is left."""
        requests.post(f"{self.endpoint}/moto-api/reset", timeout=60).raise_for_status()


@contextmanager
def running(log: Path) -> Iterator[Server]:
    """Start the server on a free port, wait until it answers, and stop it in the end; what it prints goes to `log`."""
    assert PROGRAM.is_file(), f"{PROGRAM} is not there: run `make test-scaleout`, which makes its environment"
    port = free_port()
    process = supervisor.start([str(PROGRAM), "--host", "127.0.0.1", "--port", str(port)], os.environ, log)
    server = Server(f"http://127.0.0.1:{port}")
    try:
        _wait(server, process, log)
        yield server
    finally:
        supervisor.stop([process], 10)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            server.forget()
            return
        except requests.ConnectionError:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
