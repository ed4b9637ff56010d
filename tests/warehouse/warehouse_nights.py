"""Nights for the tests of the warehouse, from plain dictionaries: only what a case is about needs to be said.

A claim is by default: netflix, subscribers, level, count, FR, 2022-11, actual, exact, confidence 0.9. Its interval
follows its qualifier: exact is the value alone, approx is 10 % either way, min and max are open on one side; `low` and
`high` say otherwise. A document has by default an address of its own on its source's host and a text that holds its
quotes.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl import stage
from etl.load import scripts
from etl.model import Claim, Document, Kind, Metric, Outcome, Page, Qualifier, Rate, Source, Status, Transformation

HISTORY = (
    *("platform", "metric", "transformation", "segment", "unit", "area", "period", "value", "definition"),
    *("status", "source", "note"),
)
BREAKS = ("platform", "metric", "area", "period", "segment_before", "segment_after", "note")
CORRECTIONS = ("url", "quote", "platform", "metric", "action", "field", "was", "becomes", "reason", "reviewed_on")
WAIVERS = ("check", "column", "value", "reason", "until")
BOUNDS = (
    *("platform", "metric", "segment", "area", "unit", "per", "period_kind", "lowest", "highest", "figures"),
    "last_period",
)
FIRST = date(2026, 11, 20)


def reference(folder: Path, given_tables: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """Make reference tables beside the project's own rules and return the folder.

    `official` are rows of the history, `breaks` of the breaks in definition, `left_out` known errors with their reason,
    `corrections`, `waivers` and `bounds` what people decided and learnt.
    """
    tables = given_tables or {}
    shutil.copytree(scripts.WAREHOUSE / "reference", folder)
    given = {"platform": "netflix", "metric": "subscribers", "unit": "count", "area": "FR", "status": "actual"}
    _table(folder / "official_history.csv", HISTORY, [{**given, **row} for row in tables.get("official", [])])
    wrong = [{**given, **row} for row in tables.get("left_out", [])]
    _table(folder / "official_history_left_out.csv", (*HISTORY, "reason"), wrong)
    named = {key: given[key] for key in ("platform", "metric", "area")}
    _table(folder / "definition_breaks.csv", BREAKS, [{**named, **row} for row in tables.get("breaks", [])])
    _table(folder / "corrections.csv", CORRECTIONS, tables.get("corrections", []))
    _table(folder / "waivers.csv", WAIVERS, tables.get("waivers", []))
    _table(folder / "learnt_bounds.csv", BOUNDS, [{**named, **row} for row in tables.get("bounds", [])])
    return folder


def _table(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)


def stage_night(staging: Path, night: date, given: dict[str, Any]) -> None:
    """Stage what one night gave: `sources`, `documents` with their `claims`, `outcomes`, `rates`."""
    documents: dict[str, list[dict[str, Any]]] = {name: [] for name in given.get("sources", {})}
    for document in given.get("documents", []):
        documents.setdefault(document["source"], []).append(document)
    for name, rows in documents.items():
        about = given.get("sources", {}).get(name) or {}
        stage.write(staging, "sources", night, name, [_source(name, about)])
        stage.write(staging, "pages", night, name, [_page(night, row) for row in rows])
        stage.write(staging, "documents", night, name, [_document(row) for row in rows])
        claims = [claim for row in rows for claim in _claims(row)]
        stage.write(staging, "claims", night, name, claims, extractor=about.get("extractor", "x1"))
    for outcome in given.get("outcomes", []):
        row = Outcome(**{"night": night, "step": "read", "ok": False, "reason": "", **outcome})
        stage.write(staging, "outcomes", night, f"{row.source}.{row.step}", [row])
    if "rates" in given:
        rates = [Rate(row["day"], row["currency"], Decimal(str(row["rate"]))) for row in given["rates"]]
        stage.write(staging, "rates", night, "ecb", rates)


def _source(name: str, about: dict[str, Any]) -> Source:
    fields: dict[str, Any] = {
        "title": name,
        "kind": "feed",
        "url": f"https://{name}.test/feed",
        "language": "fr",
        "country": "FR",
        "authority": "press",
        "licence": "none",
        "sample": False,
        **{key: value for key, value in about.items() if key != "extractor"},
    }
    return Source(name=name, **fields)


def _url(row: dict[str, Any]) -> str:
    url: str = row.get("url", f"https://{row['source']}.test/{row['id']}")
    return url


def _page(night: date, row: dict[str, Any]) -> Page:
    fetched = row.get("fetched", night)
    moment = datetime(fetched.year, fetched.month, fetched.day, 2, tzinfo=UTC)
    return Page(_url(row), row["source"], night, moment, 200, "text/html", f"digest of {row['id']}", "a.warc.gz", 0)


def _document(row: dict[str, Any]) -> Document:
    return Document(
        document_id=row["id"],
        lang="fr",
        text=_text(row),
        published=row.get("published", FIRST),
        title=row.get("title"),
        kind=Kind(row.get("kind", "article")),
        url=_url(row),
        source=row["source"],
        digest=f"digest of {row['id']}",
        wire=row.get("wire", ""),
    )


def _text(row: dict[str, Any]) -> str:
    text: str = row.get("text") or " | ".join(_quote(claim) for claim in row.get("claims", []))
    return text


def _quote(claim: dict[str, Any]) -> str:
    return str(claim.get("quote", claim["value"]))


def _claims(row: dict[str, Any]) -> Iterable[Claim]:
    text = _text(row)
    for given in row.get("claims", []):
        value, quote = Decimal(str(given["value"])), _quote(given)
        qualifier = Qualifier(given.get("qualifier", "exact"))
        low, high = _ends(value, qualifier)
        start = given.get("quote_start", text.index(quote) if quote in text else 0)
        yield Claim(
            document_id=row["id"],
            platform=given.get("platform", "netflix"),
            metric=Metric(given.get("metric", "subscribers")),
            transformation=Transformation(given.get("transformation", "level")),
            value=value,
            value_max=_decimal(given.get("value_max")),
            low=_decimal(given.get("low", low)),
            high=_decimal(given.get("high", high)),
            unit=given.get("unit", "count"),
            per=given.get("per"),
            period=given.get("period", "2022-11"),
            area=given.get("area", "FR"),
            status=Status(given.get("status", "actual")),
            qualifier=qualifier,
            attributed_to=given.get("attributed_to"),
            segment=given.get("segment"),
            quote=quote,
            quote_start=start,
            quote_end=start + len(quote),
            confidence=given.get("confidence", 0.9),
            repeat=given.get("repeat", False),
        )


def _ends(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    tenth = abs(value) / 10
    return {
        Qualifier.EXACT: (value, value),
        Qualifier.APPROX: (value - tenth, value + tenth),
        Qualifier.MIN: (value, None),
        Qualifier.MAX: (None, value),
    }[qualifier]


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
