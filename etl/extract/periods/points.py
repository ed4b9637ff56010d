"""Rules for one period each: a day, a month, a quarter, last year, the first nine months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.extract.periods.fiscal import FISCAL
from etl.extract.periods.patterns import NUM, ORD, UNIT, WHEN, YR
from etl.extract.periods.reading import Handler, Match, Reading, edge_of, grain_of, meaning_of, step_of


def day_first(m: Match) -> Reading | None:
    """27 octobre 2017, 1er mars, 27. Oktober."""
    day = m.number("d") or m.ordinal("d")
    if not 1 <= day <= 31:
        return None
    return m.timed(Reading(grain="day", index=m.value("month"), day=day))


def month(m: Match) -> Reading | None:
    """October 2017, en octobre."""
    return m.timed(Reading(grain="month", index=m.value("month"), weak=not m.has("yr")))


def stepped_part(m: Match) -> Reading | None:
    """Last October, octobre dernier, next spring, le 27 septembre dernier."""
    step = step_of(m.tokens) or 0
    day = m.number("d") or m.ordinal("d")
    grain = "day" if day else "season" if m.value("season") else "month"
    index = m.value("season") or m.value("month")
    return Reading(kind="relative", grain=grain, index=index, day=day, towards=step, beyond=step != 0, near=step == 0)


def season(m: Match) -> Reading | None:
    """Spring 2022, au printemps."""
    return m.timed(Reading(grain="season", index=m.value("season"), weak=not m.has("yr")))


def holiday(m: Match) -> Reading | None:
    """Christmas 2021, d'ici à Noël: the month it lies in."""
    day = next(str(t.values["holiday"]) for t in m.tokens if "holiday" in t.values)
    return m.timed(Reading(grain="month", index=int(day[:2])))


def part_of_year(m: Match) -> Reading | None:
    """Third quarter of 2017, 2024 third quarter, second half, 3. Quartal."""
    grain = grain_of(m.part("unit"))
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
    reading = replace(m.timed(m.timed(reading), "fy"), weak=reading.weak and not m.has("yr"))
    stated = next((t.values["K"][0] for t in m.tokens if t.sign == "K"), None)
    if stated or fiscal or any("fiscal" in t.values for t in m.tokens):
        return replace(reading, year=stated or reading.year, fiscal=True, kind="fiscal")
    return reading


def quarter_of_month(m: Match) -> Reading | None:
    """June 2024 quarter, December half: the three or six months that end with it."""
    length = 6 if grain_of(m.part("unit")) == "half" else 3
    return Reading(grain="months", length=length, last=m.timed(Reading(grain="month", index=m.value("month"))))


def months_of_quarter(m: Match) -> Reading | None:
    """The April-June quarter of 2023; janvier, février et mars 2024."""
    last = m.timed(Reading(grain="month", index=m.value("month", "last")))
    return Reading(grain="range", first=Reading(grain="month", index=m.value("month", "first")), last=last)


def named_quarter(m: Match) -> Reading | None:
    """The holiday quarter, Schlussquartal."""
    return m.timed(Reading(grain="quarter", index=m.value("quarterword")))


def year(m: Match) -> Reading | None:
    """2018, calendar year 2018."""
    token = next(t for t in m.tokens if t.sign == "Y")
    return Reading(year=int(token.values["Y"]), weak=len(m.tokens) == 1)


def decade(_: Match) -> Reading | None:
    """Les années 1990: no year."""
    return Reading(kind="nothing", grain="period")


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
    grain, step = grain_of(m.part("unit")), step_of(m.part("when"))
    if step is None or not grain or any("plurals" in token.values for token in m.tokens):
        return None  # "in recent months" is no period
    kind = "anaphoric" if any("previous" in t.values and "last" not in t.values for t in m.part("when")) else "relative"
    return Reading(kind=kind, grain=grain, shift=step, year_shift=None)


def trailing(m: Match) -> Reading | None:
    """The last twelve months, les douze derniers mois; the first nine months of 2017."""
    grain, count = grain_of(m.part("unit")), m.number("n")
    if count < 2:
        return None
    ordinal = m.ordinal() if m.has("ord") else 0
    months = count * {"year": 12, "half": 6, "quarter": 3, "month": 1}.get(grain, 0)
    if ordinal in (1, -1):
        if not 0 < months < 12:
            return None
        return m.timed(Reading(grain="months", length=months, index=ordinal))
    step = step_of(m.tokens)
    if m.has("yr"):
        return m.timed(Reading(grain="months", length=months, index=-1)) if 0 < months < 12 and step == -1 else None
    return Reading(kind="relative", grain=grain, length=count, shift=step or 0)


def sports_season(m: Match) -> Reading | None:
    """Last season, la saison dernière, diese Saison: from one summer to the next."""
    return Reading(kind="relative", grain="sports", shift=step_of(m.tokens) or 0)


def phrase(m: Match) -> Reading | None:
    """A phrase whose meaning the lexicon gives: yesterday, Vorjahr, heuer."""
    for kind in ("relative", "anaphoric"):
        text = next((str(t.values[kind]) for t in m.tokens if kind in t.values), "")
        grain, step, edge = meaning_of(text)
        if grain:
            return Reading(kind=kind, grain=grain, shift=step, edge={"begin": "start"}.get(edge, edge))
    return None


def weekday(m: Match) -> Reading | None:
    """On Tuesday: the last one."""
    return Reading(kind="relative", grain="weekday", index=m.value("weekday"), weak=True)


