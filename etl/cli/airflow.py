"""Airflow: one night in one process, or its UI in the background."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.markup import escape

from etl.cli.common import Command, give, today
from etl.monitor import report
from etl.server import control, environment
from etl.steps import exporting
from etl.steps.base import night_of


def add(command: Command) -> None:
    """Add the commands."""
    made = command("run", _run, "run tonight through Airflow, in one process, and show what it gave")
    made.add_argument("--date", default=today(), help="the night, YYYY-MM-DD")
    command("up", _up, "start Airflow with its UI in the background", json=False)
    command("down", _down, "stop Airflow", json=False)
    command("serve", _serve, "run Airflow in the foreground, restarting what dies", json=False)


def _run(options: argparse.Namespace) -> int:
    night, aside = night_of(options.date), sys.stderr if options.json else sys.stdout
    print(
        f"One night of the DAG nightly, {night}, through Airflow (the first start takes longest)",
        file=aside,
        flush=True,
    )
    published = False
    with Console(file=aside).status("Airflow starts") as status:
        for line in control.run_night(night):
            status.update(escape(line[:100]))
            published = published or line.startswith("publish ")
            if line.startswith(("load ", "check ", "publish ")):
                print(f"  {line}", file=aside, flush=True)
        if published:  # the DAG `exports` needs a scheduler, which one process has not
            status.update("the exports are written")
            exporting.export()
    print(file=aside)
    if published and options.json:
        return give(report.told(night))
    if published and report.show(night):
        return 0
    print(f"nothing was published for {night}; Airflow's own words: {control.log_of(night)}", file=sys.stderr)
    return 1


def _up(_: argparse.Namespace) -> int:
    print("starting Airflow (about half a minute) ...")
    password = control.up()
    print(f"Airflow is up: {environment.base_url()}   (stop it with: make down)")
    if password:
        print(f"  user admin, password {password}\n  shown this once; kept in {environment.passwords()}")
    else:
        print(f"  user admin, password as set at the first start, in {environment.passwords()}")
    print("  the DAG nightly runs at 02:00 UTC; a night that was missed runs at once")
    return 0


def _down(_: argparse.Namespace) -> int:
    print("Airflow is stopped" if control.down() else "Airflow was not running")
    return 0


def _serve(_: argparse.Namespace) -> int:
    return control.serve()
