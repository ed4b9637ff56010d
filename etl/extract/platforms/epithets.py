"""Names that only describe: "the Disney contract", "Apple's streaming service", "la filiale d'Orange"."""

from __future__ import annotations

from collections.abc import Mapping

from etl.extract.layout import Layout
from etl.extract.platforms import Mention

SHORT = 3  # letters of a word that is no noun
NEAR = 4  # words between a company and its service
ADJECTIVES = 3  # words from "rival" to the name
Roles = Mapping[str, frozenset[str]]  # words in the grammar of names, by role


def is_child(layout: Layout, roles: Roles, mention: Mention) -> bool:
    """Whether a name only says whose subsidiary is spoken of; right behind the noun it is that of the subsidiary."""
    following = layout.words[mention.last + 1 : mention.last + 3]
    if len(following) == 2 and following[0] == "-" and following[1] in roles.get("owned", ()):
        return True
    before = mention.first - 1
    joints = _joints(roles)
    while before >= 0 and layout.words[before] in joints:
        before -= 1
    return 0 <= before < mention.first - 1 and layout.words[before] in roles.get("subsidiary", ())


def is_attributive(layout: Layout, roles: Roles, mention: Mention) -> bool:
    """Whether a name stands between an article and a noun that it only describes."""
    if mention.first == 0 or layout.words[mention.first - 1] not in roles.get("articles", ()):
        return False
    following = layout.raws[mention.last + 1 : mention.last + 2]
    return bool(following) and following[0].isalpha() and following[0].islower() and len(following[0]) > SHORT


def serves(layout: Layout, roles: Roles, mention: Mention) -> bool:
    """Whether the service of a company is spoken of, not the company."""
    services = roles.get("services", frozenset())
    words = layout.words[mention.last + 1 : mention.last + 2 + NEAR]
    if words[:1] == ["'"]:
        return any(word in services for word in words)
    before = layout.words[max(mention.first - NEAR, 0) : mention.first]
    joined = bool(before) and before[-1] in _joints(roles) | roles.get("prepositions", frozenset())
    return joined and any(word in services for word in before)


def is_rival(layout: Layout, roles: Roles, mention: Mention) -> bool:
    """Whether a name is introduced as a rival: "son rival suédois Spotify", "Spotify, its Swedish rival,"."""
    rivals = roles.get("rivals", frozenset())
    for word in range(mention.first - 1, max(mention.first - 1 - ADJECTIVES, 0) - 1, -1):
        if not layout.words[word].isalpha():
            break
        if layout.words[word] in rivals:
            return True
    following = layout.words[mention.last + 1 : mention.last + 3 + ADJECTIVES]
    return following[:1] == [","] and any(word in rivals for word in following)


def is_bracketed(layout: Layout, mention: Mention) -> bool:
    """Whether a name stands alone in brackets."""
    words = layout.words[max(mention.first - 1, 0) : mention.last + 2]
    return words[0] == "(" and words[-1] == ")"


def _joints(roles: Roles) -> frozenset[str]:
    return roles.get("articles", frozenset()) | roles.get("of", frozenset()) | {"'", "s"}
