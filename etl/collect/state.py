"""What collecting remembers between nights: files under `home/state`, each replaced whole."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

LEFT = 3600.0  # seconds after which a draft that was not put in place is nobody's any more
FORGET = timedelta(days=90)  # an address not met for so long is forgotten


def read(path: Path) -> dict[str, Any]:
    """Return what a file remembers; {} when there is none or it cannot be read, which costs only repeated requests."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace a file whole.

    Raises:
        OSError: The disk refuses; the earlier file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*.part"):  # of runs that were killed
        with contextlib.suppress(FileNotFoundError):  # put in place just now
            if time.time() - left.stat().st_mtime > LEFT:
                left.unlink()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            out.write(json.dumps(content, ensure_ascii=False, default=str))
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@dataclass(slots=True)
class Seen:
    """What is known of one address."""

    met: str  # the last night it was met, ISO
    digest: str = ""
    etag: str = ""
    modified: str = ""  # the Last-Modified header, as sent
    stamp: str = ""  # what the feed said of the item's time
    night: str = ""  # when it was last fetched, or refused for what it is
    outcome: str = ""  # the ledger's word for that

    @property
    def conditions(self) -> dict[str, str]:
        """Return the headers that ask only for what has changed."""
        wanted = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in wanted.items() if value}


@dataclass(slots=True)
class Memory:
    """The addresses of one source that were met before."""

    path: Path
    addresses: dict[str, Seen] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Memory:
        try:
            return cls(path, {url: Seen(**row) for url, row in read(path).get("addresses", {}).items()})
        except (TypeError, AttributeError):  # of another version: forgotten
            return cls(path)

    def save(self, night: date) -> None:
        """Write it down, without what was not met for long."""
        oldest = (night - FORGET).isoformat()
        rows = {url: asdict(seen) for url, seen in self.addresses.items() if seen.met >= oldest}
        write(self.path, {"addresses": rows})
