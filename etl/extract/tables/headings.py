"""What the heads of a table say of its numbers: their scale, unit and measure, and whether they are old or moves."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from etl.extract import words as lexicon
from etl.extract.grammar import phrases
from etl.extract.layout import lay_out
from etl.extract.phrases import Phrases
from etl.extract.readings.cues import measures, small_money
from etl.extract.scene import Spot
from etl.model import Cell, Metric, Table

SIGNS = "$€£ "  # before the bracket of a loss: "$(107)"
SMALL = frozenset({"price", "arpu", "other"})


def amount(lang: str, cell: Cell, spot: Spot, heads: list[str], context: list[str]) -> tuple[Decimal, str]:
    """Return the value of a cell and its unit, with the sign, scale and currency that its heads and context state.

    Args:
        heads: Those of its column and its row.
        context: The caption, the lines before the table, and the title last.
    """
    quantity = spot.quantity
    value, unit = quantity.value, quantity.unit
    if quantity.signed < 0:
        value = -abs(value)
    if _bracketed(cell):
        value = -abs(value)
    if unit == "count":
        scaled = next((scale for text in (*heads, *context[:-1]) if (scale := _scale(lang, text))), None)
        if scaled and abs(value) < 100_000:
            value *= scaled
        named = next((code for text in heads if (code := _unit(lang, text))), None)
        own = any(_scale(lang, text) for text in cell.row_heads)  # "Subscribers (millions)", under "all in euros"
        if named is None and not own:
            named = next((code for text in context[:-1] if (code := _stated(lang, text))), None)
        unit = named or unit
    elif _whole_sum(value, unit) and not _small(lang, cell.row_heads):
        value *= next((scale for text in (*heads, *context[:-1]) if (scale := _scale(lang, text))), 1)
    return value, unit


def _bracketed(cell: Cell) -> bool:
    return cell.text.lstrip(SIGNS).startswith("(") and ")" in cell.text


def _whole_sum(value: Decimal, unit: str) -> bool:
    """Whether a sum with its sign may be one of millions, as its table says: "$2,634"; never "$7.84" or "$2.6bn"."""
    return len(unit) == 3 and unit.isupper() and value == value.to_integral_value() and abs(value) < 100_000


def _small(lang: str, row_heads: tuple[str, ...]) -> bool:
    """Whether a row is one of prices or of sums a head or a share."""
    hits = [hit for text in row_heads for hit in phrases(lang, "metrics").find(lay_out(text, lang).words)]
    return any(hit.name.split(".")[0] in SMALL for hit in hits)


def _scale(lang: str, text: str) -> Decimal | None:
    hits = _heads(lang, "scales").find(lay_out(text, lang).words)
    return Decimal(hits[0].name) if hits else None


def _stated(lang: str, text: str) -> str | None:
    """Return the unit that a line before a table states for it; a sign that only stands beside a number is none."""
    unit = _unit(lang, text)
    stated = unit != "percent" or _heads(lang, "percent").find(lay_out(text, lang).words)
    return unit if stated else None


def _unit(lang: str, text: str) -> str | None:
    """Return the unit that a head or caption names: a currency, hours or percent."""
    words = lay_out(text, lang).words
    if _heads(lang, "hours").find(words):
        return "hours"
    hits = _heads(lang, "currencies").find(words)
    if hits:
        return hits[0].name
    return "percent" if "%" in words or _heads(lang, "percent").find(words) else None


def measure(lang: str, unit: str, value: Decimal, labels: list[str]) -> Metric | None:
    """Return what a value of this unit measures by the first label that says so; None when none does."""
    family = "money" if len(unit) == 3 and unit.isupper() else {"hours": "time", "minutes": "time"}.get(unit, unit)
    small = family == "money" and abs(value) < small_money(unit)
    for wanted in ("nouns", "counted", "hints"):
        for label in labels:
            for hit in phrases(lang, "metrics").find(lay_out(label, lang).words):
                metric, strength = hit.name.split(".")
                if strength == wanted and _takes(metric, family, small) and _reaches(metric, family, value):
                    return Metric(metric)
    return Metric.PRICE if small else None


def _reaches(metric: str, family: str, value: Decimal) -> bool:
    """Whether a count is large enough for its measure."""
    return family != "count" or abs(value) >= int(measures()[metric].get("least", 0))


def _takes(metric: str, family: str, small: bool) -> bool:
    """Whether a measure takes a number of this unit and size."""
    if family == "percent":
        return True
    return family in measures()[metric]["units"] and (family != "money" or (metric in ("price", "arpu")) == small)


@cache
def _heads(lang: str, name: str) -> Phrases:
    listed = lexicon.load(lang, "tables").get(name, [])
    return Phrases(listed if isinstance(listed, dict) else {name: listed})


def says(lang: str, name: str, heads: tuple[str, ...]) -> bool:
    """Whether one of the heads says that its numbers are old, new, growth, for a year or totals, as `name` asks."""
    return any(_heads(lang, name).find(lay_out(head, lang).words) for head in heads)


def moves(lang: str, head: str) -> bool:
    """Whether a head speaks of gains or losses."""
    return any(hit.name in ("gain", "loss") for hit in phrases(lang, "changes").find(lay_out(head, lang).words))


def yearly(lang: str, table: Table, cell: Cell) -> bool:
    """Whether another head of the table says that all its prices are for a year."""
    heads = {head for other in table.cells for head in other.column_heads}
    monthly = [head for head in heads if says(lang, "yearly", (head,))]
    return bool(monthly) and len(heads) <= 3 and cell.column_heads[:1] != ()
