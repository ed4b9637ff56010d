"""Quantities that stand together: lists, intervals and moves share scale and unit."""

from __future__ import annotations

from itertools import pairwise, zip_longest

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.numerals import THOUSAND
from etl.extract.quantities.passage import Passage
from etl.extract.quantities.tokens import BREAK

LISTS = ("list", "comma")
MEASURES = ("percent", "percentage_points", "hours", "minutes")
RATES = ("percent", "percentage_points")
MINUS = ("-", "−", "–")
SIGNS = ("+", *MINUS)
DASHES = "-–—"
SENTENCE_END = ".!?;:"
APART = 3  # tokens that may stand between two neighbours
LOOK_BACK = 14  # tokens in which a verb of motion is looked for
PRICE_BACK = 30  # the same, for a price: lists of tariffs name the verb once
NEAR = 3  # the same, for one that governs the number itself
FEWEST = 10  # thousands that may be said once: "15 à 20.000", never "1 à 1.500"
SINKING = 3  # times the new value, for an old one of a thousand and more that leaves its scale to it
FAR_APART = 3  # times a change, for a level behind it
WIDEST = 20  # times the lower end, for two bare numbers at a dash


def join(p: Passage, atoms: list[Atom]) -> list[Atom]:
    """Return the atoms with scale and unit shared along lists and intervals, intervals as one atom."""
    atoms = _without_weak(p, atoms)
    links = [_link(p, one, two) for one, two in pairwise(atoms)]
    for n in range(2, len(links)):  # "passe de 18 % à 24 %, et la part des jeunes de 8 % à 14 %"
        if links[n] == "range" and links[n - 2] == "move" and p.word(atoms[n].first - 1) in p.words.begins:
            links[n] = "move" if _together(p, atoms[n - 1].last, atoms[n].first) else links[n]
    for n in range(len(links) - 1, -1, -1):
        if links[n] == "comma" and links[n + 1 : n + 2] not in (["list"], ["comma"]):
            links[n] = ""  # a list ends in "and" or "or"
        if links[n] == "range":
            _thousands(p, atoms[n], atoms[n + 1])
        if links[n]:
            _tie(atoms[n], atoms[n + 1], links[n])
    for n, link in enumerate(links):
        if link and (link not in LISTS or atoms[n + 1].number.scaled):
            _share_forward(atoms[n], atoms[n + 1])
    return _intervals(atoms, links)


def _without_weak(p: Passage, atoms: list[Atom]) -> list[Atom]:
    """Leave out every "one" that is no part of "one or two million" or "un à deux euros"."""
    return [
        atom
        for atom, following in zip_longest(atoms, atoms[1:])
        if not atom.weak or (following and _measured(following) and _link(p, atom, following))
    ]


def _measured(atom: Atom) -> bool:
    """Whether a number has a scale, or is a word with a unit."""
    return atom.number.scaled or (atom.unit not in ("count", "multiple") and not atom.number.digits)


# --- how two neighbours hang together


def _link(p: Passage, one: Atom, two: Atom) -> str:
    """Return how two neighbours are joined: range, move, list, comma, or not at all."""
    if two.first - one.last > APART or one.unit == "multiple":
        return ""
    signs = [_sign(p, one, -1), _sign(p, two, one.last)]
    for trie, link in ((p.words.to_range, _to), (p.words.to_move, _onto), (p.words.lists, _listed)):
        found = trie.match(p.tokens, one.last)
        if found and found[1] == two.first - len(signs[1]):
            linked = link(p, one, two)
            if two.unit == "multiple":
                return linked if linked == "range" else ""
            mixed = (signs[0] in MINUS) != (signs[1] in MINUS)  # "between -2 and +3 %"
            return "list" if linked == "range" and mixed else linked
    return ""


def _sign(p: Passage, atom: Atom, joint: int) -> str:
    """Return the sign before an atom; a dash at `joint` joins and is no sign."""
    at = atom.first - 1
    return p.word(at) if at > joint and p.word(at) in SIGNS else ""


def _to(p: Passage, one: Atom, two: Atom) -> str:
    """Tell an interval ("from X to Y", "X to Y", "X-Y") from a move ("rose from X to Y") and from "gained X to Y"."""
    if p.word(one.last) in DASHES and one.last + 1 == two.first:
        even = p.at(one.last).glued == p.at(two.first).glued  # "5-6", "5 – 6", never "5 -6"
        return "range" if even and not _numbered(p, one, two) else ""
    begin = one.first - 1 - len(_sign(p, one, -1))
    begin -= p.word(begin) in p.words.articles and p.word(begin - 1) in p.words.begins  # "desde los 9,99"
    if p.word(begin) in p.words.begins:
        money = two.unit not in ("count", "multiple", *MEASURES)
        price = money and not two.number.scaled  # "el básico sube a $119; el premium, de $299 a $329"
        verb = _motion(p, begin, PRICE_BACK if price else LOOK_BACK, "." if price else SENTENCE_END)
        whole = one.unit == two.unit  # "une hausse de 18 % à 24 %", not "une hausse de 8 à 10 %"
        amount = two.unit == "percent" and verb in p.words.moves_by and not whole
        return "move" if verb and not amount else "range"
    if p.word(begin) in p.words.by:
        return ""  # "fell by 0.4 to 5.2 million"
    units = one.unit != "count" and two.unit != "count"
    apart = one.number.scaled and two.number.scaled and one.value * FAR_APART < two.value  # "down 3.8m to 57.5m"
    moved = (units or apart) and _motion(p, one.first, NEAR, SENTENCE_END)
    return "" if one.factor != two.factor or moved else "range"