def week_of(m: Match) -> Reading | None:
    """The week of April 29."""
    return m.timed(Reading(grain="week", index=m.value("month"), day=m.number("d") or m.number("d2")))


def ago(m: Match) -> Reading | None:
    """Two years ago, il y a deux ans."""
    unit, count = grain_of(m.part("unit")), m.number("n")
    kind = "anaphoric" if unit == "year" and count == 1 else "relative"  # "$5bn a year ago": than the figure beside it
    return Reading(kind=kind, grain=unit, shift=-count, counted=True)


def ahead(m: Match) -> Reading | None:
    """In three years, dans trois ans: counted forward from the day of publication."""
    perhaps = m.has("perhaps")  # "in five years it doubled" is a duration
    return Reading(kind="relative", grain=grain_of(m.part("unit")), shift=m.number("n"), counted=True, weak=perhaps)


def edge_of_unit(m: Match) -> Reading | None:
    """End of the year, fin d'année, year end, à la fin du trimestre."""
    grain = grain_of(m.tokens)
    kind = "anaphoric" if grain in ("quarter", "half") else "relative"
    return Reading(kind=kind, grain=grain, edge=edge_of(m.tokens))


WEEKDAY = "(?:<weekday>,?F)?"
POINTS: list[tuple[str, Handler]] = [
    ("<plurals>Y", decade),
    (f"{WEEKDAY}(?P<d>D\\.?|{ORD})F(?P<m><month>){YR}?", day_first),
    (f"{WEEKDAY}(?P<m><month>)(?P<d>D|O){YR}?", day_first),
    (f"(?:<months>F)?<month>{YR}?", month),
    ("<last|this|next>F<sport>", sports_season),
    ("§<sport><last|this|next>", sports_season),
    ("<whole>F(?:<year>F)?Y", year),
    (f"{WHEN}F(?:<months>F)?<month|season>|{WHEN}F(?P<d>D\\.?|{ORD})F<month>", stepped_part),
    (f"§<month|season>{WHEN}|(?P<d>D\\.?|{ORD})F<month>{WHEN}", stepped_part),
    (f"<season>{YR}?", season),
    (f"<holiday>{YR}?", holiday),
    (f"(?P<ord>D\\.|{ORD})-?F(?P<unit><quarter|half>){YR}?", part_of_year),
    (f"(?P<ord><last>)F(?P<unit><quarter|half>)(?:{YR}|F<year>)", part_of_year),
    (f"(?P<unit><quarter|half>)F(?P<ord><last>|D|{ORD}){YR}", part_of_year),
    (f"(?P<yr>[YU])F(?P<ord>{ORD})F(?P<unit><quarter|half>)", part_of_year),
    (f"(?:<fiscal>F)?[QH](?:{YR}|F(?P<fy>K|<fiscal>F[YU]))?", compact),
    ("§[QH]F<fiscal>", compact),
    ("(?P<m><month>)(?P<yr>F[YU])?-?F(?P<unit><quarter|half>)", quarter_of_month),
    (f"(?P<first><month>)-(?:<to>-)?(?P<last><month>)F<quarter|half|period>{YR}?", months_of_quarter),
    (f"(?:<months>F)?(?P<first><month>),F<month>,?F<and>F(?P<last><month>){YR}?", months_of_quarter),
    (f"<quarterword>{YR}?", named_quarter),
    ("(?:<year>F)?Y", year),
    ("[IJ]", in_figures),
    ("(?:(?:<sport|year|fiscal>)F)?Z", pair),
    (f"(?P<when>{WHEN})F(?P<unit>{UNIT}|<period>)", stepped),
    (f"§(?P<unit>{UNIT}|<period>)(?P<when>{WHEN})", stepped),
    (f"(?P<ord>{ORD})F(?P<n>{NUM})-?(?P<unit>{UNIT}){YR}?", trailing),
    (f"(?P<n>{NUM})(?P<ord>{ORD})(?P<unit>{UNIT}){YR}?", trailing),
    (f"(?P<ord><last>)F(?P<n>{NUM})-?(?P<unit><months>)F<year>", trailing),
    (f"§(?P<n>{NUM})F(?P<ord><last>)F(?P<unit><months>)F<year>", trailing),
    (f"<last|next>F(?P<n>{NUM})-?(?P<unit>{UNIT}){YR}?", trailing),
    (f"§(?P<n>{NUM})F<last|next>F(?P<unit>{UNIT}){YR}?", trailing),
    (f"§(?P<n>{NUM})-?(?P<unit>{UNIT})<last|next>", trailing),
    ("<relative>", phrase),
    (f"<ago>F(?P<n>{NUM})-?(?P<unit>{UNIT})", ago),
    (f"(?P<n>{NUM})-?(?P<unit>{UNIT})F<ago>", ago),
    (f"<week>F(?:<month>(?P<d>D)|(?P<d2>D\\.?)F<month>){YR}?", week_of),
    (f"<ahead>F(?P<n>{NUM})-?(?P<unit>{UNIT})", ahead),
    (f"(?P<perhaps><within>)(?P<n>{NUM})-?(?P<unit>{UNIT})", ahead),
    ("<weekday>", weekday),
    ("<end|begin|middle>-?F<year|quarter|half|months|week>|<year|quarter|half|months>-?<end>", edge_of_unit),
    *FISCAL,
]
