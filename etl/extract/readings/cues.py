"""The words around a quantity that name a measure, with what each is worth to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from etl.extract import words as lexicon
from etl.extract.phrases import Hit
from etl.extract.scene import Scene, Spot


@dataclass(frozen=True, slots=True)
class Cue:
    """Words `first` to `last` name a measure; `score` is what they are worth to the quantity asked about."""

    metric: str
    score: float
    first: int
    last: int
    word: str
    hinted: bool
    place: str = "behind"  # beside | behind | before | inside the quantity, or lead | last | paragraph | headline
    cost: float = 0.0  # of looking from the quantity to the words; 0 for words of another sentence
    crossed: int = 0  # other quantities between


def weights() -> dict[str, float]:
    """Return the weights of the scores."""
    found: dict[str, float] = lexicon.shared("weights")
    return found


def measures() -> dict[str, dict[str, Any]]:
    """Return what each metric takes."""
    return lexicon.shared("metrics")


def around(scene: Scene, spot: Spot, unit: str | None) -> list[Cue]:
    """Return the cues that can give a quantity of this unit its measure, best first; None asks for any unit."""
    w = weights()
    scored = [
        cue for hit in scene.hits("metrics", spot.sentence) if (cue := _scored(scene, spot, hit, unit, 0.0)) is not None
    ]
    taken = w["context_taken"] if scored else 0.0
    for sentence, penalty in [] if spot.bare else scene.context(spot.sentence):
        where = _where(scene, spot, sentence)
        for hit in scene.hits("metrics", sentence):
            cue = _scored(scene, spot, hit, unit, penalty + taken, where)
            if cue is not None:
                scored.append(cue)
    return _summed(scored)


def _where(scene: Scene, spot: Spot, sentence: int) -> str:
    """Return what another sentence is to a quantity: its lead, the last one, the headline."""
    if sentence == scene.lead_in(spot.sentence):
        return "lead"
    if sentence == 0 and spot.sentence > 1:
        return "headline"
    paragraph, sentences = scene.layout.paragraph, scene.layout.sentences
    same = paragraph[sentences[sentence][0]] == paragraph[sentences[spot.sentence][0]]
    return "last" if same else "paragraph"


def _summed(scored: list[Cue]) -> list[Cue]:
    """Return the cues best first, each worth more when a second one says the same."""
    best: dict[str, list[Cue]] = {}
    for cue in sorted(scored, key=lambda cue: -cue.score):
        best.setdefault(cue.metric, []).append(cue)
    found = []
    for same in best.values():
        others = [cue.score for cue in same[1:] if cue.first != same[0].first and cue.score > 0]
        more = weights()["second_cue"] * max(others, default=0.0)
        found.append(replace(same[0], score=same[0].score + more) if more else same[0])
        found += same[1:]
    return sorted(found, key=lambda cue: -cue.score)


def _scored(scene: Scene, spot: Spot, hit: Hit, unit: str | None, context: float, where: str = "inside") -> Cue | None:
    w, layout = weights(), scene.layout
    metric, strength = hit.name.split(".")
    if unit is not None and unit not in measures()[metric]["units"]:
        return None
    beside = spot.last < hit.first <= spot.last + w["counted_reach"]
    if strength == "counted" and (context or not beside):
        return None
    score = w[strength]
    place, cost, crossed = where, 0.0, 0 if context else scene.spots_between(spot, hit)
    if context:
        score -= context
    elif hit.first > spot.last:
        gap, cost = hit.first - spot.last, layout.cost(spot.last, hit.first)
        place = "beside" if gap <= w["counted_reach"] and cost <= w["counted_reach"] + 1 else "behind"
        score -= w["after_cost"] * layout.cost(spot.last, hit.first)
        if gap <= w["counted_reach"] and layout.cost(spot.last, hit.first) <= w["counted_reach"] + 1:
            score += w["counted_bonus"] if spot.unit == "count" else w["after_bonus"]
        if scene.was_between(spot.last, hit.first):
            score -= w["behind_old"]
    elif hit.last < spot.first:
        place, cost = "before", layout.cost(hit.last, spot.first)
        score += (w["before_bonus"] if cost <= w["before_reach"] else 0.0) - w["before_cost"] * cost
    else:
        score += w["inside_bonus"]
    if not context:
        score -= w["crossing"] * crossed
    if unit == "money":
        score += _money_fit(scene, spot, metric)
    if unit == "count":
        score += _count_fit(scene, spot, metric, hit)
    word = layout.plain[layout.starts[hit.first] : layout.ends[hit.last]]
    return Cue(metric, score, hit.first, hit.last, word, strength == "hints", place, cost, crossed)


def _money_fit(scene: Scene, spot: Spot, metric: str) -> float:
    w, quantity = weights(), spot.quantity
    currency = scene.shared_currency(spot) or quantity.unit
    small = abs(quantity.value) < Decimal(small_money(currency))
    if metric in ("price", "arpu"):
        return w["price_fit"] if small else -w["misfit"]
    if metric == "other":
        return 0.0 if small else -w["big_other"]
    return -w["misfit"] if small else 0.0


def small_money(currency: str) -> int:
    """Return below which amount of a currency money is what one person pays."""
    table: dict[str, int] = measures()["_small_money"]
    return table.get(currency, table["default"])


def _count_fit(scene: Scene, spot: Spot, metric: str, hit: Hit) -> float:
    """Return what speaks against a measure when the number counts a noun of its own."""
    w, quantity = weights(), spot.quantity
    table = measures()[metric]
    if not table.get("least", 0) <= abs(quantity.value) <= table.get("most", math.inf):
        return -w["too_few"]
    if spot.last < hit.first <= spot.last + w["counted_reach"]:
        return 0.0
    if _counts(scene, spot, metric):
        return 0.0
    if metric == "other":
        return -w["other_noun"]
    if spot.bare:
        return -w["other_noun"] if quantity.noun else -w["bare_count"]
    return 0.0


def _counts(scene: Scene, spot: Spot, metric: str) -> bool:
    """Whether the noun right behind a number is one of a measure."""
    reach = spot.last + weights()["counted_reach"]
    hits = scene.hits("metrics", spot.sentence)
    return any(spot.last < hit.first <= reach and hit.name.startswith(f"{metric}.") for hit in hits)


def counted(scene: Scene, spot: Spot) -> bool:
    """Whether the noun beside a number is counted by a measure: "3 millions d'abonnés"."""
    reach = spot.last + weights()["counted_reach"]
    return any(
        spot.last < hit.first <= reach
        and hit.name.endswith((".nouns", ".counted"))
        and "count" in measures()[hit.name.partition(".")[0]]["units"]
        and _stands_behind(scene, spot, hit)
        for hit in scene.hits("metrics", spot.sentence)
        if not hit.name.startswith("other")
    )


def _stands_behind(scene: Scene, spot: Spot, hit: Hit) -> bool:
    """Whether no preposition but "of" stands between a number and a noun: "80 millions dans des films" are no films."""
    barred = lexicon.listed(scene.document.lang, "roles", "prepositions") - scene.of_words
    return not any(word in barred for word in scene.layout.words[spot.last + 1 : hit.first])


def loss_near(scene: Scene, spot: Spot, cue: Cue) -> bool:
    """Whether the result that a cue names is a loss."""
    words = scene.layout.words
    for hit in scene.hits("changes", scene.layout.sentence[min(cue.first, len(words) - 1)]):
        if hit.name == "deficit" and hit.first <= cue.last and hit.last >= cue.first:
            return True
    from etl.extract.readings import moves

    return moves.result(scene, spot) < 0
