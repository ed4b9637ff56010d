"""What a night did since it was last saved, a line a step: a run that is killed goes on from there."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from etl.collect.ledger import Told, request_of, row_of
from etl.collect.memory import NAMES, Memory, Seen
from etl.model import Request


@dataclass(slots=True)
class Journal:
    """The file of one source and night; it is gone once the night is saved."""

    path: Path
    _rows: int = 0  # of the ledger that are written down
    _end: int = 0  # byte up to which its lines are whole
    _out: IO[bytes] | None = None

    def append(self, rows: list[Request], kept: set[str], memory: Memory, addresses: set[str]) -> None:
        """Write down the ledger's new rows, what was kept, and what is remembered of some addresses.

        Raises:
            OSError: The disk refuses.
        """
        seen = {url: {name: getattr(memory[url], name) for name in NAMES} for url in sorted(addresses) if url in memory}
        new = [row_of(row) for row in rows[self._rows :]]
        line = {"from": self._rows, "requests": new, "kept": sorted(kept), "addresses": seen}
        out = self._out = self._out or self._open()
        data = json.dumps(line, ensure_ascii=False, default=str).encode(errors="backslashreplace") + b"\n"
        if out.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        self._rows = len(rows)

    def replay(self, told: Told, memory: Memory) -> None:
        """Add what was written down to a story and a memory."""
        for line in self._lines():
            told.requests[line["from"] :] = [request_of(row) for row in line["requests"]]
            told.kept |= set(line["kept"])
            memory.update({url: Seen(**row) for url, row in line["addresses"].items()})
        self._rows = len(told.requests)

    def clear(self, rows: int) -> None:
        """Forget it: so many rows are saved elsewhere."""
        if self._out:
            self._out.close()
        self._out, self._end, self._rows = None, 0, rows
        self.path.unlink(missing_ok=True)

    def _open(self) -> IO[bytes]:
        """Open the file behind its last whole line: half a line would spoil the one after it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        out = self.path.open("ab", buffering=0)
        os.truncate(out.fileno(), self._end)
        return out

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            for line in lines:
                try:
                    found = json.loads(line) if line.endswith(b"\n") else None
                    if found is None or not {"from", "requests", "kept", "addresses"} <= set(found):
                        return
                except (ValueError, TypeError):  # half a line of a run that was killed
                    return
                yield found
                self._end += len(line)
