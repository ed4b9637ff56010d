"""From archived pages to staged claims: what a night, a second reading and a backfill do alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from etl import archive, extract, read, settings, stage
from etl.collect import sources
from etl.extract import datasets, platforms
from etl.extract.datasets import rates
from etl.logs import log
from etl.model import Claim, Document, Expect, Kind, Outcome, Page, Rate, Source
from etl.steps.base import Counts, night_of


@dataclass(slots=True)
class _Harvest:
    """What one source's pages gave in one night."""

    pages: list[Page]
    documents: list[Document]
    claims: list[Claim]
    rates: list[Rate]
    outcomes: list[Outcome]


def extract_source(name: str, day: str | date, staging: Path | None = None) -> Counts:
    """Read one source's archived pages of one night and stage documents, claims and outcomes. Needs no network.

    `staging` is where the rows go; without it, where the nights' own lie.
    """
    night, config = night_of(day), settings.load()
    staging = staging or config.staging
    source = source_of(name, night)
    harvest = _Harvest([], [], [], [], [])
    for page, body in archive.pages(config.archive, night, name):
        harvest.pages.append(page)
        _read_page(source, page, body, harvest)
        if len(harvest.pages) % 200 == 0:
            read.reset_caches()
    stage.write(staging, "pages", night, name, harvest.pages)
    stage.write(staging, "documents", night, name, harvest.documents)
    stage.write(staging, "claims", night, name, harvest.claims, extractor=extract.version())
    stage.write(staging, "rates", night, name, harvest.rates)
    # a file of its own for each step, so that repeating one never loses what the other said
    stage.write(staging, "outcomes", night, f"{name}.extract", harvest.outcomes)
    unread = sum(not outcome.ok for outcome in harvest.outcomes)
    log.info(
        "extract %s %s: %d pages, %d unread, %d claims%s",
        *(name, night, len(harvest.pages), unread, len(harvest.claims)),
        f", {len(harvest.rates)} rates" if harvest.rates else "",
    )
    return {"source": name, "pages": len(harvest.pages), "unread": unread, "claims": len(harvest.claims)}


def source_of(name: str, night: date) -> Source:
    """Return a source by its file, or, when it has none (a backfill), as that night staged it.

    Raises:
        ValueError: There is neither.
    """
    config = settings.load()
    if name not in sources.names(config.sources):
        for row in stage.read(config.staging, "sources", night, name):
            return Source(**{**row, "expect": Expect(**row["expect"])})
    return sources.load(config.sources, name)


def _read_page(source: Source, page: Page, body: bytes, harvest: _Harvest) -> None:
    """Read one page; whatever goes wrong becomes a row that says why, and one line of the log when it was foreseen."""
    if _strays(source) and not _sieve().lets_through(body, page.content_type):
        harvest.outcomes.append(
            Outcome(
                *(page.night, source.name, "read", page.url),
                ok=True,
                outcome="names_no_platform",
                reason=f"no name of a platform in {len(body)} bytes: set aside before it was read",
            )
        )
        return
    try:
        for document in documents_of(source, page, body):
            if _is_foreign(document):
                reason = f"its language is {document.lang!r}; figures are read in {', '.join(extract.languages())}"
                harvest.outcomes.append(_unread(source, page, "other_language", reason))
                continue
            claims, found = figures_of(source, document)
            harvest.documents.append(document)
            harvest.claims += claims
            harvest.rates += found
            harvest.outcomes.append(
                Outcome(
                    *(page.night, source.name, "read", document.url or page.url),
                    ok=document.kind.readable,
                    outcome=str(document.kind),
                    reason=document.evidence,
                    count=len(claims) + len(found),
                )
            )
    except datasets.LayoutChanged as changed:
        log.warning("%s: %s", source.name, changed)
        harvest.outcomes.append(_unread(source, page, "layout_changed", str(changed)))
    except Exception as failure:  # one bad page must not cost the others theirs; the row and the log name it
        log.exception("%s could not be read", page.url)
        harvest.outcomes.append(_unread(source, page, "unreadable", f"{type(failure).__name__}: {failure}"))


def _is_foreign(document: Document) -> bool:
    """Whether a text is in a language that no figures are read in."""
    return document.kind.readable and document.kind is not Kind.DATASET and document.lang not in extract.languages()


def _unread(source: Source, page: Page, word: str, reason: str) -> Outcome:
    return Outcome(page.night, source.name, "read", page.url, ok=False, outcome=word, reason=reason)


def _strays(source: Source) -> bool:
    """Whether a source holds pages about anything, as an archive does that was not made for the project."""
    return source.kind == "archive" and source.relevant_only and not source.sample


@cache
def _sieve() -> read.Sieve:
    return read.Sieve(*platforms.spellings())


def documents_of(source: Source, page: Page, body: bytes) -> Iterator[Document]:
    """Yield the documents of an archived page: one, or one for each item of a feed that is read as it is, or for each
    filing of a company's facts."""
    if source.kind == "dataset":
        found = read.dataset(body, url=page.url, content_type=page.content_type)
    elif read.is_listing(body, page.content_type):
        found = read.feed(body, url=page.url, language=source.language) if source.fulltext == "feed_only" else []
    else:
        found = [
            read.read(
                body,
                url=page.url,
                content_type=page.content_type,
                language=source.language,
                fetched_at=page.fetched_at,
            )
        ]
    for document in found:
        yield replace(document, source=source.name, country=source.country)


def figures_of(source: Source, document: Document) -> tuple[list[Claim], list[Rate]]:
    """Return the claims that are read from a document of a source, and the reference rates."""
    if not document.kind.readable:
        return [], []
    if document.kind is not Kind.DATASET:
        return extract.extract(document), []
    if source.dataset is None:
        return [], []
    if datasets.mapping(source.dataset).get("rates"):
        return [], rates.rates(document)
    return datasets.extract_dataset(document, source.dataset), []
