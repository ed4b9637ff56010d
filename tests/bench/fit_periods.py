"""Learn what speaks for the period of a figure: `python -m tests.bench.fit_periods [--write] [--folds N]`.

The examples are the figures of our own articles, of the part of the gold sets that may be seen, and of the corpora of
sentences. A log-linear model over the periods that `etl.extract.periods.when` finds for a figure; the right ones are
those that a gold figure names, or agree with it. A period that agrees with the one named without being it (a month of
its quarter) counts neither for nor against. Where the figures before a figure speak for a period, theirs are as weights
gave them that had not learnt from their article: so the figures before are trusted no more than on a new page.
With `--write` the weights of all examples stay in `etl/extract/lexicon/periodweights.yaml`.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import yaml

from etl.extract import words as lexicon
from etl.extract.periods import when
from etl.extract.periods.evidence import Question
from tests.bench import claims
from tests.bench.learning import annotated, first, sentences

WEIGHTS = lexicon.LEXICON / "periodweights.yaml"
HEAD = """# What each witness is worth for the period of a figure (etl/extract/periods/evidence.py), from articles:
# python -m tests.bench.fit_periods
"""
HELD = 4  # how often the article counts that a test holds
UNDATED = 0.5  # what a figure counts whose period cannot be known
PASSES = 12
RATE = 0.06
PENALTY = 0.05
SETTLED = 3  # passes before the weights are averaged
LEAST = 0.04  # a smaller weight is left out
RARE = 4  # examples that must show a name
Evidence = dict[str | None, list[str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A figure: the periods in question, each with the names of what speaks for it, and what each is."""

    document: str
    evidence: list[list[str]]
    right: list[bool]
    agrees: list[bool]  # with what the figure names, as the scorer compares periods
    weight: float


def main(argv: list[str] | None = None) -> int:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the new weights")
    parser.add_argument("--rounds", type=int, default=2, help="each learns from the figures as the last one left them")
    parser.add_argument("--folds", type=int, default=5, help="into how many parts the articles are dealt")
    options = parser.parse_args(argv)
    documents = list(learnable())
    fold = dealt([row["doc_id"] for row in documents], options.folds)
    scorer = claims.load_scorer()
    parts: list[dict[str, float]] = [lexicon.shared("periodweights")["weights"]] * options.folds
    examples: list[Example] = []
    for number in range(options.rounds):
        examples = []
        for row in documents:
            lexicon.shared("periodweights")["weights"] = parts[fold[row["doc_id"]]]
            examples += examples_of(scorer, row)
        reached = sum(any(example.right) for example in examples)
        print(
            f"round {number + 1}: {len(examples)} figures, {reached / len(examples):.3f} of them in reach", flush=True
        )
        parts = [learn([e for e in examples if fold[e.document] != part]) for part in range(options.folds)]
        told = [share_right(parts[fold[e.document]], [e]) for e in examples]
        agree = [share_right(parts[fold[e.document]], [e], agreeing=True) for e in examples]
        print(f"left out: {sum(told) / len(told):.4f} right, {sum(agree) / len(agree):.4f} agree", flush=True)
    weights = learn(examples)
    print(f"learned: {share_right(weights, examples):.4f} right, {len(weights)} weights")
    if options.write:
        write(weights)
    return 0


def dealt(names: list[str], folds: int) -> dict[str, int]:
    """Deal articles into parts, each article into one."""
    shuffled = sorted(set(names))
    random.Random(7).shuffle(shuffled)  # noqa: S311 - which document falls into which fold is no secret
    return {name: number % folds for number, name in enumerate(shuffled)}


def learnable() -> Iterator[dict[str, Any]]:
    """Yield the annotated articles that may be learned from, and the sentences that say a period."""
    for lang in claims.LANGUAGES:
        yield from annotated(lang)
        for row in sentences(lang):
            dated = [figure for figure in row["figures"] if "period" in figure]
            if dated:
                yield row | {"figures": dated}
    for lang in claims.LANGUAGES:
        yield from first(lang) * HELD


