"""A file that is still being written, in the store: what it gained, part by part, each named by where it begins.

`archive/2026/11/27/.numerama.warc.gz.part/000000000000000` lies beside the file that it will be part of. A part is
written once: of two runs that write the same file, the second is refused at its first part.
"""

from __future__ import annotations

import fcntl
import shutil
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from etl.store import places
from etl.store.carrying import LANES
from etl.store.objects import Object
from etl.store.places import Place


def keep_part(path: Path, draft: Path, start: int) -> int:
    """Give what a draft holds from a byte on to the store; return the byte after it.

    Raises:
        Changed: Another run is writing the same file.
        StoreFailed: The store does not take it.
    """
    place = places.of(path)
    if place is None:
        return start
    with draft.open("rb") as stream:
        stream.seek(start)
        data = stream.read()
    if data:
        place.bucket.create(f"{_folder(place)}/{start:015d}", data)
    return start + len(data)


def take_parts(path: Path, draft: Path) -> None:
    """Make the draft of a file anew from the file and its parts; without parts there is none.

    A draft that another run on this machine is writing is left alone.
    """
    place = places.of(path)
    if place is None:
        return
    start = path.stat().st_size if path.exists() else 0
    found = sorted(place.bucket.listed(_folder(place)), key=lambda part: part.key)
    going_on, place_of_next = [], start
    for part in found:
        if int(part.key.rpartition("/")[2]) == place_of_next:
            going_on.append(part)
            place_of_next += part.size
    place.bucket.delete(part.key for part in found if part not in going_on)  # of what is in the file already
    if not going_on and not draft.exists():
        return
    draft.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("ab") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if not going_on:
            draft.unlink()
            return
        out.truncate(0)
        if path.exists():
            with path.open("rb") as earlier:
                shutil.copyfileobj(earlier, out)
        with ThreadPoolExecutor(LANES) as lanes:
            for data in lanes.map(lambda part: _bytes(place, part), going_on):
                out.write(data)


def parts(folder: Path) -> list[str]:
    """Return the names of the files of a folder that have parts."""
    place = places.of(folder)
    if place is None:
        return []
    found = place.bucket.folder(place.key)[0]
    return sorted(name[1:].removesuffix(".part") for name in found if name.startswith(".") and name.endswith(".part"))


def drop_parts(path: Path) -> None:
    """Forget the parts of a file: they are in it."""
    if place := places.of(path):
        place.bucket.delete([part.key for part in place.bucket.listed(_folder(place))])


def _folder(place: Place) -> str:
    folder, _, name = place.key.rpartition("/")
    return f"{folder}/.{name}.part"


def _bytes(place: Place, part: Object) -> bytes:
    data = BytesIO()
    place.bucket.get(part, data)
    return data.getvalue()
