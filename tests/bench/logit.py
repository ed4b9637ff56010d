"""Fit a conditional logit model: the weights that make the right options of choices likeliest, and none of them large.

The sum of the logarithms of their chances, less a quadratic penalty, has one summit; it is climbed by L-BFGS, whole
batches at a time, so that the weights depend neither on an order nor on a rate of learning.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

STEPS = 60
REMEMBERED = 8  # steps from which the curvature is told
ENOUGH = 1e-5  # of the loss: a smaller gain ends the climb
RARE = 2  # options that a fact must speak for to get a weight
Vector = list[float]


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for each option of a choice, which options are right, and how often it counts."""

    options: Sequence[Mapping[str, float]]
    right: frozenset[int]
    times: float = 1.0


def fit(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Return the weights of all facts."""
    seen: dict[str, int] = {}
    for example in examples:
        for facts in example.options:
            for name in facts:
                seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, count in seen.items() if count >= RARE)
    number = {name: n for n, name in enumerate(names)}
    rows = [
        (
            [[(number[k], v) for k, v in facts.items() if k in number and v] for facts in one.options],
            one.right,
            one.times,
        )
        for one in examples
    ]
    return dict(zip(names, _climb(rows, len(names), penalty), strict=True))


Rows = list[tuple[list[list[tuple[int, float]]], frozenset[int], float]]


def _climb(rows: Rows, size: int, penalty: float) -> Vector:
    """Return the point at which the loss is least."""
    at: Vector = [0.0] * size
    loss, slope = _loss(rows, at, penalty)
    past: deque[tuple[Vector, Vector, float]] = deque(maxlen=REMEMBERED)
    for _ in range(STEPS):
        way = _direction(slope, past)
        steep = _dot(slope, way)
        length = 1.0 if past else 1.0 / max(sum(map(abs, slope)), 1e-9)
        for _ in range(20):
            there = [x + length * d for x, d in zip(at, way, strict=True)]
            lower, then = _loss(rows, there, penalty)
            if lower <= loss + 1e-4 * length * steep:
                break
            length /= 2
        moved = [b - a for a, b in zip(at, there, strict=True)]
        turned = [b - a for a, b in zip(slope, then, strict=True)]
        if (curve := _dot(moved, turned)) > 1e-10:
            past.append((moved, turned, curve))
        gained, at, loss, slope = loss - lower, there, lower, then
        if gained < ENOUGH * loss:
            break
    return at


def _loss(rows: Rows, at: Vector, penalty: float) -> tuple[float, Vector]:
    """Return the loss at a point and its slope."""
    loss = penalty * _dot(at, at) / 2
    slope = [penalty * x for x in at]
    for options, right, times in rows:
        scores = [sum([at[n] * value for n, value in facts]) for facts in options]
        top = max(scores)
        powers = [exp(score - top) for score in scores]
        total, good = sum(powers), sum([powers[n] for n in right]) + 1e-12
        loss += times * log(total / good)
        for option, facts in enumerate(options):
            pull = times * (powers[option] / total - (powers[option] / good if option in right else 0.0))
            if abs(pull) > 1e-6:
                for n, value in facts:
                    slope[n] += pull * value
    return loss, slope


def _direction(slope: Vector, past: deque[tuple[Vector, Vector, float]]) -> Vector:
    """Return the way down that the last steps suggest."""
    way, taken = [-x for x in slope], []
    for moved, turned, curve in reversed(past):
        share = _dot(moved, way) / curve
        taken.append(share)
        way = [x - share * y for x, y in zip(way, turned, strict=True)]
    if past:
        _, turned, curve = past[-1]
        scale = curve / _dot(turned, turned)
        way = [scale * x for x in way]
    for (moved, turned, curve), share in zip(past, reversed(taken), strict=True):
        back = share - _dot(turned, way) / curve
        way = [x + back * y for x, y in zip(way, moved, strict=True)]
    return way


def _dot(one: Vector, other: Vector) -> float:
    return sum([x * y for x, y in zip(one, other, strict=True)])
