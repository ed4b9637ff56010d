"""Numbers in digits, with the marks of any country: "1.234,5", "1,234.5", "1 234,5", "1'234.50", "1,23,456"."""

from __future__ import annotations

from decimal import Decimal

from etl.extract.quantities.numerals import Numeral
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import VULGAR

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333", "⅔": "0.6667", "⅛": "0.125"}
GROUP = 3  # digits of a thousand


def numeral(p: Passage, at: int) -> Numeral | None:
    """Return the number in digits at a token ("3½" too), None when its marks make no number."""
    if p.at(at).kind == VULGAR:
        return Numeral(at, at + 1, Decimal(FRACTIONS[p.word(at)]), digits=True)
    values = value(p.word(at), p.decimal)
    if values is None:
        return None
    found = Numeral(at, at + 1, values[0], digits=True, ambiguous=values[1])
    if p.at(at + 1).kind == VULGAR and p.at(at + 1).glued:
        found.bare += Decimal(FRACTIONS[p.word(at + 1)])
        found.last += 1
    return found


def value(written: str, decimal: str) -> tuple[Decimal, Decimal | None] | None:
    """Return the value of digits with marks, and a second reading when three digits after one mark leave a doubt.

    The decimal mark decides the first reading; None when the marks make no number ("1.2.3").
    """
    written = written.replace(" ", "").replace("'", "")
    points, commas = written.count("."), written.count(",")
    if not points and not commas:
        return Decimal(written), None
    mark = max(".", ",", key=written.rfind)
    whole, _, part = written.rpartition(mark)
    if points and commas:
        plain = whole.replace(".", "").replace(",", "")
        return (Decimal(f"{plain}.{part}"), None) if mark not in whole and _grouped(whole) else None
    if points + commas > 1:
        return (Decimal(written.replace(mark, "")), None) if _grouped(written) else None
    as_decimal = Decimal(f"{whole or 0}.{part}")
    if len(part) != GROUP or not 1 <= len(whole) <= GROUP or whole == "0":
        return as_decimal, None
    as_thousands = Decimal(whole + part)
    return (as_decimal, as_thousands) if mark in decimal else (as_thousands, as_decimal)


def _grouped(written: str) -> bool:
    """Whether the marks stand as thousands do, or as lakhs and crores: "1,234,567", "1,23,45,678"."""
    head, *groups = written.replace(",", ".").split(".")
    if not 1 <= len(head) <= GROUP or len(groups[-1]) != GROUP:
        return False
    return all(len(group) in (GROUP - 1, GROUP) for group in groups)
