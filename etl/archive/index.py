"""Where the bodies of one source lie: digest -> page, of all nights. A help only: the files say it too."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.archive.records import END, records
from etl.model import Page

LINE = re.compile(rb'\{.*"digest": "([0-9a-f]{64})".*\}\n')


@dataclass(slots=True)
class Index:
    """The bodies of one source. In memory it holds of each only where its line lies: a source may run for years."""

    root: Path
    source: str
    _places: dict[bytes, int] | None = None

    @property
    def path(self) -> Path:
        return self.root / "index" / f"{self.source}.jsonl"

    def find(self, digest: str) -> Page | None:
        """Return the page whose record holds a body, unless its file was removed."""
        place = self._all().get(bytes.fromhex(digest)) if digest else None
        if place is None:
            return None
        with self.path.open("rb") as lines:
            lines.seek(place)
            page = _page(json.loads(lines.readline()))
        return page if (self.root / page.archive_file).exists() else None

    def search(self, digest: str) -> Page | None:
        """Return the page whose record holds a body; when the index knows none, the files themselves are looked at."""
        found = self.find(digest)
        if found is None:  # of a run that was killed before it noted what it had kept
            self._places = self._rebuild()
            found = self.find(digest)
        return found

    def versions(self, url: str) -> list[Page]:
        """Return the pages that hold the bodies an address has had, oldest first."""
        if not self._all():
            return []
        wanted = json.dumps(url).encode()
        with self.path.open("rb") as lines:
            found = [_page(json.loads(line)) for line in lines if wanted in line]
        kept = [page for page in found if page.url == url and (self.root / page.archive_file).exists()]
        return sorted(kept, key=lambda page: page.fetched_at)

    def append(self, added: Iterable[Page]) -> None:
        """Note the pages whose bodies are new."""
        known = self._all()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = [page for page in added if self.find(page.digest) is None]
        with self.path.open("ab") as out:
            for page in new:
                known[bytes.fromhex(page.digest)] = out.tell()
                out.write(_line(page))

    def _all(self) -> dict[bytes, int]:
        if self._places is None:
            self._places = self._load() if self.path.exists() else self._rebuild()
        return self._places

    def _load(self) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        place = 0
        with self.path.open("rb") as lines:
            for line in lines:
                match = LINE.fullmatch(line)
                if match is None:  # half a line of a run that was killed
                    return self._rebuild()
                found[bytes.fromhex(match[1].decode())] = place
                place += len(line)
        return found

    def _rebuild(self) -> dict[bytes, int]:
        """Write the index anew out of the files: the first record of a digest that holds its own bytes."""
        found: dict[bytes, int] = {}
        pages = self._kept()
        first = next(pages, None)
        if first is None:
            return found
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        with draft.open("wb") as out:
            for page in itertools.chain((first,), pages):
                if (key := bytes.fromhex(page.digest)) not in found:
                    found[key] = out.tell()
                    out.write(_line(page))
        draft.replace(self.path)
        return found

    def _kept(self) -> Iterator[Page]:
        for path in sorted(self.root.glob(f"[0-9]*/[0-9]*/[0-9]*/{self.source}{END}")):
            for page, record in records(self.root, path.relative_to(self.root)):
                if record.rec_type == "response":
                    yield page


def _line(page: Page) -> bytes:
    return json.dumps(asdict(page), default=str).encode() + b"\n"


def _page(row: dict[str, Any]) -> Page:
    row["night"] = date.fromisoformat(row["night"])
    row["fetched_at"] = datetime.fromisoformat(row["fetched_at"])
    return Page(**row)
