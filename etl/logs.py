"""The program's log. A message is one line, whatever strangers put into an address, a title or an error.

Who works through many things says how far it is by `counted`; whoever wants to know follows.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
Follower = Callable[[str, int, "int | None"], None]  # what is counted, how many are done, of how many
FEW = 3  # lines that need no fold
_followers: list[Follower] = []
# what ends a line, moves a terminal's cursor or turns the order of letters
COMMANDS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text on one line, its control characters written out, as `\\x1b`."""
    return COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class _OneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Write out the control characters of what was put into a message; the message's own words are ours."""
        if isinstance(record.args, tuple):
            record.args = tuple(part if isinstance(part, int | float) else plain(str(part)) for part in record.args)
        return True


log = logging.getLogger("streamledger")
log.addFilter(_OneLine())


def details(title: str, lines: Sequence[str], level: int = logging.WARNING) -> None:
    """Write the lines behind a summary; in a task of Airflow, more than a few are folded under their title."""
    fold = len(lines) > FEW and "AIRFLOW_CTX_DAG_ID" in os.environ
    if fold:
        log.info("::group::%s", title)
    for line in lines:
        log.log(level, "%s", line)
    if fold:
        log.info("::endgroup::")


@contextmanager
def followed(follower: Follower) -> Iterator[None]:
    """Tell a follower how far the steps inside are."""
    _followers.append(follower)
    try:
        yield
    finally:
        _followers.remove(follower)


def counted(things: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Yield each thing, and tell whoever follows how many are done, of how many if that is known."""
    for done, thing in enumerate(things):
        _tell(what, done, total)
        yield thing
        _tell(what, done + 1, total)


def _tell(what: str, done: int, total: int | None) -> None:
    for follower in _followers:
        follower(what, done, total)
