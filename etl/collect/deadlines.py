"""What must end at a moment: one thread watches over all, since a thread for each is dear."""

from __future__ import annotations

import heapq
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Deadlines:
    """Calls whoever has run out of time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int]] = []  # moments and numbers, the next one first
        self._calls: dict[int, Callable[[], None]] = {}  # by number; what has ended in time is no longer here
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None
        self._asleep_until = 0.0

    @contextmanager
    def within(self, seconds: float, otherwise: Callable[[], None]) -> Iterator[None]:
        """Call `otherwise`, from another thread, if the block takes longer than so many seconds."""
        number = next(self._numbers)
        with self._changed:
            self._calls[number] = otherwise
            until = time.monotonic() + seconds
            heapq.heappush(self._waiting, (until, number))
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
                self._thread.start()
            elif until < self._asleep_until:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._calls.pop(number, None)
                self._drop_ended()

    def _watch(self) -> None:
        while True:
            with self._changed:
                self._drop_ended()
                if not self._waiting:
                    self._thread = None
                    return
                left = self._waiting[0][0] - time.monotonic()
                if left > 0:
                    self._asleep_until = self._waiting[0][0]
                    self._changed.wait(left)
                    self._asleep_until = 0.0
                    continue
                call = self._calls.pop(heapq.heappop(self._waiting)[1])
            call()

    def _drop_ended(self) -> None:
        while self._waiting and self._waiting[0][1] not in self._calls:
            heapq.heappop(self._waiting)


ALL = Deadlines()
os.register_at_fork(after_in_child=lambda: Deadlines.__init__(ALL))  # a child begins without the thread
