"""The program's log. A message is one line, whatever strangers put into an address, a title or an error."""

from __future__ import annotations

import logging
import re

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
