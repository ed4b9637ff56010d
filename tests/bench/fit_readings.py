"""Fit the weights by which the reading of a quantity wins: `python -m tests.bench.fit_readings [--write]`.

The examples are the quantities of annotated articles: the gold sets where they are at hand, without the third that is
kept aside, our own articles, and, five times each, the first article and the sentences of the corpus, which must hold.
A quantity is a choice among its readings and none; the weights are those of a conditional logit model with a quadratic
penalty. Printed: the share of right choices in articles with the
weights as they are, and with weights fitted on other articles (five folds). With `--write` the weights fitted on
everything go to `etl/extract/lexicon/readings.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any

from etl.extract import readings, tables
from etl.extract import words as lexicon
from etl.extract.decisions import decide
from etl.extract.loglinear import worth
from etl.extract.platforms.topics import Topics
from etl.extract.readings.beside import whole_of
from etl.extract.scene import Spot
from etl.extract.staging import stage
from tests.bench import claims, logit
from tests.bench.learning import Weights, annotated, first, sentences, tell, write

WEIGHTS = lexicon.LEXICON / "readings.yaml"
FIRM = 5  # times that what must hold is shown
SENTENCE = "sentence "  # begins the names of the corpus
HEAD = "# What each fact is worth when the readings of a quantity are weighed; fitted on annotated articles.\n"
FOLDS, PENALTY = 5, 3.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The readings of a quantity, the last of them none, and which are right."""

    article: str
    options: list[dict[str, float]]
    right: frozenset[int]

    def solved(self, weights: Weights) -> bool:
        """Whether the weights choose a right reading."""
        scores = [worth(weights, facts) for facts in self.options]
        return scores.index(max(scores)) in self.right


def main(argv: list[str] | None = None) -> int:
    """Print what the weights are worth, and write new ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all examples")
    parser.add_argument("--folds", type=int, default=FOLDS, help="0: do not try on other articles")
    options = parser.parse_args(argv)
    scorer = claims.load_scorer()
    choices = [choice for lang in claims.LANGUAGES for row in rows(lang) for choice in of_article(scorer, row)]
    names = sorted({choice.article for choice in choices if not choice.article.startswith(SENTENCE)})
    print(f"{len(choices)} quantities of {len(names)} articles")
    print(f"the weights as they are: {accuracy(choices, lexicon.shared('readings')):.4f}", flush=True)
    weights = tell(choices, names, options.folds, fit, accuracy)
    if options.write:
        write(WEIGHTS, HEAD, weights)
    return 0


def rows(lang: str) -> list[dict[str, Any]]:
    """Return the annotated articles of a language that may be learnt from."""
    seed = [row | {"doc_id": f"{SENTENCE}seed"} for row in first(lang)]
    return [*seed, *annotated(lang), *sentences(lang)]


def of_article(scorer: Any, row: dict[str, Any]) -> list[Choice]:
    """Return the choices of an article, without the quantities about which the annotation says nothing sure."""
    scene = stage(claims.document_of(row))
    if not scene.relevant:
        return []
    topics = Topics(scene)
    taken = tables.read(scene, topics)[1]
    found, whole = [], whole_of(scene)
    for decision in decide(scene, topics, taken):
        figures = _figures(row, decision.spot)
        if any(figure.get("optional") for figure in figures) or _unsure(row, decision.spot):
            continue
        wanted = {
            (metric, kind)
            for figure in figures
            for metric in scorer.readings(figure, "metric")
            for kind in scorer.readings(figure, "transformation")
        }
        options, nothing = readings.listed(scene, decision.spot, decision.link, whole)
        right = {n for n, (reading, _) in enumerate(options) if (reading.metric, reading.transformation) in wanted}
        if not wanted:
            right = {len(options)}
        if right and options:
            found.append(Choice(row["doc_id"], [*(facts for _, facts in options), nothing], frozenset(right)))
    return found


def _figures(row: dict[str, Any], spot: Spot) -> list[dict[str, Any]]:
    """Return the figures whose quotes hold a quantity and have its value."""
    quantity, held = spot.quantity, []
    value = abs(float(quantity.value))
    same = {value, value / 60, value * 60} if spot.unit == "time" else {value}
    if spot.unit == "multiple":
        same = {abs(value - 1) * 100}
    for figure in row["figures"]:
        start = figure.get("quote_start", row["text"].find(figure["quote"]))
        inside = start <= quantity.core_start and quantity.core_end <= start + len(figure["quote"])
        if inside and any(abs(abs(figure["value"]) - one) <= 0.006 * abs(figure["value"]) for one in same):
            held.append(figure)
    return held


def _unsure(row: dict[str, Any], spot: Spot) -> bool:
    """Whether a quantity lies in a passage that a reader could take either way."""
    passages = [" ".join(passage.split()) for passage in row.get("neutral", [])]
    quote = " ".join(row["text"][spot.quantity.core_start : spot.quantity.core_end].split())
    return any(quote in passage for passage in passages)


def accuracy(choices: list[Choice], weights: Weights) -> float:
    """Return the share of choices that the weights get right."""
    told = [choice for choice in choices if not choice.article.startswith(SENTENCE)]
    return sum(choice.solved(weights) for choice in told) / max(len(told), 1)


def fit(choices: list[Choice]) -> Weights:
    """Return the weights that make the right readings likely."""
    examples = [
        logit.Example(choice.options, choice.right, FIRM if choice.article.startswith(SENTENCE) else 1)
        for choice in choices
    ]
    return logit.fit(examples, PENALTY)


if __name__ == "__main__":
    sys.exit(main())
