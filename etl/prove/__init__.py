"""The proof: every published figure found again, offline, from the bytes of the archive.

It shares no code with the rooms that wrote what it checks: it reads WARC records itself (`warc`), weighs claims against
each other itself (`figures`), and signs and checks what was published (`manifest`).
"""

from etl.prove.claims import Again, Held, held
from etl.prove.figures import Figure, faults, figures
from etl.prove.manifest import Manifest, Unsigned, path_of, problems, sign
from etl.prove.warc import NotFound, Record, Shelf

__all__ = [
    "Again",
    "Figure",
    "Held",
    "Manifest",
    "NotFound",
    "Record",
    "Shelf",
    "Unsigned",
    "faults",
    "figures",
    "held",
    "path_of",
    "problems",
    "sign",
]
