"""Resolves what a load touches: documents, then statements, then figures, by the SQL of `warehouse/models/`.

What the models keep from load to load follows from the raw tables, the models themselves, and the tables kept by hand.
When one of the last two changed, what was made from them is taken down and every key counts as touched: a rebuild is
the same SQL over everything, in parts that stay within the memory. The macros, and the tables that only show what
people keep by hand, are made again when they changed.
"""

from __future__ import annotations

import hashlib
import json

import duckdb
import pyarrow as pa

from etl.load import reference, scripts

CALENDAR, SERIES = "macros/10_calendar", "macros/20_series"  # the macros that models use
BY_HAND = "models/marts/30_by_hand"
PAGES = tuple(f"models/core/{name}" for name in ("10_texts", "20_hints", "25_copies", "30_documents"))
RUNS = 20_000_000  # hashes of texts compared in one go
DOCUMENTS = 500_000  # whose statements are read in one go
# DuckDB numbers the rows that a transaction adds from here on until it ends. A list of places without them is short and
# narrow enough to be looked up exactly; with them it is guessed at, and pages of other rows are read for every guess
NEW_ROWS = 36_028_797_018_960_000


def resolve(con: duckdb.DuckDBPyConnection) -> tuple[int, int, int, str]:
    """Resolve what changed since the last load; return figures added, changed, closed, and the hash of all.

    Raises:
        duckdb.Error: A model fails; a note on the error names the file.
    """
    con.execute("SET VARIABLE new_rows = $first", {"first": NEW_ROWS})
    changed = _start(con)
    texts, hints, copies, documents = PAGES
    scripts.run_folder(con, texts)
    if _count(con, "SELECT count(*) FROM changed_texts"):
        _in_parts(
            con, _count(con, "SELECT sum(len(t.sketch)) FROM rejudged r NATURAL JOIN core.texts t") // RUNS, hints
        )
        scripts.run_folder(con, copies)
    scripts.run_folder(con, documents)
    _in_parts(con, _count(con, "SELECT count(*) FROM touched_documents") // DOCUMENTS, "models/core/40_statements")
    scripts.run_folder(con, "models/core/45_touched")
    last = _count(con, "SELECT max(part) FROM figures_to_resolve")
    _in_parts(con, last, "models/core/50_figures", "models/marts/10_of_figures")
    scripts.run_folder(con, "models/marts/20_of_nights")
    if "statements" in changed or _count(con, "SELECT count(*) FROM edited_addresses"):
        scripts.run_folder(con, "models/marts/25_of_addresses")
    if "by_hand" in changed:
        scripts.run_folder(con, BY_HAND)
    if "macros" in changed:
        scripts.run_folder(con, "macros")
    scripts.run_folder(con, "models/marts/40_series")
    return _changes(con)


def _start(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Take down what was made from other models or tables than there are now; return the parts that changed."""
    before = dict(con.execute("SELECT part, made_from FROM core.built").fetchall())
    now = _made_from(con)
    changed = {part for part in now if now[part] != before.get(part)}
    con.execute("SET VARIABLE all_documents = $all", {"all": "documents" in changed})
    con.execute("SET VARIABLE all_statements = $all", {"all": "statements" in changed})
    if "documents" in changed:
        scripts.run(con, "anew/documents.sql")
    if "statements" in changed:
        scripts.run(con, "anew/statements.sql")
        con.execute("UPDATE core.figures_hash SET so_far = 0")
    if "macros" in changed:
        scripts.run_folder(con, CALENDAR)
    if changed:
        con.execute("DELETE FROM core.built")
        rows = [{"part": part, "made_from": digest} for part, digest in now.items()]
        con.register("made", pa.Table.from_pylist(rows))
        con.execute("INSERT INTO core.built SELECT m.part, m.made_from FROM made AS m")
    return changed


def _made_from(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return a digest of what each part is made from; official history counts from the first night."""
    ((first,),) = con.execute("SELECT min(night)::VARCHAR FROM raw.nights").fetchall()
    decisive = json.dumps(reference.decisive(), sort_keys=True)
    return {
        "documents": _digest(_texts("schema", *PAGES)),
        "statements": _digest([first or "", *_texts("models", CALENDAR, SERIES), decisive]),
        "by_hand": _digest([*_texts(BY_HAND, CALENDAR), json.dumps(reference.shown(), sort_keys=True)]),
        "macros": _digest(_texts("macros", "words")),
    }


def _texts(*folders: str) -> list[str]:
    return [scripts.text(name) for folder in folders for name in scripts.names(folder)]


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = con.execute(query).fetchall()
    return int(number or 0)


def _in_parts(con: duckdb.DuckDBPyConnection, last: int, *folders: str) -> None:
    con.execute("SET VARIABLE parts = $parts", {"parts": last + 1})
    for part in range(last + 1):
        con.execute("SET VARIABLE part = $part", {"part": part})
        for folder in folders:
            scripts.run_folder(con, folder)


def _changes(con: duckdb.DuckDBPyConnection) -> tuple[int, int, int, str]:
    con.execute(
        "UPDATE core.figures_hash SET so_far = xor(so_far, (SELECT coalesce(bit_xor(turned), 0) FROM load_changes))"
    )
    ((*counts, total),) = con.execute(
        "SELECT sum(added)::BIGINT, sum(changed)::BIGINT, sum(closed)::BIGINT, "
        "(SELECT md5(so_far::VARCHAR) FROM core.figures_hash) FROM load_changes"
    ).fetchall()
    added, changed, closed = (int(count) for count in counts)
    return added, changed, closed, str(total)
