"""JSON lines in, JSON lines out: the extractor and the reader on documents and pages of anybody's.

Both stream, one line in, one line out. A line that cannot be used stops the run with a message that names it; what was
written before stands.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar

from etl import extract, read
from etl.model import Claim, Document

T = TypeVar("T")

BATCH = 200  # pages between two resets of the readers' caches
OWN = ("document_id", "low", "high")  # fields of a claim that its document, or its value and qualifier, already say


class BadLine(ValueError):
    """A line of the input cannot be used; the message names the line, what is wrong and what is wanted."""


def stream(name: str, convert: Callable[[Iterable[str]], Iterator[str]]) -> int:
    """Convert the lines of a file, or of standard input for "-", to lines on standard output; return 0."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", line_buffering=False)
    with _open(name) as lines:
        for line in convert(lines):
            out.write(line + "\n")
    out.flush()
    out.detach()
    return 0


def _open(name: str) -> TextIO:
    if name == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    return Path(name).open(encoding="utf-8")


def extract_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield `{"doc_id", "claims": [...]}` for each `{"doc_id", "lang", "published", "title", "text"}`.

    Raises:
        BadLine: A line is no JSON object, or a key is missing or of the wrong kind.
    """
    for number, row in _rows(lines):
        document = _checked(number, partial(_document, row))
        claims = [claim_row(claim) for claim in _checked(number, partial(extract.extract, document))]
        yield json.dumps({"doc_id": row["doc_id"], "claims": claims}, ensure_ascii=False)


def read_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield `{"id", "kind", "title", "published", "authors", "lang", "text"}` for each `{"id", "url", "path"}`.

    `path` names an HTML file, plain or `.html.gz`, relative to the working directory.

    Raises:
        BadLine: A line is no JSON object, a key is missing, or the file cannot be opened.
    """
    for number, row in _rows(lines):
        body = _checked(number, partial(_body, row))
        document = read.read(body, url=_checked(number, partial(_text, row, "url", optional=True)) or "")
        yield json.dumps(page_row(row.get("id"), document), ensure_ascii=False)
        if number % BATCH == 0:
            read.reset_caches()


def page_row(name: object, document: Document) -> dict[str, Any]:
    """Return a document as the reader's output row; `text` is the body without the headline."""
    return {
        "id": name,
        "kind": str(document.kind),
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "authors": list(document.authors),
        "lang": document.lang,
        "text": read.body_text(document),
    }


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return a claim with the field names of the vocabulary; whole values as integers."""
    row = {key: value for key, value in asdict(claim).items() if key not in OWN}
    return {key: _plain(value) for key, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as wrong:
            raise BadLine(f"line {number}: no JSON ({wrong}); it begins {line[:60]!r}") from None
        if not isinstance(row, dict):
            raise BadLine(f"line {number}: want a JSON object, got {line[:60]!r}")
        yield number, row


def _checked(number: int, make: Callable[[], T]) -> T:
    try:
        return make()
    except (ValueError, OSError) as wrong:
        raise BadLine(f"line {number}: {wrong}") from wrong


def _document(row: dict[str, Any]) -> Document:
    if "doc_id" not in row:
        raise ValueError(f"no doc_id; there are the keys {', '.join(sorted(row)) or 'none'}")
    published = _text(row, "published", optional=True)
    return Document(
        document_id=str(row["doc_id"]),
        lang=_text(row, "lang") or "",
        published=_day(published) if published else None,
        title=_text(row, "title", optional=True),
        text=_text(row, "text") or "",
    )


def _day(published: str) -> date:
    """Return the day of a date; of a month alone its middle, which lies in the right month, quarter and year."""
    try:
        return date.fromisoformat(f"{published}-15" if len(published) == 7 else published[:10])
    except ValueError:
        raise ValueError(f"published {published!r} is no date; want YYYY-MM-DD, YYYY-MM or null") from None


def _text(row: dict[str, Any], key: str, optional: bool = False) -> str | None:
    value = row.get(key)
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key} is {value!r}; want text{' or null' if optional else ''}")
    return value


def _body(row: dict[str, Any]) -> bytes:
    data = Path(_text(row, "path") or "").read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
