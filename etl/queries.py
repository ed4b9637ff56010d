"""The analysts' cookbook, `warehouse/queries/`, run on the published snapshot.

A query's first lines say its question (`-- ...`) and its parameters (`-- param name = default`); a parameter stands in
the SQL as `$name` and is bound as text, never pasted in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import duck, settings, store
from etl.logs import log

FOLDER = settings.WAREHOUSE / "queries"
PARAM = re.compile(r"^--\s*param\s+(\w+)\s*=\s*(.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Query:
    """One query of the cookbook."""

    name: str
    question: str
    parameters: dict[str, str]  # with their defaults
    sql: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: its columns and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


class NoSnapshot(Exception):
    """Nothing was published yet."""


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def find(name: str) -> Query:
    """Return a query by its name.

    Raises:
        ValueError: There is none; the message lists those there are.
    """
    path = FOLDER / f"{name}.sql"
    if name not in names():
        raise ValueError(f"no query {name!r} in warehouse/queries; there are {', '.join(names())}")
    sql = path.read_text(encoding="utf-8")
    question, parameters = [], {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        if match := PARAM.match(line):
            parameters[match[1]] = match[2]
        else:
            question.append(line.removeprefix("--").strip())
    return Query(name, " ".join(question), parameters, sql)


def run(name: str, parameters: dict[str, str] | None = None, snapshot: Path | None = None) -> Answer:
    """Run a query of the cookbook with its defaults and what `parameters` changes of them.

    Raises:
        ValueError: No such query or parameter.
        NoSnapshot: Nothing was published yet.
        StoreFailed: The store does not give the snapshot, and none lies here.
    """
    query = find(name)
    unknown = sorted(set(parameters or ()) - set(query.parameters))
    if unknown:
        wanted = ", ".join(query.parameters) or "none"
        raise ValueError(f"query {name} has no parameter {', '.join(unknown)}; it takes {wanted}")
    path = snapshot or settings.load().snapshot
    try:
        store.pull(path)
    except store.StoreFailed as failed:  # who reads is served from the copy at hand, and told
        if not path.exists():
            raise
        log.warning("answered from the snapshot that lies here: %s", failed)
    if not path.exists():
        raise NoSnapshot(f"there is no snapshot at {path} yet: `make run` makes one")
    with duck.read(path) as connection:
        bound = {**query.parameters, **(parameters or {})}
        result = connection.execute(query.sql, bound) if bound else connection.execute(query.sql)
        columns = tuple(column[0] for column in result.description or ())
        return Answer(columns, result.fetchall())


def records(name: str, parameters: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the rows of a query by the names of their columns; raises as `run` does."""
    found = run(name, parameters)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def pick(answer: Answer, columns: tuple[str, ...]) -> Answer:
    """Return an answer with these of its columns, in this order."""
    places = [answer.columns.index(column) for column in columns]
    return Answer(columns, [tuple(row[place] for place in places) for row in answer.rows])
