"""How sure the extractor is of a claim, from 0 to 1, calibrated on annotated articles."""

from __future__ import annotations

from math import exp

from etl.extract.decisions import Decision
from etl.extract.readings.cues import weights
from etl.model import Metric

CAP = 12.0  # scores and leads beyond say no more


def features(decision: Decision, focused: bool, dated: float, placed: float) -> dict[str, float]:
    """Return what the confidence in a decision depends on, each about 0 to 1.

    Args:
        focused: Its text is about streaming.
        dated: How likely its period is.
        placed: How likely its area is.
    """
    scores = [reading.score for reading in decision.readings]
    chosen = decision.chosen
    best = chosen.score if chosen else 0.0
    rival = max((r.score for r in decision.readings if chosen and r.metric is not chosen.metric), default=0.0)
    return {
        "base": 1.0,
        "score": min(max(best, 0.0), CAP) / CAP,
        "margin": min(max(best - max(rival, 0.0), 0.0), CAP) / CAP,
        "lead": decision.lead,
        "dated": dated,
        "placed": placed,
        "named": float(bool(chosen and chosen.first >= 0)),
        "tied": float(decision.link is not None and bool(scores) and bool(chosen and chosen.first < 0)),
        "focused": float(focused),
        "other": float(bool(chosen and chosen.metric is Metric.OTHER)),
    }


def of(decision: Decision, focused: bool, dated: float, placed: float) -> float:
    """Return the confidence in a decision, rounded to hundredths."""
    table = weights()
    total = sum(
        table.get(f"sure_{name}", 0.0) * value for name, value in features(decision, focused, dated, placed).items()
    )
    return round(1 / (1 + exp(-total)), 2)
