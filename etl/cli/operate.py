"""What the operator asks: how was the night, is the setup sound, are the sources."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from etl.cli.common import Command, done, give
from etl.monitor import screen
from etl.server import control, environment
from etl.steps import doctor, watchdog_machine
from etl.steps.audit import audit
from etl.steps.base import night_of
from etl.steps.misfits import catalogue
from etl.steps.status import status
from etl.steps.uploading import upload
from etl.steps.watchdog import WATCHES, watch
from etl.steps.watchdog_base import Alarm


def add(command: Command) -> None:
    """Add the commands."""
    command("status", _status, "last night in one screen; ends with 1 when something needs you")
    command("doctor", _doctor, "look for a wrong setup, and say the mend of each thing")
    command("upload", _upload, "give the store (STREAMLEDGER_STORE) what the home holds and it has not")
    made = command("sources", _sources, "check the source files and list them")
    made.add_argument("check", nargs="?", choices=["check"], help="the same, by its name")
    made = command("watch", _watch, "keep the watches of the morning; ends with 1 when one is alarmed")
    made.add_argument("what", nargs="?", choices=list(WATCHES), help="only this one")
    made.add_argument("date", nargs="?", help="as at 07:00 UTC of this day, YYYY-MM-DD; now when left out")
    made = command("audit", _audit, "prove that a night kept every rule: robots.txt, reservations, waits, sources")
    made.add_argument("date", nargs="?", default="", help="the night, YYYY-MM-DD; the newest when left out")


def _status(options: argparse.Namespace) -> int:
    found = status()
    if options.json:
        give(found)
    else:
        screen.status(found)
    return 1 if found.needs_you else 0


def _doctor(options: argparse.Namespace) -> int:
    found = []
    for finding in doctor.examine({"port": _port, "dags": _dags}):
        found.append(finding)
        if not options.json:
            screen.finding(finding)
    wrong = any(finding.state == doctor.WRONG for finding in found)
    if options.json:
        give([asdict(finding) for finding in found])
    return 1 if wrong else 0


def _upload(options: argparse.Namespace) -> int:
    return done(options, upload())


def _port() -> doctor.Finding:
    """Is the port of the UI free, or Airflow's own?"""
    number = environment.port()
    if control.running():
        return doctor.Finding("port", doctor.WELL, f"{number}, Airflow is up")
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", number)) == 0
    if taken:
        mend = "end the program that listens there, or choose another port: STREAMLEDGER_PORT=8081"
        return doctor.Finding("port", doctor.WRONG, f"{number} is in use by another program", mend)
    return doctor.Finding("port", doctor.WELL, f"{number} is free, Airflow is not up")


def _dags() -> doctor.Finding:
    """Can every DAG be imported?"""
    imported, errors = watchdog_machine.imports(environment.environment())
    if errors:
        says = "; ".join(
            f"{Path(file).name}: {watchdog_machine.last_words(error)}" for file, error in sorted(errors.items())
        )
        return doctor.Finding("dags", doctor.WRONG, says, "mend the file; until then its DAG does not run")
    return doctor.Finding("dags", doctor.WELL, f"{imported} can be imported")


def _sources(options: argparse.Namespace) -> int:
    found, told = catalogue()
    if options.json:
        give({"sources": found, "problems": told})
        return 1 if told else 0
    for source in found:
        state = "sample" if source.sample else "on" if source.enabled else "off"
        print(f"{source.name:<28} {state:<7} {source.kind:<8} {source.language} {source.authority:<11} {source.url}")
    for words in told:
        print(words, file=sys.stderr)
    return 1 if told else 0


def _watch(options: argparse.Namespace) -> int:
    at = f"{night_of(options.date)}T07:00:00+00:00" if options.date else datetime.now(UTC).isoformat()
    os.environ |= environment.environment()  # the watch of the DAGs asks Airflow
    told: list[dict[str, object]] = []
    for what in [options.what] if options.what else list(WATCHES):
        try:
            told.append({**watch(what, at), "causes": []})
        except Alarm as alarm:  # its words are in the log
            told.append({"watch": what, "causes": [asdict(cause) for cause in alarm.causes]})
    done(options, told)
    return 1 if any(one["causes"] for one in told) else 0


def _audit(options: argparse.Namespace) -> int:
    found = audit(options.date)
    if options.json:
        give(found)
        return 1 if found.violations else 0
    for line in found.violations:
        print(line)
    print(f"{found.night}: {len(found.violations)} violations in {found.requests} requests of {found.sources} sources")
    return 1 if found.violations else 0
