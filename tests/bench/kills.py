"""kill -9 at random moments of a night, by the hundred: `python -m tests.bench.kills --kills 1000`; `--help`.

Fails as `tests/collect/test_kills.py` does, of which this is the long form: a torn record, a page lost, one asked for
twice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from etl.collect import asking

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))

import test_kills


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=500, help="that meet a night at work, of each site")
    options.add_argument("--seed", type=int, default=11)
    chosen = options.parse_args()
    asking.AUXILIARY = asking.RETRY = 0.0
    for name, (routes, whole) in test_kills.SITES.items():
        with tempfile.TemporaryDirectory() as folder:
            test_kills.killed(Path(folder), routes, whole, chosen.kills, chosen.seed)
        print(f"{name}: {chosen.kills} kills, nothing torn, lost or asked for twice", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
