"""What speaks for the sector as a whole, and for no platform, as the one that a quantity is about."""

from __future__ import annotations

from etl.extract.platforms import MARKET
from etl.extract.platforms.stands import Stands
from etl.extract.scene import Scene, Spot

OPENING = 3  # words
PUBLIC = 5  # words of a sentence in which its subject is looked for
COUNTED = 8  # words from a number to what it counts
WORLD = "WW"
PEOPLE = 4  # words from a number to the people that it counts


def of_sentence(stands: Stands, spot: Spot, situation: str, since: int, goes_on: bool) -> dict[str, float]:
    """Return what the sentence of a quantity says for the sector.

    Args:
        situation: What the sentence and its paragraph already speak of.
        since: How many sentences of the paragraph ago the sector was spoken of, and no platform since; 0 for never.
        goes_on: Whether it opens with a word that stands for a platform: "the service".
    """
    layout = stands.scene.layout
    start, end = layout.sentences[spot.sentence]
    words = [word for word in stands.scene.sector_words if start <= word < spot.first]
    behind = [word for word in stands.scene.sector_words if spot.last < word < min(end, spot.last + COUNTED)]
    named = [stand for stand in stands.of(spot.sentence) if stand.mention.slug != MARKET]
    before = any(stand.mention.first < spot.first for stand in named)
    roles = stands.scene.hits("roles", spot.sentence)
    public = any(hit.name == "public" and hit.first - start < PUBLIC for hit in roles)
    people = any(hit.name == "public" and 0 < hit.first - spot.last <= PEOPLE for hit in roles)
    house = spot.sentence in stands.origins
    placed = _names_place(stands.scene, spot.sentence)
    alone = not named and not goes_on
    marks = {
        "sector_opens": bool(words) and words[0] - start <= OPENING,
        "sector_here": bool(words),
        f"sector_alone{situation}": not named,
        "sector_alone_here": bool(words) and not named,
        "sector_behind": bool(named) and not before,
        "sector_said": since == 1 and not before,
        "sector_kept": since > 1 and not before,
        "sector_counted": bool(behind) and not before,
        "sector_some": not before and any(hit.name == "some" for hit in roles),
        "sector_some_named": before and any(hit.name == "some" for hit in roles),
        "sector_people": people and not named,
        "sector_people_behind": people and bool(named) and not before,
        "sector_people_named": people and before,
        "sector_house": house and alone,
        "sector_house_placed": house and placed and alone,
        "sector_house_behind": house and bool(named) and not before,
        "sector_placed": placed and alone,
        "sector_public": public and not named,
        "sector_public_named": public and before,
    }
    return {name: 1.0 for name, holds in marks.items() if holds}


def _names_place(scene: Scene, sentence: int) -> bool:
    """Whether a sentence names a country, its people or a wider area; the world is no such place."""
    first, end = scene.layout.sentences[sentence]
    start, stop = scene.layout.starts[first], scene.layout.ends[end - 1]
    return any(start <= area.start < stop for area in scene.areas if area.area != WORLD)


def of_text(stands: Stands, titled: bool, lead: str, named: int) -> dict[str, float]:
    """Return what a text as a whole says for the sector.

    Args:
        titled: It has a title that names no platform.
        lead: The platform that its opening names first.
        named: How many platforms it names.
    """
    scene = stands.scene
    spoken = len(scene.sector_words)
    marks = {
        "sector_title_said": titled and scene.title_sector,
        "sector_title_one": titled and named == 1,
        "sector_title_lead": titled and lead != MARKET,
    }
    found = {name: 1.0 for name, holds in marks.items() if holds}
    found["sector_share"] = spoken / max(spoken + len(scene.mentions), 1)
    return found
