"""Figures shared out: "respectively", "each", "the former", and lists of names beside lists of numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from etl.extract.decisions import Decision
from etl.extract.lists import series
from etl.extract.lists.elided import small_words
from etl.extract.platforms.topics import Topics
from etl.extract.scene import Scene

LIST_SIGNS = frozenset(",;")
LIST_GAP = 12  # words between two numbers of one list
BACK = 3  # sentences back in which "both" finds its two


def spread(scene: Scene, topics: Topics, decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions with every figure given to those it is shared out to, in order."""
    found: list[Decision] = []
    by_sentence: dict[int, list[Decision]] = {}
    for decision in decisions:
        by_sentence.setdefault(decision.spot.sentence, []).append(decision)
    for sentence, here in by_sentence.items():
        found += _of_sentence(scene, topics, sentence, here)
    return found


def _of_sentence(scene: Scene, topics: Topics, sentence: int, here: list[Decision]) -> Iterator[Decision]:
    said = {hit.name: hit for hit in scene.hits("changes", sentence)}
    runs = list(_runs(scene, here, "respectively" in said))
    seated = series.seats(scene, topics.stands.of(sentence), here)
    groups = _groups(scene, topics, sentence)
    for run in runs:
        before = [group for group in groups if group[-1][1] < run[0].spot.first]
        matching = [group for group in before if len(group) == len(run)]
        if len(run) > 1 and matching:
            yield from (replace(d, platform=slug) for d, (slug, _) in zip(run, matching[-1], strict=True))
        elif len(run) > 1 and (areas := _area_group(scene, run)):
            yield from (replace(d, area=area) for d, area in zip(run, areas, strict=True))
        elif (
            len(run) == 1
            and "each" in said
            and (each := _each(scene, topics, sentence, before, run[0], said["each"].first))
        ):
            yield from (replace(run[0], platform=slug) for slug in each)
        else:
            for decision in run:
                slug = seated.get(decision.spot)
                yield replace(decision, platform=slug) if slug else _ordinal(scene, topics, decision)


def _runs(scene: Scene, here: list[Decision], ordered: bool) -> Iterator[list[Decision]]:
    """Yield the figures of a sentence in runs: lists of one measure without a verb between them."""
    run: list[Decision] = []
    for decision in here:
        if run and not _listed(scene, run[-1], decision, ordered):
            yield run
            run = []
        run.append(decision)
    if run:
        yield run


def _listed(scene: Scene, one: Decision, other: Decision, ordered: bool) -> bool:
    between = scene.layout.words[one.spot.last + 1 : other.spot.opening]
    alike = one.chosen is not None and other.chosen is not None and one.chosen.metric is other.chosen.metric
    same = one.spot.unit == other.spot.unit and other.link is not None and other.link.kind in ("peer", "near", "again")
    joints = LIST_SIGNS | scene.grammar("light")
    if ordered:
        alike, joints = one.spot.unit == other.spot.unit, joints | small_words(scene.document.lang)
        between = [word for word in between if word != (one.spot.quantity.noun or "").lower()]
    return alike and same and 0 < len(between) <= (3 if ordered else 2) and all(word in joints for word in between)


def _groups(scene: Scene, topics: Topics, sentence: int) -> list[list[tuple[str, int]]]:
    """Return the coordinated platforms of a sentence: runs of two and more names with only joints between them."""
    groups: list[list[tuple[str, int]]] = []
    last = -10
    for stand in topics.stands.of(sentence):
        mention = stand.mention
        between = scene.layout.words[last + 1 : mention.first]
        if groups and 0 < len(between) <= 4 and all(word in scene.grammar("joints") for word in between):
            groups[-1].append((mention.slug, mention.last))
        else:
            groups.append([(mention.slug, mention.last)])
        last = mention.last
    return [group for group in groups if len(group) > 1 and len({slug for slug, _ in group}) == len(group)]


def _area_group(scene: Scene, run: list[Decision]) -> list[str] | None:
    """Return the countries listed before a run of as many numbers."""
    layout = scene.layout
    first = layout.starts[layout.sentences[run[0].spot.sentence][0]]
    named = [m for m in scene.areas if first <= m.start < layout.starts[run[0].spot.first] and m.kind == "country"]
    if len(named) < len(run):
        return None
    last = named[-len(run) :]
    for one, other in pairwise(last):
        between = layout.words[bisect_left(layout.ends, one.end + 1) : bisect_left(layout.ends, other.start + 1)]
        if len(between) > 4 or not all(word in scene.grammar("joints") for word in between):
            return None
    return [mention.area for mention in last]


def _each(
    scene: Scene, topics: Topics, sentence: int, before: list[list[tuple[str, int]]], decision: Decision, said: int
) -> list[str]:
    """Return those to whom "each" gives the same figure: the group of the sentence, else the last two spoken of."""
    if scene.layout.cost(said, decision.spot.first) > LIST_GAP:
        return []
    if before:
        return [slug for slug, _ in before[-1]]
    if said > scene.layout.sentences[sentence][0] + 1:
        return []
    spoken: list[str] = []
    for back in range(1, BACK + 1):
        for stand in reversed(topics.stands.of(sentence - back)):
            if stand.mention.slug not in spoken and stand.mention.kind == "service":
                spoken.append(stand.mention.slug)
    return list(reversed(spoken[:2])) if len(spoken) >= 2 else []


def _ordinal(scene: Scene, topics: Topics, decision: Decision) -> Decision:
    """Return a decision given to the one that "the former" or "the latter" means."""
    spot = decision.spot
    marks = [h for h in scene.hits("changes", spot.sentence) if h.name in ("former", "latter") and h.last < spot.first]
    if not marks or (decision.link is not None and decision.link.spot.first > marks[-1].first):
        return decision
    mark = marks[-1]
    for sentence in (spot.sentence, spot.sentence - 1, spot.sentence - 2):
        groups = [g for g in _groups(scene, topics, sentence) if len(g) == 2 and g[-1][1] < mark.first]
        if groups:
            return replace(decision, platform=groups[-1][0 if mark.name == "former" else 1][0])
    return decision
