"""The pages of the monitor after a night of the starter and of one hostile page.

What brings Airflow with it is imported where it is used: each process of the tests reads all files of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from etl import archive, settings, stage
from etl.collect import sources
from etl.model import Outcome
from etl.steps import collecting, nightly, progress, reading

SHUT = "blocked: HTTP 403 from https://shut.example/"
NIGHT = datetime.now(UTC).date() - timedelta(days=1)
HOSTILE = """<html lang="en"><head><meta property="article:published_time" content="2024-01-24">
<title>&lt;script&gt;alert(1)&lt;/script&gt; Netflix ends the year with 260 million subscribers</title></head>
<body><article>
<h1>&lt;script&gt;alert(1)&lt;/script&gt; Netflix ends the year with 260 million subscribers</h1>
<p>Netflix had 260.28 million "&gt;&lt;img src=x onerror=alert(2)&gt; paid subscribers worldwide at the end of 2023, the
company said in its letter to shareholders, more than ever before &lt;svg onload=alert(3)&gt;. Its revenue rose by
12.5 percent in the fourth quarter of 2023.</p></article></body></html>"""


class Somebody:
    """Whoever is logged in."""

    def get_name(self) -> str:
        return "somebody"


@contextmanager
def a_night(home: Path) -> Iterator[None]:
    """Run the night in an empty home, of which the program is told; whoever asks for a page counts as logged in."""
    row = sources.load(settings.CODE / "sources", "sample_netflix_newsroom")
    told = {"title": "Hostile", "kind": "page", "url": "https://hostile.example/", "language": "en", "country": "US"}
    told |= {"authority": "press", "licence": "<b>none</b>", "relevant_only": False}
    from airflow.api_fastapi.core_api.security import get_user

    from etl.monitor import web

    (home / "sources").mkdir()
    (home / "sources" / "hostile.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    mine = settings.CODE / "sources" / f"{row.name}.yaml"
    (home / "sources" / mine.name).write_text(mine.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLEDGER_HOME", str(home / "data"))
        patch.setenv("STREAMLEDGER_SOURCES", str(home / "sources"))
        patch.setitem(web.app.dependency_overrides, get_user, Somebody)
        patch.setitem(web.app.dependency_overrides, web.may_correct, lambda: None)
        with progress.step(NIGHT, progress.FIRST):
            collecting.collect(row.name, NIGHT)
        stage.write(settings.load().staging, "sources", NIGHT, "hostile", [reading.source_of("hostile", NIGHT)])
        with archive.Writer(settings.load().archive, NIGHT, "hostile") as writer:
            writer.add(told["url"], 200, {}, HOSTILE.encode(), datetime.now(UTC), "text/html")
        for name in (row.name, "hostile"):
            reading.extract_source(name, NIGHT)
        shut = Outcome(NIGHT, "shut", "collect", "shut", ok=False, outcome="failed", reason=SHUT)
        stage.write(settings.load().staging, "outcomes", NIGHT, "shut.collect", [shut])
        nightly.load_night(NIGHT)
        nightly.publish_night(NIGHT)
        # and something for the page to tell
        progress.warn(NIGHT, [{"name": "bounds", "why": "Too big.", "rows": 2, "first": {"source": "a", "value": 5}}])
        yield
