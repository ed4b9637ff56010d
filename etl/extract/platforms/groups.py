"""Names joined to one: "Disney+, Hulu and ESPN+ had", "Gemeinsam kämen RTL+ und Sky auf"."""

from __future__ import annotations

from etl.extract import platforms
from etl.extract.platforms import MARKET
from etl.extract.platforms.stands import Stand, Stands
from etl.extract.scene import Spot

JOINED = 4  # words between two names of a list
MANY = 3  # names that stand for the sector


def before(stands: Stands, spot: Spot) -> list[Stand]:
    """Return the last names before a quantity when they are joined to a list; none when the last stands alone."""
    group: list[Stand] = []
    joints = stands.scene.grammar("joints")
    for stand in reversed(stands.before(spot)):
        between = stands.scene.layout.words[stand.mention.last + 1 : group[-1].mention.first] if group else []
        if group and not (0 < len(between) <= JOINED and all(word in joints for word in between)):
            break
        group.append(stand)
    return group[::-1] if len({stand.mention.slug for stand in group}) > 1 else []


def of(group: list[Stand], slug: str) -> list[str]:
    """Return what a list of names before a quantity says for a platform."""
    if not group:
        return []
    slugs = [stand.mention.slug for stand in group]
    many = "many" if len(set(slugs)) >= MANY else "two"
    parents = {platforms.registry()[one].parent for one in slugs}
    marks = {
        f"group_{many}_sector": slug == MARKET,
        f"group_{many}_first": slugs[0] == slug,
        f"group_{many}_last": slugs[-1] == slug,
        f"group_{many}_inside": slug in slugs[1:-1],
        f"group_{many}_owner": parents == {slug},
        f"group_{many}_an_owner": slug in parents and len(parents) > 1,
    }
    return [name for name, holds in marks.items() if holds]
