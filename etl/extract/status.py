"""How sure a text is of a figure: fact, an outsider's view, an expectation, a plan or a rumour."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from etl.extract import words as lexicon
from etl.extract.phrases import Hit
from etl.extract.readings.cues import weights
from etl.extract.scene import Scene, Spot
from etl.model import Metric, Status

NAMES = {
    "forecast": Status.FORECAST,
    "plan": Status.PLAN,
    "rumour": Status.RUMOUR,
    "estimate": Status.ESTIMATE,
    "actual": Status.ACTUAL,
}
RELATIVE_REACH = 4  # words up to "that" in "5 million customers that analysts had expected"
CLAUSE_ENDS = frozenset(",;:")
AWAITED = 2  # words up to "expected" in "the 2.1 million additions expected"
PLANNED = frozenset(
    {Metric.PRICE, Metric.CONTENT_SPEND, Metric.TITLES, Metric.COUNTRIES, Metric.DEAL_VALUE, Metric.EMPLOYEES}
)


def status_of(
    scene: Scene, spot: Spot, metric: Metric, ahead: bool = False, surveyed: bool = False, old: bool = False
) -> Status:
    """Return the status of a figure.

    Args:
        ahead: The period lies after the day of publication.
        surveyed: An analyst or a survey is named as the origin.
        old: It is the value before: what is said of the new one says nothing of it.
    """
    if old:
        return Status.FORECAST if _expected(scene, spot) else Status.ACTUAL
    if _expected(scene, spot):
        return Status.FORECAST
    cues = [status for _, status in _cues(scene, spot, metric, ahead)]
    near = next((status for status in cues if status is not Status.ESTIMATE), None)
    if near is Status.RUMOUR and surveyed:
        return Status.ESTIMATE
    if near in (Status.FORECAST, Status.PLAN, Status.RUMOUR):
        if near is Status.FORECAST and metric is Metric.PRICE and ahead:
            return Status.PLAN
        return near
    if ahead:
        return Status.PLAN if metric in PLANNED else Status.FORECAST
    if surveyed or Status.ESTIMATE in cues:
        return Status.ESTIMATE
    return Status.ACTUAL


def _expected(scene: Scene, spot: Spot) -> bool:
    """Whether the words around a number say that it was expected: "the loss of two million that we had forecast"."""
    if scene.tie_before(spot) == "expected":
        return True
    layout, openers = scene.layout, scene.grammar("openers")
    awaited = lexicon.listed(scene.document.lang, "status", "awaited")
    for hit in scene.hits("status", spot.sentence):
        if hit.name != "forecast":
            continue
        if hit.first <= spot.last:
            if hit.last < spot.first and _against(scene, spot, hit):
                return True
            continue
        between = layout.words[spot.last + 1 : hit.first]
        if layout.words[hit.first] in awaited and len(between) <= AWAITED and all(map(str.isalpha, between)):
            return True
        told = any(word in openers for word in between[:RELATIVE_REACH]) and "," not in between
        told = told and not scene.was_between(spot.last, hit.first)
        if told and layout.cost(spot.last, hit.first) <= weights()["expected_reach"]:
            return True
    return False


def _against(scene: Scene, spot: Spot, hit: Hit) -> bool:
    """Whether a number is the expected one that another is set against: "9 million, versus a forecast of 7"."""
    if "(" in scene.layout.words[hit.last + 1 : spot.opening]:
        return False  # "against the forecast (86.7 million"
    if scene.tie_before(spot) == "was" and spot.opening - hit.last <= AWAITED + 1:
        return True
    ties = (tie for tie in scene.hits("links", spot.sentence) if tie.name == "was" and tie.last < hit.first)
    behind = spot.opening - hit.last <= RELATIVE_REACH
    return behind and any(hit.first - tie.last <= AWAITED and not scene.spots_between(spot, tie) for tie in ties)


def _of_another(scene: Scene, spot: Spot, hit: Hit) -> bool:
    """Whether a word bears on a number that this one is set against: "8 million vs. 7 million expected"."""
    if hit.first > spot.last:
        return scene.was_between(spot.last, hit.first)
    if scene.layout.words[hit.last + 1] in lexicon.listed(scene.document.lang, "status", "beaten"):
        return True  # "it beat expectations with 15 million"
    ties = (tie for tie in scene.hits("links", spot.sentence) if tie.name == "was" and tie.last < hit.first)
    return bool(scene.spots_between(spot, hit)) and any(hit.first - tie.last <= AWAITED for tie in ties)


def _cues(scene: Scene, spot: Spot, metric: Metric, ahead: bool) -> list[tuple[float, Status]]:
    """Return the words that bear on a quantity, nearest first."""
    w, layout = weights(), scene.layout
    found: list[tuple[float, Status]] = []
    hits = [hit for hit in scene.hits("status", spot.sentence) if hit.name in NAMES]
    meant = lexicon.listed(scene.document.lang, "status", "meant")
    hearsay = [hit for hit in hits if hit.name == "rumour" and layout.words[hit.first] not in meant]
    presumed = lexicon.listed(scene.document.lang, "status", "presumed")
    to_come = Status.PLAN if metric in PLANNED else Status.FORECAST
    estimated = not ahead and any(hit.name == "estimate" for hit in hits)
    for hit in hits:
        status = NAMES[hit.name]
        if estimated and layout.words[hit.first] in presumed:
            status = Status.ESTIMATE
        if status is Status.RUMOUR and not hearsay and (ahead or _is_meant(scene, hit)):
            status = Status.PLAN if ahead else to_come  # "sollen es 2026 zehn Millionen sein", "soll um zwei steigen"
        if _of_another(scene, spot, hit):
            continue
        found.append((_cost(scene, spot, hit.first, hit.last), status))
    for mood, status in (("conditional", Status.RUMOUR), ("future", to_come)):
        for word in _in_mood(scene, spot, mood):
            cost = _cost(scene, spot, word, word)
            if mood == "conditional" or cost <= w["future_reach"]:
                found.append((cost + w["conditional_cost"], status))
    return sorted((row for row in found if row[0] <= w["status_reach"]), key=lambda row: row[0])


def _is_meant(scene: Scene, hit: Hit) -> bool:
    """Whether a verb that hands on what others say is followed by one of what is to come: "soll ... steigen"."""
    if scene.layout.words[hit.first] not in lexicon.listed(scene.document.lang, "status", "meant"):
        return False
    first, end = hit.last + 1, scene.layout.sentences[scene.layout.sentence[hit.last]][1]
    comma = next((word for word in range(first, end) if scene.layout.words[word] in CLAUSE_ENDS), end)
    return not lexicon.listed(scene.document.lang, "status", "meant_ahead").isdisjoint(scene.layout.words[first:comma])


def _cost(scene: Scene, spot: Spot, first: int, last: int) -> float:
    layout, w, fences = scene.layout, weights(), scene.grammar("fences")
    if last < spot.first:
        between = layout.words[last + 1 : spot.first]
        new_clause = any(one == "," and other in fences for one, other in pairwise(between))
        closed = ")" in between and "(" not in between[: between.index(")")]
        return layout.cost(last, spot.first) + (w["status_clause"] if new_clause or closed else 0.0)
    if first > spot.last:
        fenced = any(word in fences for word in layout.words[spot.last + 1 : first])
        return layout.cost(spot.last, first) * w["status_after"] + 2 + (w["status_clause"] if fenced else 0.0)
    return 0.0


def _in_mood(scene: Scene, spot: Spot, mood: str) -> list[int]:
    """Return the verbs of the sentence in a mood or tense that their endings, or words of their own, show."""
    lang, (first, end) = scene.document.lang, scene.layout.sentences[spot.sentence]
    endings, never = _endings(lang, mood)
    auxiliaries = lexicon.listed(lang, "status", f"{mood}_words")
    if not endings and not auxiliaries:
        return []
    words = scene.layout.raws
    ended = (word for word in range(first, end) if len(words[word]) > 4 and words[word].endswith(endings))
    found = [word for word in ended if words[word] not in never and not scene.layout.capital(word)]
    return found + [word for word in range(first, end) if words[word] in auxiliaries]


@cache
def _endings(lang: str, mood: str) -> tuple[tuple[str, ...], frozenset[str]]:
    words = lexicon.load(lang, "status")
    return tuple(words.get(mood, ())), frozenset(words.get(f"not_{mood}", ()))
