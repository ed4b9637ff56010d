"""The grammar of periods over signs (see `periods.signs`), the same for every language.

A rule is a pattern and a function that turns what it matched into a `Reading`. Rules for one period each are in
`periods.points`; here are the words before them, what joins two of them, and what means another mention's period.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from etl.extract.periods.patterns import NUM, ORD, UNIT, YR
from etl.extract.periods.points import phrase
from etl.extract.periods.reading import Handler, Match, Reading, edge_of, grain_of
from etl.extract.periods.signs import Token

Before = Callable[[Match, Reading], Reading | None]
SPANNED = {"year", "half", "quarter", "month", "season", "day"}


def at_edge(m: Match, point: Reading) -> Reading | None:
    """End of June 2017, fin 2017, Anfang Februar, mid-2018."""
    if point.grain in ("day", "months", "range", "weekday") or point.edge:
        return None
    return replace(point, edge=edge_of(m.tokens), weak=False)


def until_point(m: Match, end: Reading) -> Reading | None:
    """The quarter ended June 30, 2024; les trois mois achevés fin septembre; twelve months to June."""
    if end.grain not in ("day", "month"):
        return None
    unit = grain_of(m.part("unit")) or "year"
    months = (m.number("n") if m.has("n") else 1) * {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(unit, 0)
    return Reading(grain="months", length=months, last=end) if months else None


def since(_: Match, point: Reading) -> Reading | None:
    """Since January, depuis 2014."""
    edge = "" if point.grain == "month" else point.edge
    return replace(point, kind="since", edge=edge, weak=False)


def deadline(_: Match, point: Reading) -> Reading | None:
    """By 2025, d'ici à la fin de 2025, bis 2025."""
    return replace(point, kind="deadline", weak=False)


def starting(_: Match, point: Reading) -> Reading | None:
    """From 10 November on, à partir de 2020, ab Juli."""
    return replace(point, kind="since", opens=True, weak=False)


def span(first: Reading, last: Reading) -> Reading | None:
    """Between 2019 and 2021, from January to March 2024, July-September."""
    if not {first.grain, last.grain} <= SPANNED or "anaphoric" in (first.kind, last.kind):
        return None
    kind = "relative" if "relative" in (first.kind, last.kind) else "absolute"
    return Reading(kind=kind, grain="range", first=first, last=last)


def bare_first(tokens: list[Token], last: Reading) -> Reading | None:
    """Read the first half of "du 4 au 22 janvier", "entre le premier et le deuxième trimestre": a number alone."""
    number = next((int(t.values[r]) for t in tokens for r in ("D", "O", "ordinal") if r in t.values), 0)
    if last.grain in ("quarter", "half"):
        return replace(last, index=number) if 1 <= number < last.index else None
    return replace(last, day=number) if last.grain == "day" and 1 <= number <= 31 else None


def earlier(m: Match) -> Reading | None:
    """Three months earlier, zwölf Monate zuvor."""
    sign = 1 if any("later" in t.values for t in m.part("e")) else -1
    return Reading(kind="anaphoric", grain=grain_of(m.part("unit")), shift=sign * m.number("n"))


def same(m: Match) -> Reading | None:
    """The same quarter last year, the same period of 2021, la même période."""
    reading = replace(m.timed(Reading(grain="period")), kind="anaphoric")
    again = reading.year_shift == 0 and any("anaphoric" in token.values for token in m.part("yr"))
    return None if again else reading  # "l'année précédente à la même période": the year stands before


def definite(m: Match) -> Reading | None:
    """The quarter: the one the text is about."""
    return Reading(kind="anaphoric", grain=grain_of(m.tokens), weak=True)


def whole(_: Match) -> Reading | None:
    """The full year, Gesamtjahr: of the report."""
    return Reading(kind="anaphoric", grain="year", whole=True)


def plain(kind: str) -> Handler:
    """Return a reader of words that mark something without naming a period: now, year-on-year."""
    return lambda _: Reading(kind=kind, grain="period", weak=True)


PREFIXES: list[tuple[str, Before]] = [
    (f"(?:{ORD}F)?(?P<unit><quarter|half|year|fiscal>)F<ended>F(?:<end>-?F)?", until_point),
    (f"(?P<n>{NUM})-?(?P<unit><months|year|quarter>)-?(?:F<period>)?F<ended>F(?:<end>-?F)?", until_point),
    ("<end|begin|middle>-?F|<closing>(?=Y|<month>)|<year>-?<end>F(?=Y)", at_edge),
]
MARKS: list[tuple[str, Before]] = [
    ("<starting>F", starting),
    ("<between>F<now>F<and|to|until>F", deadline),
    ("<since>F", since),
    ("<by|until>F", deadline),
]
OPENERS: list[tuple[str, str, bool]] = [
    ("<between>F", "F<and|to|until>F|F-F", False),
    ("<from>F", "F<to|until>F|F-F", False),
    ("", "-|F<until>F", False),
    ("", "-?F<to>-?F", True),  # May 30 to June 5: days and months only
]
LONE: list[tuple[str, Handler]] = [
    ("<anaphoric>", phrase),
    (f"(?P<n>{NUM})-?(?P<unit>{UNIT})F(?P<e><earlier|later>)", earlier),
    (f"<same|that>F(?:(?P<n>{NUM})-?)?(?P<unit>{UNIT}|<period>){YR}?", same),
    ("<anaphoric>(?P<yr>,?F[YU]|F<yearly>)", same),
    ("(?P<yr><yearly>)F<anaphoric>", same),
    ("(?P<yr><yearly>)F<same|that>F(?:<year|quarter|half|months|week|day>|<period>)", same),
    ("<quarter|half>", definite),
    ("<whole>", whole),
    ("<now>", plain("now")),
    ("<comparison>", plain("comparison")),
    ("<sequential>", plain("sequential")),
]
