"""`streamledger ...`: the steps of the night by hand, and the tools around them; a module for a family of commands."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from typing import TextIO

import duckdb

from etl import queries
from etl.cli import airflow, answers, looks, nights, operate
from etl.collect.discover import DiscoveryFailed
from etl.server import control, environment
from etl.steps.base import CheckFailed, SourceFailed

EXPECTED = (
    *(ValueError, OSError, SourceFailed, CheckFailed, DiscoveryFailed),
    *(queries.NoSnapshot, control.NotStarted, environment.AirflowFailed),
)
OF_FILES = (
    "`streamledger load` makes a working file that is not there; one that is locked is free when its program ends"
)
INTERRUPTED = 130  # as a shell has it
IN_DUCKDB = "Query interrupted"  # what becomes of Ctrl-C in there
FAMILIES = (airflow, operate, nights, answers, looks)


class _Lines(logging.StreamHandler[TextIO]):
    """Writes to what standard error is now: while a bar is shown, above it."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _: TextIO) -> None:
        """It is what it is."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 with one clear line on standard error."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[_Lines()])
    try:
        code: int = options.run(options) or 0
    except (KeyboardInterrupt, RuntimeError) as stopped:
        if isinstance(stopped, RuntimeError) and str(stopped) != IN_DUCKDB:
            raise
        print(f"streamledger {options.command}: stopped; run it again, what is done stays done", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe went away: `streamledger query x | head`
        sys.stderr.close()
        return 0
    except duckdb.IOException as failure:
        print(f"streamledger {options.command}: {str(failure).splitlines()[0]}; {OF_FILES}", file=sys.stderr)
        return 1
    except EXPECTED as failure:
        print(f"streamledger {options.command}: {failure}", file=sys.stderr)
        return 1
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    made = argparse.ArgumentParser(prog="streamledger", description=__doc__)
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int | None], about: str, json: bool = True
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(run=run)
        if json:
            one.add_argument("--json", action="store_true", help="for programs")
        return one

    for family in FAMILIES:
        family.add(command)
    return made
