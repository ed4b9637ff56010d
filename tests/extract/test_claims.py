"""Claims from sentences of our own, in four languages, and what must hold for any text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import explain, extract, platforms, version
from etl.model import Block, Cell, Claim, Document, Kind, Qualifier, Table

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("en", "fr", "de", "es")
PUBLISHED = "2024-05-15"
NAMES = ("platform", "metric", "transformation", "value", "unit")


def rows(suffix: str = "") -> list[Any]:
    """Return the rows of the corpora as test parameters."""
    found = []
    for lang in LANGUAGES:
        path = CORPUS / f"{lang}{suffix}.yaml"
        listed = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None
        found += [pytest.param(lang, row, id=f"{lang}: {row['text'][:60]}") for row in listed or []]
    return found


def document(text: str, lang: str = "en", published: str | None = PUBLISHED, **more: Any) -> Document:
    """Return a document with a text."""
    return Document("d1", lang, text, date.fromisoformat(published) if published else None, **more)


def read(lang: str, row: dict[str, Any]) -> list[Claim]:
    """Return the claims of a row's text; its context stands as the title."""
    published = str(row.get("published", PUBLISHED))
    return extract(document(row["text"], lang, published, title=row.get("context"), country=row.get("country", "")))


def as_written(claim: Claim, wanted: str) -> str:
    """Return a claim in the notation of the corpus, with the optional parts that the wanted one names."""
    value = claim.value.normalize()
    parts = [claim.platform, str(claim.metric), str(claim.transformation), f"{value:f}", claim.unit]
    more = {
        "period": claim.period, "area": claim.area, "status": claim.status, "qualifier": claim.qualifier,
        "per": claim.per, "by": (claim.attributed_to or "").replace(" ", "_"),
        "max": None if claim.value_max is None else f"{claim.value_max.normalize():f}",
    }  # fmt: skip
    for part in wanted.split()[len(NAMES) :]:
        name = part.split("=")[0]
        parts.append(f"{name}={more[name]}" if name in more else ("repeat" if claim.repeat else "said once"))
    return " ".join(parts)


@pytest.mark.parametrize(("lang", "row"), rows())
def test_corpus(lang: str, row: dict[str, Any]) -> None:
    check(lang, row)


@pytest.mark.parametrize(("lang", "row"), rows(".gaps"))
@pytest.mark.xfail(strict=True, reason="a known gap: move the row to the corpus once it is read")
def test_gaps(lang: str, row: dict[str, Any]) -> None:
    check(lang, row)


def check(lang: str, row: dict[str, Any]) -> None:
    """Compare the claims of a row with those wanted, in the order of the text."""
    found = read(lang, row)
    wanted = [str(claim) for claim in row["claims"]]
    written = [as_written(claim, want) for claim, want in zip(found, [*wanted, *[""] * len(found)], strict=False)]
    assert written == wanted
