"""Change what was published and see whether it is found: `python -m tests.bench.tampering [--bytes N] [--rows N]`.

On a copy of the home of the program (`STREAMLEDGER_HOME`), which must hold a published night. Bytes: one byte of the
snapshot, the archive or the manifest, at a time. Rows: a field of a claim or of a figure, and the snapshot signed anew,
as a fault of the loader would do it. Printed: how many of each were found, and how many untouched snapshots were called
changed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from etl import prove, settings
from etl.steps.prove import prove_snapshot, sign_snapshot
from tests.prove.test_prove import CHANGES, CLAIM, NAME, flip

UNTOUCHED = 100


def main(argv: list[str] | None = None) -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1000)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "home"
        shutil.copytree(settings.load().home, copy, symlinks=True)
        os.environ["STREAMLEDGER_HOME"] = str(copy)
        settings.load().snapshot.chmod(0o644)
        sign_snapshot()
        false = sum(bool(prove.problems(settings.load().snapshot, settings.load().archive)) for _ in range(UNTOUCHED))
        print(f"untouched: {false} of {UNTOUCHED} called changed; {len(prove_snapshot().unproved)} figures not proved")
        dice = random.Random(3)  # noqa: S311 - chooses what is changed
        print(f"bytes: {changed_bytes(dice, options.bytes)} of {options.bytes} found", flush=True)
        found, made, more = changed_rows(dice, options.rows)
        print(f"rows: {found} of {made} found; {more} figures called changed that were not")
    return 0


def changed_bytes(dice: random.Random, wanted: int) -> int:
    """Return how many changes of one byte were found."""
    config, found = settings.load(), 0
    manifest = config.snapshot.with_suffix(".manifest.json")
    paths = [config.snapshot, manifest, *sorted(config.archive.rglob("*.warc.gz"))]
    for _ in range(wanted):
        path = dice.choice(paths)
        place, other = dice.randrange(path.stat().st_size), dice.randrange(1, 256)
        flip(path, place, other)
        found += bool(prove.problems(config.snapshot, config.archive))
        flip(path, place, other)
    return found


def changed_rows(dice: random.Random, wanted: int) -> tuple[int, int, int]:
    """Return how many changes of one field were found, of how many, and how many figures were named without one."""
    config, found, made, more = settings.load(), 0, 0, 0
    whole = config.snapshot.read_bytes()
    while made < wanted:
        with duckdb.connect(str(config.snapshot)) as con:
            claims = [claim for (claim,) in con.execute(f"SELECT claim_id FROM claims WHERE {CLAIM}").fetchall()]  # noqa: S608
            chosen = dice.sample(claims, min(len(claims) // 2, wanted - made))
            named = {con.execute(NAME, [claim]).fetchall()[0][0] for claim in chosen}
            for claim in chosen:
                name = dice.choice(sorted(CHANGES))
                con.execute(f"UPDATE claims SET {name} = {CHANGES[name]} WHERE claim_id = ?", [claim])  # noqa: S608
        sign_snapshot()
        told = {name for name, _ in prove_snapshot().unproved}
        made, found, more = made + len(chosen), found + len(named & told), more + len(told - named)
        made -= len(chosen) - len(named)  # two changes of one figure count once
        config.snapshot.write_bytes(whole)
    return found, made, more


if __name__ == "__main__":
    sys.exit(main())
