"""The language of a page: what it declares, checked against its words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from etl.read.tree import Node

OURS = ("de", "en", "es", "fr")
CODE = re.compile(r"^\s*([a-zA-Z]{2})(?:[-_]|\s*$)")
ENOUGH = 200  # characters from which the words outweigh the declaration
SURE = 0.9


def language(root: Node, metas: dict[str, str], text: str, hint: str = "") -> str:
    """Return the ISO 639-1 code of a page, "" when nothing tells.

    A declaration among our languages is overruled by a long text that clearly is in another of them; a declaration of
    any other language stands. `hint` is the source's language, asked when the page declares none.
    """
    declared = _declared(root, metas)
    if declared and declared not in OURS:
        return declared
    if len(text) < ENOUGH:
        return declared or hint or (spoken(text)[0] if text.strip() else "")
    if declared or hint in OURS:
        found, share = spoken(text, ours=True)
        return found if share >= SURE else (declared or hint)
    return spoken(text)[0]


def spoken(text: str, ours: bool = False) -> tuple[str, float]:
    """Return the likeliest language of a text and its probability, among `OURS` or among all that are known."""
    code, share = _identifier(ours).classify(text[:2000])
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
            return found[1].lower()
    return ""


@cache
def _identifier(ours: bool) -> Any:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if ours:
        made.set_languages(list(OURS))
    return made
