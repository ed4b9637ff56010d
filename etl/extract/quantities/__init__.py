"""Quantities in a text: number, scale, unit, hedge and rate, in the languages of the lexicon.

Words come from `lexicon/<lang>/quantities.yaml` and the `currencies.yaml` there and beside it; the grammar is here:

    tokens -> reading (digits, spoken, scales, units, shares, multiples, names) -> joins -> finish (hedges)
"""

from __future__ import annotations

from dataclasses import replace

from etl.extract.quantities import finish, joins, lexicon, reading
from etl.extract.quantities.passage import passage
from etl.model import Qualifier, Quantity

__all__ = ["find"]


def find(text: str, lang: str, country: str = "") -> list[Quantity]:
    """Return the quantities of a text in its order, without overlap; `text[q.start:q.end]` is the whole expression.

    Values are in base units: hours stay hours, cents become hundredths of their currency, shares become percent.
    `country` (ISO 3166-1 alpha-2 of the publisher) gives a bare "$" its currency and digits their marks.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    p = passage(text, lexicon.load(lang), country)
    found: list[Quantity] = []
    for atom in joins.join(p, reading.atoms(p)):
        quantity = finish.quantity(p, atom)
        if found and atom.follows and quantity.qualifier is Qualifier.EXACT:
            quantity = replace(quantity, qualifier=found[-1].qualifier)
        if not found or found[-1].end <= quantity.start:
            found.append(quantity)
        elif found[-1].end <= quantity.core_start:
            found.append(replace(quantity, start=quantity.core_start))  # the words before belong to the one before
    return found
