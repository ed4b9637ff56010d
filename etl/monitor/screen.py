"""The operator's two screens in a terminal: last night, and the setup."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from etl.monitor.wording import grouped, loaded
from etl.steps.doctor import WARNING, WELL, Finding
from etl.steps.status import Broken, Status

SHOWN = 12  # of each kind; --json has them all
WORDS = 300  # of a reason
MARKS = {WELL: "[green]well   [/green]", WARNING: "[yellow]warning[/yellow]"}


def status(found: Status) -> None:
    """Print last night: did it happen, what is new, what broke and whose fault, what goes quiet."""
    console = Console(highlight=False)
    style = "bold green" if found.state == "published" else "bold yellow" if found.state == "under way" else "bold red"
    when = f" at {found.published:%Y-%m-%d %H:%M} UTC" if found.published else ""
    console.print(f"[{style}]The night of {found.night}: {found.state}{when}[/{style}]", soft_wrap=True)
    new = loaded(found.new) or "nothing was loaded"
    console.print(f"  {found.arrived} of {found.sources} sources arrived; {new}", soft_wrap=True)
    _broken(console, "needs you", [one for one in found.broken if one.needs_you])
    _broken(console, "passes, or waits for a look", [one for one in found.broken if not one.needs_you])
    if found.quiet:
        console.print("[bold]goes quiet[/bold]")
        for one in found.quiet[:SHOWN]:
            console.print(escape(f"  {one.source}: nothing for {one.days} days, may be {one.allowed}"), soft_wrap=True)
        _more(console, len(found.quiet))
    if not found.broken and not found.quiet:
        console.print("  nothing broke, nobody goes quiet")


def _broken(console: Console, title: str, rows: list[Broken]) -> None:
    if not rows:
        return
    console.print(f"[bold]{title}[/bold]")
    for group in grouped(rows[:SHOWN]):
        for one in group:
            console.print(escape(f"  {one.what}: {one.subject} ({one.whose}): {one.why[:WORDS]}"), soft_wrap=True)
        console.print(escape(f"    {group[0].todo}"), style="dim", soft_wrap=True)
    _more(console, len(rows))


def _more(console: Console, count: int) -> None:
    if count > SHOWN:
        console.print(f"  and {count - SHOWN} more: streamledger status --json")


def finding(one: Finding) -> None:
    """Print one thing that was looked at, with its mend when it is not well."""
    console = Console(highlight=False)
    console.print(f"{MARKS.get(one.state, '[red]wrong  [/red]')}  {one.name:<10} {escape(one.says)}", soft_wrap=True)
    if one.state != WELL:
        console.print(escape(f"{'':<20} {one.mend}"), style="dim", soft_wrap=True)
