"""Does the store do what is wanted of it?"""

from __future__ import annotations

import os
from io import BytesIO
from uuid import uuid4

from etl import settings
from etl.store.objects import Changed, StoreFailed

WORDS = b"written and read by streamledger doctor"


def probe() -> str:
    """Write, read, list and remove an object, and see a second one refused at its place; return the store's name.

    Raises:
        StoreFailed: It does not do one of these; the message says which, and what to do.
        ValueError: STREAMLEDGER_STORE is no address of a store.
    """
    from etl.store.bucket import opened  # the library takes a while

    bucket = opened(settings.store())
    key = f"state/.doctor-{os.getpid()}-{uuid4().hex}"
    bucket.create(key, WORDS)
    try:
        try:
            bucket.create(key, b"")
        except Changed:
            pass
        else:
            raise StoreFailed(
                f"{bucket.name}: it writes over an object although `If-None-Match: *` forbids it, so two runs could "
                "write one file of the archive: take a store that honours conditional writes"
            )
        found = {one.key: one for one in bucket.listed("state")}
        read = BytesIO()
        if key not in found:
            raise StoreFailed(f"{bucket.name}/{key}: it was written and is not listed; may this key list the bucket?")
        bucket.get(found[key], read)
        if read.getvalue() != WORDS:
            raise StoreFailed(f"{bucket.name}/{key}: other bytes came back than were written")
    finally:
        bucket.delete([key])
    return bucket.name
