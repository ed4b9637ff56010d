"""Why a figure is what it is, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from rich.console import Console
from rich.markup import escape

from etl.monitor.report import spoken

Row = dict[str, Any]


class Words(Protocol):
    """A quote inside its sentence."""

    @property
    def before(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def note(self) -> str: ...


def head(console: Console, figure: Row) -> None:
    """Print what is held, and since when."""
    names = [figure[name] for name in ("platform", "metric", "area", "period")]
    more = [figure["segment"] or "", "" if figure["transformation"] == "level" else figure["transformation"]]
    sample = ", sample" if figure["sample"] else ""
    console.print(f"[bold]{escape(' '.join(part for part in (*names, *more) if part))}[/bold]{sample}", soft_wrap=True)
    held = amount(figure["held"], figure["held_unit"], figure["held_per"], figure["held_qualifier"])
    console.print(
        f"  {held}: {figure['state']}, {counted(figure['origins'], 'origin')}, so since {figure['held_from']}",
        soft_wrap=True,
    )


def claims(console: Console, title: str, told: Iterable[tuple[Row, Words | None]]) -> None:
    """Print each claim with its words, its page and its receipt; nothing when there is none."""
    for number, (claim, words) in enumerate(told):
        if not number:
            console.print(f"[bold]{title}[/bold]")
        _claim(console, claim, words)


def history(console: Console, rows: list[Row]) -> None:
    """Print how the figure was held before, the newest first."""
    earlier = [row for row in rows if row["known_to"] is not None]
    if not earlier:
        console.print("[bold]believed before[/bold]\n  nothing else: it has stood so since it was first known\n")
        return
    console.print("[bold]believed before[/bold]")
    for row in earlier:
        held = amount(row["value"], row["unit"], None, row["qualifier"])
        console.print(
            f"  {row['known_from']} to {row['known_to']}  {held}  {row['state']}, {counted(row['origins'], 'origin')}",
            soft_wrap=True,
        )
    console.print()


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def amount(value: object, unit: str, per: str | None, qualifier: str | None) -> str:
    """Return a value with its hedge and unit; an open figure in words."""
    if value is None:
        return "open, no value"
    hedge = {"approx": "about ", "min": "at least ", "max": "at most "}.get(qualifier or "", "")
    return f"{hedge}{spoken(value, unit)}{f' a {per}' if per else ''}"


def _claim(console: Console, claim: Row, words: Words | None) -> None:
    value = amount(claim["value"], claim["unit"], claim["per"], claim["qualifier"])
    who = claim["attributed_to"] or claim["host"]
    said = escape(f"{value}, {claim['status']}; {who}, {claim['authority']}, {claim['said_on']}")
    console.print(f"  [bold]{claim['standing']}[/bold]  {said}", soft_wrap=True)
    for note in (claim["reason"], claim["correction"]):
        if note:
            console.print(f"    {escape(note)}", soft_wrap=True)
    if words is None:
        console.print(f"    {escape(claim['title'] or '')}", soft_wrap=True)
        return
    console.print(
        f"    “{escape(words.before)}[reverse]{escape(words.quote)}[/reverse]{escape(words.after)}”", soft_wrap=True
    )
    if words.note:
        console.print(f"    [dim]({escape(words.note)})[/dim]", soft_wrap=True)
    receipt = f"{claim['archive_file']} at byte {claim['archive_offset']}, characters {claim['quote_start']} to "
    receipt += f"{claim['quote_end']}; read by {claim['extractor']}, confidence {claim['confidence']:.2f}"
    console.print(f"    [dim]{escape(claim['url'] or '')}\n    {escape(receipt)}[/dim]", soft_wrap=True)
