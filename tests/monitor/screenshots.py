"""Pictures of the pages after a night of the samples with every planted fault in it.

python -m tests.monitor.screenshots           make those of docs/ anew
python -m tests.monitor.screenshots FOLDER    every page, on a telephone and on a desk, light and dark, to look at
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from airflow.api_fastapi.core_api.security import get_user
from playwright.sync_api import Browser

from etl import settings
from etl.monitor import web
from etl.steps import nightly
from tests.monitor.served import chromium, served
from tests.night.loopback import running
from tests.night.planting import plant_all

NIGHT = datetime.now(UTC).date().isoformat()
DOCS = settings.ROOT / "docs" / "pages"
WIDTHS = (380, 1440)
PAGES = {
    "last_night": "",
    "trends": "trends",
    "figure": "figure?platform=netflix&metric=subscribers&period=2023-Q4",
    "review": "review",
    "sources": "sources",
}
# of docs/: file, page, width and height in pixels, dark
SHOWN = (
    ("last_night.png", "last_night", (1180, 700), False),
    ("trends.png", "trends", (1180, 760), True),
    ("figure.png", "figure", (380, 760), False),
)


class Somebody:
    """Whoever is logged in."""

    def get_name(self) -> str:
        return "somebody"


def main() -> None:
    """Run the night, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        _a_night_of_faults(Path(folder), stack)
        web.app.dependency_overrides |= {get_user: Somebody}
        base, browser = stack.enter_context(served()), stack.enter_context(chromium())
        if len(sys.argv) > 1:
            _all(browser, base, Path(sys.argv[1]))
        DOCS.mkdir(parents=True, exist_ok=True)
        for file, page, size, dark in SHOWN:
            _take(browser, f"{base}/{PAGES[page]}", DOCS / file, size, dark)
            print(f"{DOCS / file}: {(DOCS / file).stat().st_size / 1000:.0f} kB")


def _a_night_of_faults(home: Path, stack: ExitStack) -> None:
    (home / "sources").mkdir()
    for sample in sorted((settings.CODE / "sources").glob("sample_*.yaml")):
        shutil.copy(sample, home / "sources")
    os.environ |= {
        "STREAMLEDGER_HOME": str(home / "data"),
        "STREAMLEDGER_SOURCES": str(home / "sources"),
        "STREAMLEDGER_ALLOW_LOOPBACK": "1",
        "STREAMLEDGER_CONNECT_SECONDS": "2",
        "STREAMLEDGER_READ_SECONDS": "2",
        "STREAMLEDGER_MAX_BODY_BYTES": "1000000",
    }
    plant_all(home / "sources", stack.enter_context(running()), stack)
    nightly.night(NIGHT)


def _all(browser: Browser, base: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PAGES.items():
        for width in WIDTHS:
            for dark in (False, True):
                file = folder / f"{name}_{width}_{'dark' if dark else 'light'}.png"
                _take(browser, f"{base}/{path}", file, (width, 850), dark, whole=True)
                print(file)


def _take(browser: Browser, url: str, file: Path, size: tuple[int, int], dark: bool, whole: bool = False) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(url)
    page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", dark)
    page.screenshot(path=file, full_page=whole)
    page.close()


if __name__ == "__main__":
    main()
