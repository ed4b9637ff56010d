"""How far a long command is, on standard error: a bar for people, a line now and then for a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from etl import logs

SECONDS = 30.0  # between two lines of a log


@contextmanager
def shown() -> Iterator[None]:
    """Show how far the steps inside are; their own lines stand above the bar."""
    if not sys.stderr.isatty():
        with logs.followed(_Lines()):
            yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bars, logs.followed(_Bars(bars)):
        yield


class _Bars:
    """A bar for each thing that is counted."""

    def __init__(self, bars: Progress) -> None:
        self.bars = bars
        self.ids: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if what not in self.ids:
            self.ids[what] = self.bars.add_task(what, total=total)
        self.bars.update(self.ids[what], completed=done, total=total)


class _Lines:
    """A line at most every half minute."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if time.monotonic() - self.last >= SECONDS:
            self.last = time.monotonic()
            logs.log.info("%s: %s%s", what, f"{done:,}", "" if total is None else f" of {total:,}")
