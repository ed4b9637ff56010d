"""A message of the log is one line, whatever it is about."""

from __future__ import annotations

import logging

import pytest

from etl.logs import log


@pytest.mark.parametrize(
    "said", ["a\nERROR all is lost", "\x1b[2J\x1b[1;1Hgone", "a\r\nb", "a\u2028b", "\u202etxt", "\x9b2J"]
)
def test_no_stranger_writes_a_line_of_the_log(said: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        log.warning("%s: %d pages, %s", said, 3, ValueError(said))
    (message,) = caplog.messages
    assert message.isprintable()
    assert ": 3 pages, " in message
