"""Take closed gaps out of `gaps.yaml` and name new ones: `python tests/starter/close_gaps.py [--add]`.

A new gap is a page that was read better before: it is only added with `--add`, which is a decision and not a habit.
"""

from __future__ import annotations

import json
import sys

import starter_yield as starter

HEAD = "# What reader and extractor do not manage yet, page by page: the case and what comes instead.\n"


def found() -> dict[str, dict[str, str]]:
    """Return what does not work now: page -> case -> what comes instead."""
    return {key: rows for key in starter.PAGES if (rows := _of(key))}


def _of(key: str) -> dict[str, str]:
    page, document = starter.PAGES[key], starter.document(key)
    rows = {}
    if document.kind != page.kind:
        rows["kind"] = f"read as {document.kind}"
    if page.kind.readable and document.published != page.published:
        rows["date"] = f"{document.published} from {document.published_from}"
    rows |= {label: why for label, wanted in starter.expected(key).items() if (why := starter.nearest(key, wanted))}
    quotes = dict.fromkeys(claim.quote for claim in starter.surplus(key))
    if quotes:
        rows["surplus"] = "; ".join(quotes)
    return rows


def main() -> int:
    """Rewrite the list; return 1 when a page is read worse than before and `--add` was not said."""
    now, before = found(), starter.gaps()
    total = sum(len(starter.expected(key)) for key in starter.PAGES)
    missing = sum(label.startswith("claim") for rows in now.values() for label in rows)
    new = [f"{key} {label}: {why}" for key, rows in now.items() for label, why in rows.items()]
    new = [
        line for line in new if line.partition(": ")[0] not in {f"{k} {label}" for k in before for label in before[k]}
    ]
    sys.stdout.write(
        f"{total - missing} of {total} claims found; new gaps: {len(new)}\n" + "".join(f"  {n}\n" for n in new)
    )
    if new and "--add" not in sys.argv:
        return 1
    lines = [
        f"{key}:\n" + "".join(f"  {a}: {json.dumps(b, ensure_ascii=False)}\n" for a, b in now[key].items())
        for key in now
    ]
    starter.GAPS.write_text(HEAD + ("".join(lines) or "{}\n"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
