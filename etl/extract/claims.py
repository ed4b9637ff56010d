"""Claims from an article: every quantity that measures a platform, with what the text says about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from etl.extract import attribution, casing, confidence, gate, periods, platforms, quotes, tables
from etl.extract.areas.places import Places
from etl.extract.areas.where import area_of
from etl.extract.attribution import Origin, Origins
from etl.extract.bounds import bounds
from etl.extract.decisions import Decision, decide
from etl.extract.lists.elided import small_words
from etl.extract.lists.links import Link
from etl.extract.lists.spread import spread
from etl.extract.periods.evidence import Question
from etl.extract.periods.when import Times
from etl.extract.platforms.topics import Topics
from etl.extract.readings import Reading
from etl.extract.readings.cues import weights
from etl.extract.readings.segments import segment_of
from etl.extract.scene import Scene, Spot
from etl.extract.staging import stage
from etl.extract.status import status_of
from etl.extract.tables import Entry
from etl.model import Claim, Document, Metric, Qualifier, Status, Transformation

HUNDRED = Decimal(100)


def from_document(document: Document) -> list[Claim]:
    """Return the claims of an article, tables included, in the order of its text.

    Raises:
        ValueError: The language is not in the lexicon.
    """
    if not gate.opens(document):
        return []
    lang, printed = document.lang, document.text
    title = casing.restored(document.title or "", lang, printed)
    document = replace(document, text=casing.restored(printed, lang), title=title)
    scene = stage(document)
    if not scene.relevant:
        return []
    topics = Topics(scene)
    entries, inside = tables.read(scene, topics)
    chosen = [decision for decision in decide(scene, topics, inside) if decision.chosen and decision.platform]
    told = spread(scene, topics, chosen)
    places = Places(scene)
    found = [*_claims(scene, places, told, topics.stands.origins)]
    found += [_from_cell(scene, places, entry) for entry in entries]
    if printed != document.text:
        found = [replace(claim, quote=printed[claim.quote_start : claim.quote_end]) for claim in found]
    return _marked(sorted(found, key=lambda claim: (claim.quote_start, claim.quote_end)))


def _marked(claims: list[Claim]) -> list[Claim]:
    """Return the claims with those marked that only say an earlier one once more, as a text does after its headline."""
    said: set[tuple[object, ...]] = set()
    found = []
    for claim in claims:
        key = (claim.platform, claim.metric, claim.transformation, claim.value, claim.unit, claim.area, claim.segment)
        found.append(replace(claim, repeat=True) if key in said else claim)
        said.add(key)
    return found


def _claims(scene: Scene, places: Places, decisions: list[Decision], named: Origins) -> Iterator[Claim]:
    times = Times(scene)
    places.measurers = attribution.homes(named)
    made: dict[Spot, Claim] = {}
    for decision in decisions:
        base = made.get(decision.link.spot) if decision.link else None
        assert decision.chosen is not None and decision.platform is not None  # noqa: S101 - decided by the caller
        origin = attribution.of(scene, decision.spot, named, decision.chosen.metric, decision.platform)
        home = attribution.measured(named, origin, decision.chosen.metric)
        claim = _claim(scene, decision, times, places, origin, home, base)
        made[decision.spot] = claim
        yield claim


def _claim(
    scene: Scene,
    decision: Decision,
    times: Times,
    places: Places,
    origin: Origin | None,
    home: str | None,
    base: Claim | None,
) -> Claim:
    spot, reading, link = decision.spot, decision.chosen, decision.link
    assert reading is not None and decision.platform is not None  # noqa: S101 - decided by the caller
    quantity, platform = spot.quantity, decision.platform
    metric, kind = reading.metric, reading.transformation
    value, value_max, unit = _value(spot, reading)
    low, high = bounds(
        value, value_max, quantity.step * (HUNDRED if quantity.unit == "multiple" else 1), quantity.qualifier
    )
    surveyed, source = origin is not None and origin.kind == "analysts", origin.name if origin else None
    sure = status_of(scene, spot, metric, surveyed=surveyed)
    stated, hoped = sure in (Status.ACTUAL, Status.ESTIMATE), sure in (Status.FORECAST, Status.PLAN)
    mood = "fact" if stated else "ahead" if hoped else "open"
    period, dated = times.of(Question(spot, metric, kind, platform, link, base.period if base else None, mood, source))
    published = scene.document.published
    old = link is not None and link.kind == "was" and link.spot.sentence == spot.sentence
    ahead = bool(period and published and periods.interval(period)[0] > published)
    status = status_of(scene, spot, metric, ahead, surveyed, old)
    if status is Status.ACTUAL and base is not None and link is not None and _as_sure(scene, spot, link):
        status = base.status
    tied = (link, base.area if base else None) if link else None
    area, placed = (decision.area, 1.0) if decision.area else area_of(places, spot, metric, platform, tied, home)
    text = scene.document.text
    start, end = quotes.span(scene, spot, reading)
    return Claim(
        document_id=scene.document.document_id,
        platform=platform,
        metric=metric,
        transformation=kind,
        value=value,
        value_max=value_max,
        low=low,
        high=high,
        unit=unit,
        per=_per(scene, spot, reading),
        period=period,
        area=area,
        status=status,
        qualifier=quantity.qualifier,
        attributed_to=origin.name if origin else None,
        segment=segment_of(scene, spot, metric),
        quote=text[start:end],
        quote_start=start,
        quote_end=end,
        confidence=confidence.of(decision, scene.focused, dated, placed),
        repeat=link is not None and link.kind == "again" and metric is link.base.metric and unit != link.base.unit,
    )


def _as_sure(scene: Scene, spot: Spot, link: Link) -> bool:
    """Whether a figure is said in one breath with the one that it is tied to: "A at 20, B at 30 and C at 40"."""
    if link.kind != "peer" or link.spot.sentence != spot.sentence:
        return link.kind in ("part", "again")
    layout = scene.layout
    small = small_words(scene.document.lang)
    plans = {at for hit in scene.hits("plans", spot.sentence) for at in range(hit.first, hit.last + 1)}
    words = (at for at in range(link.spot.last + 1, spot.opening) if at not in plans)
    return all(not layout.words[at].isalpha() or layout.words[at] in small or layout.capital(at) for at in words)


def _value(spot: Spot, reading: Reading) -> tuple[Decimal, Decimal | None, str]:
    """Return value, upper end and unit of a figure; a multiple becomes the growth that it is."""
    quantity = spot.quantity
    value, value_max, unit = quantity.value, quantity.value_max, reading.unit or quantity.unit
    if unit == "multiple":
        value, value_max, unit = (value - 1) * HUNDRED, None, "percent"
    if reading.sign < 0:
        value, value_max = -value, None if value_max is None else -value_max
    return value, value_max, unit


def _per(scene: Scene, spot: Spot, reading: Reading) -> str | None:
    """Return the rate of a figure: a price without one is what a month costs."""
    if reading.metric is Metric.WATCH_TIME and spot.quantity.value < 24 * 60 and not spot.quantity.per:
        return "day" if any(hit.name == "daily" for hit in scene.hits("roles", spot.sentence)) else None
    if spot.quantity.per or reading.metric is not Metric.PRICE or reading.transformation is Transformation.GROWTH:
        return spot.quantity.per
    return "month"


def _from_cell(scene: Scene, places: Places, entry: Entry) -> Claim:
    quantity, text, published = entry.spot.quantity, scene.document.text, scene.document.published
    low, high = bounds(entry.value, None, quantity.step * abs(entry.value / (quantity.value or 1)), quantity.qualifier)
    ahead = bool(entry.period and published and periods.interval(entry.period)[0] > published)
    own = platforms.registry()[entry.platform].area
    return Claim(
        document_id=scene.document.document_id,
        platform=entry.platform,
        metric=entry.metric,
        transformation=entry.transformation,
        value=entry.value,
        value_max=None,
        low=low,
        high=high,
        unit=entry.unit,
        per=entry.per,
        period=entry.period,
        area=entry.area or own or area_of(places, entry.spot, entry.metric, entry.platform)[0],
        status=Status.PLAN if ahead else Status.ACTUAL,
        qualifier=quantity.qualifier if quantity.qualifier is not None else Qualifier.EXACT,
        attributed_to=None,
        segment=entry.segment,
        quote=text[quantity.start : quantity.end],
        quote_start=quantity.start,
        quote_end=quantity.end,
        confidence=weights()["table_confidence"],
    )
