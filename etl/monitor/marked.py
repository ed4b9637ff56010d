"""What the pages show of figures and articles: rows with their words and links, and text with its quotes marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from etl.model import Document
from etl.monitor.reasons import amount

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters of a text; those of a quote have its claims."""

    text: str
    claims: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A block of a text, in runs."""

    kind: str
    runs: tuple[Run, ...]


def drawn(rows: Iterable[Row], asked: Mapping[str, str], day: str) -> list[Row]:
    """Return the rows of a trend with their names in the picture, what they say, and the link to their figure."""
    found: list[Row] = []
    stretches: dict[str, int] = {}
    for row in rows:
        line = ", ".join(str(part) for part in (row["segment"], row["per"] and f"a {row['per']}") if part)
        line = " ".join(part for part in (line or asked["platform"], "(sample)" if row["sample"] else "") if part)
        broken = row["break_note"] is not None or row["value"] is None
        stretches[line] = stretches.get(line, 0) + broken
        key = {"platform": asked["platform"], "metric": asked["metric"], "area": asked["area"], "period": row["period"]}
        said = amount(row["value"], row["unit"], row["per"], row["qualifier"])
        if row["value"] is None and row["low"] is not None:
            low, high = (amount(row[end], row["unit"], row["per"], None) for end in ("low", "high"))
            said = f"open: between {low} and {high}"
        found.append(
            row
            | {
                "line": line,
                "stretch": f"{line} {stretches[line]}",
                "said": said,
                "says": ", ".join(
                    part for part in (f"{row['period']}: {said}", row["state"], row["break_note"]) if part
                ),
                "href": "figure?" + urlencode({**key, **({"day": day} if day else {})}),
            }
        )
    return found


def blocks(document: Document, claims: Iterable[Row]) -> list[Marked]:
    """Return the blocks of a document, the words of each claim marked; claims that share a character share a mark."""
    marks: list[tuple[int, int, list[Row]]] = []
    for claim in sorted(claims, key=lambda row: (row["quote_start"], row["quote_end"])):
        start, end = claim["quote_start"], claim["quote_end"]
        if document.text[start:end] != claim["quote"]:
            continue
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]), [*marks[-1][2], claim])
        else:
            marks.append((start, end, [claim]))
    return [Marked(block.kind, tuple(_runs(document.text, block.start, block.end, marks))) for block in document.blocks]


def _runs(text: str, start: int, end: int, marks: list[tuple[int, int, list[Row]]]) -> Iterable[Run]:
    at = start
    for first, last, claims in marks:
        if first >= end or last <= start:
            continue
        first, last = max(first, at), min(last, end)
        if first > at:
            yield Run(text[at:first])
        yield Run(text[first:last], tuple(claims))
        at = last
    if at < end:
        yield Run(text[at:end])
