"""What the warehouse answers: a night, a query, a figure with its receipts, the proof of all."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from etl import queries
from etl.cli import meter
from etl.cli.common import Command, day, give, today
from etl.monitor import reasons, report
from etl.steps.base import night_of
from etl.steps.prove import prove_snapshot
from etl.steps.why import why


def add(command: Command) -> None:
    """Add the commands."""
    made = command("report", _report, "show what a night gave")
    made.add_argument("--date", default=today(), help="the night, YYYY-MM-DD")
    made = command("query", _query, "run a query of warehouse/queries/ on the published snapshot")
    made.add_argument("name", nargs="?", help="its name; without one, the names and their questions")
    made.add_argument("parameters", nargs="*", metavar="KEY=VALUE", help="values for the query's parameters")
    made = command("why", _why, "why a figure is what it is: who says so, who does not, and their words on the page")
    made.add_argument("platform")
    made.add_argument("metric")
    made.add_argument("period", help="2017-Q3, 2018, 2022-11 ...")
    made.add_argument("--area", default="WW", help="FR, US, UCAN ...; WW, the world, when left out")
    made.add_argument("--day", default="", help="as believed on this day, YYYY-MM-DD")
    made = command(
        "prove", _prove, "find every published figure again in the archive, offline, and check the signature"
    )
    made.add_argument("snapshot", nargs="?", type=Path, help="the file of a snapshot; today's when left out")
    made.add_argument("--key", type=Path, help="the public key to trust; without it the one beside the snapshot")


def _report(options: argparse.Namespace) -> int:
    night = night_of(options.date)
    told = report.told(night)
    if options.json:
        give(told)
    elif told["sources"]:
        report.show(night)
    else:
        print(f"nothing was published for {night}; a night is run on its day: streamledger night", file=sys.stderr)
    return 0 if told["sources"] else 1


def _query(options: argparse.Namespace) -> int:
    parameters = dict(pair.partition("=")[::2] for pair in options.parameters)
    if not options.json:
        report.query(options.name, parameters)
        return 0
    if options.name is None:
        return give([{"query": name, "question": queries.find(name).question} for name in queries.names()])
    return give(queries.records(options.name, parameters))


def _why(options: argparse.Namespace) -> int:
    known = str(day(options.day)) if options.day else ""
    answers = why(options.platform, options.metric, options.period, options.area, known)
    if options.json:
        return give(answers)
    console = Console(highlight=False)
    for answer in answers:
        reasons.head(console, answer.figure)
        reasons.claims(console, "for it", [(one.claim, one.passage) for one in answer.supporting])
        reasons.claims(console, "against it, or of no use", [(one.claim, one.passage) for one in answer.opposing])
        reasons.history(console, list(answer.history))
    return 0


def _prove(options: argparse.Namespace) -> int:
    with meter.shown():
        proof = prove_snapshot(options.snapshot, options.key)
    if options.json:
        give(asdict(proof))
        return 0 if proof.whole else 1
    for what in proof.tampered:
        print(f"not as signed: {what}")
    for figure, reason in proof.unproved:
        print(f"not proved: {figure}: {reason}")
    print(
        f"{proof.proved} of {proof.figures} figures proved: {proof.from_pages} from {proof.pages} archived pages, ",
        end="",
    )
    print(f"{proof.proved - proof.from_pages} from the official history; ", end="")
    print(
        "all is as it was signed" if not proof.tampered else f"{len(proof.tampered)} things are not as they were signed"
    )
    return 0 if proof.whole else 1
