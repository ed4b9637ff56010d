"""Source files: one YAML a source, read strictly, each on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from etl.collect import together
from etl.collect.checks import CHECKS, NAME
from etl.model import Expect, Source

HINTS = {  # what is meant by the words of the YAML reader
    "mapping values are not allowed": "a text with a colon wants quotes, and keys begin their line",
    r"'\t'": "lines are indented by blanks, not by tabs",
    "block mapping start": "all keys begin at the same place of their line",
    "codec can't decode": "save the file as UTF-8",
}


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A source file that cannot be used."""

    name: str
    message: str

    def __str__(self) -> str:
        return self.message


def names(folder: Path) -> list[str]:
    """Return the names of the sources of a folder, broken ones too."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load_all(folder: Path) -> tuple[list[Source], list[SourceProblem]]:
    """Return the sources of a folder and the problems of the files that are none."""
    found: list[Source] = []
    problems = [
        SourceProblem(path.stem, f"{path.name}: a source file ends in .yaml; rename it")
        for path in folder.glob("*.yml")
    ]
    for name in names(folder):
        try:
            found.append(load(folder, name))
        except ValueError as broken:
            problems.append(SourceProblem(name, str(broken)))
    return found, problems


def load(folder: Path, name: str) -> Source:
    """Return one source.

    Raises:
        ValueError: There is no such file, or a key or value of it is wrong; the message names file, key, value and
            what is allowed.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise ValueError(f"{path}: no such source; there are {', '.join(names(folder)) or 'none'}")
    if not NAME.fullmatch(name):
        raise ValueError(
            f"{path.name}: the file's name is the source's: lower-case letters, digits and underscores only"
        )
    row = _parse(path)
    expect = row.pop("expect", None) or {}
    row.setdefault("name", name)
    _refuse(path, [*_keys(row, Source, ""), *_keys(expect, Expect, "expect.")])
    _refuse(path, [*_values(row, ""), *_values(expect, "expect.")])
    source = Source(**{**row, "expect": Expect(**expect)})
    source = replace(
        source, wait_seconds=float(source.wait_seconds), also=tuple(source.also), hosts=tuple(source.hosts)
    )
    _refuse(path, list(together.problems(source, path.stem)))
    return source


def _parse(path: Path) -> dict[str, Any]:
    try:
        row = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a SafeLoader, stricter
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        said = " ".join(str(wrong).split())
        hint = next((f" ({hint})" for mark, hint in HINTS.items() if mark in said), "")
        raise ValueError(f"{path.name}: no YAML: {said}{hint}") from None
    if not isinstance(row, dict):
        raise ValueError(f"{path.name}: want keys and values, such as `title: ...`; it holds {str(row)[:60]!r}")
    if not isinstance(row.get("expect") or {}, dict):
        raise ValueError(f"{path.name}: expect is {row['expect']!r}; want {_choice(Expect)} with their numbers")
    return row


class _Strict(yaml.SafeLoader):
    """Refuses a key given twice, of which YAML would keep the last in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"the key {key} is given twice")
        return super().construct_mapping(node, deep)


def _choice(kind: type) -> str:
    return ", ".join(item.name for item in fields(kind))


def _keys(row: dict[str, Any], kind: type, prefix: str) -> Iterator[str]:
    """Yield what is wrong with the names of keys: unknown ones, and those that are missing."""
    allowed = [item.name for item in fields(kind)]
    for key in row:
        if key not in allowed:
            near = get_close_matches(str(key).lower(), allowed, 1)
            meant = f"did you mean {prefix}{near[0]}, " if near else ""
            yield f"unknown key {prefix}{key} ({str(row[key])[:60]!r}); {meant}there are {', '.join(allowed)}"
    for item in fields(kind):
        if item.name not in row and item.default is MISSING and item.default_factory is MISSING:
            yield f"the key {prefix}{item.name} is missing; wanted: {CHECKS[item.name][1]}"


def _values(row: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in row.items():
        holds, wanted = CHECKS[key]
        if not holds(value):
            hint = "; YAML reads some words as true or false: put it in quotes" if isinstance(value, bool) else ""
            yield f"{prefix}{key} is {value!r}; want {wanted}{hint}"


def _refuse(path: Path, problems: list[str]) -> None:
    if problems:
        raise ValueError(f"{path.name}: {'; '.join(problems)}")
