"""What stands beside a quantity: the numbers around it, names that are nobody's of ours, words of other matters."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract import words as lexicon
from etl.extract.phrases import Hit
from etl.extract.readings.cues import Cue
from etl.extract.scene import Scene, Spot

RATIOS = (0.02, 0.15, 0.5, 0.95, 1.05, 2, 7, 50)  # of a number to its neighbour, told apart
AFTER = 6  # cost up to a word of change behind a number
MATTERS = ("sample", "elsewhere", "not_counted", "duration")  # roles that say what else a number can be of
MATTER = 14  # cost up to their words
SHORTEST_NAME = 3  # letters
JOINED = 3  # words from a number to the noun that it counts
STEM = 5  # letters that a noun and its plural share
NEAREST = frozenset({"before", "beside", "inside"})
ECHOED = frozenset({"before", "last", "lead"})


@dataclass(frozen=True, slots=True)
class Whole:
    """What a document says as a whole: how often it names each measure, and where it names strangers."""

    named: Counter[str]
    strangers: list[int]  # words that begin with a capital and name no platform, no place and no time


def whole_of(scene: Scene) -> Whole:
    """Return what a document says as a whole."""
    named = Counter(hit.name[:-6] for hit in scene.cues["metrics"] if hit.name.endswith(".nouns"))
    return Whole(
        named, [] if lexicon.load(scene.document.lang, "quantities").get("nouns_in_capitals") else [*_strangers(scene)]
    )


def _strangers(scene: Scene) -> Iterator[int]:
    layout = scene.layout
    known = {word for mention in scene.mentions for word in range(mention.first, mention.last + 1)}
    spans = [(area.start, area.end) for area in scene.areas] + [(time.start, time.end) for time in scene.periods]
    for start, end in spans:
        first = bisect_left(layout.ends, start + 1)
        known.update(range(first, max(bisect_left(layout.starts, end), first)))
    for word, raw in enumerate(layout.raws):
        if len(raw) >= SHORTEST_NAME and raw[0].isupper() and word not in known and not layout.opens_sentence(word):
            yield word


def around(scene: Scene, spot: Spot) -> Iterator[str]:
    """Yield what the numbers and words beside a quantity say of how it is meant."""
    family = "money" if spot.unit == "money" else "count"
    if spot.unit in ("count", "money"):
        here = scene.in_sentence(spot.sentence)
        at = here.index(spot) if spot in here else 0
        before = next((other for other in reversed(here[:at]) if other.unit == spot.unit), None)
        behind = next((other for other in here[at + 1 :] if other.unit == spot.unit), None)
        yield f"{family} before {ratio(spot, before)}"
        yield f"{family} next {ratio(spot, behind)}"
    hits = [hit for hit in scene.hits("changes", spot.sentence) if hit.first > spot.last]
    if hits:
        hit = min(hits, key=lambda hit: hit.first)
        if scene.layout.cost(spot.last, hit.first) <= AFTER and not scene.spots_between(spot, hit):
            yield f"then {hit.name}"


def against(scene: Scene, spot: Spot, whole: Whole) -> Iterator[str]:
    """Yield what says that a quantity is somebody else's, or of something else."""
    first = scene.layout.sentences[spot.sentence][0]
    ours = [mention.last for mention in scene.mentions if first <= mention.last < spot.first]
    until = bisect_left(whole.strangers, spot.first)
    theirs = until > 0 and whole.strangers[until - 1] > max([first, *ours])
    yield f"{'stranger' if theirs else 'no stranger'} {'after ours' if ours else 'before all'}"
    yield from {
        hit.name for hit in scene.hits("roles", spot.sentence) if hit.name in MATTERS and _near(scene, spot, hit)
    }


def own(scene: Scene, spot: Spot) -> frozenset[str]:
    """Return the measures that the noun joined to a number names: "263 millions d'abonnés", "36 % des revenus"."""
    words, small = scene.layout.words, scene.of_words | {"'"}
    return frozenset(
        hit.name.partition(".")[0]
        for hit in scene.hits("metrics", spot.sentence)
        if 0 < hit.first - spot.last <= JOINED and hit.name.endswith((".nouns", ".counted"))
        if all(word in small for word in words[spot.last + 1 : hit.first])
    )


def echoes(cues: dict[str, list[Cue]]) -> dict[str, str]:
    """Return the measures that were named in full before a short name nearest to a number, with where they were.

    "Its operating loss widened, to a loss of 156 million": the loss is the operating one.
    """
    here = [c for listed in cues.values() for c in listed if not c.hinted and c.place in NEAREST and not c.crossed]
    if not here:
        return {}
    nearest = min(here, key=lambda cue: cue.cost)
    short = _stems(nearest.word)
    found = {}
    for metric, listed in cues.items():
        for cue in listed:
            before = cue.place in ECHOED and (cue.place != "before" or cue.last < nearest.first)
            if before and not cue.hinted and metric != nearest.metric and short < _stems(cue.word):
                found[metric] = cue.place
                found[nearest.metric] = "short"
                break
    return found


def _stems(word: str) -> frozenset[str]:
    return frozenset(part[:STEM] for part in word.lower().split())


def taken(scene: Scene, spot: Spot, cue: Cue) -> bool:
    """Whether the words that name a measure stand nearer to another number."""
    at = bisect_left(scene.firsts, cue.first)
    others = (other for other in scene.spots[max(at - 1, 0) : at + 1] if other is not spot)
    return any(
        other.sentence == spot.sentence
        and scene.layout.cost(min(other.last, cue.last), max(other.first, cue.first)) < cue.cost
        for other in others
    )


def _near(scene: Scene, spot: Spot, hit: Hit) -> bool:
    return scene.layout.cost(min(hit.last, spot.last), max(hit.first, spot.first)) <= MATTER


def ratio(spot: Spot, other: Spot | None) -> str:
    """Return how a number compares with its neighbour."""
    if other is None or not other.quantity.value:
        return "none"
    ratio = float(abs(spot.quantity.value / other.quantity.value))
    return str(sum(ratio >= least for least in RATIOS))
