"""From causes to what is sent: the new ones alone, in as few messages as there are reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.alerts.cause import Cause
from etl.alerts.channels import Channel, NotSent
from etl.alerts.memory import Memory
from etl.alerts.message import Message, messages
from etl.logs import log


def tell(causes: Iterable[Cause], base: str, memory: Memory, ways: Sequence[Channel]) -> None:
    """Send over each channel what it was not told yet; `base` is the address of the UI.

    A message that a channel did not take is sent again the next time; the log says which channel and why.
    """
    found = list(causes)
    for way in ways:
        for message in messages([cause for cause in found if memory.is_new(way.name, cause)], base):
            if _sent(message, way):
                for cause in message.causes:
                    memory.keep(way.name, cause)


def _sent(message: Message, way: Channel) -> bool:
    try:
        way.send(message)
    except NotSent as refused:
        log.error("an alert could not be sent by %s: %s", way.name, refused)
        return False
    return True
