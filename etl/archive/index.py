"""Where the bodies of one source lie: digest -> page, of all nights. A help only: the files say it too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.archive.records import END, records
from etl.model import Page


@dataclass(slots=True)
class Index:
    """The bodies of one source, read when first asked for."""

    root: Path
    source: str
    _known: dict[str, Page] | None = None

    @property
    def path(self) -> Path:
        return self.root / "index" / f"{self.source}.jsonl"

    def find(self, digest: str) -> Page | None:
        """Return the page whose record holds a body, unless its file was removed."""
        page = self._all().get(digest)
        return page if page and (self.root / page.archive_file).exists() else None

    def versions(self, url: str) -> list[Page]:
        """Return the pages that hold the bodies an address has had, oldest first."""
        found = [page for page in self._all().values() if page.url == url and (self.root / page.archive_file).exists()]
        return sorted(found, key=lambda page: page.fetched_at)

    def append(self, added: Iterable[Page]) -> None:
        """Note the pages whose bodies are new."""
        known = self._all()
        new = [page for page in added if self.find(page.digest) is None]
        known.update({page.digest: page for page in new})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(page), default=str) + "\n" for page in new)

    def _all(self) -> dict[str, Page]:
        if self._known is None:
            self._known = self._load() if self.path.exists() else self._rebuild()
        return self._known

    def _load(self) -> dict[str, Page]:
        try:
            rows = [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]
            return {row["digest"]: _page(row) for row in rows}
        except (ValueError, KeyError, TypeError):  # half a line of a run that was killed
            return self._rebuild()

    def _rebuild(self) -> dict[str, Page]:
        """Read the index out of the files: the first record of a digest that holds its own bytes."""
        known: dict[str, Page] = {}
        for path in sorted(self.root.glob(f"[0-9]*/[0-9]*/[0-9]*/{self.source}{END}")):
            for page, record in records(self.root, path.relative_to(self.root)):
                if record.rec_type == "response":
                    known.setdefault(page.digest, page)
        if known:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines = "".join(json.dumps(asdict(page), default=str) + "\n" for page in known.values())
            self.path.write_text(lines, encoding="utf-8")
        return known


def _page(row: dict[str, Any]) -> Page:
    row["night"] = date.fromisoformat(row["night"])
    row["fetched_at"] = datetime.fromisoformat(row["fetched_at"])
    return Page(**row)
