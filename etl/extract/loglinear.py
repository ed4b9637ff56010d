"""Choosing among readings by learnt weights: what speaks for each adds up, and the sums tell how likely each one is."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import TypeVar

Option = TypeVar("Option")


def worth(weights: Mapping[str, float], facts: Mapping[str, float]) -> float:
    """Return what facts add up to; a fact without a weight says nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in facts.items())


def likeliest(scores: Mapping[Option, float]) -> tuple[Option, float]:
    """Return the option with the highest score, the first of equals, and how likely it is (0 to 1).

    Raises:
        ValueError: There is no option.
    """
    best = max(scores, key=lambda option: scores[option])
    return best, 1.0 / sum(exp(score - scores[best]) for score in scores.values())