def examples_of(scorer: ModuleType, row: dict[str, Any]) -> list[Example]:
    """Return the figures of a document with what the extractor sees of them."""
    seen: list[tuple[Question, Evidence]] = []
    gather = when.Times.evidence

    def record(times: when.Times, asked: Question) -> Evidence:
        found = gather(times, asked)
        seen.append((asked, found))
        return found

    when.Times.evidence = record  # type: ignore[method-assign]
    try:
        told = claims.claims_of(row)
    finally:
        when.Times.evidence = gather  # type: ignore[method-assign]
    found = []
    for _, figure, claim in claims.matched(scorer, [(row, told)]):
        if figure is None or claim is None or figure.get("optional") or figure["metric"] == "other":
            continue
        evidence = next((found for asked, found in seen if _is_of(asked, claim)), None)
        right = rightness(scorer, figure, list(evidence)) if evidence else []
        if evidence and not all(right):
            dated = figure["period"] is not None
            agrees = [
                own or (dated and any(scorer.period_agrees(want, period) for want in scorer.readings(figure, "period")))
                for own, period in zip(right, evidence, strict=True)
            ]
            names = [list(listed) for listed in evidence.values()]
            found.append(Example(row["doc_id"], names, right, agrees, 1.0 if dated else UNDATED))
    return found


def _is_of(asked: Question, claim: dict[str, Any]) -> bool:
    inside = claim["quote_start"] <= max(asked.spot.quantity.core_start, asked.spot.quantity.start) < claim["quote_end"]
    same = (asked.platform, asked.metric, asked.transformation)
    return inside and same == (claim["platform"], claim["metric"], claim["transformation"])


def rightness(scorer: ModuleType, figure: dict[str, Any], periods: list[str | None]) -> list[bool]:
    """Return which periods are right: those that the figure names; without any, those that agree with it."""
    wanted = scorer.readings(figure, "period")
    exact = [period in (wanted if wanted[0] else wanted[:1]) for period in periods]
    if any(exact) or not wanted[0]:
        return exact
    return [any(want and scorer.period_agrees(want, period) for want in wanted) for period in periods]


def learn(examples: list[Example]) -> dict[str, float]:
    """Return the weights under which the right periods are likeliest, by steps along each figure's slope."""
    counts = Counter(name for e in examples for name in {name for names in e.evidence for name in names})
    weights: dict[str, float] = {name: 0.0 for name, count in counts.items() if count >= RARE}
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    shuffled = [example for example in examples if any(example.right)]
    rng = random.Random(7)  # noqa: S311 - the order of examples is no secret
    sums: dict[str, float] = defaultdict(float)
    for number in range(PASSES):
        rng.shuffle(shuffled)
        for example in shuffled:
            for name, slope in slopes(weights, example).items():
                slope -= PENALTY * weights[name]
                squares[name] += slope * slope
                weights[name] += RATE * slope / math.sqrt(squares[name])
        for name, weight in weights.items() if number >= SETTLED else ():
            sums[name] += weight / (PASSES - SETTLED)
    return {name: round(weight, 3) for name, weight in sorted(sums.items()) if abs(weight) >= LEAST}


def slopes(weights: dict[str, float], example: Example) -> dict[str, float]:
    """Return by how much each weight would have to rise for the right periods of a figure to be likelier."""
    scores = [sum(weights.get(name, 0.0) for name in names) for names in example.evidence]
    top = max(scores)
    kept = [right or not agrees for right, agrees in zip(example.right, example.agrees, strict=True)]
    odds = [math.exp(score - top) if keep else 0.0 for score, keep in zip(scores, kept, strict=True)]
    whole, good = sum(odds), sum(odd for odd, right in zip(odds, example.right, strict=True) if right)
    found: dict[str, float] = defaultdict(float)
    for names, odd, right in zip(example.evidence, odds, example.right, strict=True):
        slope = example.weight * ((odd / good if right and good else 0.0) - (odd / whole if whole else 0.0))
        for name in names if abs(slope) > 1e-6 else ():
            if name in weights:
                found[name] += slope
    return found


def share_right(weights: dict[str, float], examples: list[Example], agreeing: bool = False) -> float:
    """Return the share of figures whose best period is right, or agrees with the right one."""
    hits = 0
    for example in examples:
        scores = [sum(weights.get(name, 0.0) for name in names) for names in example.evidence]
        hits += (example.agrees if agreeing else example.right)[scores.index(max(scores))]
    return hits / max(len(examples), 1)


def write(weights: dict[str, float]) -> None:
    """Write the weights where the extractor finds them, and let it read them anew."""
    WEIGHTS.write_text(HEAD + yaml.safe_dump({"weights": weights}, allow_unicode=True, width=120), encoding="utf-8")
    lexicon.shared.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
