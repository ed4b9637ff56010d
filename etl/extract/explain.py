"""Why the extractor read a document as it did: every quantity, the readings weighed, and the one that won."""

from __future__ import annotations

from etl.extract import tables
from etl.extract.decisions import Decision, decide
from etl.extract.platforms.topics import Topics
from etl.extract.scene import Scene
from etl.extract.staging import stage
from etl.model import Document

SHOWN = 4  # readings per quantity
AROUND = 30  # characters on either side


def explain(document: Document) -> list[str]:
    """Return lines for a terminal: one for each quantity, and below it the readings weighed, best first.

    Raises:
        ValueError: The language of the document is not in the lexicon.
    """
    scene = stage(document)
    if not scene.relevant:
        return ["no platform and no word of streaming is named: nothing is read"]
    topics = Topics(scene)
    entries, inside = tables.read(scene, topics)
    decisions = decide(scene, topics, inside)
    lines = [line for decision in decisions for line in _lines(scene, decision)]
    for entry in entries:
        written = document.text[entry.spot.quantity.start : entry.spot.quantity.end]
        lines.append(f"[{written}] in a table  ->  {entry.platform} {entry.metric} {entry.transformation}")
    weighed = {decision.spot for decision in decisions} | inside
    idle = [spot for spot in scene.spots if spot not in weighed]
    if idle:
        written = ", ".join(document.text[spot.quantity.start : spot.quantity.end] for spot in idle)
        lines.append(f"not weighed, they count what is never a figure: {written}")
    return lines or ["no quantity in it"]


def _lines(scene: Scene, decision: Decision) -> list[str]:
    quantity, text = decision.spot.quantity, scene.document.text
    before = text[max(0, quantity.start - AROUND) : quantity.start]
    after = text[quantity.end : quantity.end + AROUND]
    shown = " ".join(f"{before}[{text[quantity.start : quantity.end]}]{after}".split())
    verdict = "no figure"
    if decision.chosen and decision.platform:
        verdict = f"{decision.platform} {decision.chosen.metric} {decision.chosen.transformation}"
    lines = [f"{shown}  ->  {verdict}"]
    for reading in decision.readings[:SHOWN]:
        mark = ">" if reading is decision.chosen else " "
        lines.append(
            f"  {mark} {reading.score:5.1f}  {reading.metric} {reading.transformation}  because of {reading.why!r}"
        )
    if decision.link:
        base = decision.link.base
        lines.append(f"    tied ({decision.link.kind}) to the figure before it: {base.platform} {base.metric}")
    return lines
