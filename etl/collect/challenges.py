"""Challenges: answers that want proof of a human instead of giving a page. The words are in `challenges.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from etl import yamls
from etl.collect.transport import Answer

GUARDED = (401, 403, 405, 429, 503)  # statuses of an answer whose body is looked at
HEAD = 100_000  # bytes of it


def mark(answer: Answer) -> str:
    """Return the header, or the words of the body, by which an answer is a challenge; "" when it is none."""
    for name, words in _marks()["headers"].items():
        said = answer.headers.get(name)
        if said is not None and any(word in said.lower() for word in words):
            return f"header {name}: {' '.join(said.split())[:60]}"
    if answer.status in GUARDED:
        body = answer.body[:HEAD].lower()
        for words in _marks()["marks"]:
            if words.encode() in body:
                return f"HTTP {answer.status} with {words}"
    return ""


@cache
def _marks() -> dict[str, Any]:
    found: dict[str, Any] = yamls.read(Path(__file__).with_name("challenges.yaml"))
    return found
