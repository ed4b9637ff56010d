"""Characters that show nothing: they part a word or a number for a program, and for no reader."""

from __future__ import annotations

import re
from html import unescape

# soft hyphen, zero-width space, word joiner, byte order mark, marks and isolates of direction
NOTHING = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
TURNING = "\u202d\u202e"  # the second shows from right to left what follows
SHOWS_NOTHING = re.compile(f"[{NOTHING}]")
REFERENCES = re.compile(
    r"&(?:shy|ZeroWidthSpace|NoBreak|lrm|rlm|#0*(?:173|8203|8288|65279|820[67]|823[4-8])"
    r"|#[xX]0*(?:[aA][dD]|200[bBeEfF]|2060|[fF][eE][fF][fF]|202[a-eA-E]));"
)
TURNED = re.compile("[\u202d\u202e]([^\u202c\u202d\u202e\n<]{0,200})\u202c?")


def visible(text: str) -> str:
    """Return a text without what shows nothing; what is shown turned round is turned round."""
    text = REFERENCES.sub(lambda found: unescape(found[0]), text)
    if text.isascii() or not any(mark in text for mark in NOTHING + TURNING):  # faster than to look for all at once
        return text
    text = TURNED.sub(lambda found: found[1][::-1] if found[0][0] == TURNING[1] else found[1], text)
    return SHOWS_NOTHING.sub("", text)
