"""Claims as published, beside what their page gives when it is read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

import duckdb

from etl.model import Claim, Document
from etl.prove.rows import Row, ask

MOVED = ("value", "value_max", "low", "high")  # by a correction of the value


@dataclass(frozen=True, slots=True)
class Held:
    """One published claim, and where its page lies; without a file it is of the official history."""

    claim_id: str
    document_id: str
    source: str
    night: date | None
    url: str
    archive_file: str | None
    archive_offset: int
    extractor: str
    correction: str | None
    quote: str
    start: int  # of the quote in the text of its document, in characters
    end: int
    said: dict[str, object]  # the fields of a Claim


def held(con: duckdb.DuckDBPyConnection) -> Iterator[list[Held]]:
    """Yield the claims behind today's figures of a snapshot, those of one archived page at a time."""
    for _, page in groupby(
        map(_held, ask(con, "claims")), key=lambda claim: (claim.archive_file, claim.archive_offset)
    ):
        yield list(page)


def _held(row: Row) -> Held:
    said = {name.name: row[name.name] for name in fields(Claim) if name.name in row}
    said |= {"segment": row["segment_said"], "repeat": row["is_repeat"]}
    return Held(
        claim_id=row["claim_id"],
        document_id=row["document_id"],
        source=row["source"],
        night=row["night"],
        url=row["url"] or "",
        archive_file=row["archive_file"],
        archive_offset=row["archive_offset"] or 0,
        extractor=row["extractor"],
        correction=row["correction"],
        quote=row["quote"],
        start=row["quote_start"],
        end=row["quote_end"],
        said=said,
    )


@dataclass(frozen=True)
class Again:
    """The documents of a page, read again, with what is read from each."""

    documents: Sequence[tuple[Document, Sequence[Claim]]]

    def differences(self, claim: Held) -> str:
        """Return why a published claim is not what its page says today; nothing when it is, word for word."""
        text = self._texts.get(claim.document_id)
        if text is None:
            return "the page gives another document today"
        if text[claim.start : claim.end] != claim.quote:
            return f"the text has {text[claim.start : claim.end]!r} at {claim.start}, not {claim.quote!r}"
        unlike = [_unlike(claim, one) for one in self._claims.get((claim.document_id, claim.start, claim.end), ())]
        if not unlike:
            return f"{claim.quote!r} is not read as a figure today"
        return "; ".join(sorted(unlike, key=len)[0])

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {document.document_id: document.text for document, _ in self.documents}

    @cached_property
    def _claims(self) -> dict[tuple[str, int, int], list[Claim]]:
        found: dict[tuple[str, int, int], list[Claim]] = {}
        for document, claims in self.documents:
            for claim in claims:
                found.setdefault((document.document_id, claim.quote_start, claim.quote_end), []).append(claim)
        return found


def _unlike(claim: Held, again: Claim) -> list[str]:
    """Return where a claim that was read again says otherwise than the published one."""
    found = []
    for name in fields(Claim):
        said, reads = claim.said[name.name], getattr(again, name.name)
        if not _same(said, reads) and not _corrected(claim, name.name):
            found.append(f"{name.name} {said} is published, the page gives {reads}")
    return found


def _corrected(claim: Held, name: str) -> bool:
    """Whether people corrected a field, by their reviewed list."""
    return f"fixed: {'value' if name in MOVED else name} " in (claim.correction or "")


def _same(said: object, reads: object) -> bool:
    if isinstance(reads, Decimal | float) and said is not None:
        return Decimal(str(said)) == round(Decimal(str(reads)), 6)
    if isinstance(reads, str) or reads is None:
        return (said or None) == (reads.strip() if isinstance(reads, str) else reads or None)
    return said == reads
