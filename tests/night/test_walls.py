"""A page that turns into a wall or an error on a later night: what was read of it before stays believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from loopback import Site
from planting import HEALTHY
from tonight import NIGHT

from etl import settings
from etl.steps import nightly

LATER = datetime.now(UTC).date().isoformat()
OTHER = HEALTHY.replace("Netflix", "Hulu").replace("260.28 million", "50.20 million")
WALLS = {
    "consent_wall": """<html lang="en"><head><title>Before you continue</title></head><body><main>
<h1>We value your privacy</h1><p>We and our 842 partners use cookies to store information on your device. Please accept
or reject cookies before you continue to the site.</p><button>Accept all</button><button>Reject all</button>
<button>Manage preferences</button></main></body></html>""",
    "soft_404": """<html lang="en"><head><title>Page not found</title></head><body><main><h1>404: Page not found</h1>
<p>Sorry, the page you are looking for no longer exists. Netflix has 999 million subscribers.</p>
<a href="/">Back to the home page</a></main></body></html>""",
    "list": """<html lang="en"><head><title>Streaming news</title></head><body><main><h1>Streaming</h1>"""
    + "".join(
        f'<h2><a href="/{number}.html">Netflix has {number} million subscribers, says a poll</a></h2>'
        for number in range(300, 325)
    )
    + "</main></body></html>",
}


def asked(sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.load().snapshot), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def believed(name: str) -> tuple[list[tuple[Any, ...]], ...]:
    """What analysts are told of a source: its good readings, and the claims and figures taken from them."""
    return (
        asked("SELECT document_id, title FROM documents WHERE source = $name AND kind = 'article'", name=name),
        asked(
            "SELECT claim_id, value, standing FROM claims WHERE source = $name AND known_to IS NULL ORDER BY ALL",
            name=name,
        ),
        asked(
            "SELECT figure_id, value FROM figures WHERE figure_id IN "
            "(SELECT figure_id FROM claims WHERE source = $name) ORDER BY ALL",
            name=name,
        ),
    )


def test_a_wall_never_takes_the_place_of_a_good_reading(home: Path, source: Callable[..., None], site: Site) -> None:
    """And, as the measure of it, a page that does say something else on the second night is believed anew."""
    for kind in WALLS:
        source(kind, site.add(f"/{kind}.html", HEALTHY))
    source("revised", site.add("/revised.html", OTHER))
    assert nightly.night(NIGHT) == []
    before = {name: believed(name) for name in (*WALLS, "revised")}
    assert all(all(told) for told in before.values()), "the first night reads every page and its figures"

    for kind, page in WALLS.items():
        site.add(f"/{kind}.html", page)
    site.add("/revised.html", OTHER.replace("50.20 million", "51.50 million"))
    assert nightly.night(LATER) == []
    for kind in WALLS:
        told = asked(
            "SELECT outcome, ok FROM outcomes WHERE source = $kind AND step = 'read' AND night = $day",
            kind=kind,
            day=LATER,
        )
        assert told == [(kind, False)], "the second night met the wall and says so"
        assert believed(kind) == before[kind]
    assert 51_500_000 in [value for _, value, _ in believed("revised")[1]]
