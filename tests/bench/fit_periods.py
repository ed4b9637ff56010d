"""Learn what speaks for the period of a figure: `python -m tests.bench.fit_periods [--write] [--folds N] [--step S]`.

The examples are the figures of our own articles, of the part of the gold sets that may be seen, of the corpora of
sentences and of the sample pages. A log-linear model over the periods that `etl.extract.periods.when` finds for a
figure; the right ones are those that a gold figure names, or agree with it. A period that agrees with the one named
without being it (a month of its quarter) counts neither for nor against. Where the figures before a figure speak for a
period, theirs are as weights gave them that had not learnt from their article: so the figures before are trusted no
more than on a new page.
A step below 1 stops between the weights as they were and the new ones: what is found right today hangs less on the
examples that were added last. With `--write` they stay in `etl/extract/lexicon/periodweights.yaml`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from etl.extract import words as lexicon
from etl.extract.periods import when
from etl.extract.periods.evidence import Question
from tests.bench import claims, logit
from tests.bench.learning import Weights, annotated, first, sentences, write
from tests.starter import starter_yield

WEIGHTS = lexicon.LEXICON / "periodweights.yaml"
HEAD = "# What each witness is worth when a figure looks for its period; fitted on annotated articles.\n"
HELD = 4  # how often an article counts that a test holds
UNDATED = 0.5  # what a figure counts whose period cannot be known
PENALTY = 5.0
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
    parser.add_argument("--step", type=float, default=1.0, help="how far to go from the weights as they are")
    options = parser.parse_args(argv)
    documents = list(learnable())
    fold = dealt([row["doc_id"] for row in documents], options.folds)
    scorer = claims.load_scorer()
    parts: list[Weights] = [lexicon.shared("periodweights")] * options.folds
    examples: list[Example] = []
    for number in range(options.rounds):
        examples = []
        for row in documents:
            examples += examples_of(scorer, row, parts[fold[row["doc_id"]]])
        reached = sum(any(example.right) for example in examples)
        print(
            f"round {number + 1}: {len(examples)} figures, {reached / len(examples):.3f} of them in reach", flush=True
        )
        parts = [learn([e for e in examples if fold[e.document] != part]) for part in range(options.folds)]
        told = [share_right(parts[fold[e.document]], [e]) for e in examples]
        agree = [share_right(parts[fold[e.document]], [e], agreeing=True) for e in examples]
        print(f"left out: {sum(told) / len(told):.4f} right, {sum(agree) / len(agree):.4f} agree", flush=True)
    weights = towards(lexicon.shared("periodweights"), learn(examples), options.step)
    print(f"learned: {share_right(weights, examples):.4f} right, {len(weights)} weights")
    if options.write:
        write(WEIGHTS, HEAD, weights)
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
    for row in [*(row for lang in claims.LANGUAGES for row in first(lang)), *samples()]:
        yield from [row] * HELD


def samples() -> Iterator[dict[str, Any]]:
    """Yield the sample pages as articles, as the room reads them: each figure is quoted by the whole text."""
    for key, page in starter_yield.PAGES.items():
        if page.kind.readable:
            found = starter_yield.document(key)
            article: dict[str, Any] = {"doc_id": f"sample {page.url}", "lang": found.lang, "text": found.text}
            article |= {
                "title": found.title,
                "published": found.published and found.published.isoformat(),
                "country": found.country,
            }
            yield article | {"figures": [_sampled(dict(claim), found.text) for claim in page.claims]}


def _sampled(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """Return what a person reads in a sample page as a figure: of several readings the first, the others beside it."""
    alternatives = {name: value[1:] for name, value in claim.items() if isinstance(value, list)}
    first_of = {name: value[0] if isinstance(value, list) else value for name, value in claim.items()}
    return {"transformation": "level", "period": None} | first_of | {"quote": text, "alt": alternatives}


def examples_of(scorer: ModuleType, row: dict[str, Any], weights: Weights) -> list[Example]:
    """Return the figures of a document with what the extractor sees of them when it chooses by these weights."""
    seen: list[tuple[Question, Evidence]] = []
    gather, chosen_by = when.Times.evidence, when.weights

    def record(times: when.Times, asked: Question) -> Evidence:
        found = gather(times, asked)
        seen.append((asked, found))
        return found

    when.Times.evidence = record  # type: ignore[method-assign]
    when.weights = lambda: weights
    try:
        told = claims.claims_of(row)
    finally:
        when.Times.evidence = gather  # type: ignore[method-assign]
        when.weights = chosen_by
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


def learn(examples: list[Example]) -> Weights:
    """Return the weights that make the right periods likely, next to those that are wrong."""
    told = []
    for one in examples:
        kept = [n for n, agrees in enumerate(one.agrees) if one.right[n] or not agrees]
        right = frozenset(place for place, n in enumerate(kept) if one.right[n])
        if right:
            told.append(logit.Example([Counter(one.evidence[n]) for n in kept], right, one.weight))
    return logit.fit(told, PENALTY)


def towards(old: Weights, new: Weights, step: float) -> Weights:
    """Return the weights that lie a step of the way from old ones to new ones."""
    return {name: (1 - step) * old.get(name, 0.0) + step * new.get(name, 0.0) for name in sorted({*old, *new})}


def share_right(weights: Weights, examples: list[Example], agreeing: bool = False) -> float:
    """Return the share of figures whose best period is right, or agrees with the right one."""
    hits = 0
    for example in examples:
        scores = [sum(weights.get(name, 0.0) for name in names) for names in example.evidence]
        hits += (example.agrees if agreeing else example.right)[scores.index(max(scores))]
    return hits / max(len(examples), 1)


if __name__ == "__main__":
    sys.exit(main())