def _numbered(p: Passage, one: Atom, two: Atom) -> bool:
    """Whether two bare numbers at a dash are a file or telephone number: "333-83878", "540-3700"."""
    if not (one.bare_count and two.bare_count and p.at(one.last).glued):
        return False
    wide = one.value * WIDEST < two.value or p.word(one.first).startswith("0")
    return wide or not p.names_thing(two.last)


def _onto(p: Passage, one: Atom, two: Atom) -> str:
    """Read "von X auf Y"; in "um X auf Y" the change shares the scale of the level, but points are no percent."""
    begin = p.word(one.first - 1 - len(_sign(p, one, -1)))
    by = begin in p.words.by and one.bare_count and two.unit not in MEASURES
    return "move" if begin in p.words.begins or by else ""


def _listed(p: Passage, one: Atom, two: Atom) -> str:
    first = one.first - len(_sign(p, one, -1))
    if p.word(one.last) in p.words.between_and and p.words.between.match_before(p.tokens, first):
        return "range"
    return "comma" if p.word(one.last) == "," and one.last + 1 == two.first else "list"


def _together(p: Passage, last: int, first: int) -> bool:
    """Whether two places stand near each other in one sentence."""
    between = range(last, first)
    return len(between) <= LOOK_BACK and not any(p.at(at).kind == BREAK or p.word(at) in SENTENCE_END for at in between)


def _motion(p: Passage, end: int, reach: int, stops: str) -> str:
    """Return the nearest verb of motion before a token, up to a stop; "" when there is none."""
    for at in range(end - 1, max(end - 1 - reach, -1), -1):
        if p.at(at).kind == BREAK or p.word(at) in stops:
            return ""
        if p.word(at) in p.words.moves:
            return p.word(at)
    return ""


# --- what they share


def _tie(one: Atom, two: Atom, link: str) -> None:
    """Share backwards, and note what neighbours in a list or a move are to each other."""
    alike = one.bare_count and two.bare_count
    shared = _share_back(one, two, link)
    two.follows = link in LISTS and (shared or alike)
    one.moved |= link == "move"
    two.moved |= link == "move"


def _thousands(p: Passage, one: Atom, two: Atom) -> None:
    """Read "15 à 20.000 abonnés" as 15,000 to 20,000."""
    grouped = len(p.word(two.number.first)) > len(f"{two.number.bare:f}")  # a mark stands between its thousands
    lone = one.bare_count and one.number.digits and not two.number.scaled and grouped
    if lone and FEWEST <= one.number.bare < THOUSAND and one.number.bare * THOUSAND < two.number.bare:
        one.number.scale, one.number.scaled = THOUSAND, True


def _share_back(one: Atom, two: Atom, link: str) -> bool:
    """Give the scale and unit said once at the end to the one before: "5,9 et 5,3 millions d'euros"."""
    number, other = one.number, two.number
    before = (number.scale, one.unit)
    clash = number.scaled and not other.scaled and two.unit in MEASURES  # "7 million, or 6%"
    same_unit = one.unit in ("count", two.unit) or (one.prefixed and two.unit == "count")
    most = other.bare if link in LISTS else other.bare * SINKING  # "de 1.000 à 800 millions"
    if same_unit and other.scaled and not number.scaled and (number.bare < THOUSAND or number.bare <= most):
        number.scale, number.scaled = other.scale, True
    foreign = not number.digits and other.digits and two.unit in MEASURES  # "17 % three, and 16 % four or more"
    foreign |= number.bare >= THOUSAND and two.unit in RATES  # "475.000 y un 2,9 %"
    if one.unit == "count" and two.unit != "count" and not (two.extra or two.prefixed or clash or foreign):
        one.unit, one.factor = two.unit, two.factor
    if one.unit == two.unit and one.per is None:
        one.per = two.per
    return before != (number.scale, one.unit)


def _share_forward(one: Atom, two: Atom) -> None:
    """Give the currency said once at the front to the one after: "$5-6bn", "$10 and 12 million"."""
    if one.prefixed and two.unit == "count":
        two.unit, two.prefixed = one.unit, True
        two.factor = one.factor


def _intervals(atoms: list[Atom], links: list[str]) -> list[Atom]:
    """Return the atoms with the two ends of each interval as one."""
    joined: list[Atom] = []
    for atom, link in zip(atoms, ["", *links], strict=False):
        low = joined[-1] if joined else atom
        if link == "range" and low.value_max is None and low.value < atom.value and low.unit == atom.unit:
            low.step_set = min(low.step, atom.step)
            low.value_max, low.last, low.per = atom.value, atom.last, atom.per
        else:
            joined.append(atom)
    return joined
