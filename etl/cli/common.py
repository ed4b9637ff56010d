"""What every family of commands needs."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol


class Command(Protocol):
    """Adds one command; `json` is False for one that prints no results, or JSON lines and nothing else."""

    def __call__(self, name: str, run: Any, about: str, json: bool = True) -> argparse.ArgumentParser: ...


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def day(text: str) -> date:
    """Return the day that was asked for.

    Raises:
        ValueError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; want YYYY-MM-DD, such as {today()}") from None


def give(value: object) -> int:
    """Print a value as JSON; whole numbers as such, days and files as text."""
    print(json.dumps(value, default=_plain, ensure_ascii=False, indent=1))
    return 0


def done(options: argparse.Namespace, counts: object) -> int:
    """End a step, whose line is in the log; a program gets its counts."""
    return give(counts) if options.json else 0


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
