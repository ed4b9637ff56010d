"""Fit the weights by which a figure finds its area: `python -m tests.bench.fit_areas [--write]`.

The examples are the figures of annotated articles that the extractor finds with the right platform and measure: the
gold sets where they are at hand, without the third that is kept aside, and our own articles. A figure is a choice
among the areas in which it can count. Printed: the share of right choices by the weights as they are, and by weights
fitted on other articles (five folds). With `--write` the weights fitted on everything go to
`etl/extract/lexicon/places.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

from etl.extract import words as lexicon
from etl.extract.areas import evidence
from etl.extract.areas.places import Places, Told
from etl.extract.scene import Spot
from tests.bench import claims
from tests.bench.fit_topics import FOLDS, Choice, accuracy, fit
from tests.bench.learning import annotated, first, tell, write

WEIGHTS = lexicon.LEXICON / "places.yaml"
HEAD = "# What each circumstance is worth when a figure looks for its area; fitted on annotated articles.\n"
Options = list[tuple[str, dict[str, float]]]


def main(argv: list[str] | None = None) -> int:
    """Print what the weights are worth, and write new ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all examples")
    options = parser.parse_args(argv)
    scorer = claims.load_scorer()
    choices = [choice for lang in claims.LANGUAGES for row in rows(lang) for choice in of_article(scorer, row)]
    names = sorted({choice.article for choice in choices})
    print(f"{len(choices)} figures of {len(names)} articles")
    print(f"the weights as they are: {accuracy(choices, lexicon.shared('places')):.4f}")
    weights = tell(choices, names, FOLDS, fit, accuracy)
    if options.write:
        write(WEIGHTS, HEAD, weights)
    return 0


def rows(lang: str) -> list[dict[str, Any]]:
    """Return the annotated articles of a language that may be learnt from."""
    return [*first(lang), *annotated(lang)]


def of_article(scorer: ModuleType, row: dict[str, Any]) -> Iterator[Choice]:
    """Yield the choices of an article: its figures that were found, with a right area among those in question.

    What was told before a figure is what the annotation says, not what the weights of today made of it.
    """
    asked: dict[int, Options] = {}
    weigh = evidence.weighed

    def recorded(places: Places, spot: Spot, *rest: Any) -> dict[str, dict[str, float]]:
        places.told = [_taught(row, told) for told in places.told]
        found = weigh(places, spot, *rest)
        asked[spot.quantity.core_start] = list(found.items())
        return found

    evidence.weighed = recorded
    try:
        found = claims.claims_of(row)
    finally:
        evidence.weighed = weigh
    for figure, claim in scorer.pair(row["figures"], found):
        if not figure or not claim or not alike(scorer, figure, claim):
            continue
        at = next((at for at in asked if claim["quote_start"] <= at < claim["quote_end"]), None)
        right = frozenset(area or "WW" for area in scorer.readings(figure, "area"))
        if at is not None and right & {area for area, _ in asked[at]}:
            yield Choice(row["doc_id"], asked[at], right, claim["area"] or "WW", 1)


def _taught(row: dict[str, Any], told: Told) -> Told:
    """Return a figure that was told with the area that the annotation gives it."""
    quantity = told.spot.quantity
    for figure in row["figures"]:
        start = figure.get("quote_start", row["text"].find(figure["quote"]))
        inside = start <= quantity.core_start < start + len(figure["quote"])
        if inside and abs(abs(figure["value"]) - abs(float(quantity.value))) <= 0.005 * abs(figure["value"]):
            return replace(told, area=figure["area"] or "WW")
    return told


def alike(scorer: ModuleType, figure: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a claim is the figure but for its area, period and status."""
    return bool(scorer.quantity_agrees(figure, claim)) and all(
        claim[field] in scorer.readings(figure, field) for field in ("platform", "metric")
    )


if __name__ == "__main__":
    sys.exit(main())
