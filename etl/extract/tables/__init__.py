"""Claims from tables: each cell is a number whose meaning stands in its heads, the caption and the lines before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.extract import areas, periods, platforms
from etl.extract.layout import lay_out
from etl.extract.platforms.topics import Topics
from etl.extract.scene import Scene, Spot
from etl.extract.tables import grids, headings
from etl.model import Cell, Metric, Table, Transformation

YEAR = re.compile(r"(?:19|20)\d\d")
PAST = re.compile(r"(?:19|20)\d\d(?:-[QH]\d)?")  # a year, quarter or half, as columns stand for
LINES_BEFORE = 4
RANK_HEADS = frozenset({"rank", "rang", "#", "no", "nr", "platz", "puesto", "saison", "season", "staffel", "temporada"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that is a figure."""

    spot: Spot
    value: Decimal
    unit: str
    metric: Metric
    transformation: Transformation
    platform: str
    period: str | None
    old: bool  # from a column of what was before
    area: str | None
    per: str | None
    segment: str | None
    row: int


def read(scene: Scene, topics: Topics) -> tuple[list[Entry], set[Spot]]:
    """Return the figures of a document's tables, and every quantity that stands in one."""
    entries: list[Entry] = []
    inside: set[Spot] = set()
    every = grids.tables(scene.document)
    for table in every:
        spots = [s for s in scene.spots if table.start <= s.quantity.start and s.quantity.end <= table.end]
        found = list(_entries(scene, topics, table, spots, _before(scene, table, every)))
        if found:
            entries += _grown(found)
            cells = table.cells
            begins = [cell.start for cell in cells]
            inside |= {s for s in spots if _in_a_cell(s, cells, begins)}
            inside |= {s for s in spots if s.bare}
    return entries, inside


def _entries(scene: Scene, topics: Topics, table: Table, spots: list[Spot], context: list[str]) -> Iterator[Entry]:
    starts = [spot.quantity.core_start for spot in spots]
    for cell in table.cells:
        at = bisect_left(starts, cell.start)
        spot = spots[at] if at < len(spots) and starts[at] < cell.end else None
        if spot is None or spot.unit == "multiple" or _is_rank(cell):
            continue
        entry = _entry(scene, topics, table, cell, spot, context)
        if entry is not None:
            yield entry


def _in_a_cell(spot: Spot, cells: tuple[Cell, ...], begins: list[int]) -> bool:
    at = bisect_right(begins, spot.quantity.core_start) - 1
    return at >= 0 and spot.quantity.core_start < cells[at].end


def _grown(entries: list[Entry]) -> list[Entry]:
    """Return the entries with every growth given the measure and the last period of the amounts of its row.

    A row without amounts takes those of its table.
    """
    every = [entry for entry in entries if entry.transformation is not Transformation.GROWTH]
    if not every:
        return entries
    found = []
    for entry in entries:
        if entry.transformation is Transformation.GROWTH:
            amounts = [other for other in every if other.row == entry.row] or every
            metric = Counter(other.metric for other in amounts).most_common(1)[0][0]
            last = max((a.period for a in amounts if a.period and PAST.fullmatch(a.period)), default=None)
            entry = replace(entry, metric=metric, period=last or entry.period)
        found.append(entry)
    return found


def _before(scene: Scene, table: Table, every: list[Table]) -> list[str]:
    """Return the caption, the lines before a table that are in no other, nearest first, and the title."""
    lines, start = [], 0
    for raw in scene.document.text[: table.start].split("\n"):
        inside = any(other.start <= start < other.end for other in every)
        if raw.strip() and not inside:
            lines.append(raw.strip())
        start += len(raw) + 1
    return [table.caption, *reversed(lines[-LINES_BEFORE:]), scene.document.title or ""]


def _is_rank(cell: Cell) -> bool:
    return any(head.strip().lower().rstrip(".") in RANK_HEADS for head in cell.column_heads)


def _entry(scene: Scene, topics: Topics, table: Table, cell: Cell, spot: Spot, context: list[str]) -> Entry | None:
    lang = scene.document.lang
    heads = [*cell.column_heads, *cell.row_heads]
    labels = [*heads, *context]
    value, unit = headings.amount(lang, cell, spot, heads, context)
    metric = headings.measure(lang, unit, value, labels)
    if metric is None:
        return None
    grown = unit == "percent" and (spot.quantity.signed != 0 or headings.says(lang, "growth", cell.column_heads))
    transformation = Transformation.GROWTH if grown else Transformation.LEVEL
    if metric is Metric.SUBSCRIBERS and any(headings.moves(lang, head) for head in cell.column_heads):
        transformation = Transformation.CHANGE
    old = headings.says(lang, "old", cell.column_heads)
    platform = _platform(scene, topics, cell, spot, metric)
    if platform is None:
        return None
    per = None
    if metric is Metric.PRICE:
        per = (
            "year"
            if headings.says(lang, "yearly", cell.column_heads) or headings.yearly(lang, table, cell)
            else spot.quantity.per or "month"
        )
    return Entry(
        spot=spot,
        value=value,
        unit=unit,
        metric=metric,
        transformation=transformation,
        platform=platform,
        period=None if old else _period(scene, labels, platform),
        old=old,
        area=_area(lang, cell),
        per=per,
        segment=_segment(lang, cell),
        row=cell.row,
    )


def _platform(scene: Scene, topics: Topics, cell: Cell, spot: Spot, metric: Metric) -> str | None:
    for label in (*cell.row_heads, *cell.column_heads):
        mentions = platforms.find(lay_out(label, scene.document.lang), scene.document.lang)
        if mentions:
            return mentions[0].slug
    return topics.of(spot, None, metric)[0]


def _period(scene: Scene, labels: list[str], platform: str) -> str | None:
    published = scene.document.published
    for label in labels:
        if YEAR.fullmatch(label.strip()):
            return label.strip()
        for mention in periods.find(label, scene.document.lang, published):
            if mention.kind in ("comparison", "sequential"):
                continue
            found = periods.resolve(mention, published, platform)
            if found:
                return found
    return periods.month_of(published) if published else None


def _area(lang: str, cell: Cell) -> str | None:
    for label in (*cell.row_heads, *cell.column_heads):
        named = areas.find(label, lang)
        if named:
            return named[0].area
    return None


def _segment(lang: str, cell: Cell) -> str | None:
    named = [head for head in cell.row_heads if not areas.find(head, lang)]
    return named[-1] if named else None
