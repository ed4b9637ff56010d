"""The pages under the address that they have inside Airflow, and a browser to look at them."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from tests.night.loopback import free_port


@contextmanager
def served() -> Iterator[str]:
    """Serve the pages on a free port of loopback; their address."""
    from etl.monitor import web

    outer = FastAPI()
    outer.mount("/streamledger", web.app)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(outer, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline and thread.is_alive()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/streamledger"
    server.should_exit = True
    thread.join(10)


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium.

    Raises:
        NoBrowser: There is none.
    """
    program = shutil.which("chromium")
    if not program:
        raise NoBrowser("no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
