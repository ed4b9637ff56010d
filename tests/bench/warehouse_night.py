"""One staged night for the bench of the warehouse: new articles, copies among them, and new versions of old ones."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from etl import stage
from etl.model import Claim, Document, Kind, Metric, Page, Qualifier, Source, Status, Transformation

WORDS = 300  # of an article
OLD = """
SELECT d.source, d.url FROM raw.documents AS d USING SAMPLE reservoir(300 ROWS) REPEATABLE (7)
"""
KEYS = """
SELECT c.platform, c.metric, c.unit, c.per, c.area, c.segment, c.period, c.value
FROM raw.claims AS c
WHERE c.area IS NOT NULL AND c.period IS NOT NULL AND (c.night >= DATE '2026-06-01' OR hash(c.claim_id) % 20 = 0)
USING SAMPLE reservoir(20000 ROWS) REPEATABLE (7)
"""
Key = tuple[str, str, str, str | None, str, str | None, str, Decimal]


def stage_night(staging: Path, night: date, history: Path, claims: int) -> None:
    """Stage three claims a document, about the keys of a history: mostly of the last months, some of any time."""
    chance = random.Random(7)  # noqa: S311
    with duckdb.connect(str(history), read_only=True) as con:
        addresses = con.execute(OLD).fetchall()
        keys: list[Key] = con.execute(KEYS).fetchall()
    given: dict[str, list[tuple[Document, list[Claim]]]] = {}
    texts: list[str] = []
    for number in range(claims // 3):
        source, url = (
            addresses[number]
            if number < len(addresses)
            else (f"source{number % 40}", f"https://source{number % 40}.test/tonight/{number}")
        )
        body = chance.choice(texts) if texts and chance.random() < 0.2 else prose(chance)
        texts.append(body)
        given.setdefault(source, []).append(article(chance, source, url, body, f"tonight {number}", night, keys))
    for source, rows in given.items():
        documents = [document for document, _ in rows]
        stage.write(staging, "sources", night, source, [about(source)])
        stage.write(staging, "pages", night, source, [page(document, night) for document in documents])
        stage.write(staging, "documents", night, source, documents)
        stage.write(staging, "claims", night, source, [claim for _, made in rows for claim in made], extractor="x1")


def prose(chance: random.Random) -> str:
    return " ".join(f"word{chance.randrange(5000)}" for _ in range(WORDS))


def article(
    chance: random.Random, source: str, url: str, body: str, name: str, night: date, keys: list[Key]
) -> tuple[Document, list[Claim]]:
    chosen = [chance.choice(keys) for _ in range(3)]
    text = " | ".join(f"{key[0]} has {key[7]} {key[1]}" for key in chosen) + f" {body}"
    document = Document(
        document_id=name,
        lang="en",
        text=text,
        published=night - timedelta(days=1),
        title=f"Headline of {name}",
        kind=Kind.ARTICLE,
        url=url,
        source=source,
        digest=f"digest of {name}",
    )
    return document, [stated(document, key) for key in chosen]


def stated(document: Document, key: Key) -> Claim:
    platform, metric, unit, per, area, segment, period, value = key
    quote = f"{platform} has {value} {metric}"
    start = document.text.index(quote)
    return Claim(
        document_id=document.document_id,
        platform=platform,
        metric=Metric(metric),
        transformation=Transformation.LEVEL,
        value=value,
        value_max=None,
        low=value * Decimal("0.99"),
        high=value * Decimal("1.01"),
        unit=unit,
        per=per,
        period=period,
        area=area,
        status=Status.ACTUAL,
        qualifier=Qualifier.EXACT,
        attributed_to=None,
        segment=segment,
        quote=quote,
        quote_start=start,
        quote_end=start + len(quote),
        confidence=0.9,
    )


def about(name: str) -> Source:
    official = {"source1": "official", "source2": "official", "source3": "aggregator"}
    return Source(
        name=name,
        title=name,
        kind="feed",
        url=f"https://{name}.test/",
        language="en",
        country="US",
        authority=official.get(name, "press"),
        licence="none",
        sample=False,
    )


def page(document: Document, night: date) -> Page:
    moment = datetime(night.year, night.month, night.day, 2, tzinfo=UTC)
    return Page(document.url, document.source, night, moment, 200, "text/html", document.digest, "a.warc.gz", 0)
