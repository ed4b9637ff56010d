"""Characters that show nothing: they part a word or a number for a program, and for no reader."""

from __future__ import annotations

import re
from html import unescape

# soft hyphen, zero-width space, word joiner, byte order mark, marks and isolates of direction
NOTHING = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, *range(0x2066, 0x206A)))
SHOWS_NOTHING = re.compile(f"[{''.join(map(chr, NOTHING))}]")
REFERENCES = re.compile(
    r"&(?:shy|ZeroWidthSpace|NoBreak|lrm|rlm|#0*(?:173|8203|8288|65279|820[67]|823[4-8])"
    r"|#x0*(?:ad|200[bef]|2060|feff|202[a-e]));",
    re.IGNORECASE,
)
TURNED = re.compile(
    "[\u202d\u202e]([^\u202c\u202d\u202e\n<]{0,200})\u202c?"
)  # shown from right to left, whatever it is


def visible(text: str) -> str:
    """Return a text without what shows nothing; what is shown turned round is turned round."""
    if "&" in text:
        text = REFERENCES.sub(lambda found: unescape(found[0]), text)
    if text.isascii() or not (SHOWS_NOTHING.search(text) or TURNED.search(text)):
        return text
    return TURNED.sub(lambda found: found[1][::-1] if found[0][0] == "\u202e" else found[1], text).translate(NOTHING)
