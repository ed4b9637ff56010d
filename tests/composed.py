"""docker-compose.yml as compose reads it, with its variables filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<how>[-?])(?P<word>[^}]*))?\})")


def load() -> dict[str, Any]:
    """Return the file as it is written, its merges done and its variables not."""
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def fill(value: Any, given: Mapping[str, str]) -> Any:
    """Fill in the variables of a part of the file: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, and `$$`.

    Raises:
        KeyError: A variable is wanted and not given.
    """
    if isinstance(value, dict):
        return {key: fill(part, given) for key, part in value.items()}
    if isinstance(value, list):
        return [fill(part, given) for part in value]
    return VARIABLE.sub(lambda found: _filled(found, given), value) if isinstance(value, str) else value


def _filled(found: re.Match[str], given: Mapping[str, str]) -> str:
    if found["dollar"]:
        return "$"
    said = given.get(found["name"], "")
    if not said and found["how"] == "?":
        raise KeyError(f"{found['name']}: {found['word']}")
    return said or (found["word"] if found["how"] == "-" else "") or ""
