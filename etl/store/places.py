"""Which files of the home are kept in the store, and under which key."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl import settings
from etl.store.held import Held
from etl.store.objects import Object

if TYPE_CHECKING:
    from etl.store.bucket import Bucket

KEPT = ("archive", "staging", "published", "warehouse", "trial", "incoming")  # folders of the home
FRESH = 5.0  # seconds for which what the store said is not asked again: a page asks for one file many times


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder of the home, and where the store keeps it."""

    bucket: Bucket
    home: Path
    key: str

    @property
    def held(self) -> Held:
        return Held(self.home / self.key.partition("/")[0], self.bucket.name)

    @property
    def only_grows(self) -> bool:
        return self.key.startswith("archive/") and self.key.endswith(".warc.gz")

    def path(self, key: str) -> Path:
        return self.home / key


def of(path: Path) -> Place | None:
    """Return where a path is kept; None when that is on this machine only."""
    url = settings.store()
    if not url:
        return None
    from etl.store.bucket import opened  # the library takes a while, and is for those who set a store

    home = settings.load().home
    try:
        key = path.relative_to(home).as_posix()
    except ValueError:
        return None
    return Place(opened(url), home, key) if key.partition("/")[0] in KEPT else None


_seen: dict[tuple[str, str], tuple[float, Object | None]] = {}
_listed: dict[tuple[str, str], tuple[float, dict[str, Object]]] = {}


def look(place: Place) -> Object | None:
    """Return the object of a place, as it was within the last seconds."""
    now, asked = time.monotonic(), (place.bucket.name, place.key)
    folder = _listed.get((place.bucket.name, place.key.rpartition("/")[0]))
    if folder and now - folder[0] < FRESH:
        return folder[1].get(place.key)
    known = _seen.get(asked)
    if known is None or now - known[0] >= FRESH:
        known = _seen[asked] = (now, place.bucket.head(place.key))
    return known[1]


def listing(place: Place) -> dict[str, Object]:
    """Return the objects of a folder by their keys, not those in folders below it."""
    now, asked = time.monotonic(), (place.bucket.name, place.key)
    known = _listed.get(asked)
    if known is None or now - known[0] >= FRESH:
        found = {one.key: one for one in place.bucket.folder(place.key)[1]}
        known = _listed[asked] = (now, found)
    return known[1]


def look_again() -> None:
    """Forget what the store said: something was written."""
    _seen.clear()
    _listed.clear()


def hidden(name: str) -> bool:
    """Whether a file, or a folder that it lies in, is a draft or a note and none of the files that are kept."""
    return any(part.startswith(".") for part in name.split("/"))
