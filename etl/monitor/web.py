"""The pages inside the Airflow UI. Whoever is not logged in gets nothing.

They show texts that strangers wrote, on the same origin as Airflow's session: everything is escaped by the template
engine, and the policy below lets no script or style run but the two files beside this one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import Depends, FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader

from etl import queries
from etl.load.reference import FIXABLE
from etl.monitor import drawing, marked
from etl.monitor.picture import line_chart, sparkline
from etl.monitor.reasons import amount, counted
from etl.monitor.report import NEWEST, quarters, text
from etl.monitor.wording import grouped, loaded, log_of
from etl.steps import progress, status, watchdog_night
from etl.steps.blame import FAULTS, blame
from etl.steps.misfits import catalogue
from etl.steps.review import correct
from etl.steps.why import article, why

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
FIGURES, SHOWN, REVIEWED = 30, 40, 60
NIGHT = ("arrived", "source", "sample", "collected", "unchanged", "refused", "unread", "claims", "figures", "why_not")
TOTALS = ("arrived", "collected", "unread", "claims")
FAILED = ("source", "step", "outcome", "item", "reason")
TO_MEND = ("what_to_do",)
DISPUTED = (
    *("platform", "metric", "transformation", "segment", "area", "period", "unit"),
    *("lowest", "highest", "apart_percent", "origins", "sample"),
)

app = FastAPI(title="Streamledger", docs_url=None, redoc_url=None, openapi_url=None)
app.mount("/static", StaticFiles(directory=HERE / "static"), name="streamledger-static")
pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
pages.filters |= {"text": text, "query": urlencode, "spark": sparkline, "counted": counted, "zip": zip}
pages.filters |= {"loaded": loaded, "log_of": log_of}
pages.globals |= {"amount": amount, "dict": dict}


@app.middleware("http")
async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Send the policy with every answer."""
    answer = await call_next(request)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@app.exception_handler(queries.NoSnapshot)
def nothing_yet(_: Request, nothing: Exception) -> HTMLResponse:
    """Say how the first night comes."""
    return HTMLResponse(pages.get_template("nothing_yet.html").render(reason=str(nothing)))


@app.exception_handler(ValueError)
def not_there(_: Request, wrong: Exception) -> HTMLResponse:
    """Say what was asked wrongly, and what there is."""
    return HTMLResponse(pages.get_template("not_there.html").render(reason=str(wrong)[:600]), status_code=404)


def may_correct(request: Request, user: GetUserDep) -> None:
    """Let only those correct who may also start a night, and only from a page of this origin."""
    origin = urlsplit(request.headers.get("origin", ""))
    if origin.netloc != request.headers.get("host"):
        raise HTTPException(403, "a correction must come from the page Review itself")
    if not get_auth_manager().is_authorized_dag(method="PUT", details=DagDetails(id="nightly"), user=user):
        raise HTTPException(403, "to correct a statement one must be allowed to run the DAG nightly")


@app.get("/", response_class=HTMLResponse)
def last_night(user: GetUserDep, night: str = "") -> str:
    """The sources of a night, what failed, the newest figures, and what is in dispute."""
    nights = [str(row[0]) for row in queries.run("nights").rows]
    chosen = _day(night, "night") or (nights[0] if nights else "")
    tonight = {"night": chosen}
    sources = queries.pick(queries.run("sources_last_night", tonight), NIGHT)
    now, went = datetime.now(UTC), status.of(date.fromisoformat(chosen)) if chosen else None
    broken = went.broken if went else ()
    return pages.get_template("last_night.html").render(
        trouble=None if night else watchdog_night.trouble(now, watchdog_night.due(now)),
        warnings=progress.of(date.fromisoformat(chosen)).warnings if chosen else (),
        went=went,
        mine=grouped(one for one in broken if one.needs_you),
        others=grouped(one for one in broken if not one.needs_you),
        night=chosen,
        nights=nights[:14],
        sources=sources,
        came={row["source"]: row["items"] for row in queries.records("health_of_sources")},
        totals={name: sum(row[NIGHT.index(name)] for row in sources.rows) for name in TOTALS},
        failed=_blamed(queries.pick(queries.run("what_failed_last_night", tonight), FAILED)),
        newest=queries.pick(queries.run("newest_figures"), (*NEWEST, "quote", "url")),
        disputed=queries.pick(queries.run("disagreements"), DISPUTED),
        limit=FIGURES,
        chart=line_chart([(str(period), float(str(value)) / 1e6) for period, value, _ in quarters()[-SHOWN:]]),
        user=user.get_name(),
    )


