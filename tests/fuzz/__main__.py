"""Fuzz one door for a while: `python -m tests.fuzz claims --seconds 600`.

Atheris guides by what of our code an input reaches; it is no part of the lock: `uv pip install atheris` into an
environment of your own. What breaks a promise is written to `found/<name>/`, to be mended and tried for good.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

try:
    import atheris
except ImportError:
    raise SystemExit("atheris is not installed here: `uv pip install atheris`, best in another environment") from None

with atheris.instrument_imports(include=["etl"]):
    from tests.fuzz.targets import FOUND, TARGETS

LONGEST = 4096  # bytes of an input


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name", choices=sorted(TARGETS))
    options.add_argument("--seconds", type=int, default=60)
    chosen = options.parse_args()
    target, inputs, broken = TARGETS[chosen.name], 0, set[str]()
    end = time.monotonic() + chosen.seconds

    def attempt(data: bytes) -> None:
        nonlocal inputs
        inputs += 1
        try:
            target.attempt(data)
        except Exception as failure:
            where = traceback.extract_tb(failure.__traceback__)[-1]
            if (place := f"{type(failure).__name__} in {Path(where.filename).name}:{where.lineno}") not in broken:
                broken.add(place)
                path = FOUND / chosen.name / hashlib.sha256(data).hexdigest()[:16]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                print(f"{place}: {failure!s:.200}; kept as {path.name}", flush=True)
        if time.monotonic() > end:
            print(f"{chosen.name}: {inputs} inputs, {len(broken)} broken promises", flush=True)
            os._exit(0)  # an exception would count as one more finding

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds()):
            Path(corpus, str(number)).write_bytes(seed[:LONGEST])
        atheris.Setup([sys.argv[0], corpus, f"-max_len={LONGEST}", "-verbosity=0", "-rss_limit_mb=4000"], attempt)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
