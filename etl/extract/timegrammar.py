"""The grammar of periods: rules over signs (see `timewords`), the same for every language.

A rule is a pattern and a function that turns what it matched into a `Reading`: what the words say, before anything is
known about the day of publication or a company's calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from etl.extract.timewords import Token


@dataclass(frozen=True, slots=True)
class Reading:
    """What words about time say. Unset numbers are 0 or None; a `year` of None must be found from the context.

    `length` is in months, backwards from the end when `to_end`. `shift` counts grains: -1 with quarter is the last one.
    """

    kind: str = "absolute"
    grain: str = "year"  # year | half | quarter | month | week | day | season | holiday | months | range | period
    index: int = 0  # number of the half, quarter, month or season; -1 is the last of its year
    day: int = 0
    year: int | None = None
    year_shift: int | None = None  # the year, counted from that of publication
    length: int = 0
    shift: int = 0
    edge: str = ""  # start | end | middle of the period
    towards: int = 0  # -1: "last October"; 1: "next October"
    counted: bool = False  # a number of years ago is a point in time, not last year
    fiscal: bool = False
    to_year: int | None = None  # of a pair: 2023-24
    first: Reading | None = None  # of a range, or the end of a span of months (`last`)
    last: Reading | None = None
    weak: bool = False  # may as well be no period: the caller looks at the words around


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens that a rule matched, and its named groups as stretches of them."""

    tokens: list[Token]
    offset: int
    groups: re.Match[str]

    def part(self, name: str) -> list[Token]:
        """Return the tokens of a group; none when it took no part."""
        first, last = self.groups.span(name) if name in self.groups.re.groupindex else (-1, -1)
        return self.tokens[first - self.offset : last - self.offset] if first >= 0 else []

    def has(self, name: str) -> bool:
        """Return whether a group took part."""
        return name in self.groups.re.groupindex and self.groups.span(name)[0] >= 0

    def value(self, role: str, name: str | None = None) -> int:
        """Return the value of the first token with a role; 0 without one."""
        tokens = self.tokens if name is None else self.part(name)
        return next((int(t.values[role]) for t in tokens if role in t.values), 0)

    def number(self, name: str) -> int:
        """Return the number of a group, written in figures or words."""
        return next(
            (
                int(t.values[role])
                for t in self.part(name)
                for role in ("D", "number", "O", "article")
                if role in t.values
            ),
            0,
        )

    def ordinal(self, name: str = "ord") -> int:
        """Return 1 to 4, or -1 for the last."""
        return next(
            (
                int(t.values[r]) if r != "last" else -1
                for t in self.part(name)
                for r in ("ordinal", "O", "D", "last")
                if r in t.values
            ),
            0,
        )

    def timed(self, reading: Reading, name: str = "yr") -> Reading:
        """Return the reading with the year that a group says, if any."""
        for token in self.part(name):
            values = token.values
            if "Y" in values or "U" in values:
                return replace(reading, year=int(values.get("Y") or values["U"]))
            if "Z" in values:
                return replace(reading, year=values["Z"][0], to_year=values["Z"][1], fiscal=True, kind="fiscal")
            for role in ("relative", "anaphoric"):
                if str(values.get(role, "")).startswith("year"):
                    return replace(reading, year_shift=_phrase(str(values[role]))[1], kind="relative")
        step = _step(self.part(name))
        return reading if step is None else replace(reading, year_shift=step, kind="relative")


Handler = Callable[[Match], Reading | None]
_STEPS = {"last": -1, "this": 0, "next": 1, "previous": -1}
_GRAINS = {
    "year": "year",
    "quarter": "quarter",
    "half": "half",
    "months": "month",
    "week": "week",
    "day": "day",
    "period": "period",
}
SPANNED = {"year", "half", "quarter", "month", "season", "day"}
UNIT = "<year|quarter|half|months|week|day>"
WHEN = "<last|this|next|previous>"
ORD = "<O|ordinal>"
NUM = "<D|number|article>"
YR = f"(?P<yr>,?F(?:<year>F)?[YU]|F{WHEN}F<year>|F<year>F{WHEN}|F<yearly>)"


def _step(tokens: list[Token]) -> int | None:
    return next((step for t in tokens for role, step in _STEPS.items() if role in t.values), None)


def _grain(tokens: list[Token]) -> str:
    return next((grain for t in tokens for role, grain in _GRAINS.items() if role in t.values), "")


def _phrase(text: str) -> tuple[str, int, str]:
    """Read the meaning of a phrase as the lexicon writes it: `year-1`, `month+0:end`."""
    head, _, edge = text.partition(":")
    match = re.fullmatch(r"([a-z]+)([+-]\d+)", head)
    return (match[1], int(match[2]), edge) if match else ("", 0, "")


