"""The ECB's euro reference rates, from each of the shapes in which the bank gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from etl.extract.datasets.columns import LayoutChanged
from etl.model import Document, Rate

XML_DAY = re.compile(r"""<Cube time=['"](\d{4}-\d\d-\d\d)['"]>(.*?)</Cube>\s*(?=<Cube time|</Cube>)""", re.DOTALL)
XML_RATE = re.compile(r"""currency=['"]([A-Z]{3})['"] rate=['"]([\d.]+)['"]""")


def rates(document: Document) -> list[Rate]:
    """Return the rates of a document: units of a currency for one euro, one row a day and currency.

    Reads the history (ISO dates), the day's table ("30 October 2026") and the day's XML.

    Raises:
        LayoutChanged: No rate is in it; the message shows how the text begins.
    """
    found = list(_from_xml(document.text) if "<Cube" in document.text else _from_table(document.text))
    if not found:
        raise LayoutChanged(f"{document.url or 'rates'}: no rate in it; the text begins {document.text[:80]!r}")
    return found


def _from_table(text: str) -> Iterator[Rate]:
    first, *lines = text.split("\n")
    header = [cell.strip() for cell in first.split("\t")]
    for line in lines:
        cells = line.split("\t")
        day = _day(cells[0].strip())
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