@app.get("/trends", response_class=HTMLResponse)
def trends(
    _: GetUserDep,
    platform: str = "netflix",
    metric: str = "subscribers",
    area: str = "WW",
    kind: str = "quarter",
    day: str = "",
    series: str = "",
) -> str:
    """One series with its intervals, conflicts and changes of definition; each value leads to its receipts."""
    asked = {"platform": platform, "metric": metric, "area": area, "kind": kind}
    asked |= {name: value for name, value in parse_qsl(series) if name in asked}  # as the form names one
    rows = marked.drawn(queries.records("a_trend", {**asked, "day": _day(day)}), asked, day)
    svg, unit = drawing.trend(rows)
    return pages.get_template("trends.html").render(
        asked=asked, day=day, rows=rows, svg=svg, unit=unit, series=queries.records("series_there_are")
    )


@app.get("/figure", response_class=HTMLResponse)
def figure(_: GetUserDep, platform: str, metric: str, period: str, area: str = "WW", day: str = "") -> str:
    """A figure with every claim for and against it, each with its words, and how it was held before."""
    asked = {"platform": platform, "metric": metric, "area": area, "period": period}
    answers = why(platform, metric, period, area, _day(day))
    return pages.get_template("figure.html").render(asked=asked, day=day, answers=answers)


@app.get("/article", response_class=HTMLResponse)
def archived(_: GetUserDep, claim: str) -> str:
    """The text of an archived page, with the words of each of its claims marked."""
    found = article(claim)
    blocks = marked.blocks(found.document, found.claims) if found.document else []
    return pages.get_template("article.html").render(first=found.claims[0], found=found, blocks=blocks)


@app.get("/sources", response_class=HTMLResponse)
def sources(_: GetUserDep) -> str:
    """The catalogue: how each source has been, and under which terms it is read."""
    broken = catalogue()[1]
    return pages.get_template("sources.html").render(sources=queries.records("health_of_sources"), broken=broken)


@app.get("/review", response_class=HTMLResponse)
def waiting(_: GetUserDep) -> str:
    """What waits for a person: statements in dispute, unclear or set aside, each with a form."""
    rows = queries.records("to_review")
    return pages.get_template("review.html").render(rows=rows[:REVIEWED], more=len(rows) - REVIEWED, fixable=FIXABLE)


@app.post("/review", dependencies=[Depends(may_correct)])
def review(
    claim: Annotated[str, Form()],
    action: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    field: Annotated[str, Form()] = "",
    becomes: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Take a person's word on one statement into the corrections."""
    row = correct(claim, action, reason, field, becomes)
    return HTMLResponse(pages.get_template("reviewed.html").render(row=row))


def _blamed(failed: queries.Answer) -> queries.Answer:
    """Return what failed, and of what was not collected whose it is to mend, and how, by its reason."""
    rows = []
    for row in failed.rows:
        told = dict(zip(FAILED, row, strict=True))
        found = blame(str(told["reason"])) if told["step"] == "collect" else None
        told["item"] = None if told["item"] == told["source"] else told["item"]
        rows.append((*told.values(), f"{FAULTS[found.fault]}: {found.todo}" if found else None))
    return queries.Answer((*failed.columns, *TO_MEND), rows)


def _day(day: str, word: str = "day") -> str:
    """Return a day as it was asked for; nothing when none was.

    Raises:
        ValueError: It is none.
    """
    try:
        return str(date.fromisoformat(day)) if day else ""
    except ValueError as wrong:
        raise ValueError(f"{word} {day[:40]!r} is no date; want YYYY-MM-DD ({wrong})") from None
