"""`Last night`: the page inside the Airflow UI. Whoever is not logged in gets nothing.

It shows texts that strangers wrote, on the same origin as Airflow's session: everything is escaped by the template
engine, and the policy below lets no script or style run but the two files beside this one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader

from etl.monitor import queries
from etl.monitor.picture import line_chart
from etl.monitor.report import NEWEST, quarters, text

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
FIGURES, SHOWN = 30, 40
NIGHT = ("arrived", "source", "sample", "collected", "unchanged", "refused", "unread", "claims", "figures", "why_not")
TOTALS = ("arrived", "collected", "unread", "claims")
FAILED = ("source", "step", "outcome", "item", "reason")
DISPUTED = (
    *("platform", "metric", "transformation", "segment", "area", "period", "unit"),
    *("lowest", "highest", "apart_percent", "origins", "sample"),
)

app = FastAPI(title="Streamledger", docs_url=None, redoc_url=None, openapi_url=None)
app.mount("/static", StaticFiles(directory=HERE / "static"), name="streamledger-static")
pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
pages.filters["text"] = text


@app.middleware("http")
async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Send the policy with every answer."""
    answer = await call_next(request)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@app.get("/", response_class=HTMLResponse)
def last_night(user: GetUserDep, night: str = "") -> str:
    """The sources of a night, what failed, the newest figures, and what is in dispute."""
    try:
        nights = [str(row[0]) for row in queries.run("nights").rows]
        chosen = str(date.fromisoformat(night)) if night else (nights[0] if nights else "")
    except queries.NoSnapshot as nothing:
        return pages.get_template("nothing_yet.html").render(reason=str(nothing))
    except ValueError:
        raise HTTPException(422, f"night {night[:40]!r} is no date; want YYYY-MM-DD") from None
    tonight = {"night": chosen}
    sources = queries.pick(queries.run("sources_last_night", tonight), NIGHT)
    return pages.get_template("last_night.html").render(
        night=chosen,
        nights=nights[:14],
        sources=sources,
        totals={name: sum(row[NIGHT.index(name)] for row in sources.rows) for name in TOTALS},
        failed=queries.pick(queries.run("what_failed_last_night", tonight), FAILED),
        newest=queries.pick(queries.run("newest_figures"), (*NEWEST, "quote", "url")),
        disputed=queries.pick(queries.run("disagreements"), DISPUTED),
        limit=FIGURES,
        chart=line_chart([(str(period), float(str(value)) / 1e6) for period, value, _ in quarters()[-SHOWN:]]),
        user=user.get_name(),
    )
