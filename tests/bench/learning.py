"""What the commands that fit weights share: trying them on articles left out, and writing them as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

LEAST = 0.02  # a smaller weight is left out
Weights = dict[str, float]


class Told(Protocol):
    """An example of an article."""

    @property
    def article(self) -> str:
        """Return the name of its article."""


Choice = TypeVar("Choice", bound=Told)


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


def write(path: Path, head: str, weights: Weights) -> None:
    """Write weights as data, by name, so that two fits can be laid side by side."""
    lines = [f"{name}: {weight:.2f}\n" for name, weight in sorted(weights.items()) if abs(weight) >= LEAST]
    path.write_text(head + "".join(lines), encoding="utf-8")
