"""The ECB's euro reference rates, from each of the shapes in which the bank gives them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from io import StringIO

from etl.model import Document, Rate

XML_DAY = re.compile(r"""<Cube time=['"](\d{4}-\d\d-\d\d)['"]>(.*?)</Cube>\s*(?=<Cube time|</Cube>)""", re.DOTALL)
XML_RATE = re.compile(r"""currency=['"]([A-Z]{3})['"] rate=['"]([\d.]+)['"]""")


def rates(document: Document) -> list[Rate]:
    """Return the rates of a document: units of a currency for one euro, one row a day and currency.

    Reads the history (CSV, ISO dates), the day's CSV ("30 October 2026", blanks after commas) and the day's XML.

    Raises:
        ValueError: No rate is in it; the message shows how the text begins.
    """
    found = list(_from_xml(document.text) if "<Cube" in document.text else _from_csv(document.text))
    if not found:
        raise ValueError(f"{document.url or 'rates'}: no rate in it; the text begins {document.text[:80]!r}")
    return found


def _from_csv(text: str) -> Iterator[Rate]:
    header: list[str] = []
    for cells in csv.reader(StringIO(text), skipinitialspace=True):
        if not header:
            header = [cell.strip() for cell in cells]
            continue
        day = _day(cells[0].strip()) if cells else None
        for currency, cell in zip(header[1:], cells[1:], strict=False):
            rate = _rate(cell.strip())
            if day and rate and re.fullmatch("[A-Z]{3}", currency):
                yield Rate(day=day, currency=currency, rate=rate)


def _from_xml(text: str) -> Iterator[Rate]:
    for day, rows in XML_DAY.findall(text):
        for currency, rate in XML_RATE.findall(rows):
            yield Rate(day=date.fromisoformat(day), currency=currency, rate=Decimal(rate))


def _day(cell: str) -> date | None:
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(cell, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _rate(cell: str) -> Decimal | None:
    try:
        return Decimal(cell) if cell and cell != "N/A" else None
    except InvalidOperation:
        return None
