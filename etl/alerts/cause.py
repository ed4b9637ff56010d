"""One thing that is wrong, whoever found it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

# what differs between two tellings of the same trouble: addresses, times, numbers, names of files
PASSING = re.compile(r"https?://\S+|\S*/\S+|\b[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]*\d[\w.:+-]*")


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that needs the operator."""

    kind: str  # no_run | stuck | late | stale | night_failed | empty | source_failed | silent ... (message.py)
    subject: str  # what it is about: a night, a source, a check, a file
    why: str
    todo: str
    page: str = "/streamledger/"  # where to look, as a path of the UI

    def __str__(self) -> str:
        return f"{self.subject}: {self.why}"

    @property
    def sort(self) -> str:
        """What it has in common with others that are best told in one message."""
        others = re.sub(rf"(?<!\w){re.escape(self.subject)}(?!\w)", "", self.why)
        return " ".join(PASSING.sub("#", others).lower().split())

    @property
    def key(self) -> str:
        """The same for as long as the cause is the same; fit to name a file."""
        told = f"{self.kind}\n{self.subject}\n{self.sort}"
        return f"{self.kind}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"
