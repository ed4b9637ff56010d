"""Rules for fiscal years and their parts: what they mean depends on the company."""

from __future__ import annotations

from dataclasses import replace

from etl.extract.periods.patterns import ORD, WHEN, YR
from etl.extract.periods.reading import Handler, Match, Reading, grain_of, step_of


def fiscal_year(m: Match) -> Reading | None:
    """Fiscal 2022, FY22, exercice 2022, Geschäftsjahr 2023/24."""
    for token in m.tokens:
        if "K" in token.values:
            listed = token.values["K"]
            return Reading(kind="fiscal", fiscal=True, year=listed[0], to_year=listed[1] if len(listed) > 1 else None)
        if "Z" in token.values:
            return Reading(kind="fiscal", fiscal=True, year=token.values["Z"][0], to_year=token.values["Z"][1])
    return replace(m.timed(Reading(), "yr"), kind="fiscal", fiscal=True)


def fiscal_step(m: Match) -> Reading | None:
    """Last fiscal year, l'exercice en cours."""
    return Reading(
        kind="fiscal", fiscal=True, shift=step_of(m.part("when")) or 0, grain="year", year_shift=step_of(m.part("when"))
    )


def fiscal_part(m: Match) -> Reading | None:
    """Fiscal third quarter (of 2022), third quarter of fiscal 2022, drittes Geschäftsquartal."""
    grain = grain_of(m.part("unit")) or "quarter"
    index = m.ordinal()
    if not (index == -1 or 1 <= index <= (2 if grain == "half" else 4)):
        return None
    reading = m.timed(Reading(grain=grain, index=index))
    short = next((t.values["K"] for t in m.tokens if "K" in t.values), None)
    if short:
        reading = replace(reading, year=short[0], to_year=short[1] if len(short) > 1 else None)
    return replace(reading, kind="fiscal", fiscal=True)


FISCAL: list[tuple[str, Handler]] = [
    ("K|<fiscal>F(?:<year>F)?(?P<yr>[YUZ])|(?P<z>[YZ])F<fiscal>", fiscal_year),
    (f"(?P<when>{WHEN})F<fiscal>F<year>?|<fiscal>F(?P<w2>{WHEN})", fiscal_step),
    (f"<fiscal>F(?P<ord>{ORD}|<last>)F(?P<unit><quarter|half>){YR}?", fiscal_part),
    (f"(?P<ord>{ORD}|<last>)F<fiscal>F(?P<unit><quarter|half>){YR}?", fiscal_part),
    (
        "(?P<ord><O|ordinal|last>)F(?P<unit><quarter|half>)F(?:<fiscal>F(?:<year>F)?(?P<yr>[YUZ])|(?P<z>Z)|K)",
        fiscal_part,
    ),
    (f"(?P<ord>{ORD}|<last>)F(?P<unit><quarter|half>)F<fiscal>{YR}?", fiscal_part),
    (f"(?P<ord>D\\.|{ORD})F<fiscalquarter>(?P<unit>)(?:{YR})?", fiscal_part),
]
