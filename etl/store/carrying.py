"""Files between this machine and the store; without a store, what a step does on the disk anyway, or nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from hashlib import file_digest
from pathlib import Path

from etl import files
from etl.logs import log
from etl.store import places
from etl.store.held import Note
from etl.store.objects import Object, StoreFailed
from etl.store.places import Place, hidden

LANES = 8  # files carried side by side
CHUNK = 1 << 20


def pull(path: Path) -> None:
    """See that a file lies here as the store has it; one that lies here unchanged is not brought again.

    A file that the store has not, or no more, does not count: it is removed here when it came from there. Of the
    archive nothing is ever removed.

    Raises:
        StoreFailed: The store does not give it, or the archive here holds what the store does not.
    """
    if place := places.of(path):
        _see(place, places.look(place), place.held.note(place.key))


def bring(folder: Path, but: str = "") -> None:
    """See that all files below a folder lie here as the store has them, but for those below one folder in it.

    Raises:
        StoreFailed: As `pull`.
    """
    if not (place := places.of(folder)):
        return
    left_out = f"{place.key}/{but}/" if but else "\0"
    found = {one.key: one for one in place.bucket.listed(place.key) if not one.key.startswith(left_out)}
    notes = place.held.notes()
    noted = [key for key in notes if key.startswith(f"{place.key}/") and not key.startswith(left_out)]
    with ThreadPoolExecutor(LANES) as lanes:
        every = [Place(place.bucket, place.home, key) for key in {*found, *noted} if not hidden(key)]
        list(lanes.map(lambda one: _see(one, found.get(one.key), notes.get(one.key)), every))


def place(draft: Path, path: Path) -> None:
    """Put a draft in the place of a file: in the store first, then here.

    Raises:
        Changed: The file only grows, and another run made it grow meanwhile; nothing was written.
        StoreFailed: The store does not take it; what it has stays.
        OSError: The disk refuses.
    """
    where = places.of(path)
    if where is None:
        draft.replace(path)
        return
    sha256 = _sha256(draft)
    if where.only_grows:
        note = where.held.note(where.key)
        etag = where.bucket.go_on(where.key, draft, sha256, note.etag if note and path.exists() else "")
    else:
        etag = where.bucket.put(where.key, draft, sha256)
    places.look_again()
    draft.replace(path)
    where.held.keep(where.key, etag, sha256, path)


def push(path: Path) -> None:
    """Give a file that was written in its place to the store, whole; one that is there unchanged is not given again.

    Raises:
        StoreFailed: The store does not take it; what it has stays.
    """
    if where := places.of(path):
        places.look_again()
        _give(where, where.bucket.head(where.key))


def mirror(folder: Path, last: Sequence[Path] = (), but: str = "") -> None:
    """Give a folder to the store, those of `last` after all others and in their order; what is gone here goes there.

    Left out are hidden files, and folders in it that the pattern `but` names; these stay in the store as they are.

    Raises:
        StoreFailed: The store does not take one; what came before it is there.
    """
    if not (where := places.of(folder)):
        return
    places.look_again()
    there = {one.key: one for one in where.bucket.listed(where.key)}
    ends = [path.relative_to(where.home).as_posix() for path in last if path.exists()]
    here = {f"{where.key}/{name}": None for name in _below(folder, but)}
    with ThreadPoolExecutor(LANES) as lanes:
        first = [Place(where.bucket, where.home, key) for key in here if key not in ends]
        list(lanes.map(lambda one: _give(one, there.get(one.key)), first))
    for key in ends:
        _give(Place(where.bucket, where.home, key), there.get(key))
    _drop(where, [key for key in there if key not in here and key not in ends and not _left_out(where, key, but)])


def add(folder: Path, but: str = "") -> int:
    """Give the store what it has not of a folder; return how many files. Left out are the same as for `mirror`.

    Raises:
        StoreFailed: The store does not take one; those before it are there.
    """
    if not (where := places.of(folder)):
        return 0
    places.look_again()
    there = {one.key for one in where.bucket.listed(where.key)}
    new = [key for key in (f"{where.key}/{name}" for name in _below(folder, but)) if key not in there]
    with ThreadPoolExecutor(LANES) as lanes:
        list(lanes.map(lambda key: _give(Place(where.bucket, where.home, key), None), new))
    return len(new)


def clear(folder: Path) -> None:
    """Remove what the store has below a folder, and what came from there.

    Raises:
        StoreFailed: The store refuses.
    """
    if where := places.of(folder):
        _drop(where, [one.key for one in where.bucket.listed(where.key)])


def _see(where: Place, there: Object | None, note: Note | None) -> None:
    path = where.path(where.key)
    if there is None:
        if note and not where.only_grows:
            path.unlink(missing_ok=True)
            where.held.forget(where.key)
        return
    if note and note.etag == there.etag and note.fits(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.pulled")
    try:
        with draft.open("wb") as out:
            said = where.bucket.get(there, out)
            out.flush()
            os.fsync(out.fileno())
        sha256 = _sha256(draft)
        if said and said != sha256:
            raise StoreFailed(f"{where.bucket.name}/{where.key}: its bytes are not those it was written with")
        if where.only_grows and path.exists() and not (note and note.fits(path)):
            _goes_on(where, path, draft)
        os.utime(draft, (there.written.timestamp(), there.written.timestamp()))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    files.sync(path.parent)
    where.held.keep(where.key, there.etag, sha256, path)


def _goes_on(where: Place, path: Path, draft: Path) -> None:
    """Refuse to lose pages: what lies here and came from elsewhere has to be the beginning of what the store has."""
    with path.open("rb") as mine, draft.open("rb") as theirs:
        while chunk := mine.read(CHUNK):
            if theirs.read(len(chunk)) != chunk:
                raise StoreFailed(
                    f"{path} holds pages that {where.bucket.name}/{where.key} does not: move it away, or bring it in "
                    f"with `streamledger backfill`"
                )


def _give(where: Place, there: Object | None) -> None:
    path, note = where.path(where.key), where.held.note(where.key)
    if note and there and note.etag == there.etag:
        if note.fits(path):
            return
        sha256 = _sha256(path)
        if sha256 == note.sha256:
            where.held.keep(where.key, there.etag, sha256, path)
            return
    else:
        sha256 = _sha256(path)
    where.held.keep(where.key, where.bucket.put(where.key, path, sha256), sha256, path)


def _drop(where: Place, keys: Iterable[str]) -> None:
    keys = list(keys)
    where.bucket.delete(keys)
    for key in keys:
        where.held.forget(key)
    places.look_again()
    if keys:
        log.debug("%s: %d objects removed below %s", where.bucket.name, len(keys), where.key)


def _below(folder: Path, but: str) -> Iterator[str]:
    """Yield the paths of the files below a folder; links to folders are followed."""
    for root, folders, found in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (but and fnmatch(name, but)))
        yield from (
            (Path(root) / name).relative_to(folder).as_posix() for name in sorted(found) if not name.startswith(".")
        )


def _left_out(where: Place, key: str, but: str) -> bool:
    folder, below, _ = key.removeprefix(f"{where.key}/").partition("/")
    return bool(below and but) and fnmatch(folder, but)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
