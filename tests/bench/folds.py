"""Measure the claims on articles that no weight has seen: `python -m tests.bench.folds [--folds N] [--only K ...]`.

The articles from which the models learn are dealt into folds. For each fold all models are fitted anew, in a copy of
the extractor, without its articles; then the extractor reads them. Printed: the scores of our own articles and of the
gold articles that may be seen, in each language, over all folds. Half an hour on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import claims, learning

ROOT = Path(__file__).resolve().parents[2]
MODELS = ("readings", "topics", "areas", "periods", "confidence")  # the order in which one stands on the others
COPIED = ("etl", "tests/bench", "tests/extract")
Read = tuple[str, dict[str, Any], list[dict[str, Any]]]  # "own" or "gold", an article, its claims


def main(argv: list[str] | None = None) -> int:
    """Print the scores on articles left out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*", help="these folds only, counted from 0")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)  # the second half of a fold
    parser.add_argument("--errors", type=int, default=0, help="print the first N disagreements of each part")
    parser.add_argument("--level", default="", help="quantity | core | full: errors of this level only")
    options = parser.parse_args(argv)
    if options.read:
        read_left_out()
        return 0
    found: list[Read] = []
    with tempfile.TemporaryDirectory() as today:
        copy(ROOT, Path(today))
        for fold in range(options.folds) if options.only is None else options.only:
            found += of_fold(Path(today), f"{fold}/{options.folds}")
            print(f"fold {fold} read", file=sys.stderr, flush=True)
    scorer = claims.load_scorer()
    for lang in claims.LANGUAGES:
        for kind in ("gold", "own"):
            pairs = [(row, told) for of, row, told in found if of == kind and row["lang"] == lang]
            if pairs:
                print(f"{lang} {kind:4}", claims.scores(scorer, pairs))
                print("   ", claims.fields(scorer, pairs))
                claims.errors(scorer, pairs, options.errors, options.level)
    return 0


def copy(source: Path, target: Path) -> None:
    """Copy the extractor and what it learns from."""
    for part in COPIED:
        shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))


def of_fold(today: Path, fold: str) -> list[Read]:
    """Return the articles of a fold and their claims, by models that were fitted without them."""
    with tempfile.TemporaryDirectory() as folder:
        copy(today, Path(folder))
        setting = os.environ | {learning.LEFT_OUT: fold, "STREAMLEDGER_SHARED": str(claims.SHARED)}
        setting["PYTHONPATH"] = folder
        for model in MODELS:
            _run(folder, setting, f"tests.bench.fit_{model}", "--write")
        told = _run(folder, setting, "tests.bench.folds", "--read")
    return list(json.loads(told.splitlines()[-1]))


def read_left_out() -> None:
    """Print the articles that this setting leaves out, and their claims."""
    found = [
        ("own" if row["doc_id"].startswith(lang + " ") else "gold", row, claims.claims_of(row))
        for lang in claims.LANGUAGES
        for row in learning.left_out(lang)
    ]
    print(json.dumps(found))


def _run(folder: str, setting: dict[str, str], module: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *options], cwd=folder, env=setting, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
