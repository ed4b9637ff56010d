"""Measure how sure a day of publication is: `python -m tests.bench.dates`.

On the pages under `$STREAMLEDGER_SHARED/bench/html` whose day is known: how often the day read is right, by how sure
the reader says it is, and how often each witness names the right day. Right is the same day, or one beside it where a
set gives its days in another time zone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from etl import read
from tests.bench.read import HTML, page

SETS = ("fundus", "htmldate", "needle_fr", "wcxb", "trafilatura", "postlight")
BESIDE = ("wcxb", "trafilatura", "postlight")  # sets whose days may be those of another time zone


def main() -> int:
    if not HTML.is_dir():
        print(f"no sets under {HTML}; STREAMLEDGER_SHARED names the folder that holds bench/")
        return 1
    sure: dict[str, list[bool]] = defaultdict(list)
    witnesses: dict[str, list[bool]] = defaultdict(list)
    for name in SETS:
        for line in (HTML / name / "gold.jsonl").read_text(encoding="utf-8").split("\n"):
            gold = json.loads(line) if line else {}
            if not gold.get("published"):
                continue
            day, slack = date.fromisoformat(gold["published"][:10]), int(name in BESIDE)
            document = page(HTML / name, gold)
            if document.published:
                sure[str(document.published_sure)].append(abs((document.published - day).days) <= slack)
            firsts = {one.by: one.day for one in reversed(document.witnesses) if one.of == "published" and one.day}
            for by, said in firsts.items():
                witnesses[by].append(abs((said - day).days) <= slack)
        read.reset_caches()
    for title, found in (("sure", sure), ("witness", witnesses)):
        for name, right in sorted(found.items()):
            print(f"{title} {name}: {sum(right) / len(right):.3f} of {len(right)} days right")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
