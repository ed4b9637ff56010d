"""The words that read the texts, as tables: platforms, areas, calendars, units of metrics in `etl/extract/lexicon/`.

One list for both: what the extractor can name, the warehouse can explain. They are read as data, like the tables of
`warehouse/reference/`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from etl import settings, yamls

LEXICON = settings.CODE / "extract" / "lexicon"
GROUPS = {
    "WW": "World",
    "UCAN": "United States and Canada",
    "EMEA": "Europe, Middle East and Africa",
    "LATAM": "Latin America and the Caribbean",
    "APAC": "Asia and the Pacific",
    "EU": "European Union",
    "EUROPE": "Europe",
}
TABLES = {
    "platforms": ("platform", "name", "kind", "parent", "area"),
    "areas": ("area", "name", "kind", "within"),
    "fiscal_calendars": ("platform", "starts", "named", "until"),
    "metric_units": ("metric", "kind", "units"),
}
Row = dict[str, str | None]


@cache
def rows(table: str) -> list[Row]:
    """Return the rows of one of `TABLES`, every cell text or None.

    Raises:
        OSError: A file of the lexicon is missing.
    """
    makers = {"platforms": _platforms, "areas": _areas, "fiscal_calendars": _calendars, "metric_units": _metrics}
    return makers[table]()


def _platforms() -> list[Row]:
    found: list[Row] = []
    for slug, about in _read("platforms.yaml").items():
        if slug.startswith("_"):
            continue
        names = [*about.get("names", []), *about.get("words", []), *about.get("apps", [])]
        found.append(
            {
                "platform": slug,
                "name": names[0] if names else slug.replace("_plus", "+").replace("_", " ").capitalize(),
                "kind": about.get("kind", "service"),
                "parent": about.get("parent"),
                "area": about.get("area"),
            }
        )
    return found


def _areas() -> list[Row]:
    within: dict[str, list[str]] = _read("areas.yaml")["within"]
    names: dict[str, list[str]] = _read("en/areas.yaml")["countries"]
    codes = sorted({*within, *names, *GROUPS})
    return [
        {
            "area": code,
            "name": GROUPS.get(code) or next((name.rstrip("!*") for name in names.get(code, [])), code),
            "kind": "group" if code in GROUPS else "country",
            "within": " ".join([*within.get(code, []), *(["WW"] if code != "WW" else [])]) or None,
        }
        for code in codes
    ]


def _calendars() -> list[Row]:
    found: list[Row] = []
    for slug, entries in _read("calendars.yaml")["calendars"].items():
        for entry in entries:
            until = entry.get("until")
            row: Row = {"platform": slug, "starts": str(entry["starts"]), "named": entry.get("named", "end")}
            found.append({**row, "until": None if until is None else str(until)})
    return found


def _metrics() -> list[Row]:
    return [
        {"metric": name, "kind": about["kind"], "units": " ".join(about["units"])}
        for name, about in _read("metrics.yaml").items()
        if not name.startswith("_")
    ]


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yamls.read(LEXICON / name)
    return loaded