# --- points: one period each --------------------------------------------------------------------------------------


def day_first(m: Match) -> Reading | None:
    """27 octobre 2017, 1er mars, 27. Oktober."""
    day = m.number("d") or m.ordinal("d")
    if not 1 <= day <= 31:
        return None
    return m.timed(Reading(grain="day", index=m.value("month"), day=day))


def month(m: Match) -> Reading | None:
    """October 2017, en octobre."""
    return m.timed(Reading(grain="month", index=m.value("month"), weak=not m.has("yr")))


def month_stepped(m: Match) -> Reading | None:
    """Last October, octobre dernier, next spring."""
    step = _step(m.tokens) or 0
    if season := m.value("season"):
        return Reading(kind="relative", grain="season", index=season, towards=step)
    return Reading(kind="relative", grain="month", index=m.value("month"), towards=step)


def season(m: Match) -> Reading | None:
    """Spring 2022, au printemps."""
    return m.timed(Reading(grain="season", index=m.value("season"), weak=not m.has("yr")))


def holiday(m: Match) -> Reading | None:
    """Christmas 2021, d'ici à Noël: the month it lies in."""
    day = next(str(t.values["holiday"]) for t in m.tokens if "holiday" in t.values)
    return m.timed(Reading(grain="month", index=int(day[:2])))


def part_of_year(m: Match) -> Reading | None:
    """Third quarter of 2017, 2024 third quarter, second half, 3. Quartal."""
    grain = _grain(m.part("unit"))
    index = m.ordinal()
    limit = 2 if grain == "half" else 4
    if not (index == -1 or 1 <= index <= limit):
        return None
    return m.timed(Reading(grain=grain, index=index, weak=grain == "half" and not m.has("yr")))


def compact(m: Match) -> Reading | None:
    """Q3 2017, T3, 1H24, Q3 FY22."""
    token = next(t for t in m.tokens if t.sign in "QH")
    index, year, fiscal = token.values[token.sign]
    reading = Reading(
        grain="quarter" if token.sign == "Q" else "half", index=index, year=year, weak=token.sign == "H" and not year
    )
    reading = replace(m.timed(reading), weak=reading.weak and not m.has("yr"))
    stated = next((t.values["K"][0] for t in m.tokens if t.sign == "K"), None)
    if stated or fiscal or any("fiscal" in t.values for t in m.tokens):
        return replace(reading, year=stated or reading.year, fiscal=True, kind="fiscal")
    return reading


def quarter_of_month(m: Match) -> Reading | None:
    """June 2024 quarter: the three months that end in June."""
    return m.timed(Reading(grain="months", length=3, last=Reading(grain="month", index=m.value("month"))))


def year(m: Match) -> Reading | None:
    """2018, calendar year 2018."""
    token = next(t for t in m.tokens if t.sign == "Y")
    return Reading(year=int(token.values["Y"]), weak=len(m.tokens) == 1)


def in_figures(m: Match) -> Reading | None:
    """27/10/2017, 2017-10-27, 10/2017."""
    values = m.tokens[-1].values
    if "I" in values:
        year, month, day = values["I"]
        try:
            date(year, month, day)
        except ValueError:
            return None
        return Reading(grain="day", year=year, index=month, day=day)
    return Reading(grain="month", year=values["J"][0], index=values["J"][1])


def pair(m: Match) -> Reading | None:
    """2018-2020, 2023-24, saison 2024-2025."""
    first, last = next(t for t in m.tokens if t.sign == "Z").values["Z"]
    if any("fiscal" in t.values or "year" in t.values for t in m.tokens) and last == first + 1:
        return Reading(kind="fiscal", fiscal=True, year=first, to_year=last)
    return Reading(grain="range", first=Reading(year=first), last=Reading(year=last))


def stepped(m: Match) -> Reading | None:
    """Last quarter, l'année dernière, this month, nächstes Jahr."""
    grain, step = _grain(m.part("unit")), _step(m.part("when"))
    if step is None or not grain:
        return None
    kind = "anaphoric" if any("previous" in t.values and "last" not in t.values for t in m.part("when")) else "relative"
    return Reading(kind=kind, grain=grain, shift=step, year_shift=None)


def trailing(m: Match) -> Reading | None:
    """The last twelve months, les douze derniers mois; the first nine months of 2017."""
    grain, count = _grain(m.part("unit")), m.number("n")
    ordinal = m.ordinal() if m.has("ord") else 0
    if not count:
        return None
    months = count * {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(grain, 0)
    if ordinal in (1, -1):
        if not 0 < months < 12:
            return None
        return m.timed(Reading(grain="months", length=months, index=ordinal))
    step = _step(m.tokens)
    if m.has("yr"):
        return m.timed(Reading(grain="months", length=months, index=-1)) if 0 < months < 12 and step == -1 else None
    return Reading(kind="relative", grain=grain, length=count, shift=step or 0)


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
        kind="fiscal", fiscal=True, shift=_step(m.part("when")) or 0, grain="year", year_shift=_step(m.part("when"))
    )


