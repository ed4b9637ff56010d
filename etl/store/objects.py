"""What lies in a store, and what may be wrong with it; nothing here needs the library that asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class StoreFailed(OSError):
    """The store did not do what was asked; the message names bucket and key, what it said, and what to do."""


class Changed(StoreFailed):
    """Another one wrote the object meanwhile; nothing was written over."""


@dataclass(frozen=True, slots=True)
class Object:
    """One object, as it lies in the store."""

    key: str
    size: int  # bytes
    etag: str  # another one whenever it was written anew
    written: datetime
