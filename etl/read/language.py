"""The language of a page: what it declares, checked against its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from etl import yamls
from etl.model import Block
from etl.read.tree import Node

FILE = Path(__file__).with_name("tongues.yaml")
CODE = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}  # codes that another one stands for
HOMES = {"at": "de", "uk": "en", "ie": "en", "au": "en", "nz": "en", "mx": "es", "ar": "es", "cl": "es"}
LOOKED_AT = 3000  # characters that are looked at
ENOUGH = 200  # characters from which the words outweigh the declaration
SPOKEN = 0.2  # share of a language's small words in a text that is in it; half of it in a list
FOREIGN = 0.04  # share that a text in any other language stays below
SURE = 0.9
BLOCK = 60  # characters of a block that is in a language of its own
WORDS = 9  # blanks in it
BLOCK_LOOK = 250  # characters of it that are looked at
FILLER = "la"  # what printers set where the text is still to come: no page is in it that says otherwise


def language(root: Node, metas: dict[str, str], text: str, hint: str = "", url: str = "") -> str:
    """Return the ISO 639-1 code of a page, "" when nothing tells.

    `hint` is the source's language; it and the address count when the page declares none.
    """
    return told(text, _declared(root, metas), hint or in_address(url))


def told(text: str, declared: str, hint: str = "") -> str:
    """Return the language of a text; a declaration is overruled by a long text that clearly is in another language.

    Only a declaration of one of our languages is checked: any other stands.
    """
    if declared and (declared not in ours() or len(text) < ENOUGH):
        return declared
    shares = small_words(text)
    best = max(shares, key=lambda code: shares[code])
    others = max(share for code, share in shares.items() if code != best)
    sure = shares[best] >= SPOKEN and shares[best] > others * 1.5
    alone = shares[best] >= SPOKEN / 2 and shares[best] > others * 3
    said = declared or hint
    if len(text) < ENOUGH:
        return best if sure else said or (spoken(text)[0] if text.strip() else "")
    if alone or (sure and said):
        return best
    code, share = spoken(text, known=shares.get(said, 0) >= FOREIGN)
    return code if (share >= SURE and code != FILLER) or not said else said


def by_block(text: str, blocks: Sequence[Block], lang: str) -> tuple[Block, ...]:
    """Return the blocks with the language of each that clearly is in another one of ours; the rest is in the page's.

    A block of few words, such as a title that is cited, is in the page's language too.
    """
    if lang not in ours():
        return tuple(blocks)
    return tuple(replace(one, lang=_other(text[one.start : one.end], lang)) for one in blocks)


def _other(text: str, lang: str) -> str:
    if len(text) < BLOCK or text.count(" ") < WORDS:
        return ""
    found, own = WORD.findall(text[:BLOCK_LOOK].lower().replace("’", "'")), _tongues()[lang]
    if sum(word in own for word in found) >= 2 * FOREIGN * len(found):
        return ""
    shares = small_words(text[:BLOCK_LOOK])
    best = max(shares, key=lambda code: shares[code])
    clear = shares[best] >= SPOKEN and shares[best] > 3 * max(s for code, s in shares.items() if code != best)
    return best if best != lang and clear else ""


def ours() -> tuple[str, ...]:
    """Return the languages whose small words are known."""
    return tuple(_tongues())


def small_words(text: str) -> dict[str, float]:
    """Return for each of our languages the share of its small words among the words of a text."""
    found = WORD.findall(text[:LOOKED_AT].lower().replace("’", "'"))
    return {code: sum(word in words for word in found) / max(1, len(found)) for code, words in _tongues().items()}


def in_address(url: str) -> str:
    """Return the one of our languages that an address names: its first label or folder, else its country."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    folder = parts.path.lstrip("/").split("/", 1)[0].split("-")[0]
    for name in (labels[0], folder, HOMES.get(labels[-1], labels[-1])):
        if name in ours():
            return name
    return ""


def spoken(text: str, known: bool = False) -> tuple[str, float]:
    """Return the likeliest language of a text and its probability, among `ours` or among all that are known."""
    code, share = _identifier(known).classify(text[:LOOKED_AT])
    return str(code), float(share)


def _declared(root: Node, metas: dict[str, str]) -> str:
    for value in (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        root.get("xml:lang"),
        metas.get("og:locale"),
        metas.get("content-language"),
        metas.get("language"),
        metas.get("dc.language"),
    ):
        found = CODE.match(value or "")
        if found:
            code = found[1].lower()
            return SAME.get(code, code)
    return ""


@cache
def _tongues() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = yamls.read(FILE)
    for code, words in found.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError(f"{FILE.name}: {code} is {words!r}; want a list of words, yes and no in quotes")
    return {code: frozenset(words) for code, words in found.items()}


@cache
def _identifier(known: bool) -> Any:
    if not known:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made = copy(_identifier(known=False))  # the model is unpacked once, which takes half a second
    made.set_languages(list(ours()))
    return made
