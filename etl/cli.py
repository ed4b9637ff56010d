"""`streamledger ...`: the steps of the night by hand, and the tools around them."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from etl import jsonl, queries, settings
from etl.collect import sources
from etl.collect.discover import DiscoveryFailed
from etl.extract.explain import explain
from etl.load.bounds import learn as learn_bounds
from etl.model import Document
from etl.monitor import reasons, report
from etl.read.show import show
from etl.server import control, environment
from etl.steps import backfill, discover, nightly, page
from etl.steps.audit import audit
from etl.steps.base import CheckFailed, SourceFailed, night_of
from etl.steps.misfits import misfits
from etl.steps.prove import prove_snapshot
from etl.steps.reading import extract_source
from etl.steps.why import why

EXPECTED = (
    *(ValueError, OSError, SourceFailed, CheckFailed, DiscoveryFailed),
    *(queries.NoSnapshot, control.NotStarted, environment.AirflowFailed),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 with one clear line on standard error."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        code: int = options.run(options) or 0
    except BrokenPipeError:  # the reader of a pipe went away: `streamledger query x | head`
        sys.stderr.close()
        return 0
    except EXPECTED as failure:
        print(f"streamledger {options.command}: {failure}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="streamledger", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int | None], about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    made = command("run", _run, "run tonight through Airflow, in one process, and show what it gave")
    made.add_argument("--date", default=_today(), help="the night, YYYY-MM-DD")
    command("up", _up, "start Airflow with its UI in the background")
    command("down", _down, "stop Airflow")
    command("serve", _serve, "run Airflow in the foreground, restarting what dies")
    made = command("night", _night, "run a night by hand, without Airflow")
    made.add_argument("--date", default=_today(), help="the night, YYYY-MM-DD")
    made.add_argument("--source", action="append", help="only this source (may be repeated)")
    made.add_argument("--force", action="store_true", help="ask again for what this night already collected")
    _asking(command)
    made = command("collect", _collect, "collect one source for one night")
    made.add_argument("source")
    made.add_argument("date", nargs="?", default=_today())
    made.add_argument("--force", action="store_true", help="ask again for what this night already collected")
    made = command("extract", _extract, "figures of documents (JSON lines), or of a source's archived night")
    made.add_argument("input", help="a file of documents, - for standard input, or a source's name with a date")
    made.add_argument("date", nargs="?")
    command("read", _read, "text, title, date of pages (JSON lines of id, url, path)").add_argument(
        "input", help="a file, or - for standard input"
    )
    made = command("page", _page, "show what is read from one page, and what is left out of it")
    made.add_argument("page", metavar="URL-or-file", help="an address that is in the archive, or a file")
    made.add_argument("--url", default="", help="the address that a file was taken from")
    made.add_argument("--all", action="store_true", help="shorten nothing")
    made = command("explain", _explain, "show how a sentence is read")
    made.add_argument("text")
    made.add_argument("--lang", default="en")
    made.add_argument("--published", default=_today())
    made = command("discover", _discover, "find old news: addresses, one JSON line each")
    made.add_argument("service", choices=discover.SERVICES)
    made.add_argument(
        "what",
        help="gdelt: words, such as 'netflix sourcelang:french'; wayback: paper.example/news/; "
        "ccnews: a month, YYYY-MM",
    )
    made.add_argument("--from", dest="first", default="", help="first day, YYYY-MM-DD")
    made.add_argument("--to", dest="last", default=_today(), help="last day, YYYY-MM-DD; today when left out")
    made.add_argument("--limit", type=int, default=5000, help="addresses at most")
    made.add_argument("--copies", action="store_true", help="wayback: fetch the kept copies into tonight's archive")
    made = command("backfill", _backfill, "bring WARC files of old news in: read, load, check, publish")
    made.add_argument("files", nargs="+", help="paths of WARC files")
    made.add_argument("--date", default=_today(), help="the night they become known, YYYY-MM-DD")
    for name, step, about in (
        ("load", nightly.load_night, "load a night's claims and resolve them to figures"),
        ("check", nightly.check_night, "run the checks of warehouse/checks/"),
        ("publish", nightly.publish_night, "swap in the readers' snapshot, and write the exports beside it"),
    ):
        made = command(name, partial(_step, step), about)
        made.add_argument("date", nargs="?", default=_today())
    command(
        "bounds", _bounds, "learn anew between which values each series moves; look at the difference, then keep it"
    )
    made = command("audit", _audit, "prove that a night kept every rule: robots.txt, reservations, waits, sources")
    made.add_argument("date", nargs="?", default="", help="the night, YYYY-MM-DD; the newest when left out")
    command("sources", _sources, "check the source files and list them")
    return parser


def _asking(command: Callable[..., argparse.ArgumentParser]) -> None:
    made = command("report", _report, "show what a night gave")
    made.add_argument("--date", default=_today(), help="the night, YYYY-MM-DD")
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
    made.add_argument("--json", action="store_true", help="for programs")


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _step(step: Callable[[str], object], options: argparse.Namespace) -> int:
    return _done(step(options.date))


def _done(_: object) -> int:
    return 0


def _run(options: argparse.Namespace) -> int:
    night = night_of(options.date)
    print(f"One night of the DAG nightly, {night}, through Airflow (the first start takes longest)", flush=True)
    published = False
    with Console().status("Airflow starts") as status:
        for line in control.run_night(night):
            status.update(escape(line[:100]))
            published = published or line.startswith("publish ")
            if line.startswith(("load ", "check ", "publish ")):
                print(f"  {line}", flush=True)
    print()
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


def _night(options: argparse.Namespace) -> int:
    failed = nightly.night(options.date, options.source, force=options.force)
    report.show(night_of(options.date))
    return 1 if failed else 0


def _report(options: argparse.Namespace) -> int:
    return 0 if report.show(night_of(options.date)) else 1


def _query(options: argparse.Namespace) -> int:
    parameters = dict(pair.partition("=")[::2] for pair in options.parameters)
    report.query(options.name, parameters)
    return 0


def _why(options: argparse.Namespace) -> int:
    console = Console(highlight=False)
    for answer in why(options.platform, options.metric, options.period, options.area, options.day):
        reasons.head(console, answer.figure)
        reasons.claims(console, "for it", [(one.claim, one.passage) for one in answer.supporting])
        reasons.claims(console, "against it, or of no use", [(one.claim, one.passage) for one in answer.opposing])
        reasons.history(console, list(answer.history))
    return 0


def _collect(options: argparse.Namespace) -> int:
    return _done(nightly.collect(options.source, options.date, force=options.force))


def _discover(options: argparse.Namespace) -> int:
    if options.copies and options.service != "wayback":
        raise ValueError(f"--copies with {options.service}: only wayback keeps copies")
    found = discover.find(options.service, options.what, options.first, options.last, options.limit)
    for item in found:
        row = {"url": item.url, "seen": item.seen.isoformat(), "title": item.title, "copy": item.copy}
        print(json.dumps({name: value for name, value in row.items() if value}, ensure_ascii=False))
    return _done(discover.fetch_copies(found, options.what)) if options.copies else 0


def _backfill(options: argparse.Namespace) -> int:
    return _done(backfill.by_hand(options.files, options.date))


def _extract(options: argparse.Namespace) -> int:
    if options.date:
        return _done(extract_source(options.input, options.date))
    return jsonl.stream(options.input, jsonl.extract_lines)


def _read(options: argparse.Namespace) -> int:
    return jsonl.stream(options.input, jsonl.read_lines)


def _page(options: argparse.Namespace) -> int:
    seen = page.see(options.page, options.url)
    for number, document in enumerate(seen.documents):
        print("\n" * bool(number), end="")
        show(Console(highlight=False), document, seen.body, seen.content_type, seen.where, whole=options.all)
    return 0


def _explain(options: argparse.Namespace) -> int:
    published = date.fromisoformat(options.published)
    document = Document(document_id="text", lang=options.lang, text=options.text, published=published)
    for line in explain(document):
        print(line)
    return 0


def _bounds(_: argparse.Namespace) -> int:
    path, rows = learn_bounds(settings.load().working)
    print(f"{rows} series in {path}; look at what changed before you keep it: git diff {path}")
    return 0


def _audit(options: argparse.Namespace) -> int:
    found = audit(options.date)
    for line in found.violations:
        print(line)
    print(f"{found.night}: {len(found.violations)} violations in {found.requests} requests of {found.sources} sources")
    return 1 if found.violations else 0


def _prove(options: argparse.Namespace) -> int:
    proof = prove_snapshot(options.snapshot, options.key)
    if options.json:
        print(json.dumps(asdict(proof), default=str, ensure_ascii=False, indent=1))
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


def _sources(_: argparse.Namespace) -> int:
    found, problems = sources.load_all(settings.load().sources)
    for source in found:
        state = "sample" if source.sample else "on" if source.enabled else "off"
        print(f"{source.name:<28} {state:<7} {source.kind:<8} {source.language} {source.authority:<11} {source.url}")
    told = [*map(str, problems), *(words for source in found for words in misfits(source))]
    for words in told:
        print(words, file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
