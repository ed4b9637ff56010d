"""A file of the archive while it is written: beside its place, locked, taken up again after a kill."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from typing import IO, Any

from warcio.warcwriter import WARCWriter

from etl import files, store
from etl.archive.records import END, records
from etl.archive.salvage import whole_until
from etl.model import Page


class Draft:
    """The file that will take the place of `root/name`, with the bytes that lie there already."""

    def __init__(self, root: Path, name: Path) -> None:
        self.root, self.name, self.path = root, name, root / name
        self.temporary = part_of(self.path)
        self._out: IO[bytes] | None = None
        self._kept = 0  # bytes of it that outlive this machine

    @property
    def out(self) -> IO[bytes]:
        """What is added is written here; it begins with what the place holds.

        Raises:
            OSError: The disk refuses, or another run is writing the same file.
        """
        self._out = self._out or self._begin()
        return self._out

    def take_up(self) -> list[tuple[Page, Any]]:
        """Go on with what a killed run had added, as far as it is whole, and return it; the rest is cut off."""
        start = self.path.stat().st_size if self.path.exists() else 0
        if not self.temporary.exists() or self.temporary.stat().st_size < start:
            return []
        out = self.temporary.open("ab")
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # of a run that is at work: `out` will say so
            out.close()
            return []
        out.truncate(whole_until(self.temporary, start))
        found = list(records(self.root, self.name, start, self.temporary))
        if not found:  # not even one: begin anew
            self.temporary.unlink()
            out.close()
            return []
        self._kept = out.seek(0, os.SEEK_END)
        self._out = out
        return found

    def keep(self) -> None:
        """See that what was added outlives a kill, and with a store this machine: the next run takes it up.

        Raises:
            OSError: The disk or the store refuses, or another run is writing the same file.
        """
        self.out.flush()
        self._kept = store.keep_part(self.path, self.temporary, self._kept)

    def place(self) -> None:
        """Put it in its place, whole and safe on the disk.

        Raises:
            OSError: The disk refuses; what lies there stays.
        """
        if self._out is None:
            return
        self._out.flush()
        os.fsync(self._out.fileno())
        store.place(self.temporary, self.path)
        store.drop_parts(self.path)
        files.sync(self.path.parent)
        self._out.close()
        self._out = None

    def leave(self) -> None:
        """Let go of it without putting it in its place; the next run takes it up."""
        if self._out is not None:
            with contextlib.suppress(OSError):  # of a full disk, which was told already
                self._out.close()
            self._out = None

    def _begin(self) -> IO[bytes]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        out = self.temporary.open("ab")
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            out.close()
            raise OSError(f"{self.path}: another run is writing it") from None
        out.truncate(0)
        if self.path.exists():
            with self.path.open("rb") as earlier:
                shutil.copyfileobj(earlier, out)
            self._kept = out.tell()
        else:
            info = WARCWriter(out, gzip=True, warc_version="1.1")
            info.write_record(info.create_warcinfo_record(self.path.name, {"software": "Streamledger"}))
        return out


def bring_drafts(root: Path, night: Path, source: str) -> None:
    """Make the drafts anew that runs on other machines left of a source in the folder of a night.

    Raises:
        OSError: The store does not give them.
    """
    for name in store.parts(root / night):
        if name.partition("+")[0].removesuffix(END) == source:
            store.pull(root / night / name)
            store.take_parts(root / night / name, part_of(root / night / name))


def part_of(path: Path) -> Path:
    """Return where a file is written before it takes its place."""
    return path.with_name(f".{path.name}.part")
