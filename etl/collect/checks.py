"""What each key of a source file may hold, and how that is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from etl import yamls
from etl.collect.due import SCHEDULES

HOST = re.compile(r"[a-z0-9.-]+")
NAME = re.compile(r"[a-z0-9][a-z0-9_]*")

Check = Callable[[Any], bool]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_address(value: object) -> bool:
    """Whether a value is an http or https address."""
    if not isinstance(value, str) or re.search(r"[\s{}<>\"]", value):
        return False
    try:
        parts = urlsplit(value)
        return bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not parts.username)
    except ValueError:
        return False


def _addresses(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(is_address(row) for row in value)


def _names(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(row, str) and HOST.fullmatch(row) for row in value)


def _is_code(value: object, kind: str) -> bool:
    return isinstance(value, str) and value in _codes(kind)


@cache
def _codes(kind: str) -> frozenset[str]:
    found = yamls.read(Path(__file__).with_name("codes.yaml"))
    return frozenset(found[kind].split())


def _one_of(*allowed: str) -> tuple[Check, str]:
    return (lambda value: value in allowed and isinstance(value, str)), f"one of {', '.join(allowed)}"


def _number(low: float, high: float, whole: bool = False) -> tuple[Check, str]:
    kinds = int if whole else (int, float)
    return (
        lambda value: isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high
    ), f"a{' whole' if whole else ''} number from {low:g} to {high:g}"


_YES_NO: tuple[Check, str] = (lambda value: isinstance(value, bool), "true or false")
_TEXT: tuple[Check, str] = (_text, "text")

CHECKS: dict[str, tuple[Check, str]] = {
    "name": _TEXT,
    "title": _TEXT,
    "kind": _one_of("feed", "sitemap", "filings", "page", "dataset", "archive", "discovery"),
    "url": (_text, "an http or https address, or for an archive the path of a WARC file relative to etl/"),
    "language": (lambda value: _is_code(value, "languages"), "a language of two letters (ISO 639-1), such as fr"),
    "country": (
        lambda value: _is_code(value, "countries") or value in ("WW", "EU"),
        "a country of two capitals (ISO 3166-1), such as FR or GB, or WW, or EU",
    ),
    "authority": _one_of("official", "press", "aggregator"),
    "licence": _TEXT,
    "fulltext": _one_of("none", "feed_only", "feed_then_article"),
    "wait_seconds": _number(0, 3600),
    "enabled": _YES_NO,
    "sample": _YES_NO,
    "dataset": (lambda value: value is None or _text(value), "the name of a mapping under etl/extract/datasets/"),
    "relevant_only": _YES_NO,
    "note": (lambda value: isinstance(value, str), "text"),
    "schedule": _one_of(*SCHEDULES),
    "paywall": _one_of("none", "partial", "full"),
    "needs_contact": _YES_NO,
    "also": (_addresses, "a list of http or https addresses"),
    "hosts": (_names, "a list of names of hosts, such as [paper.example]"),
    "permission": (lambda value: isinstance(value, str), "text: for which host, who allowed it, and when"),
    "min_items": _number(0, 100_000, whole=True),
    "max_items": _number(1, 100_000, whole=True),
    "max_silent_days": _number(1, 10_000, whole=True),
}
