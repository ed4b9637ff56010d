"""One way to read a quantity."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model import Metric, Transformation

LOSSES = frozenset({Metric.NET_INCOME, Metric.OPERATING_INCOME})


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure and a transformation, with the evidence for them."""

    metric: Metric
    transformation: Transformation
    score: float
    why: str
    sign: int = 1
    unit: str = ""  # a currency, or hours, when the text leaves it out
    first: int = -1  # the words of the cue; -1 when it has none in the sentence
    last: int = -1
    ruled: bool = True  # proposed by the rules; the others are only thought of

    def scored(self, score: float) -> Reading:
        """Return the same reading with another score."""
        return Reading(
            self.metric,
            self.transformation,
            score,
            self.why,
            self.sign,
            self.unit,
            self.first,
            self.last,
            self.ruled,
        )