def fiscal_part(m: Match) -> Reading | None:
    """Fiscal third quarter (of 2022), third quarter of fiscal 2022, drittes Geschäftsquartal."""
    grain = _grain(m.part("unit")) or "quarter"
    index = m.ordinal()
    if not (index == -1 or 1 <= index <= (2 if grain == "half" else 4)):
        return None
    reading = m.timed(Reading(grain=grain, index=index))
    short = next((t.values["K"] for t in m.tokens if "K" in t.values), None)
    if short:
        reading = replace(reading, year=short[0], to_year=short[1] if len(short) > 1 else None)
    return replace(reading, kind="fiscal", fiscal=True)


def phrase(m: Match) -> Reading | None:
    """A phrase whose meaning the lexicon gives: yesterday, Vorjahr, heuer."""
    for kind in ("relative", "anaphoric"):
        text = next((str(t.values[kind]) for t in m.tokens if kind in t.values), "")
        grain, step, edge = _phrase(text)
        if grain:
            return Reading(kind=kind, grain=grain, shift=step, edge={"begin": "start"}.get(edge, edge))
    return None


def weekday(m: Match) -> Reading | None:
    """On Tuesday: the last one."""
    return Reading(kind="relative", grain="weekday", index=m.value("weekday"))


def ago(m: Match) -> Reading | None:
    """Two years ago, il y a deux ans."""
    return Reading(kind="relative", grain=_grain(m.part("unit")), shift=-m.number("n"), counted=True)


def ahead(m: Match) -> Reading | None:
    """In three years, dans trois ans: counted forward from the day of publication."""
    return Reading(kind="relative", grain=_grain(m.part("unit")), shift=m.number("n"), counted=True)


# --- words before a point -----------------------------------------------------------------------------------------


def at_edge(m: Match, point: Reading) -> Reading | None:
    """End of June 2017, fin 2017, Anfang Februar, mid-2018."""
    if point.grain in ("day", "months", "range", "weekday") or point.edge:
        return None
    return replace(point, edge=_edge(m.tokens), weak=False)


