"""What the text, the paragraph and the clauses around a quantity say for each platform."""

from __future__ import annotations

from collections.abc import Mapping

from etl.extract import platforms
from etl.extract.platforms import MARKET, groups
from etl.extract.platforms.stands import Stand, Stands
from etl.extract.scene import Spot

NEAR = 4  # words beside a number that is a sentence of its own, or between one and the name that it introduces
ENCLOSED = 3  # words between the comma of a clause and its relative
GENITIVE = 7  # words between a number and the name whose it is
NOUNS = 2  # of these
APPOSED = 14  # words from the comma of an apposition to its number
HAVING = 3  # words from a name to its number: "et ses"
FRONT = 4  # words
LEAD = 4  # sentences in which a text says whom it is about
DOMINANT = 0.7  # share of the mentions


class Surroundings:
    """What stands around one quantity, looked at once for all platforms."""

    def __init__(self, stands: Stands, spot: Spot) -> None:
        """Look at the paragraph and the sentence of a quantity."""
        self.named = _named_so_far(stands, spot)
        self.following = _following(stands, spot)
        self.introduced = _introduced(stands, spot)
        self.clauses = _clauses(stands, spot)
        self.group = groups.before(stands, spot)
        self.bare_line = stands.scene.is_line(spot.sentence) and not stands.of(spot.sentence)

    def of(self, slug: str, titled: bool, most: bool) -> dict[str, float]:
        """Return what stands around the quantity for a platform.

        Args:
            titled: It is the first platform of the title.
            most: It is the platform that the text names most.
        """
        named = self.named
        marks = {
            "title_bare": titled and not named,
            "most_bare": most and not named,
            "paragraph_only": bool(named) and set(named) == {slug},
            "paragraph_first": named[:1] == [slug],
            "paragraph_last": named[-1:] == [slug],
            "paragraph_other": bool(named) and slug not in named,
            "title_elsewhere": titled and bool(named) and slug not in named,
            "next_sentence": self.following == slug,
            "with_number": self.introduced == slug,
            "line_titled": self.bare_line and titled,
            "line_most": self.bare_line and most,
        }
        found = {name: 1.0 for name, holds in marks.items() if holds}
        return found | dict.fromkeys([*self.clauses.get(slug, ()), *groups.of(self.group, slug)], 1.0)


def of_text(counts: Mapping[str, int], slug: str) -> dict[str, float]:
    """Return whether a text names nobody but a platform, or hardly anybody."""
    own = {name: count for name, count in counts.items() if name != MARKET}
    if slug not in own:
        return {"only_other": 1.0} if slug == MARKET and len(own) == 1 else {}
    if len(own) == 1:
        return {"only_named": 1.0}
    return {"dominant": 1.0} if own[slug] > DOMINANT * sum(own.values()) else {}


def lead_of(stands: Stands, titled: bool) -> tuple[str, str]:
    """Return the platform that the opening of a text names first, and what that says; the sector when it names none."""
    for sentence in range(min(LEAD, len(stands.scene.layout.sentences))):
        for stand in stands.of(sentence):
            if not stand.aside:
                how = "subject" if stand.plain else "named"
                return stand.mention.slug, f"lead_{how}{'' if titled else '_untitled'}"
    return MARKET, "lead_nobody"


def _named_so_far(stands: Stands, spot: Spot) -> list[str]:
    """Return the platforms that the paragraph of a quantity names before it, each time that it does."""
    layout = stands.scene.layout
    paragraph = layout.paragraph[spot.first]
    named = [stand.mention.slug for stand in stands.before(spot) if _counts(stand)]
    for sentence in range(spot.sentence - 1, -1, -1):
        if layout.paragraph[layout.sentences[sentence][0]] != paragraph:
            break
        named = [stand.mention.slug for stand in stands.of(sentence) if _counts(stand)] + named
    return named


def _counts(stand: Stand) -> bool:
    return not stand.aside and stand.mention.slug != MARKET


def _clauses(stands: Stands, spot: Spot) -> dict[str, list[str]]:
    """Return how the clauses of its sentence keep each platform from a quantity, or hand it over."""
    found: dict[str, list[str]] = {}
    for stand in stands.of(spot.sentence):
        mine = found.setdefault(stand.mention.slug, [])
        if stand.mention.first > spot.last:
            mine += _behind(stands, stand, spot)
        elif stand.mention.last < spot.first:
            mine += ["enclosed"] if _enclosed(stands, stand, spot) else []
            mine += ["attributive"] if stand.attributive else []
            mine += ["bracketed"] if stand.bracketed and stand.mention.last + 1 < spot.opening else []
            mine += ["apposed"] if _apposed(stands, stand, spot) else []
            mine += ["measured"] if _measured(stands, stand, spot) else []
            mine += ["with_its"] if _with_its(stands, stand, spot) else []
            mine += ["fronted"] if _fronted(stands, stand, spot) else []
            if stand.serves:
                mine.append("owner_of_service")
                for service in platforms.services_of(stand.mention.slug):
                    found.setdefault(service, []).append("service_of_named")
    return found


