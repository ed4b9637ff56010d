"""The same files on S3: archive, staging and what is published, kept in a store that several machines share.

`STREAMLEDGER_STORE` says where: empty, and the folders of the home are all there is (nothing here does anything then);
`s3://bucket/prefix` or `file:///folder`, and those folders are a copy at hand of what the store holds. A key is the
path below the home: `archive/2026/11/27/numerama.warc.gz`.

- `pull` brings a file when the store has another one; `place` and `push` give it to the store, whole or not at all.
- The store is right. A file is in it before it counts here, so what a killed run left here alone counts nowhere.
- A file that only grows (the archive) takes the place of the one it goes on from, or is refused.
- What a file still being written gained so far lies in parts beside it (`parts`), so another machine can go on.

What stays on a machine's disk: the state of collecting (waits, ledgers, progress), Airflow's own home, and drafts.
DuckDB opens its working file on disk; the store keeps a copy after each step that changed it.
"""

from etl.store.carrying import add, bring, clear, mirror, place, pull, push
from etl.store.listing import exists, folders, names, sizes
from etl.store.objects import Changed, StoreFailed
from etl.store.parts import drop_parts, keep_part, parts, take_parts
from etl.store.places import KEPT
from etl.store.probing import probe

__all__ = [
    "KEPT",
    "Changed",
    "StoreFailed",
    "add",
    "bring",
    "clear",
    "drop_parts",
    "exists",
    "folders",
    "keep_part",
    "mirror",
    "names",
    "parts",
    "place",
    "probe",
    "pull",
    "push",
    "sizes",
    "take_parts",
]