def until_point(m: Match, end: Reading) -> Reading | None:
    """The quarter ended June 30, 2024; les trois mois achevés fin septembre; twelve months to June."""
    if end.grain not in ("day", "month"):
        return None
    unit = _grain(m.part("unit")) or "year"
    months = (m.number("n") if m.has("n") else 1) * {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(unit, 0)
    return Reading(grain="months", length=months, last=end) if months else None


def since(_: Match, point: Reading) -> Reading | None:
    """Since January, depuis 2014."""
    return replace(point, kind="since", weak=False)


def deadline(_: Match, point: Reading) -> Reading | None:
    """By 2025, d'ici à la fin de 2025, bis 2025."""
    return replace(point, kind="deadline", towards=point.towards or 1, weak=False)


def span(first: Reading, last: Reading) -> Reading | None:
    """Between 2019 and 2021, from January to March 2024, July-September."""
    if not {first.grain, last.grain} <= SPANNED or "anaphoric" in (first.kind, last.kind):
        return None
    kind = "relative" if "relative" in (first.kind, last.kind) else "absolute"
    return Reading(kind=kind, grain="range", first=first, last=last)


def bare_day(tokens: list[Token], last: Reading) -> Reading | None:
    """Read the first half of "du 4 au 22 janvier": a day of the month that the second half names."""
    number = next((int(t.values[r]) for t in tokens for r in ("D", "O", "ordinal") if r in t.values), 0)
    return replace(last, day=number) if last.grain == "day" and 1 <= number <= 31 else None


def _edge(tokens: list[Token]) -> str:
    return next(
        (
            edge
            for t in tokens
            for role, edge in (("end", "end"), ("closing", "end"), ("begin", "start"), ("middle", "middle"))
            if role in t.values
        ),
        "",
    )


# --- words that mean another mention's period, or none ------------------------------------------------------------


def edge_of_unit(m: Match) -> Reading | None:
    """End of the year, fin d'année, year end, à la fin du trimestre."""
    grain = _grain(m.tokens)
    return Reading(kind="relative" if grain == "year" else "anaphoric", grain=grain, edge=_edge(m.tokens))


def earlier(m: Match) -> Reading | None:
    """Three months earlier, zwölf Monate zuvor."""
    sign = 1 if any("later" in t.values for t in m.part("e")) else -1
    return Reading(kind="anaphoric", grain=_grain(m.part("unit")), shift=sign * m.number("n"))


def same(m: Match) -> Reading | None:
    """The same quarter last year, the same period of 2021, la même période."""
    return replace(m.timed(Reading(grain="period")), kind="anaphoric")


def definite(m: Match) -> Reading | None:
    """The quarter: the one the text is about."""
    return Reading(kind="anaphoric", grain=_grain(m.tokens), weak=True)


def plain(kind: str) -> Handler:
    """Return a reader of words that mark something without naming a period: now, year-on-year."""
    return lambda m: Reading(kind=kind, grain="period", weak=True)


POINTS: list[tuple[str, Handler]] = [
    (f"(?P<d>D\\.?|{ORD})F(?P<m><month>){YR}?", day_first),
    (f"(?P<m><month>)(?P<d>D|O){YR}?", day_first),
    (f"<month>{YR}?", month),
    (f"<month>F{WHEN}|{WHEN}F<month>|<season>F{WHEN}|{WHEN}F<season>", month_stepped),
    (f"<season>{YR}?", season),
    (f"<holiday>{YR}?", holiday),
    (f"(?P<ord>D\\.|{ORD})-?F(?P<unit><quarter|half>){YR}?", part_of_year),
    (f"(?P<ord><last>)F(?P<unit><quarter|half>){YR}", part_of_year),
    (f"(?P<unit><quarter|half>)F(?P<ord><last>|D|{ORD}){YR}", part_of_year),
    (f"(?P<yr>[YU])F(?P<ord>{ORD})F(?P<unit><quarter|half>)", part_of_year),
    (f"[QH](?:{YR}|F(?P<fy>K|<fiscal>F[YU]))?", compact),
    ("(?P<m><month>)(?P<yr>F[YU])?F<quarter>", quarter_of_month),
    ("(?:<year>F)?Y", year),
    ("[IJ]", in_figures),
    ("(?:(?:<sport|year|fiscal>)F)?Z", pair),
    (f"(?P<when>{WHEN})F(?P<unit>{UNIT}|<period>)", stepped),
    (f"(?P<unit>{UNIT}|<period>)F(?P<when>{WHEN})", stepped),
    (f"(?P<ord>{ORD})F(?P<n>{NUM})F(?P<unit>{UNIT}){YR}?", trailing),
    (f"(?P<n>{NUM})F(?P<ord>{ORD})F(?P<unit>{UNIT}){YR}?", trailing),
    (f"<last|next>F(?P<n>{NUM})F(?P<unit>{UNIT}){YR}?", trailing),
    (f"(?P<n>{NUM})F<last|next>F(?P<unit>{UNIT}){YR}?", trailing),
    (f"(?P<n>{NUM})F(?P<unit>{UNIT})F<last|next>", trailing),
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
    ("<relative>", phrase),
    (f"<ago>F(?P<n>{NUM})F(?P<unit>{UNIT})", ago),
    (f"(?P<n>{NUM})F(?P<unit>{UNIT})F<ago>", ago),
    (f"<ahead>F(?P<n>{NUM})F(?P<unit>{UNIT})", ahead),
    ("<weekday>", weekday),
]

PREFIXES: list[tuple[str, Callable[[Match, Reading], Reading | None]]] = [
    (f"(?:{ORD}F)?(?P<unit><quarter|half|year|fiscal>)F<ended>F(?:<end>F)?", until_point),
    (f"(?P<n>{NUM})-?F(?P<unit><months>)-?(?:F<period>)?F<ended>F(?:<end>F)?", until_point),
    ("<end|begin|middle>-?F|<closing>(?=Y|<month>)", at_edge),
]
MARKS: list[tuple[str, Callable[[Match, Reading], Reading | None]]] = [("<since>F", since), ("<by|until>F", deadline)]
OPENERS = [
    ("<between>F", "F<and|to|until>F|F-F", False),
    ("<from>F", "F<to|until>F|F-F", False),
    ("", "-|F<until>F", False),
    ("", "F<to>F", True),  # May 30 to June 5: days and months only
]
LONE: list[tuple[str, Handler]] = [
    ("<anaphoric>", phrase),
    (f"(?P<n>{NUM})F(?P<unit>{UNIT})F(?P<e><earlier|later>)", earlier),
    (f"<same|that>F(?P<unit>{UNIT}|<period>){YR}?", same),
    ("<anaphoric>(?P<yr>,?F[YU]|F<yearly>)", same),
    (f"<end|begin|middle>-?F{UNIT}|<year|quarter|half|months>-?F<end>", edge_of_unit),
    ("<quarter|half>", definite),
    ("<now>", plain("now")),
    ("<comparison>", plain("comparison")),
    ("<sequential>", plain("sequential")),
]
