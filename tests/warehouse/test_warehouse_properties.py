"""What holds for any nights: the order does not matter, loading again changes nothing, the past is never rewritten."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import warehouse_nights as nights
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from etl import load
from etl.load import scripts

HISTORY = re.compile(r"models/marts/10_of_figures/0[01]")
OFFICIAL = [
    {"platform": f"p{world}", "period": period, "value": value}
    for world in range(12)
    for period, value in (("2022-Q4", 10000000), ("2021", 9000000))
]
CLAIM = st.fixed_dictionaries(
    {
        "value": st.sampled_from([9000000, 9900000, 10000000, 10500000, 10000000000]),
        "qualifier": st.sampled_from(["exact", "approx", "min", "max"]),
        "period": st.sampled_from(["2022-Q4", "2021", None]),
        "status": st.sampled_from(["actual", "actual", "estimate", "rumour"]),
        "confidence": st.sampled_from([0.4, 0.9]),
        "attributed_to": st.sampled_from([None, None, "NPA Conseil"]),
    }
)
TEXT = (
    "Le service a franchi un cap à la fin du mois, selon une note interne que la rédaction a lue, un chiffre jamais "
    "communiqué jusqu'ici par le groupe américain, et la plateforme compte désormais dans tout le pays "
)
OWN = (
    "D'après notre propre enquête auprès des opérateurs qui distribuent l'application sur leurs décodeurs, on dénombre "
    "aujourd'hui au bas mot, et sans les périodes d'essai offertes aux nouveaux venus, ce nombre de foyers : "
)
DOCUMENT = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["loupe", "ecran", "regulator", "starter"]),
        "path": st.sampled_from(["a", "b"]),
        "kind": st.sampled_from(["article", "article", "article", "consent_wall"]),
        "wire": st.sampled_from(["", "", "AFP"]),
        "published": st.dates(date(2022, 11, 1), date(2023, 3, 1)),
        "text": st.sampled_from(["", TEXT, f"{TEXT} {OWN}", OWN]),
        "claims": st.lists(CLAIM, max_size=3),
    }
)
WORLD = st.lists(st.lists(DOCUMENT, max_size=4), min_size=3, max_size=3)
WORLDS = st.lists(WORLD, min_size=12, max_size=12)  # one platform each: side by side in one warehouse
SOURCES = {"regulator": {"authority": "official"}, "starter": {"sample": True}, "loupe": {}, "ecran": {}}
FEW = settings(max_examples=2, deadline=None, derandomize=True, database=None, phases=[Phase.generate])


def staged(worlds: list[list[list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """Give every document an identity, one version of one address, and every world its platform."""
    made: list[dict[str, Any]] = [
        {"night": date(2026, 11, 1) + timedelta(n), "sources": SOURCES, "documents": []} for n in range(3)
    ]
    for w, world in enumerate(worlds):
        for n, documents in enumerate(world):
            for k, document in enumerate(documents):
                url = f"https://{document['source']}.test/{w}/{document['path']}"
                readable = document["kind"] == "article"
                claims = [{**claim, "platform": f"p{w}"} for claim in document["claims"]] if readable else []
                text = document["text"] + " | ".join(str(claim["value"]) for claim in claims)
                row = {**document, "id": f"{w}-{n}-{k}", "url": url, "claims": claims, "text": text}
                made[n]["documents"].append(row)
    return made


def core_only(con: duckdb.DuckDBPyConnection, folder: str) -> None:
    """Leave out the marts that only show what is held, behind the history of figures, which a load looks back at."""
    for script in scripts.names(folder):
        if script.startswith(("models/core", "macros/10_calendar")) or HISTORY.match(script):
            scripts.run(con, script)


@contextmanager
def home() -> Iterator[Path]:
    before = scripts.REFERENCE
    with tempfile.TemporaryDirectory() as name:
        scripts.REFERENCE = nights.reference(Path(name) / "reference", {"official": OFFICIAL})
        run_folder = scripts.run_folder
        scripts.run_folder = core_only
        try:
            yield Path(name)
        finally:
            scripts.REFERENCE, scripts.run_folder = before, run_folder


def loaded(folder: Path, name: str, order: list[dict[str, Any]]) -> str:
    """Stage and load nights in this order; return the hash of all figures."""
    report = None
    for night in order:
        nights.stage_night(folder / name, night["night"], night)
        report = load.load(folder / f"{name}.duckdb", folder / name, night["night"])
    assert report
    return report.figures_hash


@pytest.mark.slow
@FEW
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_nights_and_rows_does_not_matter(found: list[list[list[dict[str, Any]]]], chance: Any) -> None:
    rows = staged(found)
    shuffled = [
        {**row, "documents": chance.sample(row["documents"], len(row["documents"]))}
        for row in chance.sample(rows, len(rows))
    ]
    with home() as folder:
        assert loaded(folder, "straight", rows) == loaded(folder, "shuffled", shuffled)


@pytest.mark.slow
@FEW
@given(WORLDS)
def test_loading_again_changes_nothing_and_the_past_stays(found: list[list[list[dict[str, Any]]]]) -> None:
    *earlier, last = staged(found)
    with home() as folder:
        before = loaded(folder, "x", earlier)
        past = believed(folder / "x.duckdb", earlier[-1]["night"])
        for night in earlier:
            again = load.load(folder / "x.duckdb", folder / "x", night["night"])
            assert (again.added, again.changed, again.closed, again.figures_hash) == (0, 0, 0, before)
        loaded(folder, "x", [last])
        assert believed(folder / "x.duckdb", earlier[-1]["night"]) == past


def believed(working: Path, day: date) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(working), read_only=True)
    try:
        held = (
            "SELECT figure_id, value, state, origins, status, candidates FROM figure_history WHERE known_from <= $day "
            "AND (known_to IS NULL OR known_to > $day) ORDER BY figure_id"
        )
        return con.execute(held, {"day": day}).fetchall()
    finally:
        con.close()
