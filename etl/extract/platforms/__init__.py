"""Who a text names: platforms, their owners, and the sector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.extract import words as lexicon
from etl.extract.layout import Layout, lay_out, plain
from etl.extract.phrases import WORD, Hit, Phrases, spell_out

MARKET = "market"
SMALL = 3  # letters of the words that a headline writes small; a shorter line is no headline
HEADED = 0.9  # share of capitals


@dataclass(frozen=True, slots=True)
class Platform:
    """One entry of the registry."""

    slug: str
    kind: str = "service"  # service | company | broadcaster | sector
    parent: str | None = None
    area: str | None = None  # where its totals are counted; None is the world
    needs: frozenset[str] = frozenset()
    sort: str = ""  # operator: it sells telephone and access lines
    broad: bool = False  # its news is mostly about other businesses


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of a platform; `exact` names are everyday words, read only as written."""

    slug: str
    text: str
    exact: bool = False
    described: bool = False
    recalled: bool = False
    app: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """The words `first` to `last` of a text name a platform."""

    first: int
    last: int
    slug: str
    kind: str
    described: bool = False  # "the streaming market", "the Los Gatos company"
    recalled: bool = False  # "the industry", which says nothing where nothing else names a platform


@cache
def registry() -> dict[str, Platform]:
    """Return the platforms by slug."""
    return {
        slug: Platform(
            slug,
            entry.get("kind", "service"),
            entry.get("parent"),
            entry.get("area"),
            frozenset(str(word).lower() for word in entry.get("needs", ())),
            entry.get("sort", ""),
            bool(entry.get("broad", False)),
        )
        for slug, entry in _entries().items()
    }


@cache
def services_of(owner: str) -> frozenset[str]:
    """Return the platforms that belong to an owner, themselves or through another owner."""
    direct = {slug for slug, platform in registry().items() if platform.parent == owner}
    return frozenset(direct.union(*(services_of(slug) for slug in direct)))


def find(layout: Layout, lang: str, beside: str = "") -> list[Mention]:
    """Return the platforms named in a text, in order; `beside` is what is known of it besides, such as its title."""
    matcher, aliases = _names(lang)
    found = []
    for hit in _without_signs(layout, matcher):
        alias = aliases[int(hit.name)]
        if _is_name(layout, hit.first, hit.last, alias, beside):
            entry = registry()[alias.slug]
            kind = "service" if alias.app else entry.kind
            found.append(Mention(hit.first, hit.last, alias.slug, kind, alias.described, alias.recalled))
    return found


def names_platform(text: str) -> bool:
    """Whether a text names a platform, or the business of streaming, in any language of the lexicon."""
    low = plain(text).lower()
    for lang in lexicon.languages():
        if _sector(lang).find(_low_words(low)):
            return True
        layout = lay_out(text, lang)
        named = (mention for mention in find(layout, lang) if not mention.recalled)
        if any(mention.described or not registry()[mention.slug].broad for mention in named):
            return True
    return False


