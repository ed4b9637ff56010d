"""What is wrong with the setup, and how to mend it: each thing looked at on its own, none stops the others."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

import duckdb

from etl import alerts, duck, settings, stage, store
from etl.collect import sources
from etl.steps import misfits, watchdog_machine, watchdog_night

OLDEST, NEWEST = (3, 11), (3, 13)
WELL, WARNING, WRONG = "well", "warning", "wrong"
SKEW = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and the mend when it is not well."""

    name: str
    state: str  # well | warning | wrong
    says: str
    mend: str = ""


def examine(more: dict[str, Callable[[], Finding]] | None = None) -> Iterator[Finding]:
    """Yield a finding for everything that is looked at; `more` are looks of other rooms, by their names."""
    for name, look in {**LOOKS, **(more or {})}.items():
        try:
            yield look()
        except Exception as failure:  # a look that fails is a finding too
            yield Finding(name, WRONG, f"{type(failure).__name__}: {failure}", "mend what the message names")


def python() -> Finding:
    """Is it a Python that the locked packages are for?"""
    mine = sys.version_info[:2]
    says = f"{'.'.join(map(str, sys.version_info[:3]))} at {sys.executable}"
    if OLDEST <= mine <= NEWEST:
        return Finding("python", WELL, says)
    return Finding("python", WRONG, f"{says}; want 3.11, 3.12 or 3.13", "make clean; make PYTHON=python3.12 install")


def home() -> Finding:
    """Can the program write where it must?"""
    folder = settings.load().home
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".doctor-") as file:
            file.write(b"x")
            file.flush()
    except OSError as refused:
        mend = f"give {folder} to the user who runs this, or set STREAMLEDGER_HOME to a folder that is theirs"
        return Finding("home", WRONG, f"{folder} cannot be written: {refused.strerror}", mend)
    return Finding("home", WELL, str(folder))


def kept() -> Finding:
    """Can the store be written and read, and does it refuse what it must?"""
    if not settings.store():
        return Finding("store", WELL, "none is set: archive, staging and what is published lie under the home")
    try:
        return Finding("store", WELL, f"{store.probe()} was written, read and listed")
    except (store.StoreFailed, ValueError) as wrong:
        return Finding("store", WRONG, str(wrong), "mend STREAMLEDGER_STORE or the AWS_* variables (.env.example)")


def disk() -> Finding:
    """Has the disk room?"""
    found = watchdog_machine.the_disk_has_room(datetime.now(UTC))
    if found.causes:
        return Finding("disk", WRONG, found.causes[0].why, found.causes[0].todo)
    return Finding("disk", WELL, found.seen)


def clock() -> Finding:
    """Does the clock agree with what was written before, and with the disk's own?"""
    config, now = settings.load(), datetime.now(UTC)
    mend = "set the clock of this machine (`timedatectl set-ntp true`): nights, robots.txt and receipts go by it"
    nights = stage.nights(config.staging)
    if nights and nights[-1] > now.date():
        return Finding(
            "clock", WRONG, f"it says {now:%Y-%m-%d}, and the night {nights[-1]} was collected already", mend
        )
    written = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if written - now > timedelta(days=1):
        return Finding("clock", WRONG, f"it says {now:%Y-%m-%d}, and this program is of {written:%Y-%m-%d}", mend)
    with NamedTemporaryFile(dir=config.home, prefix=".doctor-") as file:
        apart = abs(Path(file.name).stat().st_mtime - time.time())
    if apart > SKEW:
        return Finding("clock", WARNING, f"the disk's clock is {apart:.0f} seconds from this machine's", mend)
    return Finding("clock", WELL, f"{now:%Y-%m-%d %H:%M} UTC")


def contact() -> Finding:
    """Can the sites reach the operator?"""
    config = settings.load()
    if config.contact:
        return Finding("contact", WELL, config.contact)
    found, _ = sources.load_all(config.sources)
    waiting = [source.name for source in found if source.enabled and source.needs_contact]
    says = f"none is set; {', '.join(waiting) or 'no source'} will not be asked before"
    return Finding("contact", WARNING, says, "set STREAMLEDGER_CONTACT to your e-mail address or a page of yours")


def warehouse() -> Finding:
    """Can the working warehouse be opened?"""
    working = settings.load().working
    if not working.exists():
        return Finding("warehouse", WELL, "none yet: the first night makes it")
    try:
        with duck.read(working):
            pass
    except duckdb.Error as refused:
        says = str(refused).splitlines()[0]
        if "lock" in says:
            mend = "while a night loads this is as it should be; else end the program that holds it open"
            return Finding("warehouse", WARNING, says, mend)
        mend = f"move {working} away; load each night again, oldest first: `streamledger load YYYY-MM-DD`"
        return Finding("warehouse", WRONG, says, mend)
    return Finding("warehouse", WELL, str(working))


def snapshot() -> Finding:
    """Is there a snapshot, and of last night?"""
    config, now = settings.load(), datetime.now(UTC)
    if not store.exists(config.snapshot) and not list(config.progress.glob("*.jsonl")):
        return Finding("snapshot", WARNING, "none yet: no night was run", "make run, or make up and wait for the night")
    found = watchdog_night.trouble(now, watchdog_night.due(now))
    if found is None or found.kind == "late":
        return Finding("snapshot", WELL, str(config.snapshot) if found is None else found.why)
    return Finding("snapshot", WRONG, str(found), found.todo)


def catalogue() -> Finding:
    """Is every source file sound?"""
    found, told = misfits.catalogue()
    if told:
        return Finding("sources", WRONG, "; ".join(told), "mend each file as its message says")
    enabled = sum(source.enabled for source in found)
    if not enabled:
        return Finding("sources", WRONG, f"none of {len(found)} is enabled", "set `enabled: true` in one of them")
    return Finding("sources", WELL, f"{enabled} of {len(found)} enabled")


def telling() -> Finding:
    """Do the alerts have a way?"""
    config = settings.load()
    try:
        ways = alerts.channels(config.alerts, config.home / "alerts.log")
    except alerts.NoChannel as wrong:
        return Finding("alerts", WRONG, str(wrong), "mend STREAMLEDGER_ALERTS; .env.example shows each kind")
    names = ", ".join(way.name for way in ways)
    if names in ("", "log"):
        return Finding("alerts", WARNING, "nobody is told, only the log", "add webhook:, slack: or email: to them")
    return Finding("alerts", WELL, names)


LOOKS: dict[str, Callable[[], Finding]] = {
    "python": python,
    "home": home,
    "store": kept,
    "disk": disk,
    "clock": clock,
    "contact": contact,
    "sources": catalogue,
    "warehouse": warehouse,
    "snapshot": snapshot,
    "alerts": telling,
}
