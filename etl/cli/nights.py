"""The steps of a night, each by hand, and the whole night without Airflow."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial

from etl import jsonl, settings
from etl.cli import meter
from etl.cli.common import Command, done, give, today
from etl.load.bounds import learn as learn_bounds
from etl.logs import counted
from etl.monitor import report
from etl.steps import backfill, collecting, discover, exporting, nightly, reread
from etl.steps.base import night_of
from etl.steps.reading import extract_source


def add(command: Command) -> None:
    """Add the commands."""
    made = command("night", _night, "run a night by hand, without Airflow")
    made.add_argument("--date", default=today(), help="the night, YYYY-MM-DD")
    made.add_argument("--source", action="append", help="only this source (may be repeated)")
    made.add_argument("--force", action="store_true", help="ask again for what this night already collected")
    made = command("collect", _collect, "collect one source for one night")
    made.add_argument("source")
    made.add_argument("date", nargs="?", default=today())
    made.add_argument("--force", action="store_true", help="ask again for what this night already collected")
    made = command("extract", _extract, "figures of documents (JSON lines), or of a source's archived night")
    made.add_argument("input", help="a file of documents, - for standard input, or a source's name with a date")
    made.add_argument("date", nargs="?")
    for name, step, about in (
        ("load", nightly.load_night, "load a night's claims and resolve them to figures"),
        ("check", nightly.check_night, "run the checks of warehouse/checks/"),
        ("publish", nightly.publish_night, "swap in the readers' snapshot"),
    ):
        made = command(name, partial(_step, step), about)
        made.add_argument("date", nargs="?", default=today())
    command("export", _export, "write the snapshot's tables as files beside it: Parquet, CSV, SDMX-CSV, a report")
    made = command("discover", _discover, "find old news: addresses, one JSON line each", json=False)
    made.add_argument("service", choices=discover.SERVICES)
    made.add_argument(
        "what",
        help="gdelt: words, such as 'netflix sourcelang:french'; wayback: paper.example/news/; "
        "ccnews: a month, YYYY-MM",
    )
    made.add_argument("--from", dest="first", default="", help="first day, YYYY-MM-DD")
    made.add_argument("--to", dest="last", default=today(), help="last day, YYYY-MM-DD; today when left out")
    made.add_argument("--limit", type=int, default=5000, help="addresses at most")
    made.add_argument("--copies", action="store_true", help="wayback: fetch the kept copies into tonight's archive")
    made = command("backfill", _backfill, "bring WARC files of old news in: read, load, check, publish")
    made.add_argument("files", nargs="+", help="paths of WARC files")
    made.add_argument("--date", default=today(), help="the night they become known, YYYY-MM-DD")
    made = command("reread", _reread, "read the archive again with today's extractor, and list every difference")
    made.add_argument("--publish", action="store_true", help="and let what was read count, and publish it")
    command(
        "bounds", _bounds, "learn anew between which values each series moves; look at the difference, then keep it"
    )


def _night(options: argparse.Namespace) -> int:
    with meter.shown():
        failed = nightly.night(options.date, options.source, force=options.force)
    night = night_of(options.date)
    if options.json:
        give({**report.told(night), "failed": failed})
    else:
        report.show(night)
    return 1 if failed else 0


def _collect(options: argparse.Namespace) -> int:
    return done(options, collecting.collect(options.source, options.date, force=options.force))


def _extract(options: argparse.Namespace) -> int:
    if options.date:
        return done(options, extract_source(options.input, options.date))
    return jsonl.stream(options.input, jsonl.extract_lines)


def _step(step: Callable[[str], object], options: argparse.Namespace) -> int:
    return done(options, step(options.date))


def _export(options: argparse.Namespace) -> int:
    return done(options, exporting.export())


def _discover(options: argparse.Namespace) -> int:
    if options.copies and options.service != "wayback":
        raise ValueError(f"--copies with {options.service}: only wayback keeps copies")
    found = discover.find(options.service, options.what, options.first, options.last, options.limit)
    for item in found:
        row = {"url": item.url, "seen": item.seen.isoformat(), "title": item.title, "copy": item.copy}
        print(json.dumps({name: value for name, value in row.items() if value}, ensure_ascii=False))
    if options.copies:
        discover.fetch_copies(found, options.what)
    return 0


def _backfill(options: argparse.Namespace) -> int:
    with meter.shown():
        return done(options, {"sources": backfill.by_hand(options.files, options.date)})


def _reread(options: argparse.Namespace) -> int:
    known = today()
    with meter.shown():
        nights = reread.archived_nights()
        if not nights:
            raise ValueError(f"no night is archived under {settings.load().archive}; run one first: streamledger night")
        for night in counted(nights, "nights read", len(nights)):
            reread.extract_night(night)
        counts = {**reread.load_trial(known), **reread.compare(known)}
        if options.publish:
            counts |= reread.accept(known, wanted=True)
            exporting.export()
    return done(options, {"nights": len(nights), **counts})


def _bounds(options: argparse.Namespace) -> int:
    path, rows = learn_bounds(settings.load().working)
    if options.json:
        return give({"file": path, "series": rows})
    print(f"{rows} series in {path}; look at what changed before you keep it: git diff {path}")
    return 0
