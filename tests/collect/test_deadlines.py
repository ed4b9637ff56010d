"""One thread for all limits of time: each is kept, whatever the order they were set in."""

from __future__ import annotations

import os
import threading
import time

from etl.collect.deadlines import ALL, Deadlines


def test_who_is_late_is_called_once() -> None:
    limits, called = Deadlines(), threading.Event()
    calls = []
    with limits.within(0.05, lambda: (calls.append(time.monotonic()), called.set())[0]):
        begun = time.monotonic()
        assert called.wait(2)
        time.sleep(0.1)
    assert len(calls) == 1
    assert calls[0] - begun >= 0.03


def test_who_is_in_time_is_not_called() -> None:
    limits, calls = Deadlines(), []
    for _ in range(20):
        with limits.within(0.05, lambda: calls.append(1)):
            pass
    time.sleep(0.15)
    assert calls == []


def test_a_shorter_limit_set_later_is_kept() -> None:
    """While the thread sleeps towards a far moment, a nearer one is set."""
    limits, called = Deadlines(), threading.Event()
    with limits.within(60, lambda: None), limits.within(0.05, called.set):
        assert called.wait(2)


def test_a_new_limit_after_all_others_ended() -> None:
    """The thread goes when nothing is left to wait for, and comes back."""
    limits, called = Deadlines(), threading.Event()
    with limits.within(0.02, lambda: None):
        time.sleep(0.1)
    with limits.within(0.02, called.set):
        assert called.wait(2)


def test_a_child_process_keeps_its_own_limits() -> None:
    """A fork takes no thread with it."""
    with ALL.within(60, lambda: None):
        child = os.fork()
        if child == 0:
            called = threading.Event()
            try:
                with ALL.within(0.05, called.set):
                    os._exit(0 if called.wait(2) else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
