"""Who wrote a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.read import jsonld
from etl.read.days import without_days
from etl.read.lines import Line, headline_place
from etl.read.tree import Node
from etl.read.wording import fold
from etl.read.words import Words

METAS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
BETWEEN = re.compile(r"\s*[,;/|&•·]\s*|\s+(?:and|et|und|y|e)\s+|\s+[–-]\s+", re.IGNORECASE)
NAMED = re.compile(r"author|byline|by-line|autor|auteur|writer|redact|firma|signature|contributor", re.IGNORECASE)
PROFILE = re.compile(r"/(?:authors?|auteurs?|autor(?:en|es|in)?|journalists?|people|profile|contributors?|writers?)/")
TITLES = re.compile(r"^(?:ph\.?d|m\.?d|mba|rd|cfp|cpa|jd|msc|esq|[A-Z]{2,4})\.?$", re.IGNORECASE)
PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "des",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "las",
        "le",
        "les",
        "los",
        "van",
        "von",
        "vom",
        "zu",
        "zur",
        "ten",
        "ter",
        "y",
        "e",
        "al",
        "el",
        "bin",
        "ibn",
        "of",
    ]
)
ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S+\.\S+")  # of a profile, where a name should be
LONGEST = 60  # characters of a name
BYLINE = 140  # characters of a line that can be a by-line
NEAR = range(-6, 16)  # lines from the headline among which the by-line usually stands


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked who wrote the page."""

    metas: dict[str, str]
    entries: list[jsonld.Entry]
    article: jsonld.Entry
    lines: list[Line]
    title: str
    site: str
    words: Words


def authors(scene: Scene) -> tuple[str, ...]:
    """Return the names of the authors as the page gives them, without "by" and addresses.

    The site itself counts as an author only when the page names nobody else.
    """
    declared = _declared(scene)
    metas = [scene.metas[name] for name in METAS if name in scene.metas]
    for raw in (declared, metas, list(_bylines(scene, named=True)), list(_bylines(scene, named=False))):
        found = tuple(name for name in clean(raw, scene.words) if fold(name) != fold(scene.site))
        if found:
            return found
    return clean(declared, scene.words)


def _declared(scene: Scene) -> list[str]:
    people = {str(entry.get("@id")): jsonld.text_of(entry.get("name")) for entry in scene.entries if entry.get("@id")}
    candidates = [scene.article, *(entry for entry in scene.entries if jsonld.types(entry) & jsonld.ARTICLES)]
    for entry in candidates:
        for key in ("author", "creator"):
            value = entry.get(key)
            values = value if isinstance(value, list) else [value]
            names = [name for one in values for name in jsonld.names_of(one) or _by_reference(one, people)]
            if names:
                return names
    return []


def _by_reference(value: object, people: dict[str, str]) -> list[str]:
    name = people.get(str(value.get("@id")), "") if isinstance(value, dict) else ""
    return [name] if name else []


def _bylines(scene: Scene, named: bool) -> Iterator[str]:
    """Yield the line that names the authors: `named` by its markup, else by its first word, near the headline."""
    head = headline_place(scene.lines, scene.title)
    if head is None:
        return
    for line in scene.lines[max(0, head + NEAR.start) : head + NEAR.stop]:
        if len(line.text) > BYLINE or line.text == scene.title:
            continue
        dateless = without_days(line.text)[0]
        words = without_by(dateless, scene.words)
        by = words != dateless
        if (_says_author(line.node) if named else by) and all(map(_is_name, clean([words], scene.words)[:1] or ("",))):
            yield words
            return


def _says_author(node: Node) -> bool:
    for one in (node, *list(node.iterancestors())[:2]):
        names = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''} {one.get('rel') or ''}"
        if NAMED.search(names) or (one.tag == "a" and PROFILE.search(one.get("href") or "")):
            return True
    return False


def _is_name(text: str) -> bool:
    """Whether words look like a name: two to five of them, each with a capital or a particle."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() or word.lower() in PARTICLES for word in words)


def clean(raw: list[str], words: Words) -> tuple[str, ...]:
    """Return the single names in what a page gives: parted at commas and "and", without "by", titles and dates."""
    names: dict[str, str] = {}
    for text in (ADDRESS.sub(" ", one).strip() for one in raw):
        parts = [part.strip(" .,:·-–|()@") for part in BETWEEN.split(without_by(text, words))]
        for name in parts:
            spelled = without_by(name, words)
            degree = bool(names) and TITLES.match(spelled)
            if _plausible(spelled) and not degree:
                names.setdefault(fold(spelled), spelled)
    return tuple(names.values())


def _plausible(name: str) -> bool:
    wrong = "://" in name or "@" in name or "www." in name or any(c.isdigit() for c in name)
    return 2 < len(name) <= LONGEST and not wrong and len(name.split()) <= 7


def without_by(text: str, words: Words) -> str:
    """Return a by-line without its first words, such as "By" or "Propos recueillis par"."""
    lower = text[:LONGEST].lower()
    if not lower.startswith(tuple(words["by"])):
        return text
    for word in words["by"]:
        if lower.startswith((word + " ", word + ":", word + "\xa0")):
            return text[len(word) + 1 :].strip(" :\xa0")
    return text