def spellings(*langs: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return all that makes a text worth reading: phrases as lower-case words, and names that count as written only.

    The names of owners whose news is mostly about other businesses are left out: alone they do not. Descriptions are
    those of the languages named, of all when none is.
    """
    langs = langs or lexicon.languages()
    phrases: list[str] = []
    exact: list[str] = []
    for entry in _entries().values():
        phrases += [*entry.get("apps", ()), *(name for lang in langs for name in entry.get("called", {}).get(lang, ()))]
        if entry.get("kind") != "company" or not entry.get("broad"):
            phrases += entry.get("names", ())
            exact += map(str, entry.get("words", ()))
    for lang in langs:
        phrases += lexicon.shared("platforms")["_sector_words"].get(lang, ())
    return [words for phrase in phrases for words in spell_out(plain(str(phrase)).replace("|", " ").lower())], exact


def written() -> Iterator[str]:
    """Yield the names of platforms as they are written."""
    for entry in _entries().values():
        yield from map(str, (*entry.get("names", ()), *entry.get("apps", ()), *entry.get("words", ())))


def anaphora(lang: str) -> dict[str, list[str]]:
    """Return the words that stand for a platform named before, by what they can mean."""
    found: dict[str, list[str]] = lexicon.shared("platforms")["_anaphora"].get(lang, {})
    return found


def _low_words(text: str) -> list[str]:
    """Return the words of a plain, lower-case text."""
    return WORD.findall(text)


def sector_words(layout: Layout, lang: str) -> list[int]:
    """Return the words of a text that speak of streaming without naming a platform, in order."""
    return sorted(hit.first for hit in _sector(lang).find(layout.words))


def _entries() -> dict[str, dict[str, Any]]:
    return {slug: entry for slug, entry in lexicon.shared("platforms").items() if not slug.startswith("_")}


@cache
def _names(lang: str) -> tuple[Phrases, list[Alias]]:
    aliases = []
    for slug, entry in _entries().items():
        aliases += [Alias(slug, str(name)) for name in entry.get("names", ())]
        aliases += [
            Alias(slug, str(name), exact=str(name).istitle() and str(name).isalpha(), app=True)
            for name in entry.get("apps", ())
        ]
        aliases += [Alias(slug, str(name), exact=True) for name in entry.get("words", ())]
        aliases += [Alias(slug, str(name), described=True) for name in entry.get("called", {}).get(lang, ())]
        aliases += [
            Alias(slug, str(name), described=True, recalled=True) for name in entry.get("recalled", {}).get(lang, ())
        ]
    phrases: dict[str, list[str]] = {}
    for number, alias in enumerate(aliases):
        phrases[str(number)] = [plain(alias.text).replace("|", " ")]
    return Phrases(phrases), aliases


@cache
def _sector(lang: str) -> Phrases:
    return Phrases({"sector": lexicon.shared("platforms")["_sector_words"].get(lang, [])})


def _is_name(layout: Layout, first: int, last: int, alias: Alias, beside: str) -> bool:
    """Whether the words are the name: a plus sign stands close, an everyday word is written as a name."""
    for word in range(first + 1, last + 1):
        if layout.words[word] == "+" and not _is_plus(layout, word, word == last):
            return False
    if not alias.exact:
        return True
    written = layout.plain[layout.starts[first] : layout.ends[last]]
    if written != alias.text and written != alias.text.upper():
        return False
    needs = registry()[alias.slug].needs
    if needs and not any(need in known for need in needs for known in (layout.plain.lower(), beside)):
        return False
    return written.isupper() or _is_headline(layout, first) or not _part_of_name(layout, first, last)


def _without_signs(layout: Layout, matcher: Phrases) -> Iterator[Hit]:
    """Yield the names found, where a plus sign is none of theirs what stands before it: "Disney +3 %"."""
    for hit in matcher.find(layout.words):
        if layout.words[hit.last] == "+" and hit.last > hit.first and not _is_plus(layout, hit.last, final=True):
            shorter = matcher.find(layout.words[hit.first : hit.last])
            yield from (Hit(hit.first + one.first, hit.first + one.last, one.name) for one in shorter)
        else:
            yield hit


def _is_plus(layout: Layout, word: int, final: bool) -> bool:
    """Whether a plus sign belongs to the name before it: close, or as "Disney +", but not "Disney +3 %"."""
    gap, after = layout.starts[word] - layout.ends[word - 1], word + 1
    if gap == 0 or after >= len(layout.words) or not final:
        return gap <= 1
    return gap == 1 and not layout.raws[after][0].isdigit() and not layout.capital(after)


def _is_headline(layout: Layout, word: int) -> bool:
    """Whether a word stands in a line that gives nearly every word a capital, where a capital says nothing."""
    first, end = layout.sentences[layout.sentence[word]]
    long = [
        number for number in range(first, end) if layout.raws[number].isalpha() and len(layout.raws[number]) > SMALL
    ]
    return len(long) > SMALL and sum(map(layout.capital, long)) >= HEADED * len(long)


def _part_of_name(layout: Layout, first: int, last: int) -> bool:
    """Whether a capitalised word right beside it makes it part of another name ("Max Verstappen", "Fox Mulder")."""
    before, after = first - 1, last + 1
    if after < len(layout.words) and layout.capital(after) and layout.sentence[after] == layout.sentence[last]:
        return not layout.raws[after].isupper() and not layout.raws[after][0].isdigit()
    beside = before >= 0 and layout.sentence[before] == layout.sentence[first]
    if beside and before and layout.words[before - 1].isdigit():
        return False  # "5 Millionen Sky-Kunden"
    return (
        beside
        and layout.capital(before)
        and not layout.opens_sentence(before)
        and layout.raws[before].isalpha()
        and (len(layout.raws[before]) > 1)
    )
