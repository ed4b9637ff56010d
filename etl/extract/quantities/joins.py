"""Quantities that stand together: lists, intervals and moves share scale and unit."""

from __future__ import annotations

import itertools

from etl.extract.quantities.atoms import Atom
from etl.extract.quantities.lexicon import Words
from etl.extract.quantities.numerals import THOUSAND
from etl.extract.quantities.tokens import BREAK, WORD, Token

LISTS = ("list", "comma")
MEASURES = frozenset(("percent", "percentage_points", "hours", "minutes"))
SENTENCE_END = frozenset(".!?;:")
LOOK_BACK = 14  # tokens in which a verb of motion is looked for
NEAR = 3  # the same, for one that governs the number itself


def join(tokens: list[Token], atoms: list[Atom], words: Words) -> list[Atom]:
    """Return the atoms with scale and unit shared along lists and intervals, intervals as one atom."""
    atoms = _without_weak(tokens, atoms, words)
    links = [_link(tokens, one, two, words) for one, two in itertools.pairwise(atoms)]
    for n in range(len(links) - 1, -1, -1):
        if links[n] == "comma" and (n + 1 == len(links) or not links[n + 1]):
            links[n] = ""  # a list ends in "and" or "or"
        if links[n]:
            _tie(atoms[n], atoms[n + 1], links[n])
    for n, link in enumerate(links):
        if link and (link not in LISTS or atoms[n + 1].number.scaled):
            _share_forward(atoms[n], atoms[n + 1])
    return _intervals(atoms, links)


def _tie(one: Atom, two: Atom, link: str) -> None:
    """Share backwards, and note what neighbours in a list or a move are to each other."""
    alike = one.bare_count and two.bare_count
    shared = _share_back(one, two)
    two.follows = link in LISTS and (shared or alike)
    one.moved |= link == "move"
    two.moved |= link == "move"


def _intervals(atoms: list[Atom], links: list[str]) -> list[Atom]:
    joined: list[Atom] = []
    for atom, link in zip(atoms, ["", *links], strict=False):
        low = joined[-1] if joined else atom
        if link == "range" and low.value_max is None and low.value < atom.value and low.unit == atom.unit:
            low.value_max, low.last, low.per = atom.value, atom.last, atom.per
            low.step = min(low.step or low.number.step * low.factor, atom.step or atom.number.step * atom.factor)
        else:
            joined.append(atom)
    return joined


def _without_weak(tokens: list[Token], atoms: list[Atom], words: Words) -> list[Atom]:
    """Leave out every "one" that is no part of "one or two million"."""
    return [
        atom
        for n, atom in enumerate(atoms)
        if not atom.weak
        or (n + 1 < len(atoms) and atoms[n + 1].number.scaled and _link(tokens, atom, atoms[n + 1], words))
    ]


def _link(tokens: list[Token], one: Atom, two: Atom, words: Words) -> str:
    """Return how two neighbours are joined: range, move, list, or not at all."""
    if two.first - one.last > 3 or two.unit == "multiple" or one.unit == "multiple":
        return ""
    if (found := words.to_range.match(tokens, one.last)) and found[1] == two.first:
        dash = tokens[one.last].word in "-–—"
        if dash:
            return "range" if _glued_or_apart(tokens, one.last) and not _numbered(tokens, one, two, words) else ""
        return _to(tokens, one, two, words)
    if (found := words.to_move.match(tokens, one.last)) and found[1] == two.first:
        return "move" if one.first and tokens[one.first - 1].word in words.begins else ""
    if tokens[one.last].word in words.between_and and one.last + 1 == two.first:
        return "range" if words.between.match_before(tokens, one.first) else "list"
    if (found := words.lists.match(tokens, one.last)) and found[1] == two.first:
        return "comma" if tokens[one.last].word == "," and found[1] == one.last + 1 else "list"
    return ""


def _glued_or_apart(tokens: list[Token], at: int) -> bool:
    """Whether a dash has a space on both sides or on none: "5-6", "5 – 6", never "5 -6"."""
    return tokens[at].glued == tokens[at + 1].glued


def _numbered(tokens: list[Token], one: Atom, two: Atom, words: Words) -> bool:
    """Whether two bare numbers at a dash are a file or telephone number: "333-83878", "540-3700"."""
    if not (one.bare_count and two.bare_count) or not tokens[one.last].glued:
        return False
    counted = two.last < len(tokens) and tokens[two.last].kind == WORD and tokens[two.last].word not in words.stop
    return not counted or one.value * 20 < two.value or tokens[one.first].word.startswith("0")


def _to(tokens: list[Token], one: Atom, two: Atom, words: Words) -> str:
    """Tell an interval ("from X to Y", "X to Y") from a move ("rose from X to Y") and from "gained X to Y"."""
    begin = one.first - 1
    if begin >= 0 and tokens[begin].word in words.begins:
        amount = two.unit == "percent" and tokens[begin - 1].word in words.moves_by
        return "move" if not amount and _moves(tokens, begin, LOOK_BACK, words) else "range"
    units = one.unit != "count" and two.unit != "count"
    if one.factor != two.factor or (units and _moves(tokens, one.first, NEAR, words)):
        return ""
    return "range"


def _moves(tokens: list[Token], end: int, reach: int, words: Words) -> bool:
    """Whether a verb of motion stands before a token in its sentence."""
    for token in reversed(tokens[max(end - reach, 0) : end]):
        if token.kind == BREAK or token.word in SENTENCE_END:
            return False
        if token.word in words.moves:
            return True
    return False


def _share_back(one: Atom, two: Atom) -> bool:
    """Give the scale and unit said once at the end to the one before: "5,9 et 5,3 millions d'euros"."""
    number, other = one.number, two.number
    before = (number.scale, one.unit)
    if (
        not number.scaled
        and other.scaled
        and (one.unit in ("count", two.unit) or (one.prefixed and two.unit == "count"))
    ) and (number.bare < THOUSAND or number.bare <= other.bare):
        number.scale, number.scaled = other.scale, True
    clash = number.scaled and not other.scaled and two.unit in MEASURES  # "7 million, or 6%"
    if one.unit == "count" and two.unit != "count" and not one.prefixed and not two.extra and not clash:
        one.unit, one.factor = two.unit, two.factor
    if one.unit == two.unit and one.per is None:
        one.per = two.per
    return before != (number.scale, one.unit)


def _share_forward(one: Atom, two: Atom) -> None:
    """Give the currency said once at the front to the one after: "$5-6bn", "$10 and 12 million"."""
    if one.prefixed and two.unit == "count":
        two.unit, two.prefixed = one.unit, True
        two.factor = one.factor
