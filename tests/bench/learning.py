"""What the commands that fit weights share: what may be learnt from, trying on articles left out, writing as data."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

from tests.bench import articles, claims

CORPUS = Path(__file__).resolve().parents[1] / "extract" / "corpus"
LEFT_OUT = "STREAMLEDGER_LEFT_OUT"  # "2/5" in the environment: the third of five folds is not learnt from
LEAST = 0.02  # a smaller weight is left out
Weights = dict[str, float]


class Told(Protocol):
    """An example of an article."""

    @property
    def article(self) -> str:
        """Return the name of its article."""


Choice = TypeVar("Choice", bound=Told)


def annotated(lang: str) -> list[dict[str, Any]]:
    """Return the articles that every model learns from: the gold articles that may be seen and all of our own."""
    aside = {row["doc_id"] for row in left_out(lang)}
    return [row for row in [*gold(lang), *ours(lang)] if row["doc_id"] not in aside]


def left_out(lang: str) -> list[dict[str, Any]]:
    """Return the articles that the environment leaves out, to be read afterwards as ones that nobody has seen."""
    fold, _, folds = os.environ.get(LEFT_OUT, "").partition("/")
    every = [*gold(lang), *ours(lang)] if folds else []
    return every[int(fold) :: int(folds)] if folds else []


def ours(lang: str) -> list[dict[str, Any]]:
    """Return our own articles, by names that no gold article and no other language has."""
    return [row | {"doc_id": f"{lang} {row['doc_id']}"} for row in articles.rows(lang)]


def gold(lang: str, aside: bool = False) -> list[dict[str, Any]]:
    """Return the gold articles of a language that may be seen, or those kept aside; none where they are not at hand."""
    path = claims.SHARED / "bench" / f"dev_{lang}.jsonl"
    return [row for n, row in enumerate(claims.read(path)) if (n % 3 == 2) == aside] if path.exists() else []


def first(lang: str) -> list[dict[str, Any]]:
    """Return the first article, whose figures a test holds, where it is at hand and of this language."""
    path = claims.SHARED / "bench" / "seed_gold.jsonl"
    return [row for row in claims.read(path) if row["lang"] == lang] if path.exists() else []


def sentences(lang: str) -> list[dict[str, Any]]:
    """Return the sentences of our corpus as articles: each figure is quoted by its whole sentence."""
    found = []
    for number, row in enumerate(yaml.safe_load((CORPUS / f"{lang}.yaml").read_text(encoding="utf-8"))):
        article = {"doc_id": f"sentence {lang}-{number}", "lang": lang, "text": row["text"]}
        article |= {"published": str(row.get("published", "2024-05-15")), "title": row.get("context")}
        figures = [_figure(str(claim), row["text"]) for claim in row["claims"]]
        found.append(article | {"country": row.get("country", ""), "figures": figures})
    return found


def _figure(claim: str, text: str) -> dict[str, Any]:
    """Return a claim of the corpus as a figure; it has a period only where the corpus says one, or says None."""
    platform, metric, transformation, value, unit, *more = claim.split()
    figure: dict[str, Any] = {"platform": platform, "metric": metric, "transformation": transformation, "quote": text}
    figure |= {"value": float(value.split("..")[0]), "unit": unit}
    said = dict(part.split("=", 1) for part in more if "=" in part)
    if "period" in said:
        figure["period"] = None if said["period"] == "None" else said["period"]
    return figure


def crossed(
    choices: Sequence[Choice],
    names: Sequence[str],
    folds: int,
    fit: Callable[[list[Choice]], Weights],
    accuracy: Callable[[list[Choice], Weights], float],
) -> float:
    """Return the share right of the choices of named articles, each by weights that were fitted without its article."""
    right = total = 0.0
    for fold in range(folds):
        aside = set(names[fold::folds])
        tested = [choice for choice in choices if choice.article in aside]
        right += len(tested) * accuracy(tested, fit([choice for choice in choices if choice.article not in aside]))
        total += len(tested)
    return right / max(total, 1)


def tell(
    choices: Sequence[Choice],
    names: Sequence[str],
    folds: int,
    fit: Callable[[list[Choice]], Weights],
    accuracy: Callable[[list[Choice], Weights], float],
) -> Weights:
    """Print what fitted weights are worth, on other articles (without folds not) and on all, and return the latter."""
    if folds and LEFT_OUT not in os.environ:
        print(f"fitted on other articles: {crossed(choices, names, folds, fit, accuracy):.4f}", flush=True)
    weights = fit(list(choices))
    print(f"fitted on all: {accuracy(list(choices), weights):.4f}")
    return weights


def write(path: Path, head: str, weights: Weights) -> None:
    """Write weights as data, by name, so that two fits can be laid side by side."""
    kept = {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= LEAST}
    path.write_text(head + yaml.safe_dump(kept, allow_unicode=True, width=120), encoding="utf-8")
