"""What a watch finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.alerts import Cause


@dataclass(frozen=True, slots=True)
class Found:
    """What was seen, in words, and what is wrong with it."""

    seen: str
    causes: tuple[Cause, ...] = ()


class Alarm(Exception):
    """Something needs the operator: what, and what to do."""

    def __init__(self, causes: Sequence[Cause]) -> None:
        super().__init__("; ".join(f"{cause}; what to do: {cause.todo}" for cause in causes))
        self.causes = tuple(causes)
