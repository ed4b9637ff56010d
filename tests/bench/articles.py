"""Our own annotated articles, `tests/extract/articles/<lang>/*.yaml`, as rows of a gold set.

Those of `tests/extract/unseen` were annotated by people who did not see what the extractor makes of them. They are only
ever scored: nothing is learnt from them, and nobody who changes the extractor reads what it gets wrong there.
An article is written for this project: its figures are invented, or of public record here and there; its ways of saying
them are those of real pages.
`title`, `published` (a day), `country` (optional), `text` (a paragraph a line), and `claims`, each with the fields of a
claim and a `quote` that stands in the text (`occurrence: 2` takes the second place; `alt` and `optional` as in the gold
sets).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ARTICLES = Path(__file__).resolve().parents[1] / "extract" / "articles"
UNSEEN = ARTICLES.with_name("unseen")
DEFAULTS: dict[str, Any] = {"transformation": "level", "value_max": None, "per": None, "period": None, "area": None}
DEFAULTS |= {"status": "actual", "qualifier": "exact", "attributed_to": None, "segment": None}


def rows(lang: str, folder: Path = ARTICLES) -> list[dict[str, Any]]:
    """Return the articles of a language and folder in the order of their names.

    Raises:
        ValueError: A quote does not stand in its text.
    """
    return [_row(lang, path) for path in sorted((folder / lang).glob("*.yaml"))]


def _row(lang: str, path: Path) -> dict[str, Any]:
    article = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = article["text"].strip()
    figures = [_figure(path, text, claim) for claim in article.get("claims") or []]
    return {
        "doc_id": path.stem,
        "lang": lang,
        "published": str(article["published"]),
        "title": article["title"],
        "country": article.get("country", ""),
        "text": text,
        "figures": figures,
    }


def _figure(path: Path, text: str, claim: dict[str, Any]) -> dict[str, Any]:
    quote, start = str(claim["quote"]), -1
    for _ in range(claim.get("occurrence", 1)):
        start = text.find(quote, start + 1)
        if start < 0:
            raise ValueError(f"{path}: the quote {quote!r} does not stand in the text; copy it from there")
    period = claim.get("period")
    alt = claim.get("alt", {})
    if "period" in alt:  # YAML takes a bare year for a number
        alt["period"] = [None if other is None else str(other) for other in alt["period"]]
    return (
        DEFAULTS
        | claim
        | {
            "period": None if period is None else str(period),
            "quote_start": start,
            "quote_end": start + len(quote),
        }
    )
