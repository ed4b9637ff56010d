"""Measure the claims against annotated articles: `python -m tests.bench.claims [lang ...] [--errors N]`.

The articles lie outside of the checkout, in the folder that STREAMLEDGER_SHARED names (default: `shared` beside the
checkout). A third of each set (index % 3 == 2) is kept aside: its scores are printed, its texts and errors never. With
`--own`, the articles are those of `tests/extract/articles`, which the models have all seen; `tests/bench/folds.py`
tells what they give on articles left out. With `--unseen`, those of `tests/extract/unseen`: scores only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from etl.extract import extract
from etl.model import Document
from tests.bench import articles

SHARED = Path(os.environ.get("STREAMLEDGER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
LANGUAGES = ("fr", "en", "de", "es")
FIELDS = ("platform", "metric", "transformation", "per", "period", "area", "status", "qualifier", "attributed_to")
SHOWN = ("quote", "platform", "metric", "transformation", "value", "value_max", "unit", "period", "area", "status")


def main(argv: list[str] | None = None) -> int:
    """Print quantity, core and full F1 of each language, and how often each field is right once the core is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("langs", nargs="*", default=LANGUAGES)
    parser.add_argument(
        "--errors", type=int, default=0, help="print the first N disagreements of the part that is seen"
    )
    parser.add_argument("--only", default="", help="quantity | core | full: errors of this level only")
    parser.add_argument("--min-confidence", type=float, default=0.0)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--own", action="store_true", help="our own articles instead of the gold sets")
    kinds.add_argument("--unseen", action="store_true", help="our own articles that are only ever scored")
    options = parser.parse_args(argv)
    scorer = load_scorer()
    for lang in options.langs:
        rows = chosen(lang, options)
        claims_of(rows[0])  # loads the lexicon
        before = time.process_time()
        found = [claims_of(row, options.min_confidence) for row in rows]
        seconds = time.process_time() - before
        pairs = list(zip(rows, found, strict=True))
        kept = [options.unseen or (n % 3 == 2 and not options.own) for n in range(len(pairs))]
        seen = [pair for pair, aside in zip(pairs, kept, strict=True) if not aside]
        aside = [pair for pair, aside in zip(pairs, kept, strict=True) if aside]
        for part, shown in (("seen", seen), ("held out", aside)):
            if shown:
                print(f"{lang} {part:9}", scores(scorer, shown))
                print("   ", fields(scorer, shown))
        print(f"{lang} {sum(len(row['text']) for row in rows) / seconds:,.0f} characters a CPU second")
        errors(scorer, seen, options.errors, options.only)
    return 0


def chosen(lang: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the articles that were asked for."""
    if options.own or options.unseen:
        return articles.rows(lang, articles.UNSEEN if options.unseen else articles.ARTICLES)
    return read(SHARED / "bench" / f"dev_{lang}.jsonl")


def load_scorer() -> ModuleType:
    """Return the scorer that belongs to the annotated articles."""
    spec = importlib.util.spec_from_file_location("score_claims", SHARED / "bench" / "score_claims.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of an annotated article; a month of publication becomes its middle."""
    day = row["published"]
    published = date.fromisoformat(day if len(day) == 10 else f"{day}-15") if day else None
    country = row.get("country", "")
    return Document(row["doc_id"], row["lang"], row["text"], published, row.get("title"), country=country)


def claims_of(row: dict[str, Any], least: float = 0.0) -> list[dict[str, Any]]:
    """Return the claims of an article as plain rows."""
    claims = [asdict(claim) for claim in extract(document_of(row)) if claim.confidence >= least]
    return [{key: float(v) if isinstance(v, Decimal) else v for key, v in claim.items()} for claim in claims]


def matched(scorer: ModuleType, pairs: list[Any]) -> list[tuple[str, Any, Any]]:
    """Return (document, figure or None, claim or None), neutral passages left out."""
    out = []
    for row, claims in pairs:
        passages = [" ".join(passage.split()) for passage in row.get("neutral", [])]
        for figure, claim in scorer.pair(row["figures"], claims):
            if figure is None and scorer.is_neutral(claim, passages):
                continue
            out.append((row["doc_id"], figure, claim))
    return out


def scores(scorer: ModuleType, pairs: list[Any]) -> str:
    """Return the three F1 scores in one line."""
    tally = scorer.Tally()
    for _, figure, claim in matched(scorer, pairs):
        tally.add(figure, claim)
    parts = []
    for level in scorer.LEVELS:
        s = tally.scores(level)
        parts.append(f"{level} {s['f1']:.3f} (P {s['precision']:.3f} R {s['recall']:.3f})")
    return "  ".join(parts)


def fields(scorer: ModuleType, pairs: list[Any]) -> str:
    """Return how often each field is right among the quantities that are."""
    right: Counter[str] = Counter()
    total = 0
    for _, figure, claim in matched(scorer, pairs):
        if figure is None or claim is None or figure.get("optional"):
            continue
        total += 1
        right.update(field for field in FIELDS if agrees(scorer, field, figure, claim))
    return "  ".join(f"{field} {right[field] / max(total, 1):.2f}" for field in FIELDS)


def agrees(scorer: ModuleType, field: str, figure: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a field of a claim is one of the readings of the figure."""
    wanted = scorer.readings(figure, field)
    if field == "period":
        return any(scorer.period_agrees(period, claim["period"]) for period in wanted)
    if field == "area":
        return (claim["area"] or "WW") in [area or "WW" for area in wanted]
    if field == "status":
        return scorer.STATUS_CLASS[claim["status"]] in [scorer.STATUS_CLASS[status] for status in wanted]
    return claim[field] in wanted


def errors(scorer: ModuleType, pairs: list[Any], limit: int, level: str) -> None:
    """Print the first disagreements."""
    tests = {
        "quantity": scorer.quantity_agrees,
        "core": scorer.core_agrees,
        "": scorer.full_agrees,
        "full": scorer.full_agrees,
    }
    shown = 0
    for name, figure, claim in matched(scorer, pairs):
        if (figure or {}).get("optional") or shown >= limit:
            continue
        if figure and claim and (tests[level](figure, claim) or (figure["metric"] == claim["metric"] == "other")):
            continue
        if level and level != "quantity" and not (figure and claim):
            continue
        shown += 1
        print(f"{name}\n  gold  {[figure.get(k) for k in SHOWN] if figure else None}")
        print(f"  found {[claim.get(k) for k in SHOWN] if claim else None}")


if __name__ == "__main__":
    sys.exit(main())
