"""What a night did since it was last saved, a line a step: a run that is killed goes on from there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from etl.collect.ledger import Told, request_of
from etl.collect.state import Memory, Seen
from etl.model import Request


@dataclass(slots=True)
class Journal:
    """The file of one source and night; it is gone once the night is saved."""

    path: Path
    _rows: int = 0  # of the ledger that are written down

    def append(self, rows: list[Request], kept: set[str], memory: Memory, addresses: set[str]) -> None:
        """Write down the ledger's new rows, what was kept, and what is remembered of some addresses.

        Raises:
            OSError: The disk refuses.
        """
        seen = {url: asdict(memory.addresses[url]) for url in sorted(addresses) if url in memory.addresses}
        new = [asdict(row) for row in rows[self._rows :]]
        line = {"from": self._rows, "requests": new, "kept": sorted(kept), "addresses": seen}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._rows = len(rows)

    def replay(self, told: Told, memory: Memory) -> None:
        """Add what was written down to a story and a memory."""
        for line in self._lines():
            told.requests[line["from"] :] = [request_of(row) for row in line["requests"]]
            told.kept |= set(line["kept"])
            memory.addresses |= {url: Seen(**row) for url, row in line["addresses"].items()}
        self._rows = len(told.requests)

    def clear(self, rows: int) -> None:
        """Forget it: so many rows are saved elsewhere."""
        self.path.unlink(missing_ok=True)
        self._rows = rows

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found = json.loads(line)
                if {"from", "requests", "kept", "addresses"} <= set(found):
                    yield found
            except (ValueError, TypeError):  # half a line of a run that was killed
                return
