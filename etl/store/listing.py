"""What there is: of files and folders of the home, or, with a store, of those that the store has."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from etl.store import places
from etl.store.places import hidden


def exists(path: Path) -> bool:
    """Whether there is such a file, here or in the store."""
    if path.exists():
        return True
    where = places.of(path)
    return where is not None and places.look(where) is not None


def names(folder: Path, pattern: str) -> list[str]:
    """Return the names of the files of a folder that fit a pattern, but for hidden ones; with a store, of its files."""
    if where := places.of(folder):
        found = [key.rpartition("/")[2] for key in places.listing(where)]
    else:
        found = [path.name for path in folder.glob(pattern)]
    return sorted(name for name in found if fnmatch(name, pattern) and not name.startswith("."))


def folders(folder: Path, pattern: str) -> list[str]:
    """Return the names of the folders in a folder that hold a file of a pattern; with a store, a file at all."""
    if where := places.of(folder):
        found = where.bucket.folder(where.key)[0]
    else:
        found = [path.name for path in folder.glob("*") if any(path.glob(pattern))]
    return sorted(name for name in found if not name.startswith("."))


def sizes(folder: Path, end: str) -> dict[str, int]:
    """Return the sizes of the files below a folder whose names have an end, by their paths in it; no hidden ones."""
    if where := places.of(folder):
        found = {one.key.removeprefix(f"{where.key}/"): one.size for one in where.bucket.listed(where.key)}
    else:
        found = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob(f"*{end}")}
    return {name: found[name] for name in sorted(found) if name.endswith(end) and not hidden(name)}
