"""The first half of a night: which sources, and what each gives to the archive. Light, since each source has a task."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from etl import archive, settings, stage
from etl.collect import collect as collector
from etl.collect import past, sources
from etl.extract.platforms import names_platform
from etl.logs import details, log
from etl.model import Outcome, Source
from etl.steps import progress
from etl.steps.base import Counts, SourceFailed, SourceRefused, night_of


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
