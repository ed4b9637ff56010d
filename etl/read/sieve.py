"""Which bytes can name a platform at all: decided on the characters, so that a page of other things becomes no tree.

It errs to one side: a page that it sets aside names nothing, one that it lets through may still name nothing. What is
taken from the markup is only what surely is no text: the inside of tags, and scripts without any markup in them. A
headline may stand in a meta tag or in the data of a script, and a picture in a table may speak: these count too.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.read.decode import NotText, decode
from etl.read.tree import BLOCK_TAGS, CONTROL_BYTES, FORUM

WORD = re.compile(rb"[a-z0-9]+")
LOWER = bytes(ord(chr(code).lower()) if code < 128 else code for code in range(256))
WORDS = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in LOWER)  # all else parts words
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # may stand within a word
UNSEEN = re.compile("[" + "".join(map(chr, INVISIBLE)) + "]")
ESCAPE = re.compile(r"\\u00([c-fC-F][0-9a-fA-F])")  # a letter with its accent in the data of a script
OPENING = re.compile(r"<(?:!--|(script|style)\b[^>]*(?<!/)>)", re.IGNORECASE)  # what may hold a script or its name
CLOSING = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style")}
HTML = re.compile(r"<(?:p|div|h[1-6]|li|td|article|section)\b", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
BLOCK = "|".join(sorted(BLOCK_TAGS, key=len, reverse=True))
INLINE = rf"<(?:/?(?!(?:{BLOCK})\b)[a-zA-Z][^>]*|!--.*?--)>"
WITHIN = re.compile(rf"<(?<=[^\W_]<){INLINE[1:]}(?:{INLINE})*(?=[^\W_]|\+)", re.IGNORECASE | re.DOTALL)  # "N</b>etflix"
THROUGH = re.compile(INLINE, re.IGNORECASE | re.DOTALL)
AROUND = 400  # characters around such a tag in which the whole word stands
META = re.compile(r"<meta\b[^<]{0,2000}", re.IGNORECASE)
SAID = 600  # characters after the name of a headline, in the data of a script, in which it stands
ALTS = [re.compile(rf"{name}\s*=\s*(\"[^\"]*|'[^']*|[^\s>]+)") for name in ("alt", "ALT")]
BETWEEN = 60  # bytes between the words of a name
PRELOADED = "data-preloaded"  # an attribute that holds the posts of some forums
BEGINNING = 20_000  # characters in which a page shows its first tag


@dataclass(frozen=True, slots=True)
class _Needs:
    """What has to stand in a text for a name to stand there: whole words, parts of words, and all of it in order."""

    words: frozenset[bytes]
    parts: frozenset[bytes]
    order: tuple[bytes, ...]


class Sieve:
    """The names, ready to be looked for in bytes."""

    def __init__(self, phrases: Iterable[Sequence[str]], exact: Iterable[str]) -> None:
        """Take phrases as lower-case words, `streaming*` with any ending and "+" close to the word before it; and
        `exact` names that count only as written or in capitals."""
        needs = {_needs(phrase) for phrase in phrases}
        self._by_word: dict[bytes, list[_Needs]] = defaultdict(list)
        self._by_part: dict[bytes, list[_Needs]] = defaultdict(list)
        for one in needs:
            if one.parts and len(max(one.parts, key=len)) >= len(max(one.words, key=len, default=b"")):
                self._by_part[max(one.parts, key=lambda part: (len(part), part))].append(one)
            else:
                self._by_word[max(one.words, key=lambda word: (len(word), word))].append(one)
        forms = sorted({form.encode() for name in exact for form in (name, name.upper())})
        self._exact = [(form, WORD.findall(form.translate(LOWER))[0]) for form in forms]

    def lets_through(self, body: bytes, content_type: str = "") -> bool:
        """Whether a page may name a platform. What is no text is let through: the reader says what it is."""
        try:
            text = decode(body, content_type)
        except NotText:
            return True
        shown = iter([text]) if _is_whole(text) else _parts(text)
        return any(self._named(_plain(part)) for part in shown)

    def _named(self, text: str) -> bool:
        data = text.encode("utf-8", errors="replace").translate(None, CONTROL_BYTES)
        lower = data.translate(LOWER)
        words = set(data.translate(WORDS).split())
        candidates = [one for word in self._by_word.keys() & words for one in self._by_word[word]]
        candidates += [one for part, several in self._by_part.items() if part in lower for one in several]
        if any(one.words <= words and _in_order(one.order, lower) for one in candidates):
            return True
        return any(first in words and _stands(name, data) for name, first in self._exact)


def _needs(phrase: Sequence[str]) -> _Needs:
    words: set[bytes] = set()
    parts: set[bytes] = set()
    order: list[bytes] = []
    for place, word in enumerate(phrase):
        pieces = WORD.findall(word.encode())
        if word == "+" and place and phrase[place - 1].isascii():
            order[-1] += b"+"
            parts.add(order[-1])
        elif "*" in word:
            parts.update(pieces)
        else:
            words.update(pieces)
        order += pieces
    return _Needs(frozenset(words), frozenset(parts), tuple(order))


def _in_order(order: tuple[bytes, ...], lower: bytes) -> bool:
    """Whether pieces of words stand behind one another, with little between them: a mark of a note, hidden words."""
    return (len(order) == 1 and order[0] in lower) or bool(_ordered(order).search(lower))


@cache
def _ordered(order: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile((rb".{0,%d}?" % BETWEEN).join(map(re.escape, order)), re.DOTALL)


def _is_whole(text: str) -> bool:
    """Whether text stands where tags are otherwise: in a file without markup, or in the posts of a forum."""
    return not TAG.search(text[:BEGINNING]) or PRELOADED in text or FORUM in text


def _parts(text: str) -> Iterator[str]:
    """Yield what a page can show or call itself: words as tags part them, words as they run through tags, headlines."""
    bare = _unscripted(text)
    yield TAG.sub(" ", bare)
    yield _torn(bare)
    yield "\n".join(found for found in META.findall(text) if "title" in found.lower())
    places = (found.start() for found in re.finditer("headline", text))
    yield ESCAPE.sub(lambda found: chr(int(found[1], 16)), "\n".join(text[at : at + SAID] for at in places))
    if "<table" in text or "<TABLE" in text:
        yield "\n".join(said for pattern in ALTS for said in pattern.findall(text))


def _unscripted(text: str) -> str:
    """Return a page without its scripts and styles; one with markup in it stays, it may be no script at all."""
    kept: list[str] = []
    done = 0
    opening = OPENING.search(text)
    while opening:
        name = (opening[1] or "").lower()
        if name:
            closing = CLOSING[name].search(text, opening.end())
            end = closing.start() if closing else -1
        else:
            end = text.find("-->", opening.end())
        if end >= 0 and name and not HTML.search(text, opening.end(), end):
            kept.append(text[done : opening.start()])
            done = end
        opening = OPENING.search(text, end if end >= 0 else opening.end())
    return " ".join((*kept, text[done:]))


def _torn(text: str) -> str:
    """Return the places where a tag stands within a word, without such tags."""
    windows = []
    end = 0
    for found in WITHIN.finditer(text):
        if found.start() >= end:
            end = found.end() + AROUND
            windows.append(text[max(0, found.start() - AROUND) : end])
    return TAG.sub(" ", THROUGH.sub("", "\n".join(windows)))


def _plain(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    return text if text.isascii() or not UNSEEN.search(text) else text.translate(INVISIBLE)


def _stands(name: bytes, data: bytes) -> bool:
    """Whether a name stands in the data as a word of its own."""
    place = data.find(name)
    while place >= 0:
        after = place + len(name)
        if not data[place - 1 : place].isalnum() and not data[after : after + 1].isalnum():
            return True
        place = data.find(name, place + 1)
    return False