def _behind(stands: Stands, stand: Stand, spot: Spot) -> list[str]:
    """Return whether a name behind a quantity is joined to it: "200 million people for Prime Video"."""
    before = stands.scene.layout.words[stand.mention.first - 1]
    kind = "for" if before in stands.role("belongs") else "on" if before in stands.role("belongs_share") else ""
    others = stands.scene.in_sentence(spot.sentence)
    crossed = any(spot.last < other.first < stand.mention.first for other in others)
    found = [f"behind_{kind}{'_crossed' if crossed else ''}"] if kind else []
    if not crossed and (whose := _whose(stands, spot, stand)):
        found.append(whose)
    return found


def _whose(stands: Stands, spot: Spot, stand: Stand) -> str | None:
    """Return how far behind a quantity a genitive says whose it is: "18 % of the works of Netflix"."""
    between = stands.scene.layout.words[spot.last + 1 : stand.mention.first]
    small = stands.scene.of_words | stands.role("articles")
    if not 0 < len(between) <= GENITIVE or not all(word.isalpha() or word == "'" for word in between):
        return None
    if not any(word in stands.scene.of_words for word in between[-2:]):
        return None
    nouns = sum(word not in small for word in between)
    return f"behind_of_{nouns}" if nouns <= NOUNS else None


def _apposed(stands: Stands, stand: Stand, spot: Spot) -> bool:
    """Whether a quantity stands in the apposition of a name: "MultiChoice, le géant aux 21 millions de foyers"."""
    words = stands.scene.layout.words[stand.mention.last + 1 : spot.opening]
    if len(words) < 2 or len(words) > APPOSED or words[0] != "," or words[1] not in stands.role("articles"):
        return False
    return not any(word in stands.scene.grammar("fences") for word in words[1:])


def _with_its(stands: Stands, stand: Stand, spot: Spot) -> bool:
    """Whether a number is what a name has: "devant Canal+ et ses 4,7 millions d'abonnés", "MultiChoice, with 16"."""
    words = stands.scene.layout.words[stand.mention.last + 1 : spot.opening]
    if not words or words[-1] not in stands.role("having") or len(words) > APPOSED:
        return False
    return len(words) <= HAVING or (words[0] == "," and "," not in words[1:] and not _fenced(stands, words))


def _fenced(stands: Stands, words: list[str]) -> bool:
    return any(word in stands.scene.grammar("fences") or word == ";" for word in words)


def _fronted(stands: Stands, stand: Stand, spot: Spot) -> bool:
    """Whether a name is set in front of the sentence as what it is about: "Quant à Disney+, ...", "For Hulu, ..."."""
    scene = stands.scene
    first = scene.layout.sentences[spot.sentence][0]
    opens = stand.mention.first - first <= FRONT and stand is stands.of(spot.sentence)[0]
    return opens and stand.oblique and scene.layout.words[stand.mention.last + 1] == ","


def _measured(stands: Stands, stand: Stand, spot: Spot) -> bool:
    """Whether a name stands behind a measure that it has: "la part de marché de Disney+ est passée de 15 %"."""
    words, small = stands.scene.layout.words, stands.scene.of_words | stands.role("articles")
    at = stand.mention.first - 1
    while at > 0 and words[at] in small:
        at -= 1
    if at == stand.mention.first - 1 or not any(word in stands.scene.of_words for word in words[at + 1 : at + 3]):
        return False
    return any(h.last == at and h.name.endswith(".nouns") for h in stands.scene.hits("metrics", spot.sentence))


def _enclosed(stands: Stands, stand: Stand, spot: Spot) -> bool:
    """Whether a name stands in a clause that is closed before a quantity: "Showmax, of which Sky owns 30 %, rose"."""
    words = stands.scene.layout.words
    first = stands.scene.layout.sentences[spot.sentence][0]
    comma = next((word for word in range(stand.mention.first - 1, first, -1) if words[word] == ","), None)
    if comma is None or "," not in words[stand.mention.last + 1 : spot.opening]:
        return False
    opening = words[comma + 1 : min(comma + 1 + ENCLOSED, stand.mention.first)]
    return any(word in stands.role("relatives") for word in opening)


def _introduced(stands: Stands, spot: Spot) -> str | None:
    """Return the platform that a number introduces behind a comma: "With 36 %, Netflix is"."""
    if stands.before(spot):
        return None
    words = stands.scene.layout.words
    stand = next((one for one in stands.of(spot.sentence) if one.mention.first > spot.last), None)
    if stand is None or stand.oblique or stand.mention.first - spot.last > NEAR + 1:
        return None
    opened = any(word in stands.role("prepositions") for word in words[max(spot.opening - 2, 0) : spot.opening])
    return stand.mention.slug if opened and "," in words[spot.last + 1 : stand.mention.first] else None


def _following(stands: Stands, spot: Spot) -> str | None:
    """Return the platform that the sentence behind a number that is one of its own names: "4.5 %. Disney+'s churn"."""
    layout = stands.scene.layout
    first, end = layout.sentences[spot.sentence]
    if end - first > spot.last - spot.first + NEAR or stands.of(spot.sentence):
        return None
    for stand in stands.of(spot.sentence + 1)[:1]:
        if layout.paragraph[stand.mention.first] == layout.paragraph[spot.first]:
            return stand.mention.slug
    return None
