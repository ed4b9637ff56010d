"""Source files: one YAML a source, read strictly, each on its own."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

from etl.collect import refused
from etl.collect.checks import CHECKS, NAME, Check, is_address
from etl.model import Expect, Source


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
        raise ValueError(f"{path.name}: a source's name has lower-case letters, digits and underscores only")
    row = _parse(path)
    expect = row.pop("expect", None) or {}
    row.setdefault("name", name)
    _check_keys(path, row, Source, "")
    _check_keys(path, expect, Expect, "expect.")
    for key, value in row.items():
        _check(path, key, value, CHECKS)
    for key, value in expect.items():
        _check(path, f"expect.{key}", value, CHECKS)
    source = Source(**{**row, "expect": Expect(**expect)})
    source = replace(
        source, wait_seconds=float(source.wait_seconds), also=tuple(source.also), hosts=tuple(source.hosts)
    )
    _check_together(path, source)
    return source


def _parse(path: Path) -> dict[str, Any]:
    try:
        row = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a SafeLoader, stricter
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise ValueError(f"{path.name}: no YAML: {' '.join(str(wrong).split())}") from None
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


def _check_keys(path: Path, row: dict[str, Any], kind: type, prefix: str) -> None:
    allowed = [item.name for item in fields(kind)]
    for key in row:
        if key not in allowed:
            raise ValueError(f"{path.name}: unknown key {prefix}{key} ({row[key]!r}); there are {', '.join(allowed)}")
    for item in fields(kind):
        if item.name not in row and item.default is MISSING and item.default_factory is MISSING:
            raise ValueError(f"{path.name}: the key {prefix}{item.name} is missing; wanted: {CHECKS[item.name][1]}")


def _check(path: Path, key: str, value: object, checks: dict[str, tuple[Check, str]]) -> None:
    holds, wanted = checks[key.removeprefix("expect.")]
    if not holds(value):
        hint = "; YAML reads some words as true or false: put it in quotes" if isinstance(value, bool) else ""
        raise ValueError(f"{path.name}: {key} is {value!r}; want {wanted}{hint}")


def _check_together(path: Path, source: Source) -> None:
    """Check what one key says against another."""
    if source.name != path.stem:
        raise ValueError(f"{path.name}: name is {source.name!r}; want the file's own, {path.stem!r}, or leave it out")
    if source.kind != "archive" and not is_address(source.url):
        raise ValueError(f"{path.name}: url is {source.url!r}; want an http or https address")
    for address in (source.url, *source.also) if source.kind != "archive" and not source.permission else ():
        if why := refused.why(address):
            raise ValueError(
                f"{path.name}: url is {address!r}, on the list of refused hosts: {why}; "
                "with leave of the publisher say in `permission` who gave it and when"
            )
    if source.kind == "archive" and (Path(source.url).is_absolute() or ".." in Path(source.url).parts):
        raise ValueError(f"{path.name}: url is {source.url!r}; want the path of a WARC file, relative to etl/")
    if source.kind == "feed" and source.fulltext == "none":
        raise ValueError(f"{path.name}: fulltext is 'none'; a feed wants feed_only or feed_then_article")
    if source.kind in ("sitemap", "filings") and source.fulltext != "feed_then_article":
        raise ValueError(f"{path.name}: fulltext is {source.fulltext!r}; a {source.kind} wants feed_then_article")
    if source.kind == "dataset" and not source.dataset:
        raise ValueError(f"{path.name}: dataset is missing; want the name of a mapping under etl/extract/datasets/")
    if source.kind != "dataset" and source.dataset:
        raise ValueError(f"{path.name}: dataset is {source.dataset!r}; only a source of kind dataset has one")
    if source.expect.min_items > source.expect.max_items:
        low, high = source.expect.min_items, source.expect.max_items
        raise ValueError(f"{path.name}: expect.min_items is {low}; want at most expect.max_items, {high}")
