"""Whose fault a failure is, and what to do: by the words of its reason (`blame.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl import yamls

ADDRESS = re.compile(r"https?://\S+")
TABLE = Path(__file__).with_name("blame.yaml")
FAULTS = {
    "site": "theirs",
    "refusal": "their right",
    "address": "ours: its file",
    "settings": "ours: the settings",
    "machine": "ours: this machine",
    "layout": "ours: how it is read",
    "network": "the network",
    "unknown": "not known",
}


@dataclass(frozen=True, slots=True)
class Blame:
    """Who can mend a failure, and how."""

    fault: str
    todo: str


def blame(reason: str) -> Blame:
    """Return whose fault a reason names; unknown when none of the patterns is found in it."""
    words = ADDRESS.sub("", reason)
    for pattern, found in _table():
        if pattern.search(words):
            return found
    return Blame("unknown", "look at the log of its task")


@cache
def _table() -> tuple[tuple[re.Pattern[str], Blame], ...]:
    rows = yamls.read(TABLE)
    return tuple((re.compile(row["when"], re.IGNORECASE), Blame(row["fault"], row["todo"])) for row in rows)
