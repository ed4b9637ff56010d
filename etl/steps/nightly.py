"""The second half of a night: load, check, publish; and the whole of it, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl import load, prove, publish, settings, stage, store
from etl.collect import tidying
from etl.logs import counted, details, log
from etl.steps import progress
from etl.steps.audit import audit
from etl.steps.base import CheckFailed, Counts, SourceFailed, night_of
from etl.steps.collecting import collect, tonight
from etl.steps.exporting import export
from etl.steps.prove import sign_snapshot
from etl.steps.reading import extract_source


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
    """Swap in the readers' snapshot, whole; sign it; tidy away what no night needs any more."""
    night, config = night_of(day), settings.load()
    store.pull(config.working)
    store.bring(config.snapshot.parent, but="exports")
    report = publish.publish(config.working, config.snapshot)
    sign_snapshot()
    # readers of the store find a manifest beside the snapshot that it signs: it comes last
    store.mirror(config.snapshot.parent, last=[config.snapshot, prove.path_of(config.snapshot)], but="exports*")
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
    export()
    return failed
