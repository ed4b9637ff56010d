"""Text to tokens: numbers, words, signs and breaks, with their offsets.

All kinds of spaces count as one and typographic apostrophes as plain ones, so a text reads the same however it was set.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER, VULGAR, WORD, SIGN, BREAK, OPAQUE = "number", "vulgar", "word", "sign", "break", "opaque"

_PLAIN = {
    ord(c): " "
    for c in "\u00a0\u202f\u2007\u2008\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u205f\u3000\u200b\u2060\ufeff"
}
_PLAIN |= {ord(c): "'" for c in "’‘ʼ＇"} | {0x2011: "-", 0x2010: "-"}

_TOKEN = re.compile(
    r"""
      (?P<opaque>
          https?://\S+ | www\.\S+
        | (?<![0-9.,])\+[0-9]{1,3}(?:[ .-]?\([0-9]{1,4}\))?(?:[ .-][0-9]{1,4}){3,}(?![0-9])      # +33 1 23 45 67 89
        | \+[0-9]{10,}(?![0-9])
        | (?<![0-9.,])0[0-9](?:[ .][0-9]{2}){4}(?![0-9])                                        # 01 23 45 67 89
        | (?<![0-9.,])[0-9]{3}-[0-9]{3,4}-[0-9]{4}(?![0-9])
        | (?<![0-9.,])[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])                                   # 2024-01-31
        | (?<![0-9.,])[0-9]{1,2}([./-])[0-9]{1,2}\2(?:19|20)?[0-9]{2}(?![0-9])                  # 31/01/2024
        | (?<![0-9.,])[0-9]+(?:-[0-9]+){2,}(?:-[0-9X])?(?![0-9])                                # 0-521-54228-6
        | (?<![0-9.,])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\ ?[+-][0-9]{2}(?:[0-9]{2})?)?(?![0-9]) # 20:30
        | (?<![0-9.,])[0-9]+:[0-9]+(?![0-9])                                                    # 3:1
        | (?<![0-9.,])[0-9]{1,2}/[0-9]{1,3}(?![0-9])                                            # 25/11, 16/9
        | (?<![0-9.,])(?:19|20)[0-9]{2}\ ?[-–/]\ ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9.,]?[0-9]) # 2023/24, 2019-2021
        | (?<![0-9.,])24/7(?![0-9])
      )
    | (?P<number>
          [0-9]{1,3}(?:\ [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?        # 1 234 567,8
        | [0-9]{1,3}(?:'[0-9]{3})+(?![0-9])(?:[.,][0-9]+)?         # 1'234'567.8
        | [0-9]+(?:[.,][0-9]+)*
        | (?<![\w.,])[.,][0-9]+(?![.,]?[0-9])
      )
    | (?P<vulgar> [½¼¾⅓⅔⅛] )
    | (?P<word> [^\W\d_½¼¾⅓⅔⅛]+'? )
    | (?P<break> \s*[\n\r\t\v\f\x85\u2028\u2029]\s* )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token. `word` is in lower case, with elisions restored; `glued` says that no space stands before it."""

    word: str
    start: int
    end: int
    kind: str
    glued: bool


END = Token("", -1, -1, BREAK, False)


def plain(text: str) -> str:
    """Return the text with one kind of space and of apostrophe, every character at its old offset."""
    return text.translate(_PLAIN)


def lower(text: str) -> str:
    """Return the text in lower case, every character at its old offset."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def scan(text: str, elisions: dict[str, str]) -> list[Token]:
    """Return the tokens of a text, in order; spaces within a line are no tokens."""
    source = lower(plain(text))
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or SIGN
        start, end = match.span()
        word = match.group()
        if word[-1] == "'" and kind == WORD:
            word = elisions.get(word, word)
        found.append(Token(word, start, end, kind, start == last))
        last = end
    return found


def words_of(phrase: str, elisions: dict[str, str]) -> tuple[str, ...]:
    """Return a phrase of the lexicon as the words that its tokens have."""
    return tuple(token.word for token in scan(phrase, elisions))
