"""The night: which sources, collect, load, check, publish."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from etl import archive, load, prove, publish, settings, stage, store
from etl.collect import collect as collector
from etl.collect import past, sources, tidying
from etl.extract.platforms import names_platform
from etl.logs import counted, details, log
from etl.model import Outcome, Source
from etl.steps import progress
from etl.steps.audit import audit
from etl.steps.base import CheckFailed, Counts, SourceFailed, SourceRefused, night_of
from etl.steps.prove import sign_snapshot
from etl.steps.reading import extract_source


def tonight(only: list[str] | None = None, day: str | date | None = None) -> list[str]:
    """Return the names of the sources to collect: all enabled ones but services of discovery, or those of `only`.

    Broken source files are named in the log and stop nobody else. Given a `day`, and where the settings say so, the
    sources are asked side by side here already; their own tasks then find the answers.

    Raises:
        ValueError: `only` names a source that does not exist.
    """
    if day:
        with progress.step(night_of(day), progress.FIRST):
            return _chosen(only, night_of(day))
    return _chosen(only, None)


def _chosen(only: list[str] | None, night: date | None) -> list[str]:
    folder = settings.load().sources
    found, problems = sources.load_all(folder)
    for problem in problems:
        log.error("%s", problem)
    known = {source.name: source for source in found}
    missing = sorted(set(only or ()) - set(known))
    if missing:
        raise ValueError(f"no source {', '.join(missing)} in {folder}; there are {', '.join(sorted(known))}")
    broken = sorted(problem.name for problem in problems) if not only else []
    chosen = sorted(only or [name for name, source in known.items() if source.enabled and source.kind != "discovery"])
    if night:
        log.info("night --date %s: %d sources, %d source files broken", night, len(chosen), len(broken))
    if night and settings.load().ahead:
        _ask_ahead([known[name] for name in chosen if known[name].kind != "archive"], night)
    return chosen + broken


def _ask_ahead(chosen: list[Source], night: date) -> None:
    """Ask many hosts at once; a finished source is not asked again by its task, a failed one is."""

    def ask(source: Source) -> None:
        try:
            _collected(source, night, force=False)
        except (ValueError, OSError) as failure:  # its own task meets it again, and turns red
            log.warning("%s: %s", source.name, failure)

    with ThreadPoolExecutor(settings.load().ahead) as pool:
        list(pool.map(ask, chosen))


def collect(name: str, day: str | date, force: bool = False) -> Counts:
    """Collect one source for one night into the archive; leave its ledger and its outcome in the staging area.

    Raises:
        SourceFailed: Nothing came although it should; SourceRefused when asking again would not help.
        NightIsOver: The night is an old one that was not collected then; nothing is asked, no row is written.
        ValueError: The source's file is broken.
    """
    night, config = night_of(day), settings.load()
    try:
        source = sources.load(config.sources, name)
        result = _collected(source, night, force)
    except past.NightIsOver:  # says nothing of that night
        raise
    except (ValueError, OSError) as broken:  # a broken file, a full disk: a row that says so, then the red task
        _stage_outcome(night, name, ok=False, reason=str(broken))
        log.info("collect %s %s: failed; %s", name, night, broken)
        raise
    stage.write(config.staging, "sources", night, name, [source])
    if result.requests:
        stage.write(config.staging, "requests", night, name, result.requests)
    why_nothing = "" if result.pages else "; ".join(result.problems[:1])
    _stage_outcome(night, name, ok=not result.failed, reason=result.reason or why_nothing, count=result.pages)
    details("what went wrong", [f"{name}: {problem}" for problem in result.problems])
    log.info(
        "collect %s %s: %d pages, %d unchanged, %d requests, %d warnings%s",
        *(name, night, result.pages, result.unchanged, len(result.requests), len(result.problems)),
        f"; {result.reason}" if result.failed else "",
    )
    if result.failed:
        raise (SourceRefused if result.refused else SourceFailed)(f"{name}: {result.reason}")
    return {"source": name, "pages": result.pages, "unchanged": result.unchanged, "requests": len(result.requests)}


def _collected(source: Source, night: date, force: bool) -> collector.Collected:
    config = settings.load()
    if source.kind == "archive":
        pages = archive.adopt(config.archive, night, source.name, settings.CODE / source.url, config.warc_bytes)
        return collector.Collected(
            requests=[], pages=pages, unchanged=0, problems=[], failed=False, refused=False, reason=""
        )
    past.check(source, night, config, force)
    with archive.Writer(config.archive, night, source.name, limit=config.warc_bytes) as kept:
        return collector.collect(source, night, config, kept, relevant=names_platform, force=force)


def _stage_outcome(night: date, name: str, ok: bool, reason: str, count: int = 0) -> None:
    word = "collected" if ok else "failed"
    row = Outcome(night, name, "collect", name, ok=ok, outcome=word, reason=reason, count=count)
    stage.write(settings.load().staging, "outcomes", night, f"{name}.collect", [row])


@progress.kept("load")
def load_night(day: str | date) -> Counts:
    """Load what a night staged into the working warehouse and resolve claims to figures; all or nothing."""
    night, config = night_of(day), settings.load()
    store.pull(config.working)
    stage.bring(config.staging, night)
    report = load.load(config.working, config.staging, night)
    store.push(config.working)
    log.info(
        "load %s: %d documents, %d claims; figures: %d added, %d changed, %d closed; hash %s",
        *(night, report.documents, report.claims, report.added, report.changed, report.closed, report.figures_hash),
    )
    return {
        "documents": report.documents,
        "claims": report.claims,
        "added": report.added,
        "changed": report.changed,
        "closed": report.closed,
        "hash": report.figures_hash,
    }


@progress.kept("check")
def check_night(day: str | date, working: Path | None = None) -> Counts:
    """Run every check of `warehouse/checks/` on the working warehouse, or on another; prove the night's requests.

    A request that was made against the rules is a warning: it cannot be undone, and the figures stand.

    Raises:
        CheckFailed: A check of level `fail` found rows; the message names each and shows its first row.
    """
    night, config = night_of(day), settings.load()
    store.pull(working or config.working)
    results = load.check(working or config.working)
    failed = [result for result in results if result.rows and result.level == "fail"]
    warned = [result for result in results if result.rows and result.level == "warn"]
    if not working:
        progress.warn(night, [_drift(result) for result in warned])
    details("what the checks found", [_words(result) for result in (*failed, *warned)])
    log.info("check %s: %d checks, %d failed, %d warned", night, len(results), len(failed), len(warned))
    proved = audit(night) if not working and stage.names(config.staging, "sources", night) else None
    details("against the rules", [f"against the rules: {line}" for line in (proved.violations if proved else ())])
    if failed:
        names = "; ".join(f"{result.name} ({len(result.rows)} rows)" for result in failed)
        raise CheckFailed(f"nothing was published for {night}: {names}")
    return {"checks": len(results), "warned": len(warned), "violations": len(proved.violations) if proved else 0}


def _drift(result: load.CheckResult) -> dict[str, object]:
    return {"name": result.name, "why": result.why, "rows": len(result.rows), "first": result.rows[0]}


def _words(result: load.CheckResult) -> str:
    first = ", ".join(f"{key} {value}" for key, value in result.rows[0].items() if value is not None)
    return f"{result.level} {result.name}: {result.why} {len(result.rows)} rows, such as: {first}"


@progress.kept("publish")
def publish_night(day: str | date) -> Counts:
    """Swap in the readers' snapshot, whole, with its exports; sign it; tidy away what no night needs any more."""
    night, config = night_of(day), settings.load()
    store.pull(config.working)
    store.bring(config.snapshot.parent, but="exports")
    report = publish.publish(config.working, config.snapshot)
    exported = publish.export(config.snapshot)
    log.info("export %s: %d tables, %.1f MB in %s", night, exported.tables, exported.bytes / 1e6, exported.folder)
    sign_snapshot()
    # readers of the store find a manifest beside the snapshot that it signs: it comes last
    store.mirror(config.snapshot.parent, last=[config.snapshot, prove.path_of(config.snapshot)], but="exports-*")
    try:
        tidying.tidy(config.home / "state", night, config.keep_days)
    except OSError as refused:  # the next night tries again
        log.warning("what no night needs any more could not be tidied away: %s", refused)
    log.info("publish %s: %d figures, %.1f MB at %s", night, report.figures, report.bytes / 1e6, config.snapshot)
    return {"figures": report.figures, "bytes": report.bytes}


def _begun(day: str | date, only: list[str] | None) -> list[str]:
    with progress.step(night_of(day), progress.FIRST):
        return tonight(only)


def night(day: str | date, only: list[str] | None = None, force: bool = False) -> list[str]:
    """Run a whole night by hand, the same steps as the DAG; return the sources that failed, with their reasons."""
    failed = []
    names = _begun(day, only)
    for name in counted(names, "sources", len(names)):
        try:
            collect(name, day, force=force)
            extract_source(name, day)
        except SourceFailed as failure:  # its reason is in the log already
            failed.append(str(failure))
        except (ValueError, OSError) as failure:
            log.error("%s failed: %s", name, failure)
            failed.append(f"{name}: {failure}")
    load_night(day)
    check_night(day)
    publish_night(day)
    return failed
