"""Fit how sure the extractor is of a claim: `python -m tests.bench.fit_confidence [--write]`.

A claim of an annotated article is right when it agrees with a figure in every field that is scored ("full"); the
weights are those of a logistic regression on what a decision shows. The articles are those that may be learnt
from; the other models have seen them too, so the confidence is a little too high on articles that nobody has seen:
the last table, on the gold articles kept aside, tells by how much. With `--write` the weights go to
`etl/extract/lexicon/weights.yaml`.
"""

from __future__ import annotations

import argparse
import re
import sys
from math import exp
from typing import Any

from etl.extract import claims as extracting
from etl.extract import confidence
from etl.extract import words as lexicon
from etl.extract.decisions import Decision
from tests.bench import claims
from tests.bench.learning import annotated, gold

WEIGHTS = lexicon.LEXICON / "weights.yaml"
ROUNDS, STEP, PENALTY = 400, 0.5, 0.001
Example = tuple[dict[str, float], bool]


def main(argv: list[str] | None = None) -> int:
    """Print the weights and what they are worth, and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args(argv)
    learnt, aside = [], []
    for lang in claims.LANGUAGES:
        learnt += annotated(lang)
        aside += gold(lang, aside=True)
    weights = fit(examples(learnt))
    print("\n".join(f"sure_{name}: {weight:.2f}" for name, weight in weights.items()))
    if options.write:
        text = WEIGHTS.read_text(encoding="utf-8")
        for name, weight in weights.items():
            text = re.sub(rf"(?m)^sure_{name}: .*$", f"sure_{name}: {weight:.2f}", text)
        WEIGHTS.write_text(text, encoding="utf-8")
    for name, rows in (("learnt from", learnt), ("kept aside", aside)):
        shown = sorted(((chance(weights, seen), right) for seen, right in examples(rows)), reverse=True)
        for least in (0.5, 0.6, 0.7, 0.8, 0.9):
            sure = [right for sureness, right in shown if sureness >= least]
            if sure:
                print(f"{name}: {len(sure)} of {len(shown)} at {least} or more, {sum(sure) / len(sure):.3f} right")
    return 0


def examples(rows: list[dict[str, Any]]) -> list[Example]:
    """Return what each claim of annotated articles shows, and whether it is right."""
    scorer = claims.load_scorer()
    seen: dict[tuple[int, int, str], dict[str, float]] = {}
    make = extracting.confidence.of

    def record(decision: Decision, *more: Any) -> float:
        spot = decision.spot.quantity
        seen[(spot.core_start, spot.core_end, str(decision.platform))] = confidence.features(decision, *more)
        return make(decision, *more)

    found: list[Example] = []
    extracting.confidence.of = record
    try:
        for row in rows:
            seen.clear()
            told = claims.claims_of(row)
            for figure, claim in scorer.pair(row["figures"], told):
                if claim is None or (figure is not None and figure.get("optional")):
                    continue
                inside = [
                    shown
                    for (start, end, slug), shown in seen.items()
                    if claim["quote_start"] <= start and end <= claim["quote_end"] and slug == claim["platform"]
                ]
                if inside:
                    found.append((inside[-1], figure is not None and scorer.full_agrees(figure, claim)))
    finally:
        extracting.confidence.of = make
    return found


def chance(weights: dict[str, float], shown: dict[str, float]) -> float:
    """Return the chance that a claim is right."""
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in shown.items())))


def fit(listed: list[Example]) -> dict[str, float]:
    """Return the weights under which what was right is likely."""
    weights = dict.fromkeys(listed[0][0], 0.0)
    for _ in range(ROUNDS):
        slope = {name: -PENALTY * weight for name, weight in weights.items()}
        for shown, right in listed:
            pull = (right - chance(weights, shown)) / len(listed)
            for name, value in shown.items():
                slope[name] += pull * value
        for name, step in slope.items():
            weights[name] += STEP * 4 * step
    return weights


if __name__ == "__main__":
    sys.exit(main())
