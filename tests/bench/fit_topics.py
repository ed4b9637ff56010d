"""Fit the weights by which a figure finds its platform: `python -m tests.bench.fit_topics [--write]`.

The examples are the figures of annotated articles: the gold sets where they are at hand, without the third that is kept
aside, and our own articles. A figure is a choice among the platforms of its document, each with its circumstances; the
weights are those of a conditional logit model with a quadratic penalty. Printed: the share of right choices with
the weights as they are, and with weights fitted on other articles (five folds). With `--write` the weights fitted on
everything go to `etl/extract/lexicon/topics.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any

from etl.extract import tables
from etl.extract import words as lexicon
from etl.extract.decisions import decide
from etl.extract.lists.spread import spread
from etl.extract.loglinear import worth
from etl.extract.platforms.topics import Topics
from etl.extract.staging import stage
from tests.bench import claims, logit
from tests.bench.learning import Weights, annotated, first, sentences, tell, write

WEIGHTS = lexicon.LEXICON / "topics.yaml"
HEAD = "# What each circumstance is worth when a figure looks for its platform; fitted on annotated articles.\n"
FOLDS, PENALTY = 5, 1.0
HELD = 4  # what a sentence counts that a test holds


@dataclass(frozen=True, slots=True)
class Choice:
    """The platforms that a figure can be about, each with what speaks for it, and which are right."""

    article: str
    options: list[tuple[str, dict[str, float]]]
    right: frozenset[str]
    chosen: str | None  # by the extractor as it is
    weight: int  # how many times it counts

    def best(self, weights: Weights) -> str:
        """Return the platform that the weights choose."""
        return max(self.options, key=lambda option: worth(weights, option[1]))[0]


def main(argv: list[str] | None = None) -> int:
    """Print what the weights are worth, and write new ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all examples")
    options = parser.parse_args(argv)
    choices = [choice for lang in claims.LANGUAGES for row in rows(lang) for choice in of_article(row)]
    names = sorted({choice.article for choice in choices})
    print(f"{len(choices)} figures of {len(names)} articles")
    chosen = sum(choice.chosen in choice.right for choice in choices) / len(choices)
    print(f"the extractor as it is: {chosen:.4f}; its weights alone: {accuracy(choices, lexicon.shared('topics')):.4f}")
    weights = tell(choices, names, FOLDS, fit, accuracy)
    if options.write:
        write(WEIGHTS, HEAD, weights)
    return 0


def rows(lang: str) -> list[dict[str, Any]]:
    """Return the annotated articles of a language that may be learnt from; those that a test holds count more."""
    held, told = ([row | {"weight": HELD} for row in listed] for listed in (first(lang), sentences(lang)))
    return [*annotated(lang), *held, *told]


def of_article(row: dict[str, Any]) -> list[Choice]:
    """Return the choices of an article: its figures that were found, with a right platform among the candidates."""
    scene = stage(claims.document_of(row))
    topics = Topics(scene)
    taken = tables.read(scene, topics)[1] if scene.relevant else set()
    found = []
    told = [d for d in decide(scene, topics, taken) if d.chosen and d.platform] if scene.relevant else []
    listed_out = {(d.spot, d.platform) for d in spread(scene, topics, told)}
    for decision in told:
        figure = _figure(row, decision.spot.quantity)
        if figure is None or (decision.spot, decision.platform) not in listed_out:
            continue
        right = frozenset([figure["platform"], *figure.get("alt", {}).get("platform", [])])
        assert decision.chosen is not None
        listed = topics.weighed(decision.spot, decision.link, decision.chosen.metric)
        if right & {slug for slug, _ in listed}:
            found.append(
                Choice(
                    row["doc_id"],
                    listed,
                    right,
                    decision.platform,
                    row.get("weight", 1),
                )
            )
    return found


def _figure(row: dict[str, Any], quantity: Any) -> dict[str, Any] | None:
    """Return the figure whose quote holds a quantity and has its value, if just one does."""
    held = []
    for figure in row["figures"]:
        start = figure.get("quote_start", row["text"].find(figure["quote"]))
        inside = start <= quantity.core_start and quantity.core_end <= start + len(figure["quote"])
        if inside and abs(abs(figure["value"]) - abs(float(quantity.value))) <= 0.005 * abs(figure["value"]):
            held.append(figure)
    return held[0] if len({figure["platform"] for figure in held}) == 1 else None


def accuracy(choices: list[Choice], weights: Weights) -> float:
    """Return the share of choices that the weights get right."""
    return sum(choice.best(weights) in choice.right for choice in choices) / max(len(choices), 1)


def fit(choices: list[Choice]) -> Weights:
    """Return the weights that make the right options likely."""
    examples = []
    for choice in choices:
        right = frozenset(n for n, (name, _) in enumerate(choice.options) if name in choice.right)
        examples.append(logit.Example([facts for _, facts in choice.options], right, choice.weight))
    return logit.fit(examples, PENALTY)


if __name__ == "__main__":
    sys.exit(main())
