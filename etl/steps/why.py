"""Why a figure is what it is, for people: every claim for and against it, its words shown inside the archived page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from etl import archive, queries, settings
from etl.logs import log
from etl.model import Document
from etl.steps.reading import documents_of, source_of

FOR = ("decides", "supports")
SENTENCE_END = re.compile(r"[.!?…][»”\"')\]]*\s+|\n+")
AROUND = 240  # characters shown before and after the quote, at most
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a claim inside their sentence, as the archived page has them today."""

    before: str
    quote: str
    after: str
    note: str = ""  # why the passage could not be shown whole


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with its passage; None for the official history, which has no page."""

    claim: Row
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure: how it is held, who says so and who does not, and how it was held before."""

    figure: Row
    told: tuple[Told, ...]
    history: tuple[Row, ...]

    @property
    def supporting(self) -> list[Told]:
        return [one for one in self.told if one.claim["standing"] in FOR]

    @property
    def opposing(self) -> list[Told]:
        return [one for one in self.told if one.claim["standing"] not in FOR]


@dataclass(frozen=True, slots=True)
class Article:
    """The archived page of one claim as it is read today, and every claim held of it."""

    claims: tuple[Row, ...]
    document: Document | None
    note: str = ""  # why the page cannot be shown


def article(claim: str) -> Article:
    """Return the archived page of a claim, read again, with all that it says.

    Raises:
        ValueError: There is no such claim, or it is of the official history, which has no page.
        NoSnapshot: Nothing was published yet.
    """
    rows = queries.records("claims_of_an_article", {"claim": claim})
    if not rows or rows[0]["archive_file"] is None:
        raise ValueError(
            f"no claim {claim!r} with a page; `streamledger query figures_of_a_page` lists those there are"
        )
    try:
        for document in _documents(rows[0]):
            if document.document_id == rows[0]["document_id"]:
                return Article(tuple(rows), document)
    except (ValueError, OSError, archive.DamagedArchive) as lost:
        return Article(tuple(rows), None, f"the page cannot be shown: {lost}")
    return Article(tuple(rows), None, "today's reader makes another document of the page")


def why(platform: str, metric: str, period: str, area: str = "WW", day: str = "") -> list[Answer]:
    """Return the figures of one platform, metric, period and area, each with its reasons, as held today or on a day.

    Raises:
        ValueError: There is no such figure; the message says which there are.
        NoSnapshot: Nothing was published yet.
    """
    if day:
        date.fromisoformat(day)
    asked = {"platform": platform, "metric": metric, "period": period, "area": area}
    claims = queries.records("why_a_figure", {**asked, "day": day})
    if not claims:
        raise ValueError(
            f"no figure {platform} {metric} {period} in {area}{f' on {day}' if day else ''}; {_near(asked)}"
        )
    history = queries.records("how_a_figure_was_held", asked)
    return [
        _answer(list(rows), [row for row in history if row["figure_id"] == figure])
        for figure, rows in groupby(claims, key=lambda row: row["figure_id"])
    ]


def _answer(claims: list[Row], history: list[Row]) -> Answer:
    told = tuple(Told(claim, _passage(claim)) for claim in claims)
    return Answer(claims[0], told, tuple(history))


def _near(asked: dict[str, str]) -> str:
    found = queries.records("figures_like", {name: asked[name] for name in ("platform", "metric")})
    if not found:
        return f"nothing is known of {asked['platform']} {asked['metric']}; see `streamledger query figures_like`"
    near = [f"{row['area']} {row['first_period']} to {row['last_period']} ({row['periods']})" for row in found[:8]]
    return f"there are: {'; '.join(dict.fromkeys(near))}"


def _passage(claim: Row) -> Passage | None:
    if claim["archive_file"] is None:
        return None
    try:
        texts = [document.text for document in _documents(claim)]
    except (ValueError, OSError, archive.DamagedArchive) as lost:
        log.warning("%s: %s", claim["url"], lost)
        return Passage("", claim["quote"], "", f"the page cannot be shown: {lost}")
    start, end = claim["quote_start"], claim["quote_end"]
    for text in texts:
        if text[start:end] == claim["quote"]:
            return _inside(text, start, end)
    for text in texts:
        if claim["quote"] in text:
            start = text.index(claim["quote"])
            found = _inside(text, start, start + len(claim["quote"]))
            return Passage(found.before, found.quote, found.after, "today's reader gives the words another place")
    return Passage("", claim["quote"], "", "today's reader does not give these words any more")


def _documents(claim: Row) -> Iterator[Document]:
    """Read the archived page again; the document of the claim comes first."""
    root = settings.load().archive
    kept = [
        page
        for page in archive.versions(root, claim["source"], claim["url"])
        if page.archive_file == claim["archive_file"] and page.archive_offset == claim["archive_offset"]
    ]
    pages = kept or [
        page
        for page, _ in archive.pages(root, claim["night"], claim["source"])
        if page.archive_file == claim["archive_file"] and page.archive_offset == claim["archive_offset"]
    ]
    if not pages:
        raise ValueError(f"{Path(claim['archive_file'])} does not hold it at byte {claim['archive_offset']}")
    found = documents_of(source_of(claim["source"], pages[0].night), pages[0], archive.body(root, pages[0]))
    yield from sorted(found, key=lambda document: document.document_id != claim["document_id"])


def _inside(text: str, start: int, end: int) -> Passage:
    """Cut the sentence of `text[start:end]` out, shortened where it is long."""
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, start)]
    first = ends[-1] if ends else 0
    following = SENTENCE_END.search(text, end)
    last = following.start() + 1 if following else len(text)
    before, after = text[max(first, start - AROUND) : start], text[end : min(last, end + AROUND)]
    return Passage(
        ("…" if first < start - AROUND else "") + before.lstrip(),
        text[start:end],
        after.rstrip() + ("…" if last > end + AROUND else ""),
    )
