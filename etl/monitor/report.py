"""What a night gave, for a terminal: its sources, its newest figures, a trend, and where to look further."""

from __future__ import annotations

import csv
import sys
from datetime import date
from decimal import Decimal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from etl import queries, settings, store
from etl.monitor.chart import bars

TREND = "netflix_paid_memberships_by_quarter"
QUARTERS = 16
FIGURES = 10
SOURCES = ("source", "collected", "unread", "claims", "why_not")
NEWEST = ("platform", "metric", "transformation", "area", "period", "value", "unit", "state", "sample")


def show(night: date) -> bool:
    """Print the report of one night; return whether that night was published."""
    console = Console(highlight=False)
    if not store.exists(settings.load().snapshot):
        return False
    sources = queries.run("sources_last_night", {"night": str(night)})
    _sources(console, night, queries.pick(sources, SOURCES))
    _newest(console, queries.pick(queries.run("newest_figures"), NEWEST))
    _trend(console)
    _where(console)
    return bool(sources.rows)


def told(night: date) -> dict[str, list[dict[str, object]]]:
    """Return what the report of one night shows, for programs: its sources, and the newest figures."""
    return {
        "sources": queries.records("sources_last_night", {"night": str(night)}),
        "newest_figures": queries.records("newest_figures"),
    }


def _sources(console: Console, night: date, answer: queries.Answer) -> None:
    """Print one line a source, however long its reason is."""
    width = max([len(str(row[0])) for row in answer.rows] + [6])
    console.print(f"[bold]The night of {night}[/bold]")
    console.print(f"[dim]{'source':<{width}}  collected  unread  claims  why not[/dim]")
    for name, collected, unread, claims, why_not in answer.rows:
        line = f"{name!s:<{width}}  {collected!s:>9}  {unread!s:>6}  {claims!s:>6}  {why_not or ''}".rstrip()
        console.print(escape(line), style="red" if why_not else None, soft_wrap=True)
    console.print()


def _newest(console: Console, answer: queries.Answer) -> None:
    """Print one line a figure."""
    shown = [[text(cell) for cell in row[:5]] for row in answer.rows[:FIGURES]]
    widths = [max(len(row[column]) for row in shown) for column in range(5)] if shown else []
    console.print(f"[bold]Newest figures[/bold] [dim]({len(answer.rows)} in all)[/dim]")
    for words, row in zip(shown, answer.rows, strict=False):
        value, unit, state, sample = row[5:]
        name = "  ".join(f"{word:<{width}}" for word, width in zip(words, widths, strict=True))
        line = f"  {name}  {spoken(value, str(unit)):>24}  {state}{', sample' if sample else ''}"
        console.print(escape(line), soft_wrap=True)
    console.print()


def query(name: str | None, parameters: dict[str, str]) -> None:
    """Print the answer of one query of the cookbook, or, without a name, the questions that it answers.

    A terminal gets a table; a file or another program gets CSV with every column.
    """
    if name is None:
        listing: list[tuple[object, ...]] = [(each, queries.find(each).question) for each in queries.names()]
        print_answer(Console(highlight=False), "The cookbook", queries.Answer(("query", "question"), listing))
        return
    answer = queries.run(name, parameters)
    if sys.stdout.isatty():
        print_answer(Console(highlight=False), queries.find(name).question, _filled(answer))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(answer.columns)
    writer.writerows([[f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row] for row in answer.rows])


def _filled(answer: queries.Answer) -> queries.Answer:
    """Return an answer without the columns that say nothing."""
    said = [index for index in range(len(answer.columns)) if any(row[index] is not None for row in answer.rows)]
    return queries.Answer(
        tuple(answer.columns[index] for index in said), [tuple(row[index] for index in said) for row in answer.rows]
    )


def print_answer(console: Console, title: str, answer: queries.Answer) -> None:
    """Print rows as a table; numbers stand right, absent values as a dash."""
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    for index, column in enumerate(answer.columns):
        numeric = any(isinstance(row[index], int | float | Decimal) for row in answer.rows)
        table.add_column(escape(column), justify="right" if numeric else "left", overflow="fold", header_style="dim")
    for row in answer.rows:
        table.add_row(*(escape(text(value)) for value in row))
    console.print(table)
    if not answer.rows:
        console.print("  (nothing)")
    console.print()


def spoken(value: object, unit: str) -> str:
    """Return a value as one says it: 9.8 million, 15.49 EUR, 12.5 percent."""
    if not isinstance(value, int | float | Decimal):
        return "open"
    for size, word in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if abs(float(value)) >= size:
            return f"{float(value) / size:,.4g} {word}{'' if unit == 'count' else f' {unit}'}"
    return f"{text(value)}{'' if unit == 'count' else f' {unit}'}"


def text(value: object) -> str:
    """Return a value as an analyst reads it: thousands apart, no idle zeros."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}" if value % 1 else f"{value:,.0f}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _trend(console: Console) -> None:
    console.print("[bold]Netflix, paid memberships worldwide, millions (growth in a year)[/bold]")
    for line in bars([_point(*row) for row in quarters()[-QUARTERS:]]):
        console.print(escape(line), highlight=False)
    console.print()


def quarters() -> list[tuple[object, ...]]:
    """Return (period, value, growth in a year in percent) of the live series, oldest first; open values left out."""
    answer = queries.pick(queries.run(TREND), ("period", "paid_memberships", "year_growth_percent", "sample"))
    return [row[:3] for row in answer.rows if not row[3] and row[1] is not None]


def _point(period: object, value: object, growth: object) -> tuple[str, float, str]:
    said = f"{float(growth):+.1f} %" if isinstance(growth, int | float | Decimal) else ""
    return str(period), float(str(value)) / 1e6, said


def _where(console: Console) -> None:
    snapshot = settings.load().snapshot
    console.print("[bold]The warehouse[/bold]")
    console.print(f"  {escape(str(snapshot))}", soft_wrap=True)
    console.print(
        "  .venv/bin/streamledger query                 the cookbook: every question it answers", soft_wrap=True
    )
    console.print("  .venv/bin/streamledger query disagreements   one of them", soft_wrap=True)
    console.print(f"  duckdb -readonly {escape(str(snapshot))}", soft_wrap=True)
