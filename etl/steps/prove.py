"""The proof of a snapshot: each figure found again in the archive, offline, and the signature of what was published."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb

from etl import duck, extract, prove, publish, read, settings, store
from etl.logs import counted, log
from etl.model import Page
from etl.steps.reading import documents_of, figures_of, source_of

ROW = ("platform", "metric", "transformation", "unit", "area", "period", "value")
HISTORY = settings.WAREHOUSE / "reference" / "official_history.csv"


@dataclass(slots=True)
class Proof:
    """What was found again, and what was not."""

    snapshot: Path
    figures: int = 0
    proved: int = 0
    from_pages: int = 0  # of the proved ones: those that rest on at least one archived page
    pages: int = 0
    claims: int = 0
    unproved: list[tuple[str, str]] = field(default_factory=list)  # a figure by its key, and why
    tampered: list[str] = field(default_factory=list)  # what is not as it was signed

    @property
    def whole(self) -> bool:
        return not self.unproved and not self.tampered


def prove_snapshot(snapshot: Path | None = None, key: Path | None = None) -> Proof:
    """Find every figure of a snapshot, today's without a name, again in the archive; check what was signed.

    Raises:
        OSError: There is no such snapshot.
        Unsigned: It has no manifest.
    """
    config = settings.load()
    proof = Proof(snapshot or config.snapshot)
    store.bring(config.snapshot.parent, but="exports")
    if not proof.snapshot.exists():
        raise FileNotFoundError(f"{proof.snapshot}: no snapshot lies there; `streamledger publish` makes one")
    proof.tampered = prove.problems(proof.snapshot, config.archive, key)
    try:
        with duck.read(proof.snapshot) as con:
            _prove(con, proof)
    except duckdb.Error as broken:
        proof.unproved.append(("all of it", f"it cannot be opened as a snapshot: {broken}"))
    log.info(
        "prove %s: %d of %d figures proved, %d of them from %d archived pages (%d claims), %d things not as signed",
        *(proof.snapshot.name, proof.proved, proof.figures, proof.from_pages, proof.pages, proof.claims),
        len(proof.tampered),
    )
    return proof


def _prove(con: duckdb.DuckDBPyConnection, proof: Proof) -> None:
    lost = dict(_lost(con, proof))
    history = {claim for claim, why in lost.items() if not why}
    for figure in prove.figures(con):
        proof.figures += 1
        reasons = prove.faults(figure) + [lost[claim] for claim in figure.rests_on if lost.get(claim)]
        if reasons:
            proof.unproved.append((figure.name, "; ".join(reasons)))
        else:
            proof.proved += 1
            proof.from_pages += any(claim not in history for claim in figure.rests_on)


def sign_snapshot() -> None:
    """Sign what was just published, with the archive behind it and the rules that read it.

    Raises:
        ValueError: A file of the archive is not what was signed before, continued; nothing is signed.
        OSError: A file cannot be read or written.
    """
    config = settings.load()
    before = publish.before(config.snapshot)
    prove.sign(config.snapshot, before, config.archive, _rules(), config.home / "state" / "signing.pem")


def _rules() -> dict[str, str]:
    """Return the digests of what reads pages and of what resolves claims, as they are now."""
    digest = sha256()
    for path in sorted(settings.WAREHOUSE.rglob("*")):
        if path.suffix in (".sql", ".csv"):
            digest.update(path.relative_to(settings.WAREHOUSE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {"extractor": extract.version(), "warehouse": digest.hexdigest()}


def _lost(con: duckdb.DuckDBPyConnection, proof: Proof) -> Iterator[tuple[str, str]]:
    """Yield each claim that is not found again with the reason; with none those found in the official history."""
    shelf = prove.Shelf(settings.load().archive)
    history = _history()
    for claims in counted(prove.held(con), "pages proved"):
        proof.claims += len(claims)
        if claims[0].archive_file is None:
            yield from ((claim.claim_id, _of_history(claim, history)) for claim in claims)
            continue
        proof.pages += 1
        try:
            again = _again(shelf, claims[0])
        except (ValueError, OSError) as lost:
            yield from ((claim.claim_id, str(lost)) for claim in claims)
            continue
        for claim in claims:
            if why := again.differences(claim):
                yield claim.claim_id, f"{claim.url}: {why}"
        if proof.pages % 200 == 0:
            read.reset_caches()


def _again(shelf: prove.Shelf, claim: prove.Held) -> prove.Again:
    """Read the page of a claim again, from its bytes."""
    file, night = claim.archive_file or "", claim.night or date.min
    record = shelf.page(file, claim.archive_offset)
    page = Page(
        url=record.url,
        source=claim.source,
        night=night,
        fetched_at=datetime.fromisoformat(record.warc["warc-date"]),
        status=record.status,
        content_type=record.http.get("content-type", ""),
        digest=record.digest,
        archive_file=file,
        archive_offset=claim.archive_offset,
    )
    source = source_of(claim.source, night)
    found = documents_of(source, page, record.body)
    return prove.Again([(document, figures_of(source, document)[0]) for document in found])


def _history() -> set[tuple[str, ...]]:
    """Return the rows of the official history: what they are for, and their value as it is written."""
    with HISTORY.open(encoding="utf-8", newline="") as stream:
        return {
            tuple(row[name] or ("level" if name == "transformation" else "") for name in ROW)
            for row in csv.DictReader(stream)
        }


def _of_history(claim: prove.Held, history: set[tuple[str, ...]]) -> str:
    said = claim.said | {"value": claim.quote}
    row = tuple(str(said[name]) for name in ROW)
    if row not in history:
        return f"warehouse/reference/{HISTORY.name} has no row {' '.join(row)}"
    if claim.said["value"] != Decimal(claim.quote) and not claim.correction:
        return f"{claim.quote!r} of warehouse/reference/{HISTORY.name} is published as {claim.said['value']}"
    return ""
